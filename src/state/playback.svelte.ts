/**
 * Where the reader is in a trace: one step, one filter, one selected package, shared by every view of the run.
 *
 *   const playback = new Playback();
 *   playback.load(trace, tree);        a new run; goes to the step that decides it, or to `options.step`
 *   playback.extend();                 the same trace and tree have grown by a chunk
 *   playback.step; playback.seek(37);
 *
 * Nothing plays by itself. What plays never shows more than three changes a second (WCAG 2.3.1): when the speed asks
 * for more, several changes are shown at once.
 */
import { EVENT_CODE } from '../core/resolver/events.ts';
import type { Trace } from '../core/resolver/trace.ts';
import { decidingStep } from '../core/search-tree/deciding-step.ts';
import {
  filterSteps,
  IS_CHANGE,
  IS_CONFLICT,
  IS_DECISION,
  NO_FILTER,
  packageOfStep,
  type StepFilter,
} from '../core/search-tree/package-steps.ts';
import { NONE, type SearchTree } from '../core/search-tree/search-tree.ts';

/** Changes a second at 1×, or a whole conflict at a time. */
export const PLAYBACK_SPEEDS = ['0.5', '1', '4', 'conflict'] as const;
export type PlaybackSpeed = (typeof PLAYBACK_SPEEDS)[number];

/** Milliseconds from one shown change to the next, and how many changes are shown together. */
const TEMPO: Readonly<Record<PlaybackSpeed, { readonly pause: number; readonly changes: number }>> = {
  '0.5': { pause: 1_400, changes: 1 },
  '1': { pause: 700, changes: 1 },
  '4': { pause: 350, changes: 2 },
  conflict: { pause: 1_200, changes: 1 },
};

/** How far the arrow keys and the player's buttons go: to the next choice or conflict, event, conflict, or the package's. */
export const STRIDES = ['decision', 'event', 'conflict', 'package'] as const;
export type Stride = (typeof STRIDES)[number];

/** Where playing stops by itself: nowhere, at a conflict, at a pin taken back, at the package that is followed. */
export const BREAKPOINTS = ['nothing', 'conflict', 'undo', 'package'] as const;
export type Breakpoint = (typeof BREAKPOINTS)[number];

/** How a step was reached: what a screen reader is told, and whether the picture moves, depends on it. */
export type StepOrigin = 'load' | 'user' | 'play';

/** Starts a timer and answers how to stop it. */
export type Timer = (act: () => void, milliseconds: number) => () => void;

function browserTimer(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

export class Playback {
  trace = $state.raw<Trace | null>(null);
  tree = $state.raw<SearchTree | null>(null);
  /** Rises whenever the trace is replaced or grows: columns are not reactive by themselves. */
  revision = $state(0);
  step = $state(0);
  /** How `step` was reached last. */
  origin = $state<StepOrigin>('load');
  playing = $state(false);
  speed = $state<PlaybackSpeed>('1');
  stride = $state<Stride>('decision');
  breakpoint = $state<Breakpoint>('nothing');
  filter = $state.raw<StepFilter>(NO_FILTER);
  /** Row of `packages` that the reader has chosen to follow; `NONE` for none. */
  selectedPackage = $state<number>(NONE);
  /** Node of the tree that the reader has chosen to look at; the cursor stays where it is. `NONE` for none. */
  selectedNode = $state<number>(NONE);

  /** Events of the trace. */
  readonly length = $derived.by(() => (this.revision >= 0 ? (this.trace?.length ?? 0) : 0));
  /** Steps that pass the filter, ascending; null when all do. */
  readonly listed = $derived.by(() => this.#listedSteps());
  /** The package that "next event of the same package" follows: the chosen one, else the step's own. */
  readonly followedPackage = $derived.by(() => this.#followed());

  readonly #startTimer: Timer;
  #stopTimer: (() => void) | null = null;

  constructor(startTimer: Timer = browserTimer) {
    this.#startTimer = startTimer;
  }

  /** Shows another run. `step` is where to open it; without one, the step that decides the run. */
  load(trace: Trace, tree: SearchTree, options: { readonly step?: number } = {}): void {
    this.pause();
    this.trace = trace;
    this.tree = tree;
    this.filter = NO_FILTER;
    this.selectedPackage = NONE;
    this.selectedNode = NONE;
    this.revision += 1;
    this.#goTo(options.step ?? decidingStep(tree, trace), 'load');
  }

  /** The trace and the tree have grown; the reader stays, unless `follow` asks to go to `step`, else to the end. */
  extend(options: { readonly follow?: boolean; readonly step?: number } = {}): void {
    this.revision += 1;
    if (options.follow === true && this.trace && this.tree)
      this.#goTo(options.step ?? decidingStep(this.tree, this.trace), 'load');
  }

  /** Goes to a step, the nearest there is. Stops playing. */
  seek(step: number): void {
    this.pause();
    this.#goTo(step, 'user');
  }

  first(): void {
    this.seek(this.listed?.[0] ?? 0);
  }

  last(): void {
    this.seek(this.listed?.at(-1) ?? this.length - 1);
  }

  /** Goes on by strides; where a filter lists steps, among those. */
  next(count = 1): void {
    this.seek(this.#moved(count));
  }

  previous(count = 1): void {
    this.seek(this.#moved(-count));
  }

  setStride(stride: Stride): void {
    this.stride = stride;
  }

  nextConflict(): void {
    const step = this.#conflictAfter(this.step);
    if (step !== null) this.seek(step);
  }

  previousConflict(): void {
    const conflicts = this.tree?.conflictSteps;
    const row = conflicts?.lastNotAbove(this.step - 1) ?? NONE;
    if (conflicts && row >= 0) this.seek(conflicts.at(row));
  }

  /** The next step that is about the followed package. */
  nextOfPackage(): void {
    this.#seekPackage(1);
  }

  previousOfPackage(): void {
    this.#seekPackage(-1);
  }

  /** Chooses a package by its identifier, `flask[async]`; nothing where the trace has none of that name. */
  selectPackageNamed(identifier: string): void {
    const row = this.trace?.packages.findIndex((known) => known.identifier === identifier) ?? -1;
    if (row >= 0) this.selectPackage(row);
  }

  /** Chooses a package to follow, or with `NONE` none. */
  selectPackage(packageRow: number): void {
    this.selectedPackage = packageRow;
    this.selectedNode = NONE;
  }

  /** Chooses a node to look at, and with it its package. The cursor stays where it is. */
  select(node: number): void {
    this.selectedNode = node;
    const candidate = node === NONE || this.tree === null ? NONE : this.tree.candidate.at(node);
    this.selectedPackage = candidate < 0 ? NONE : (this.trace?.candidates[candidate]?.package ?? NONE);
  }

  /** Moves the cursor to the step at which a node was born. */
  seekNode(node: number): void {
    if (this.tree !== null) this.seek(this.tree.bornAt.at(node));
  }

  /** Changes what is listed and stepped through; what is not named stays. */
  setFilter(change: Partial<StepFilter>): void {
    this.filter = { ...this.filter, ...change };
  }

  /** Plays on from here, or from the beginning when the end is reached. */
  play(): void {
    if (this.length === 0 || this.playing) return;
    if (this.step >= (this.listed?.at(-1) ?? this.length - 1)) this.#goTo(this.listed?.[0] ?? 0, 'play');
    this.playing = true;
    this.#schedule();
  }

  pause(): void {
    this.playing = false;
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  togglePlay(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  setBreakpoint(breakpoint: Breakpoint): void {
    this.breakpoint = breakpoint;
  }

  setSpeed(speed: PlaybackSpeed): void {
    this.speed = speed;
  }

  #goTo(step: number, origin: StepOrigin): void {
    this.origin = origin;
    this.step = Math.max(0, Math.min(Math.round(step), this.length - 1));
  }

  #schedule(): void {
    this.#stopTimer = this.#startTimer(() => {
      const step = this.#playedStep();
      if (step === null) {
        this.pause();
        return;
      }
      const stop = this.#breakAfter(this.step, step);
      this.#goTo(stop ?? step, 'play');
      if (stop === null) this.#schedule();
      else this.pause();
    }, TEMPO[this.speed].pause);
  }

  /** The first step after `from`, up to `to`, at which playing is to stop; null for none. */
  #breakAfter(from: number, to: number): number | null {
    const { trace, breakpoint } = this;
    if (trace === null || breakpoint === 'nothing') return null;
    for (let step = from + 1; step <= to; step++) if (this.#isBreak(trace, step)) return step;
    return null;
  }

  #isBreak(trace: Trace, step: number): boolean {
    const kind = trace.kinds[step]!;
    switch (this.breakpoint) {
      case 'conflict':
        return IS_CONFLICT[kind] === 1;
      case 'undo':
        return kind === EVENT_CODE.unpin;
      case 'package':
        return this.selectedPackage !== NONE && packageOfStep(trace, step) === this.selectedPackage;
      case 'nothing':
        return false;
    }
  }

  /** Where playing goes next; null at the end. */
  #playedStep(): number | null {
    if (this.speed === 'conflict') return this.#conflictAfter(this.step) ?? this.#endAfter(this.step);
    let step: number | null = this.step;
    for (let change = 0; change < TEMPO[this.speed].changes && step !== null; change++)
      step = this.#changeAfter(step) ?? (change === 0 ? null : step);
    return step;
  }

  #changeAfter(step: number): number | null {
    const { trace, listed } = this;
    if (!trace) return null;
    if (listed) return listed[lowerBound(listed, step + 1)] ?? null;
    for (let at = step + 1; at < trace.length; at++) {
      if (IS_CHANGE[trace.kinds[at]!] === 1) return at;
    }
    return this.#endAfter(step);
  }

  #endAfter(step: number): number | null {
    return step < this.length - 1 ? this.length - 1 : null;
  }

  #conflictAfter(step: number): number | null {
    const conflicts = this.tree?.conflictSteps;
    if (!conflicts) return null;
    const row = conflicts.lastNotAbove(step) + 1;
    return row < conflicts.length ? conflicts.at(row) : null;
  }

  #moved(count: number): number {
    const { listed, step } = this;
    if (listed === null) return this.#strode(count);
    if (listed.length === 0) return step;
    const place = lowerBound(listed, step);
    const isListed = listed[place] === step;
    const target = count > 0 && !isListed ? place + count - 1 : place + count;
    return listed[Math.max(0, Math.min(target, listed.length - 1))]!;
  }

  /** So many strides on, or back; at an end of the trace that is the end. */
  #strode(count: number): number {
    const { trace, stride } = this;
    if (trace === null || stride === 'event') return this.step + count;
    const direction = Math.sign(count);
    let left = Math.abs(count);
    let at = this.step;
    while (left > 0 && at + direction >= 0 && at + direction < trace.length) {
      at += direction;
      if (this.#isStop(trace, at)) left -= 1;
    }
    return at;
  }

  #isStop(trace: Trace, step: number): boolean {
    const kind = trace.kinds[step]!;
    switch (this.stride) {
      case 'event':
        return true;
      case 'conflict':
        return IS_CONFLICT[kind] === 1;
      case 'package':
        return this.followedPackage !== NONE && packageOfStep(trace, step) === this.followedPackage;
      case 'decision':
        return IS_DECISION[kind] === 1;
    }
  }

  #seekPackage(direction: 1 | -1): void {
    const { trace, followedPackage } = this;
    if (!trace || followedPackage === NONE) return;
    for (let step = this.step + direction; step >= 0 && step < trace.length; step += direction) {
      if (packageOfStep(trace, step) !== followedPackage) continue;
      this.seek(step);
      return;
    }
  }

  #listedSteps(): Int32Array | null {
    return this.trace && this.revision >= 0 ? filterSteps(this.trace, this.filter) : null;
  }

  #followed(): number {
    if (this.selectedPackage !== NONE) return this.selectedPackage;
    return this.trace && this.step < this.length ? packageOfStep(this.trace, this.step) : NONE;
  }
}

/** Place of the first value that is at least `value`. */
export function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
