/**
 * Two engines on one question: both stories, the first move in which they differ, and the rule by which each made it.
 *
 *   pip 26.2   ● a 2.0   ● b 2.0   ✕   ◌ b 2.0   ● a 1.0 …
 *   uv 0.12    ● a 2.0   ● b 2.0   ✕   ● b 1.0 …
 *                                       ▲ the first difference
 */
import type { Run } from '../headless/run.ts';
import { eraOf } from '../ledger/engine-era.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import type { EngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import { SEARCH_VARIANTS } from '../resolver/backtracking/variants.ts';
import { EVENT_CODE, PRIORITY_CLASSES } from '../resolver/events.ts';
import {
  partsOfEra,
  type PartValue,
  type PreferencePart,
  type SearchChoice,
} from '../resolver/pip/preference-parts.ts';
import type { Trace } from '../resolver/trace.ts';
import { cellOf, type Cell } from './cell.ts';
import { movesOf, type Move } from './moves.ts';
import { runAlone } from './run-alone.ts';

/** Why an engine made a move, as values; explain/choosing-words.ts has the words. */
export type ChoosingRule =
  /** pip: the key of what was chosen against that of what the other engine chose, and the part that decided. */
  | {
      readonly kind: 'preference';
      readonly chosen: string;
      readonly rival: string;
      readonly deciding: PreferencePart | 'name';
      readonly chosenValue: number;
      readonly rivalValue: number;
    }
  /** pip: only these were looked at, because the last conflict named them (or Python comes first). */
  | { readonly kind: 'narrowed'; readonly chosen: string; readonly rival: string }
  /** pip: all parts in order, where the other engine's choice did not stand to be chosen here. */
  | { readonly kind: 'order'; readonly chosen: string; readonly parts: readonly PreferencePart[] }
  /** uv: the class of priority in which the package stood. */
  | { readonly kind: 'priority'; readonly chosen: string; readonly class: (typeof PRIORITY_CLASSES)[number] }
  /** The same package, at different versions. */
  | { readonly kind: 'version'; readonly chosen: string; readonly version: string }
  /** How a search goes back after a conflict. */
  | {
      readonly kind: 'retreat';
      readonly retreat: 'chronological' | 'to-dependency' | 'safe' | 'optimistic' | 'learns';
    }
  /** The move says it all: a candidate is skipped, or the run ends here. */
  | { readonly kind: 'move' };

export interface Story {
  readonly cell: Cell;
  readonly moves: readonly Move[];
  /** Moves in all, those included that are not kept. */
  readonly total: number;
}

export interface Side {
  /** Position in the story's moves; null where the story had ended. */
  readonly at: number | null;
  readonly rule: ChoosingRule;
}

export interface Pair {
  readonly left: Story;
  readonly right: Story;
  /** Null where both did the same. */
  readonly difference: { readonly left: Side; readonly right: Side; readonly isWithinKept: boolean } | null;
}

interface Told {
  readonly run: Run;
  readonly id: EngineId;
  readonly choices: readonly SearchChoice[];
  readonly story: Story;
}

export async function tellPair(
  problem: Problem,
  engines: readonly [string, string],
  index: PackageIndex,
  /** The question as the second engine is asked it, where that is another. */
  rival: Problem = problem,
): Promise<{ readonly pair: Pair; readonly runs: readonly Run[] }> {
  const left = await tell({ ...problem, engine: engines[0] }, index);
  const right = await tell({ ...rival, engine: engines[1] }, index);
  return { pair: comparePair(left, right), runs: [left.run, right.run] };
}

/** Choices that are kept for telling why; the first difference lies early or not at all. */
const MAX_CHOICES = 20_000;

async function tell(problem: Problem, index: PackageIndex): Promise<Told> {
  const choices: SearchChoice[] = [];
  const onChoice = (choice: SearchChoice): void => {
    if (choices.length < MAX_CHOICES) choices.push(choice);
  };
  const { run, id } = await runAlone(problem, index, { onChoice });
  return { run, id, choices, story: { cell: cellOf(run), ...movesOf(run.trace) } };
}

/** Kinds of moves that both engines tell: pip before 23.1 says nothing of what it skips, PubGrub of what it tries. */
function commonKinds(left: Told, right: Told): ReadonlySet<Move['kind']> {
  const kinds: Move['kind'][] = ['pin', 'undo', 'end'];
  const tells = (side: Told, kind: Move['kind']): boolean =>
    side.story.moves.some((move) => move.kind === kind);
  if (tells(left, 'skip') && tells(right, 'skip')) kinds.push('skip');
  return new Set(kinds);
}

function comparePair(left: Told, right: Told): Pair {
  const kinds = commonKinds(left, right);
  const lefts = positions(left.story, kinds);
  const rights = positions(right.story, kinds);
  let at = 0;
  while (
    at < lefts.length &&
    at < rights.length &&
    isSameMove(left.story.moves[lefts[at]!]!, right.story.moves[rights[at]!]!)
  )
    at += 1;
  const stories = { left: left.story, right: right.story };
  const leftAt = lefts[at] ?? null;
  const rightAt = rights[at] ?? null;
  const isWhole =
    left.story.total === left.story.moves.length && right.story.total === right.story.moves.length;
  if (leftAt === null && rightAt === null) {
    const ended = left.story.cell.verdict === right.story.cell.verdict;
    if (ended && isWhole) return { ...stories, difference: null };
  }
  const leftMove = leftAt === null ? null : left.story.moves[leftAt]!;
  const rightMove = rightAt === null ? null : right.story.moves[rightAt]!;
  return {
    ...stories,
    difference: {
      left: { at: leftAt, rule: ruleOf(left, leftMove, rightMove) },
      right: { at: rightAt, rule: ruleOf(right, rightMove, leftMove) },
      isWithinKept: leftAt !== null || rightAt !== null,
    },
  };
}

function positions({ moves }: Story, kinds: ReadonlySet<Move['kind']>): readonly number[] {
  return moves.flatMap((move, at) => (kinds.has(move.kind) ? [at] : []));
}

function isSameMove(left: Move, right: Move): boolean {
  return left.kind === right.kind && left.project === right.project && left.version === right.version;
}

function ruleOf(side: Told, move: Move | null, other: Move | null): ChoosingRule {
  if (move === null || move.kind === 'skip' || move.kind === 'end') return { kind: 'move' };
  if (move.kind === 'undo') return { kind: 'retreat', retreat: retreatOf(side.id) };
  const isSamePackage = other?.kind === 'pin' && other.project === move.project;
  if (isSamePackage) return { kind: 'version', chosen: move.project, version: move.version };
  if (side.id.family === 'pip') return pipRule(side, move, other);
  if (side.id.family === 'uv')
    return { kind: 'priority', chosen: move.project, class: classAt(side.run.trace, move) };
  return { kind: 'move' };
}

function retreatOf(id: EngineId): Extract<ChoosingRule, { kind: 'retreat' }>['retreat'] {
  if (id.family === 'uv') return 'learns';
  const era = eraOf(id);
  return era === null || id.family !== 'pip' ? 'chronological' : SEARCH_VARIANTS[era.search].retreat;
}

function pipRule(side: Told, move: Move, other: Move | null): ChoosingRule {
  const era = eraOf(side.id);
  const parts = era === null ? [] : partsOfEra(era);
  const choice = side.choices.findLast(({ step }) => step <= move.step);
  const order = { kind: 'order', chosen: move.project, parts } as const;
  if (choice === undefined || other?.kind !== 'pin') return order;
  const isOf = (identifier: string, project: string): boolean =>
    identifier === project || identifier.startsWith(`${project}[`);
  if (!choice.unsatisfied.some((identifier) => isOf(identifier, other.project))) return order;
  const rival = choice.among.find(({ identifier }) => isOf(identifier, other.project));
  if (rival === undefined) return { kind: 'narrowed', chosen: choice.chosen, rival: other.project };
  const chosen = choice.among.find(({ identifier }) => identifier === choice.chosen);
  const at = (chosen?.key ?? []).findIndex(({ value }, place) => value !== rival.key[place]?.value);
  const deciding: PartValue | undefined = chosen?.key[at];
  return {
    kind: 'preference',
    chosen: choice.chosen,
    rival: rival.identifier,
    deciding: deciding?.part ?? 'name',
    chosenValue: deciding?.value ?? 0,
    rivalValue: rival.key[at]?.value ?? 0,
  };
}

/** The class that uv's own events gave the package last. */
function classAt(trace: Trace, move: Move): (typeof PRIORITY_CLASSES)[number] {
  for (let step = move.step; step >= 0; step--) {
    if (trace.kinds[step] !== EVENT_CODE.reprioritize) continue;
    if (trace.packages[trace.first[step]!]?.name === move.project)
      return PRIORITY_CLASSES[trace.second[step]!] ?? 'unspecified';
  }
  return 'unspecified';
}
