/** Changes to a question that could give it an answer, as values; which of them do is found out by `repair-trials.ts`. */
import type { Requirement } from '../packaging/requirement.ts';
import type { ResolveRequest, UserRequirement } from '../resolver/engine.ts';
import type { Pin } from '../resolver/outcome.ts';
import type { LineSource } from '../resolver/trace.ts';
import type { LineKey } from './minimal-lines.ts';

/**
 * By harm, least first: a name put right; a bound raised; one lowered; an extra dropped; another Python; a project's
 * Pythons narrowed, a wish of it marked for some of them, or split by them; a pre-release or a withdrawn release asked for
 * by name; two lines loosened together; a line taken out.
 */
export const REPAIR_KINDS = [
  'rename',
  'raise',
  'lower',
  'drop-extra',
  'python',
  'narrow-python',
  'mark',
  'split',
  'pre-release',
  'yanked',
  'pair',
  'remove',
] as const;

export type RepairKind = (typeof REPAIR_KINDS)[number];

/** A line that a repair changes: one that is asked about, or an override of uv's. */
export interface ChangedLine {
  readonly list: LineKey['list'] | 'overrides';
  readonly at: number;
}

/** One line before and after; `before` null: a line that is added, `after` null: one that goes. */
export interface LineChange {
  readonly key: ChangedLine;
  readonly source: LineSource;
  readonly before: UserRequirement | null;
  readonly after: Requirement | null;
}

export interface Repair {
  readonly kind: RepairKind;
  readonly changes: readonly LineChange[];
  /** The Python to resolve for; null: as it is. */
  readonly python: string | null;
  /** What the tool ends with. */
  readonly pins: readonly Pin[];
  /** Releases between what was written and what would be taken. */
  readonly distance: number;
}

/** The request with its lines changed. Hashes of a changed line are those of other files: they go. */
export function changedRequest(request: ResolveRequest, changes: readonly LineChange[]): ResolveRequest {
  const changed = (list: ChangedLine['list']): readonly UserRequirement[] => {
    const own = changes.filter(({ key }) => key.list === list);
    const kept = request[list].flatMap((user, at): readonly UserRequirement[] => {
      const change = own.find(({ key }) => key.at === at);
      if (change === undefined) return [user];
      return change.after === null ? [] : [{ ...user, requirement: change.after, hashes: [] }];
    });
    const added = own.flatMap(({ before, after, source }) =>
      before === null && after !== null
        ? [{ requirement: after, source, hashes: [], isEditable: false }]
        : [],
    );
    return [...kept, ...added];
  };
  return {
    ...request,
    requirements: changed('requirements'),
    constraints: changed('constraints'),
    overrides: changed('overrides'),
  };
}

/** Least harm first: the kind, how far from what was written, how many packages. */
export function byHarm(a: Repair, b: Repair): number {
  return (
    REPAIR_KINDS.indexOf(a.kind) - REPAIR_KINDS.indexOf(b.kind) ||
    a.distance - b.distance ||
    a.pins.length - b.pins.length
  );
}
