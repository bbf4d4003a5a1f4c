/**
 * The vocabulary of the search. Everything that the outside may know of a run is one of these events.
 * `requirement`, `candidate`, `parent`, `causes`, `package` and `incompatibility` are row numbers in the trace's
 * tables (`trace.ts`); a parent of `NO_PARENT` is the user's own input.
 *
 * Skipping a candidate (`reject`), undoing a decision (`unpin`) and jumping over decisions (`backjump`) are three
 * different things and are never drawn or worded alike.
 */
export const NO_PARENT = -1;

export type TraceEvent =
  // Shared
  /** An index page was read: what a network would have been asked. */
  | { readonly kind: 'page'; readonly package: number }
  /** A file's metadata was read. `files` of a candidate count once. */
  | { readonly kind: 'metadata'; readonly candidate: number }
  /** Several decisions are given up at once. Depths count the pins that stand, before and after. */
  | {
      readonly kind: 'backjump';
      readonly fromDepth: number;
      readonly toDepth: number;
      readonly causes: number;
    }
  | { readonly kind: 'conflict'; readonly causes: number }
  /** The run ended; `outcome` is an index into `OUTCOME_KINDS` of outcome.ts, `broken` counts needs that its pins do not meet. */
  | { readonly kind: 'done'; readonly outcome: number; readonly broken: number }
  // Backtracking (resolvelib's reporter; ours are `unpin`, `backjump`, `rollback`, `conflict`)
  | { readonly kind: 'round'; readonly index: number }
  | { readonly kind: 'require'; readonly requirement: number; readonly parent: number }
  | { readonly kind: 'pin'; readonly candidate: number }
  /** A candidate is skipped: its dependencies clash with the criterion whose information is `causes`. */
  | { readonly kind: 'reject'; readonly candidate: number; readonly causes: number }
  /** resolvelib before 1.0: a pin was popped and its candidate marked as not working. */
  | { readonly kind: 'backtrack'; readonly candidate: number }
  /** A pin no longer stands: it was popped, re-pinned, or lost with the state that held it. */
  | { readonly kind: 'unpin'; readonly candidate: number }
  /**
   * A pin stands again, because the state that came back still held it: what a popped re-pin had replaced, or what an
   * optimistic backjump had given up before its rollback. Comes after the `unpin`s of what that state did not hold.
   */
  | { readonly kind: 'restore'; readonly candidate: number }
  /** An optimistic backjump is undone: the saved states come back. Depths count the pins that stand. */
  | { readonly kind: 'rollback'; readonly fromDepth: number; readonly toDepth: number }
  // A nested resolution of build requirements begins and ends; the events between belong to it.
  | { readonly kind: 'build-begin'; readonly candidate: number }
  | { readonly kind: 'build-end'; readonly candidate: number; readonly outcome: number }
  // PubGrub
  /**
   * uv chooses a version of a package for the range that is left to it and reads what it needs; often it is dropped
   * before it is decided, because that clashes. Told once for each range that is met: uv remembers its choice.
   */
  | { readonly kind: 'select'; readonly candidate: number }
  /**
   * A version is decided; `level` is the decision level that it opens. `isRestored`: it was chosen and undone before,
   * and stands again without being chosen anew.
   */
  | {
      readonly kind: 'decide';
      readonly candidate: number;
      readonly level: number;
      readonly isRestored: boolean;
    }
  /** Unit propagation: the term (a row of `terms`) now holds because of `incompatibility`. */
  | {
      readonly kind: 'derive';
      readonly term: number;
      readonly incompatibility: number;
      readonly level: number;
    }
  /** An incompatibility is added from a fact. */
  | { readonly kind: 'incompatibility'; readonly incompatibility: number }
  /** An incompatibility is satisfied: propagation met a contradiction. */
  | { readonly kind: 'clash'; readonly incompatibility: number }
  /** An incompatibility is derived from two others. */
  | { readonly kind: 'learn'; readonly incompatibility: number }
  /** uv changes the priority class of a package; `priority` is an index into `PRIORITY_CLASSES`. */
  | { readonly kind: 'reprioritize'; readonly package: number; readonly priority: number }
  /**
   * uv's universal mode has solved for a part of the environments and goes on with another part, from where the search
   * was divided. Comes after the `unpin`s of what stands in the solved part only; depths count the pins that stand.
   */
  | { readonly kind: 'fork'; readonly fromDepth: number; readonly toDepth: number };

export type EventKind = TraceEvent['kind'];

/** Event kinds in the order of their column codes. Append only: codes are part of saved traces. */
export const EVENT_KINDS = [
  'page',
  'metadata',
  'backjump',
  'conflict',
  'done',
  'round',
  'require',
  'pin',
  'reject',
  'backtrack',
  'unpin',
  'rollback',
  'build-begin',
  'build-end',
  'decide',
  'derive',
  'incompatibility',
  'clash',
  'learn',
  'reprioritize',
  'restore',
  'fork',
  'select',
] as const satisfies readonly EventKind[];

/** uv's priority classes, lowest first (uv.md section 3). */
export const PRIORITY_CLASSES = [
  'unspecified',
  'conflict-late',
  'conflict-early',
  'singleton',
  'direct-url',
  'root',
] as const;

/** Column code of each kind. */
export const EVENT_CODE = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as {
  readonly [Kind in EventKind]: number;
};
