/** Random but lawful traces: what the laws of the search tree are checked on, and what its speed is measured on. */
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { OUTCOME_KINDS } from '../../src/core/resolver/outcome.ts';

/** Answers integers below a bound. */
export type Draw = (below: number) => number;

/** A generator of pseudo-random numbers (mulberry32), so that a failing trace can be made again. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const VERSIONS = 24;

/**
 * Rounds of pins, skips, re-pins, conflicts with jumps, and rollbacks with restored pins, over `packages` packages.
 * Every unpin is of a pin that stands, and every restore of one that does not.
 */
export function randomSearch(draw: Draw, rounds: number, packages: number): TraceRecorder {
  const trace = new TraceRecorder();
  const rows = declareTables(trace, packages);
  const stack: number[] = [];
  let saved: number[] | null = null;
  for (let round = 0; round < rounds; round++) {
    trace.record('round', round);
    const free = freePackages(stack, packages);
    const action = draw(20);
    if (action === 0 && stack.length > 1) {
      const [old] = stack.splice(draw(stack.length), 1);
      trace.record('unpin', old);
      attempt(trace, rows, draw, stack, Math.floor(old! / VERSIONS));
    } else if ((action < 7 || free.length === 0) && stack.length > 0) {
      const kept = draw(stack.length);
      if (saved === null && draw(10) === 0) saved = stack.slice(0, stack.length - 1);
      fail(trace, rows, draw, stack, kept);
      if (saved !== null && draw(6) === 0) {
        rollBack(trace, stack, saved);
        saved = null;
      }
    } else if (free.length > 0) attempt(trace, rows, draw, stack, free[draw(free.length)]!);
  }
  trace.record('done', OUTCOME_KINDS.indexOf(stack.length > 0 ? 'solved' : 'unsolvable'));
  return trace;
}

interface Rows {
  readonly causes: readonly number[];
  readonly requirement: number;
}

function declareTables(trace: TraceRecorder, packages: number): Rows {
  for (let row = 0; row < packages; row++) {
    const name = `package-${row}`;
    trace.addPackage({ identifier: name, name });
    for (let version = VERSIONS; version > 0; version--)
      trace.addCandidate({
        package: row,
        version: `${version}.0`,
        label: `${name}==${version}.0`,
        origin: 'index',
      });
  }
  const requirement = trace.addRequirement({ package: 0, text: 'package-0<9' });
  const causes = [0, 1, 2].map((parent) => trace.addCauses([{ requirement, parent }]));
  return { causes, requirement };
}

function freePackages(stack: readonly number[], packages: number): number[] {
  const taken = new Set(stack.map((candidate) => Math.floor(candidate / VERSIONS)));
  return Array.from({ length: packages }, (_, row) => row).filter((row) => !taken.has(row));
}

function attempt(trace: TraceRecorder, rows: Rows, draw: Draw, stack: number[], packageRow: number): void {
  let version = draw(VERSIONS - 4);
  for (let skips = draw(4); skips > 0; skips--) {
    const candidate = packageRow * VERSIONS + version++;
    trace.record('metadata', candidate);
    trace.record('require', rows.requirement, candidate);
    trace.record('reject', candidate, rows.causes[draw(rows.causes.length)]);
  }
  const candidate = packageRow * VERSIONS + version;
  trace.record('require', rows.requirement, candidate);
  trace.record('pin', candidate);
  stack.push(candidate);
}

function fail(trace: TraceRecorder, rows: Rows, draw: Draw, stack: number[], kept: number): void {
  const causes = rows.causes[draw(rows.causes.length)]!;
  const depth = stack.length;
  trace.record('conflict', causes);
  while (stack.length > kept) trace.record('unpin', stack.pop());
  trace.record('backjump', depth, kept, causes);
}

function rollBack(trace: TraceRecorder, stack: number[], saved: readonly number[]): void {
  trace.record('conflict', 0);
  trace.record('rollback', stack.length, saved.length);
  for (const candidate of stack.filter((one) => !saved.includes(one)).reverse())
    trace.record('unpin', candidate);
  for (const candidate of saved.filter((one) => !stack.includes(one))) trace.record('restore', candidate);
  stack.splice(0, stack.length, ...saved);
}
