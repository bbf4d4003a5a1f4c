/**
 * The legacy resolver's only memory: one requirement a name. The first that arrives wins; a later one on the same name
 * is ignored completely, its extras included. A constraint sits in the set and does nothing until somebody asks for its
 * name; then it *becomes* the requirement, and what the other asked for is forgotten.
 */
import type { Requirement } from '../../packaging/requirement.ts';
import type { InstalledDistribution } from '../engine.ts';
import type { LineSource } from '../trace.ts';
import type { FoundFile } from '../pip/finder/project-files.ts';
import type { CandidateMetadata } from '../pip/candidate-metadata.ts';
import type { LegacyReport } from './report.ts';

export interface LegacyRequirement {
  readonly requirement: Requirement;
  /** The requirement that brought it, a line of a file, or null for the command line. */
  readonly comesFrom: LegacyRequirement | string | null;
  readonly source: LineSource | null;
  readonly isDirect: boolean;
  isConstraint: boolean;
  extras: readonly string[];
  /** A constraint that somebody asked for. */
  wasConstraint: boolean;
  isPrepared: boolean;
  /** What was chosen for it; null until then. */
  choice: LegacyChoice | null;
  /** Requirements that it brought and that count. */
  readonly discovered: LegacyRequirement[];
}

export interface LegacyChoice {
  readonly version: string;
  /** Null for what is installed already. */
  readonly file: FoundFile | null;
  readonly installed: InstalledDistribution | null;
  readonly metadata: CandidateMetadata;
}

export function makeLegacyRequirement(
  requirement: Requirement,
  comesFrom: LegacyRequirement | string | null,
  source: LineSource | null,
  isConstraint = false,
): LegacyRequirement {
  return {
    requirement,
    comesFrom,
    source,
    isDirect: typeof comesFrom !== 'object' || comesFrom === null,
    isConstraint,
    extras: requirement.extras,
    wasConstraint: false,
    isPrepared: false,
    choice: null,
    discovered: [],
  };
}

/** `wrapt>=1.7.0 (from debtcollector>=1.2.0->oslo-db)`. */
export function legacyText({ requirement, comesFrom }: LegacyRequirement): string {
  return comesFrom === null ? requirement.text : `${requirement.text} (from ${chain(comesFrom)})`;
}

function chain(origin: LegacyRequirement | string): string {
  if (typeof origin === 'string') return origin;
  const { requirement, comesFrom } = origin;
  return comesFrom === null ? requirement.text : `${requirement.text}->${chain(comesFrom)}`;
}

/** What adding a requirement leads to. */
export type Addition =
  /** `scan`: to be resolved (again); `counts`: what the parent depends on. */
  | { readonly scan: LegacyRequirement | null; readonly counts: LegacyRequirement }
  | { readonly refused: LegacyReport };

export class RequirementSet {
  readonly #byName = new Map<string, LegacyRequirement>();

  /** In the order in which their names were first seen. */
  get all(): readonly LegacyRequirement[] {
    return [...this.#byName.values()];
  }

  add(added: LegacyRequirement): Addition {
    const { normalizedName, name } = added.requirement;
    const existing = this.#byName.get(normalizedName);
    if (existing === undefined) {
      this.#byName.set(normalizedName, added);
      return { scan: added, counts: added };
    }
    if (contradicts(existing, added)) {
      const refused = {
        kind: 'double-requirement',
        requirement: legacyText(added),
        existing: legacyText(existing),
        name,
      } as const;
      return { refused };
    }
    if (added.isConstraint || !existing.isConstraint) return { scan: null, counts: existing };
    if (added.requirement.url !== null && added.requirement.url !== existing.requirement.url) {
      return { refused: { kind: 'url-against-constraint', name } };
    }
    existing.isConstraint = false;
    existing.wasConstraint = true;
    existing.extras = [...new Set([...existing.extras, ...added.extras])].sort();
    return { scan: existing, counts: existing };
  }
}

/**
 * Two lines of the user's that differ in their specifiers only. Of what was a constraint the extras have become a tuple,
 * which Python takes for different from any set.
 */
function contradicts(existing: LegacyRequirement, added: LegacyRequirement): boolean {
  if (!added.isDirect || existing.isConstraint || existing.wasConstraint) return false;
  const isSameExtras = [...existing.extras].sort().join() === [...added.extras].sort().join();
  return isSameExtras && existing.requirement.specifier.text !== added.requirement.specifier.text;
}
