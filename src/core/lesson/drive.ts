/**
 * You drive: the reader chooses the next package and its version by hand, and undoes by hand. The rules are the search's
 * own: what is asked for by your lines and by what is chosen; a choice may not clash with what stands. Beside it stands
 * what each engine would do here, as far as its own search comes to the same choices.
 */
import { cellOf, type Cell } from '../compare/cell.ts';
import { movesOf, type Move } from '../compare/moves.ts';
import { runAlone } from '../compare/run-alone.ts';
import { releasesOf } from '../compare/newest-release.ts';
import { layOverlay } from '../headless/overlay.ts';
import { isMissing, type PackageIndex } from '../package-index/package-index.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { specifierSetContains } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import type { Problem } from '../problem/problem.ts';
import type { ResolveRequest } from '../resolver/engine.ts';

export interface Wish {
  /** As written. */
  readonly text: string;
  /** `line 2`, or `tea 1.9.8`. */
  readonly by: string;
  readonly requirement: Requirement;
}

export interface DriveCandidate {
  readonly version: string;
  /** Wishes that it does not meet, or that what it needs clashes with; empty where it can be chosen. */
  readonly against: readonly string[];
}

export interface OpenPackage {
  readonly name: string;
  readonly wishes: readonly Wish[];
  /** Newest first. */
  readonly candidates: readonly DriveCandidate[];
}

export interface DrivePin {
  readonly name: string;
  readonly version: string;
}

export interface EngineRun {
  readonly engine: string;
  readonly cell: Cell;
  readonly moves: readonly Move[];
}

/** What an engine does where these choices stand. */
export type NextMove =
  | { readonly kind: 'pin' | 'undo'; readonly name: string; readonly version: string }
  | { readonly kind: 'ends' }
  /** Its search never stands here. */
  | { readonly kind: 'elsewhere' };

export class Drive {
  readonly #request: ResolveRequest;
  readonly #index: PackageIndex;
  readonly engines: readonly EngineRun[];
  pins: readonly DrivePin[] = [];
  chosen = 0;
  undone = 0;

  private constructor(request: ResolveRequest, index: PackageIndex, engines: readonly EngineRun[]) {
    this.#request = request;
    this.#index = index;
    this.engines = engines;
  }

  /** Null where the question cannot be run at all. The index is to hold all facts. */
  static async begin(
    problem: Problem,
    index: PackageIndex,
    engines: readonly string[],
  ): Promise<Drive | null> {
    const runs: EngineRun[] = [];
    let request: ResolveRequest | null = null;
    for (const engine of engines) {
      const { run } = await runAlone({ ...problem, engine }, index);
      request ??= run.request;
      runs.push({ engine, cell: cellOf(run), moves: movesOf(run.trace).moves });
    }
    return request === null ? null : new Drive(request, layOverlay(problem, index).index, runs);
  }

  /** Packages that are asked for and have no version yet, in the order in which they were asked for. */
  open(): readonly OpenPackage[] {
    const wishes = this.#wishes();
    return [...wishes.keys()]
      .filter((name) => !this.pins.some((pin) => pin.name === name))
      .map((name) => ({ name, wishes: wishes.get(name)!, candidates: this.#candidates(name, wishes) }));
  }

  choose(name: string, version: string): void {
    this.pins = [...this.pins, { name, version }];
    this.chosen += 1;
  }

  /** Gives up the newest choice. */
  undo(): void {
    if (this.pins.length === 0) return;
    this.pins = this.pins.slice(0, -1);
    this.undone += 1;
  }

  /** What an engine would do here. */
  nextOf({ moves }: EngineRun): NextMove {
    const stands: string[] = [];
    const here = this.pins.map(({ name, version }) => `${name} ${version}`).sort();
    for (const move of moves) {
      const isChoice = move.kind === 'pin' || move.kind === 'undo';
      if ((isChoice || move.kind === 'end') && stands.toSorted().join() === here.join()) {
        return isChoice
          ? { kind: move.kind === 'pin' ? 'pin' : 'undo', name: move.project, version: move.version }
          : { kind: 'ends' };
      }
      const key = `${move.project} ${move.version}`;
      if (move.kind === 'pin') stands.push(key);
      else if (move.kind === 'undo') {
        const at = stands.lastIndexOf(key);
        if (at >= 0) stands.splice(at, 1);
      }
    }
    return { kind: 'elsewhere' };
  }

  /** By project: all wishes of your lines and of what is chosen. */
  #wishes(): Map<string, Wish[]> {
    const wishes = new Map<string, Wish[]>();
    const add = (requirement: Requirement, by: string): void => {
      const name = requirement.normalizedName;
      wishes.set(name, [...(wishes.get(name) ?? []), { text: requirement.text, by, requirement }]);
    };
    for (const { requirement, source } of this.#request.requirements)
      if (this.#holds(requirement, [])) add(requirement, `line ${source.line}`);
    for (const { name, version } of this.pins)
      for (const requirement of this.#needs(name, version, extrasOf(wishes.get(name) ?? [])))
        add(requirement, `${name} ${version}`);
    return wishes;
  }

  #holds({ marker }: Requirement, extras: readonly string[]): boolean {
    if (marker === null) return true;
    return ['', ...extras].some((extra) => evaluateMarker(marker, this.#request.target.markers, extra));
  }

  #needs(name: string, version: string, extras: readonly string[]): readonly Requirement[] {
    const page = this.#index.page(name);
    const file = isMissing(page) ? undefined : page.distributions.find((item) => item.version === version);
    const metadata = file === undefined ? null : this.#index.metadata(file);
    if (metadata === null || isMissing(metadata)) return [];
    return metadata.requiresDist.flatMap((text) => {
      const parsed = parseRequirement(text);
      return parsed.ok && this.#holds(parsed.value, extras) ? [parsed.value] : [];
    });
  }

  #candidates(name: string, wishes: ReadonlyMap<string, readonly Wish[]>): readonly DriveCandidate[] {
    const releases = releasesOf(this.#index, name);
    if (!Array.isArray(releases)) return [];
    const asked = wishes.get(name) ?? [];
    const limits = this.#request.constraints.filter(({ requirement }) => requirement.normalizedName === name);
    const newestFirst: readonly { readonly text: string }[] = releases.toReversed();
    return newestFirst.map(({ text: version }): DriveCandidate => {
      const unmet = [
        ...asked
          .filter(({ requirement }) => !admits(requirement, version))
          .map(({ text, by }) => `${by} asks for ${text}`),
        ...limits
          .filter(({ requirement }) => !admits(requirement, version))
          .map(({ requirement }) => `a constraint says ${requirement.text}`),
      ];
      const clashes = this.#needs(name, version, extrasOf(asked)).flatMap((requirement) => {
        const pin = this.pins.find((item) => item.name === requirement.normalizedName);
        return pin === undefined || admits(requirement, pin.version)
          ? []
          : [`it needs ${requirement.text}, and ${pin.name} is at ${pin.version}`];
      });
      return { version, against: [...unmet, ...clashes] };
    });
  }
}

function extrasOf(wishes: readonly Wish[]): readonly string[] {
  return wishes.flatMap(({ requirement }) => requirement.extras);
}

function admits({ specifier }: Requirement, version: string): boolean {
  const parsed = parseVersion(version);
  return parsed.ok && specifierSetContains(specifier, parsed.value, { prereleases: true });
}
