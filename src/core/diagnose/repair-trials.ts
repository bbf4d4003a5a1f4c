/**
 * Repairs that were tried and work. Where a bound could move is found with the prover, which is quick; what is offered
 * was then run by the tool itself. Work is counted in runs, never in time.
 */
import { parseRequirement } from '../packaging/requirement.ts';
import type { Version } from '../packaging/version.ts';
import type { ResolveRequest, UserRequirement } from '../resolver/engine.ts';
import type { Outcome, Pin } from '../resolver/outcome.ts';
import { proofFacts, type ImpossibilityProof, type ProofFact } from '../resolver/prover/proof.ts';
import { positionsIn } from '../resolver/pubgrub/integer-sets.ts';
import type { Decide, LineKey } from './minimal-lines.ts';
import { nearNames } from './near-names.ts';
import { nearestThat, nearVersions } from './near-versions.ts';
import {
  byHarm,
  changedRequest,
  type ChangedLine,
  type LineChange,
  type Repair,
  type RepairKind,
} from './repair.ts';
import { editedRequirement, specifierFor, specifierNaming } from './requirement-edit.ts';

/** Resolves as the tool would; what it ends with is what a repair promises. */
export type Resolve = (request: ResolveRequest) => Outcome;

/** The same question for another Python, `3.12`; null where there is none. */
export type WithPython = (request: ResolveRequest, python: string) => ResolveRequest | null;

export interface RepairTask {
  readonly request: ResolveRequest;
  /** The lines that cannot hold together, and why. */
  readonly lines: readonly LineKey[];
  readonly proof: ImpossibilityProof;
  readonly resolve: Resolve;
  readonly decide: Decide;
  readonly withPython: WithPython;
  /** Runs of the tool at most. */
  readonly maxRuns: number;
  /** Rounds of one of them at most: what takes longer is not found out, and counted as undecided. */
  readonly maxRounds: number;
  /** Hears of all that were found, least harm first, each time that there is one more. */
  readonly onFound?: (repairs: readonly Repair[]) => void;
}

export interface Repairs {
  /** Least harm first. */
  readonly repairs: readonly Repair[];
  /** Changes that were tried. */
  readonly tried: number;
  /** Those of which nobody can say whether they would do: facts are missing, or the run was too long. */
  readonly undecided: number;
  /** Whether the runs were used up before everything was tried. */
  readonly isCutShort: boolean;
  /** Whether a run was stopped because it took too long. */
  readonly wasStopped: boolean;
}

const OTHER_PYTHONS = [12, 13, 14, 11, 10, 9, 8, 7];
/** Pairs of lines that are loosened together at most. */
const MAX_PAIRS = 10;

/** Tries, line by line, then what changes several lines or none. Pairs only where nothing single helps. */
export function tryRepairs(task: RepairTask): Repairs {
  return new Trials(task).run();
}

class Trials {
  readonly #task: RepairTask;
  readonly #repairs: Repair[] = [];
  #runs = 0;
  #tried = 0;
  #undecided = 0;
  #isCutShort = false;
  #wasStopped = false;

  constructor(task: RepairTask) {
    this.#task = task;
  }

  run(): Repairs {
    const { lines } = this.#task;
    this.#tryNames();
    for (const key of lines) this.#tryBounds(key);
    for (const key of lines) this.#tryWithoutExtras(key);
    this.#tryAdmitting();
    this.#tryPythons();
    for (const key of lines) this.#tryWithout(key);
    this.#tryWithoutOverrides();
    if (this.#repairs.length === 0) this.#tryPairs();
    return {
      repairs: this.#repairs.toSorted(byHarm),
      tried: this.#tried,
      undecided: this.#undecided,
      isCutShort: this.#isCutShort,
      wasStopped: this.#wasStopped,
    };
  }

  #user(key: ChangedLine): UserRequirement {
    return this.#task.request[key.list][key.at]!;
  }

  #change(key: ChangedLine, after: LineChange['after']): LineChange {
    const before = this.#user(key);
    return { key, source: before.source, before, after };
  }

  /** Runs a changed question; what works is kept. */
  #try(
    kind: RepairKind,
    changes: readonly LineChange[],
    distance: number,
    python: string | null = null,
  ): boolean {
    const changed = changedRequest(this.#task.request, changes);
    const asked = python === null ? changed : this.#task.withPython(changed, python);
    const pins = asked === null ? null : this.#pinsOf(asked);
    if (pins === null) return false;
    this.#repairs.push({ kind, changes, python, pins, distance });
    this.#task.onFound?.(this.#repairs.toSorted(byHarm));
    return true;
  }

  #pinsOf(request: ResolveRequest): readonly Pin[] | null {
    if (this.#runs >= this.#task.maxRuns) {
      this.#isCutShort = true;
      return null;
    }
    this.#runs += 1;
    this.#tried += 1;
    const { maxRounds: most } = this.#task;
    const bounded = { ...request.options, maxRounds: Math.min(request.options.maxRounds ?? most, most) };
    const outcome = this.#task.resolve({ ...request, options: bounded });
    if (outcome.kind === 'incomplete' || outcome.kind === 'stopped') this.#undecided += 1;
    if (outcome.kind === 'stopped') this.#wasStopped = true;
    return outcome.kind === 'solved' && outcome.broken.length === 0 ? outcome.pins : null;
  }

  /** Whether the change could work, by the prover. */
  #couldWork(changes: readonly LineChange[]): boolean {
    const { kind } = this.#task.decide(changedRequest(this.#task.request, changes));
    return kind === 'possible';
  }

  /** The nearest version above and below that the rest would go with. */
  #tryBounds(key: LineKey): void {
    const { requirement } = this.#user(key);
    if (requirement.url !== null || requirement.specifier.specifiers.length === 0) return;
    const near = nearVersions(this.#task.request, requirement);
    const before = this.#repairs.length;
    this.#tryDirection(key, 'raise', near.above);
    this.#tryDirection(key, 'lower', near.below);
    if (this.#repairs.length > before) return;
    if (near.above.length + near.below.length === 0) {
      this.#tryPrereleases(key);
      return;
    }
    // The prover knows of none; the tool itself may, where the prover cannot tell.
    const wide = editedRequirement(requirement, { specifier: '' });
    const pins =
      wide === null ? null : this.#pinsOf(changedRequest(this.#task.request, [this.#change(key, wide)]));
    const pin = pins?.find(({ name }) => name === requirement.normalizedName);
    const all = [...near.above, ...near.below];
    const version = all.find(({ text }) => text === pin?.version);
    if (version === undefined) return;
    const isAbove = near.above.includes(version);
    const moved = editedRequirement(requirement, { specifier: specifierFor(requirement, version) });
    if (moved !== null)
      this.#try(
        isAbove ? 'raise' : 'lower',
        [this.#change(key, moved)],
        (isAbove ? near.above : near.below).indexOf(version) + 1,
      );
  }

  /** Where nothing else exists beside what the line allows: the pre-releases next to it, asked for by name. */
  #tryPrereleases(key: LineKey): void {
    const { requirement } = this.#user(key);
    const { above, below } = nearVersions(this.#task.request, requirement, 'pre-release');
    for (const version of [...above.slice(0, 1), ...below.slice(0, 1)]) {
      const specifier = specifierFor(requirement, version);
      const after = editedRequirement(requirement, { specifier });
      if (after !== null) this.#try('pre-release', [this.#change(key, after)], 1);
    }
  }

  #tryDirection(key: LineKey, kind: 'raise' | 'lower', versions: readonly Version[]): void {
    const { requirement } = this.#user(key);
    const exactly = (version: Version): LineChange | null => {
      const after = editedRequirement(requirement, { specifier: `==${version.text}` });
      return after === null ? null : this.#change(key, after);
    };
    const nearest = nearestThat(versions, (version) => {
      const change = exactly(version);
      return change !== null && this.#couldWork([change]);
    });
    if (nearest === null) {
      if (versions.length > 0) this.#tried += 1;
      return;
    }
    const specifier = specifierFor(requirement, nearest.version);
    const after = editedRequirement(requirement, { specifier });
    if (after !== null) this.#try(kind, [this.#change(key, after)], nearest.distance);
  }

  #tryWithoutExtras(key: LineKey): void {
    const { requirement } = this.#user(key);
    if (requirement.url !== null || key.list === 'constraints') return;
    const { extras } = requirement;
    for (const dropped of extras) {
      const after = editedRequirement(requirement, { extras: extras.filter((extra) => extra !== dropped) });
      if (after !== null && this.#try('drop-extra', [this.#change(key, after)], 1)) return;
    }
    const bare = extras.length > 1 ? editedRequirement(requirement, { extras: [] }) : null;
    if (bare !== null) this.#try('drop-extra', [this.#change(key, bare)], extras.length);
  }

  #tryWithout(key: LineKey): void {
    const { request } = this.#task;
    if (request.requirements.length === 1 && key.list === 'requirements') return;
    this.#try('remove', [this.#change(key, null)], 0);
  }

  /** uv's overrides of the projects that the conflict is about. */
  #tryWithoutOverrides(): void {
    const { request, proof } = this.#task;
    const names = new Set(proof.packages.map(({ name }) => name));
    for (const [at, { requirement }] of request.overrides.entries())
      if (names.has(requirement.normalizedName))
        this.#try('remove', [this.#change({ list: 'overrides', at }, null)], 0);
  }

  #facts(): readonly ProofFact[] {
    return proofFacts(this.#task.proof.root);
  }

  /** Pre-releases and withdrawn releases that the conflict passes over, asked for by name. */
  #tryAdmitting(): void {
    const seen = new Set<string>();
    for (const fact of this.#facts()) {
      if (fact.kind !== 'unusable') continue;
      const { kind } = fact.reason;
      const { name, versions } = this.#task.proof.packages[fact.package]!;
      if ((kind !== 'yanked' && kind !== 'prerelease') || seen.has(name)) continue;
      seen.add(name);
      for (const position of positionsIn(fact.versions, versions.length).toReversed().slice(0, 3))
        if (this.#tryAsking(name, versions[position]!, kind)) break;
    }
  }

  #tryAsking(name: string, text: string, reason: 'yanked' | 'prerelease'): boolean {
    const { request } = this.#task;
    const parsed = parseRequirement(`${name}${reason === 'yanked' ? '==' : '>='}${text}`);
    const version = parsed.ok ? parsed.value.specifier.specifiers[0]?.version : null;
    if (!parsed.ok || version === null || version === undefined) return false;
    const kind = reason === 'yanked' ? 'yanked' : 'pre-release';
    const at = request.requirements.findIndex(({ requirement }) => requirement.normalizedName === name);
    if (at === -1) {
      const line = Math.max(0, ...request.requirements.map(({ source }) => source.line)) + 1;
      const key: LineKey = { list: 'requirements', at: request.requirements.length };
      const source = { pane: 'requirements', line } as const;
      return this.#try(kind, [{ key, source, before: null, after: parsed.value }], 1);
    }
    const key: LineKey = { list: 'requirements', at };
    const { requirement } = this.#user(key);
    const specifier = reason === 'yanked' ? `==${text}` : specifierNaming(requirement, version);
    const after = editedRequirement(requirement, { specifier });
    return after !== null && this.#try(kind, [this.#change(key, after)], 1);
  }

  /** Another Python, the nearest first, where the conflict turns on Python or on wheels. */
  #tryPythons(): void {
    const { request, withPython, decide } = this.#task;
    const isAbout = this.#facts().some(
      (fact) => fact.kind === 'unusable' && ['requires-python', 'tags'].includes(fact.reason.kind),
    );
    if (!isAbout || request.options.universal) return;
    const [, minor = 0] = (request.options.pythonVersion ?? request.target.pythonVersion)
      .split('.')
      .map(Number);
    const others = OTHER_PYTHONS.filter((other) => other !== minor).toSorted(
      (a, b) => Number(a < minor) - Number(b < minor) || Math.abs(a - minor) - Math.abs(b - minor),
    );
    for (const other of others) {
      const python = `3.${other}`;
      const asked = withPython(request, python);
      if (asked === null || decide(asked).kind !== 'possible') continue;
      if (this.#try('python', [], Math.abs(other - minor), python)) return;
    }
    this.#tried += others.length;
  }

  /** A name that no project has, put right: never where what is asked for is one exact version that may exist elsewhere. */
  #tryNames(): void {
    const { lines, request, proof } = this.#task;
    const absent = new Set(
      proof.packages.filter(({ status }) => status === 'absent').map(({ name }) => name),
    );
    for (const key of lines) {
      const { requirement } = this.#user(key);
      if (!absent.has(requirement.normalizedName) || key.list === 'constraints') continue;
      for (const name of nearNames(request.index, requirement.normalizedName).slice(0, 3)) {
        const after = editedRequirement(requirement, { name });
        if (after !== null && this.#try('rename', [this.#change(key, after)], 1)) break;
      }
    }
  }

  /** Two lines at once: both as wide as they go, then each just as far as that takes it. */
  #tryPairs(): void {
    const keys = this.#task.lines.filter(
      (key) => this.#user(key).requirement.specifier.specifiers.length > 0,
    );
    const pairs = keys.flatMap((first, at) => keys.slice(at + 1).map((second) => [first, second] as const));
    for (const pair of pairs.slice(0, MAX_PAIRS)) {
      const wide = this.#changes(pair, () => '');
      const pins = wide === null ? null : this.#pinsOf(changedRequest(this.#task.request, wide));
      if (pins === null) continue;
      const versionOf = (key: LineKey): string | undefined =>
        pins.find(({ name }) => name === this.#user(key).requirement.normalizedName)?.version;
      const moved = this.#changes(pair, (key) => {
        const parsed = parseRequirement(`x==${versionOf(key) ?? '0'}`);
        const version = parsed.ok ? parsed.value.specifier.specifiers[0]?.version : null;
        return version === null || version === undefined || versionOf(key) === undefined
          ? ''
          : specifierFor(this.#user(key).requirement, version);
      });
      if (moved !== null && this.#try('pair', moved, 2)) return;
    }
    if (pairs.length > MAX_PAIRS) this.#isCutShort = true;
  }

  #changes(keys: readonly LineKey[], specifierOf: (key: LineKey) => string): readonly LineChange[] | null {
    const changes = keys.map((key) => {
      const after = editedRequirement(this.#user(key).requirement, { specifier: specifierOf(key) });
      return after === null ? null : this.#change(key, after);
    });
    return changes.every((change) => change !== null) ? changes : null;
  }
}
