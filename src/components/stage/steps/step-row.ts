/** What one row of the Steps table says. Wording is core/explain's; numbers are the tree's. */
import { packageName } from '../../../core/explain/cause-words.ts';
import { actionForStep, becauseForStep } from '../../../core/explain/step-words.ts';
import { EVENT_KINDS, type EventKind } from '../../../core/resolver/events.ts';
import type { Trace } from '../../../core/resolver/trace.ts';
import { candidateOfStep, packageOfStep } from '../../../core/search-tree/package-steps.ts';
import {
  lastNodeBornAt,
  NEVER,
  NODE_CODE,
  NONE,
  STATUS_CODE,
  type SearchTree,
} from '../../../core/search-tree/search-tree.ts';
import type { MarkName } from '../../../render/marks.ts';

export interface StepRow {
  readonly step: number;
  /** Depth of the stack before the step, from 1: the row's level in the treegrid. */
  readonly level: number;
  readonly mark: MarkName | null;
  readonly action: string;
  readonly package: string;
  /** Its project, normalised; '' for what is none. */
  readonly project: string;
  readonly version: string;
  readonly because: string;
  /** What it cost: what would have been fetched, or how many steps went into a choice that was given up. */
  readonly cost: string;
  /** Node of a pin that was given up, whose steps can be folded; `NONE` for others. */
  readonly foldNode: number;
}

const MARK_OF_EVENT: Readonly<Partial<Record<EventKind, MarkName>>> = {
  pin: 'pin',
  decide: 'pin',
  restore: 'pin',
  reject: 'skip',
  unpin: 'undo',
  backjump: 'jump',
  rollback: 'rollback',
  conflict: 'conflict',
  clash: 'conflict',
  learn: 'learned',
  'build-begin': 'build',
};

/** The row of a step; `depth` is the stack's before it. */
export function stepRow(tree: SearchTree, trace: Trace, step: number, depth: number): StepRow {
  const kind = EVENT_KINDS[trace.kinds[step]!]!;
  const candidate = candidateOfStep(trace, step);
  const packageRow = packageOfStep(trace, step);
  const node = pinBornAt(tree, step);
  return {
    step,
    level: depth + 1,
    mark: markOfStep(tree, trace, step, kind),
    action: actionForStep(trace, step),
    package: packageRow === NONE ? '' : packageName(trace, packageRow),
    project: packageRow === NONE ? '' : (trace.packages[packageRow]?.name ?? ''),
    version: candidate === NONE ? '' : trace.candidates[candidate]!.version,
    because: becauseForStep(trace, step),
    cost: costOfStep(tree, kind, node),
    foldNode:
      node !== NONE && tree.settledAt.at(node) > step + 1 && tree.settledAt.at(node) !== NEVER ? node : NONE,
  };
}

function markOfStep(tree: SearchTree, trace: Trace, step: number, kind: EventKind): MarkName | null {
  if (kind === 'done')
    return trace.second[step]! > 0
      ? 'conflict'
      : trace.first[step] === 0
        ? 'solution'
        : trace.first[step] === 2
          ? 'stopped'
          : null;
  if (kind === 'unpin') {
    const node = lastNodeSettledAt(tree, trace.first[step]!, step);
    const status = node === NONE ? STATUS_CODE.undone : tree.status.at(node);
    if (status === STATUS_CODE.kept) return 'kept';
    return status === STATUS_CODE.jumped ? 'jump' : 'undo';
  }
  return MARK_OF_EVENT[kind] ?? null;
}

/** Looks back over the nodes of a candidate; a few, since a pin is given up not long after it was made. */
function lastNodeSettledAt(tree: SearchTree, candidate: number, step: number): number {
  const last = lastNodeBornAt(tree, step);
  for (let node = last; node > Math.max(0, last - 50_000); node--) {
    if (tree.candidate.at(node) === candidate && tree.settledAt.at(node) === step) return node;
  }
  return NONE;
}

function pinBornAt(tree: SearchTree, step: number): number {
  const node = lastNodeBornAt(tree, step);
  return tree.bornAt.at(node) === step && tree.kind.at(node) === NODE_CODE.pin ? node : NONE;
}

function costOfStep(tree: SearchTree, kind: EventKind, node: number): string {
  if (kind === 'page') return '1 page';
  if (kind === 'metadata') return '1 file';
  if (node === NONE || tree.settledAt.at(node) === NEVER) return '';
  const steps = tree.settledAt.at(node) - tree.bornAt.at(node);
  const words = `${steps.toLocaleString('en-US')} ${steps === 1 ? 'step' : 'steps'}`;
  return tree.status.at(node) === STATUS_CODE.kept ? words : `${words}, given up`;
}
