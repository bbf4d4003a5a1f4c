/**
 * The algorithm beside the picture: the rules of each family of resolvers in plain words, with the name of the step in the
 * literature, and which rule is at work at a step of a trace.
 */
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';

interface AlgorithmRule {
  readonly id: string;
  /** The rule, as an instruction. */
  readonly text: string;
  /** What books and papers call it. */
  readonly literature: string;
}

/** pip since 20.3, zazo: rounds of choosing and going back. */
const BACKTRACKING_RULES: readonly AlgorithmRule[] = [
  {
    id: 'choose',
    text: 'Take the next package that is asked for and has no version yet.',
    literature: 'variable selection',
  },
  {
    id: 'try',
    text: 'Try its versions, newest first. Read what each one needs.',
    literature: 'value selection',
  },
  {
    id: 'skip',
    text: 'If what it needs cannot fit, skip this version and try the next.',
    literature: 'forward checking',
  },
  {
    id: 'pin',
    text: 'If it fits, pin it, and add what it needs to what is asked for.',
    literature: 'assignment, constraint propagation',
  },
  {
    id: 'stuck',
    text: 'If no version is left, there is a conflict. Note who is to blame.',
    literature: 'dead end, conflict set',
  },
  {
    id: 'back',
    text: 'Undo choices, the newest first, until one that matters is undone.',
    literature: 'backtracking, backjumping',
  },
  {
    id: 'return',
    text: 'If the jump went too far, return and undo one choice at a time.',
    literature: 'restoring a saved state',
  },
  {
    id: 'end',
    text: 'Stop when everything has a version, or nothing is left to undo.',
    literature: 'termination',
  },
];

/** uv: PubGrub. */
const PUBGRUB_RULES: readonly AlgorithmRule[] = [
  {
    id: 'decide',
    text: 'Choose a package and the best version of it that is still allowed.',
    literature: 'decision making',
  },
  {
    id: 'note',
    text: 'Write down what that version needs, as a rule on what cannot go together.',
    literature: 'adding incompatibilities',
  },
  { id: 'derive', text: 'Wherever a rule leaves one way only, conclude it.', literature: 'unit propagation' },
  { id: 'clash', text: 'If all of a rule has come true, there is a contradiction.', literature: 'conflict' },
  {
    id: 'learn',
    text: 'Put two rules together into a new one that explains it. Repeat until it is of use.',
    literature: 'conflict resolution, rule of resolution',
  },
  {
    id: 'jump',
    text: 'Go back to where the learnt rule first decides something.',
    literature: 'non-chronological backtracking',
  },
  {
    id: 'reorder',
    text: 'Move packages that keep clashing to another place in the order.',
    literature: 'conflict-driven ordering (uv’s own)',
  },
  {
    id: 'end',
    text: 'Stop when everything has a version, or a rule says that nothing can.',
    literature: 'termination',
  },
];

const BACKTRACKING: Readonly<Record<number, string>> = {
  [EVENT_CODE.round]: 'choose',
  [EVENT_CODE.page]: 'try',
  [EVENT_CODE.metadata]: 'try',
  [EVENT_CODE.reject]: 'skip',
  [EVENT_CODE.pin]: 'pin',
  [EVENT_CODE.require]: 'pin',
  [EVENT_CODE.conflict]: 'stuck',
  [EVENT_CODE.backtrack]: 'back',
  [EVENT_CODE.unpin]: 'back',
  [EVENT_CODE.backjump]: 'back',
  [EVENT_CODE.rollback]: 'return',
  [EVENT_CODE.restore]: 'return',
  [EVENT_CODE.done]: 'end',
};

const PUBGRUB: Readonly<Record<number, string>> = {
  [EVENT_CODE.page]: 'decide',
  [EVENT_CODE.decide]: 'decide',
  [EVENT_CODE.metadata]: 'note',
  [EVENT_CODE.incompatibility]: 'note',
  [EVENT_CODE.derive]: 'derive',
  [EVENT_CODE.clash]: 'clash',
  [EVENT_CODE.learn]: 'learn',
  [EVENT_CODE.unpin]: 'jump',
  [EVENT_CODE.backjump]: 'jump',
  [EVENT_CODE.fork]: 'jump',
  [EVENT_CODE.reprioritize]: 'reorder',
  [EVENT_CODE.done]: 'end',
};

/** The rules of the family that made a trace, and the one at work at a step; null where none is. */
export function algorithmAt(
  trace: Trace,
  step: number,
): { readonly rules: readonly AlgorithmRule[]; readonly current: string | null } {
  const isPubgrub = trace.incompatibilities.length > 0;
  const kind = trace.kinds[step] ?? -1;
  return {
    rules: isPubgrub ? PUBGRUB_RULES : BACKTRACKING_RULES,
    current: step < trace.length ? ((isPubgrub ? PUBGRUB : BACKTRACKING)[kind] ?? null) : null,
  };
}
