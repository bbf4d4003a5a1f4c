/**
 * Changes that lead a tool to the same pins with much less search: lower bounds on packages that it tried most, and
 * another line first. Each was run by the tool itself. Work is counted in rounds, never in time.
 */
import { parseRequirement } from '../packaging/requirement.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Outcome, Pin } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import type { LineKey } from './minimal-lines.ts';
import { changedRequest, type LineChange } from './repair.ts';
import { editedRequirement } from './requirement-edit.ts';

/** How a changed question ends, and the rounds that it took. */
export interface MeasuredRun {
  readonly outcome: Outcome;
  readonly rounds: number;
}

export interface SpeedTask {
  readonly request: ResolveRequest;
  readonly trace: Trace;
  /** What is to come out: the run's own pins, or those of a solution that a stopped run did not come to. */
  readonly pins: readonly Pick<Pin, 'name' | 'version'>[];
  /** Rounds that the run took. */
  readonly rounds: number;
  /** Whether the run was stopped, so that any other that ends with the pins is better. */
  readonly isStopped: boolean;
  readonly measure: (request: ResolveRequest) => MeasuredRun;
  /** Rounds that all trials may take together. */
  readonly maxRounds: number;
}

/** A change that was tried: bounds that are added, or the line that comes first. */
export interface Speedup {
  readonly changes: readonly LineChange[];
  /** Position among the requirements of the line that comes first; null where none moves. */
  readonly first: number | null;
  readonly rounds: number;
  readonly pins: readonly Pin[];
}

export interface Speedups {
  /** Fewest rounds first. */
  readonly speedups: readonly Speedup[];
  /** Changes that were tried. */
  readonly tried: number;
  /** Whether the rounds were used up before everything was tried. */
  readonly isCutShort: boolean;
}

/** Rounds that a search may take beyond one for each pin before it is worth asking for advice. */
const FEW_ROUNDS = 60;
/** A change is worth telling where it leaves at most this part of the rounds. */
const WORTH = 0.6;
/** Packages whose bound is tried, lines that are put first, and advice that is given. */
const MOST = { packages: 6, together: 10, lines: 8, told: 3 };

/** Whether a run took so many rounds that advice is worth its price. */
export function isSlow(rounds: number, pins: number): boolean {
  return rounds - pins >= FEW_ROUNDS && rounds >= 2 * pins;
}

/** Tries bounds one by one and in pairs, then lines put first; several bounds at once where nothing single helps. */
export function trySpeedups(task: SpeedTask): Speedups {
  return new SpeedTrials(task).run();
}

class SpeedTrials {
  readonly #task: SpeedTask;
  readonly #wanted: ReadonlyMap<string, string>;
  readonly #found: Speedup[] = [];
  #left: number;
  #tried = 0;
  #isCutShort = false;

  constructor(task: SpeedTask) {
    this.#task = task;
    this.#wanted = new Map(task.pins.map(({ name, version }) => [name, version]));
    this.#left = task.maxRounds;
  }

  run(): Speedups {
    const contested = this.#contested();
    const single = contested
      .slice(0, MOST.packages)
      .flatMap((name) => this.#bounds(name))
      .filter((bound) => this.#try([bound], null));
    const together = contested.slice(0, MOST.together).flatMap((name) => this.#bound(name, '>=') ?? []);
    if (single.length === 0) this.#tryTogether(together);
    else this.#tryPair();
    const { requirements } = this.#task.request;
    for (let at = 1; at < Math.min(requirements.length, MOST.lines); at += 1) this.#try([], at);
    return {
      speedups: this.#found.toSorted(byRounds).slice(0, MOST.told),
      tried: this.#tried,
      isCutShort: this.#isCutShort,
    };
  }

  /** Pinned packages by how often the search chose, skipped or took back a version of theirs, most first. */
  #contested(): readonly string[] {
    const { trace } = this.#task;
    const work = new Map<string, number>();
    const kinds: ReadonlySet<number> = new Set([
      EVENT_CODE.pin,
      EVENT_CODE.decide,
      EVENT_CODE.reject,
      EVENT_CODE.unpin,
    ]);
    for (let step = 0; step < trace.length; step += 1) {
      if (!kinds.has(trace.kinds[step]!)) continue;
      const owner = trace.candidates[trace.first[step]!]?.package;
      const name = owner === undefined ? '' : (trace.packages[owner]?.name ?? '');
      if (this.#wanted.has(name)) work.set(name, (work.get(name) ?? 0) + 1);
    }
    return [...work]
      .filter(([, amount]) => amount > 1)
      .toSorted((a, b) => b[1] - a[1])
      .map(([name]) => name);
  }

  /** What keeps the search from going below the wanted version, and from what it gave up above. */
  #bounds(name: string): readonly LineChange[] {
    return (['>=', '<='] as const).flatMap((operator) => this.#bound(name, operator) ?? []);
  }

  /** The wanted version as a bound, in the package's own line or in one of its own; null where that cannot be said. */
  #bound(name: string, operator: '>=' | '<='): LineChange | null {
    const { requirements } = this.#task.request;
    const version = this.#wanted.get(name)!;
    // A bound cannot name a local version (PEP 440).
    if (version.includes('+')) return null;
    const at = requirements.findIndex(({ requirement }) => requirement.normalizedName === name);
    const list: LineKey['list'] = 'requirements';
    if (at === -1) {
      const parsed = parseRequirement(`${name}${operator}${version}`);
      const line = Math.max(0, ...requirements.map(({ source }) => source.line)) + 1;
      return parsed.ok
        ? {
            key: { list, at: requirements.length },
            source: { pane: 'requirements', line },
            before: null,
            after: parsed.value,
          }
        : null;
    }
    const before = requirements[at]!;
    const { specifiers } = before.requirement.specifier;
    if (before.source.pane !== 'requirements' || before.hashes.length > 0) return null;
    if (specifiers.some(({ operator }) => operator === '==' || operator === '===')) return null;
    const kept = specifiers.filter((clause) => !clause.operator.startsWith(operator[0]!));
    const specifier = [`${operator}${version}`, ...kept.map(({ text }) => text)].join(',');
    const after = editedRequirement(before.requirement, { specifier });
    return after === null ? null : { key: { list, at }, source: before.source, before, after };
  }

  /** Runs a changed question; kept where it ends with the same pins in much fewer rounds. */
  #try(changes: readonly LineChange[], first: number | null): boolean {
    const { request, rounds, isStopped, measure } = this.#task;
    const most = Math.min(this.#left, isStopped ? rounds : Math.floor(rounds * WORTH));
    if (most < 1) {
      this.#isCutShort = true;
      return false;
    }
    this.#tried += 1;
    const changed = withFirst(changedRequest(request, changes), first);
    const maxRounds = Math.min(most, request.options.maxRounds ?? most);
    const ran = measure({ ...changed, options: { ...changed.options, maxRounds } });
    this.#left -= Math.max(1, ran.rounds);
    if (ran.outcome.kind !== 'solved' || ran.outcome.broken.length > 0) return false;
    const { pins } = ran.outcome;
    const isSame =
      isStopped ||
      (pins.length === this.#wanted.size &&
        pins.every(({ name, version }) => this.#wanted.get(name) === version));
    if (!isSame) return false;
    this.#found.push({ changes, first, rounds: ran.rounds, pins });
    return true;
  }

  /** The two best at once, where that is better than either. */
  #tryPair(): void {
    const [best, ...others] = this.#found.toSorted(byRounds);
    const [change] = best!.changes;
    // Two bounds of one line would be two texts of it.
    const other = others
      .flatMap(({ changes }) => changes)
      .find(({ after }) => after?.normalizedName !== change!.after?.normalizedName);
    const before = best!.rounds;
    if (other === undefined || before <= this.#wanted.size + FEW_ROUNDS / 4) return;
    const pair = [change!, other];
    if (!this.#try(pair, null)) return;
    if (this.#found.at(-1)!.rounds > before * WORTH) this.#found.pop();
  }

  /** All at once; where that helps, those are left out again that are not needed. */
  #tryTogether(bounds: readonly LineChange[]): void {
    if (bounds.length < 2 || !this.#try(bounds, null)) return;
    let kept = bounds;
    for (const bound of bounds) {
      const fewer = kept.filter((other) => other !== bound);
      if (fewer.length === 0 || !this.#try(fewer, null)) continue;
      kept = fewer;
    }
    // Only the smallest set is worth telling.
    const smallest = this.#found.findLast(({ changes }) => changes.length === kept.length);
    this.#found.length = 0;
    if (smallest !== undefined) this.#found.push(smallest);
  }
}

function withFirst(request: ResolveRequest, first: number | null): ResolveRequest {
  if (first === null) return request;
  const { requirements } = request;
  return {
    ...request,
    requirements: [requirements[first]!, ...requirements.filter((_, at) => at !== first)],
  };
}

function byRounds(a: Speedup, b: Speedup): number {
  return a.rounds - b.rounds || a.changes.length - b.changes.length;
}
