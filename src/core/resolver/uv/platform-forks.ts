/**
 * Forks for the sake of wheels: a version without a source distribution may serve only some of the environments.
 *
 *     torch 1.0+cpu   wheels for Linux            ⇒   elsewhere   torch 1.0
 *     torch 1.0       wheels for Linux, macOS         on Linux    torch 1.0+cpu
 *
 * uv looks at two cases only: environments that the user requires, and local versions whose public version serves more.
 * Source: uv-resolver/resolver, `fork_version_registry` and `find_environments`.
 */
import type { VersionRange } from '../../packaging/version-range.ts';
import { withParts } from '../../packaging/version-cut.ts';
import type { Version } from '../../packaging/version.ts';
import type { PubGrubSolver } from '../pubgrub/solver.ts';
import { readMarkerTree } from './marker-from-text.ts';
import { markerText } from './marker-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import type { PackageTable } from './package.ts';
import type { UvReason, VersionReason } from './unavailable-reason.ts';
import type { VersionChoice } from './version-chooser.ts';
import { WheelCoverage } from './wheel-coverage.ts';

/** A part of a fork's environments, and the version to decide there first; null: whatever is chosen there. */
export interface PlatformPart {
  readonly marker: MarkerTree;
  readonly chosen: UsableVersion | null;
}

export type UsableVersion = Extract<VersionChoice, { kind: 'usable' }>;

/** What a version's coverage means for a fork; null when it can be decided as it is. */
export type CoverageVerdict =
  | null
  | { readonly kind: 'unusable'; readonly reason: VersionReason }
  | { readonly kind: 'instead'; readonly chosen: UsableVersion }
  /** In the order in which uv puts them on its stack: the last is solved first. */
  | { readonly kind: 'divide'; readonly parts: readonly PlatformPart[] };

export interface CoverageQuestion {
  readonly packageNumber: number;
  readonly chosen: UsableVersion;
  /** The environments of the fork. */
  readonly marker: MarkerTree;
  readonly solver: PubGrubSolver<VersionRange, UvReason>;
  /** What uv would choose if only this version were allowed. */
  choosePublic(version: Version): VersionChoice;
}

const SYSTEMS = ["sys_platform == 'darwin'", "sys_platform == 'linux'", "sys_platform == 'win32'"];

export class PlatformForks {
  readonly #algebra: MarkerAlgebra;
  readonly #table: PackageTable;
  readonly #coverage: WheelCoverage;
  readonly #required: readonly MarkerTree[];
  readonly #systems: readonly MarkerTree[];

  /** `required` are markers as written; what cannot be read requires nothing. */
  constructor(algebra: MarkerAlgebra, table: PackageTable, required: readonly string[]) {
    this.#algebra = algebra;
    this.#table = table;
    this.#coverage = new WheelCoverage(algebra);
    const trees = (texts: readonly string[]) =>
      texts.map((text) => readMarkerTree(algebra, text)).filter((tree) => tree !== null);
    this.#required = trees(required);
    this.#systems = trees(SYSTEMS);
  }

  judge(question: CoverageQuestion): CoverageVerdict {
    const covered = this.#covered(question.chosen);
    if (covered === TRUE_MARKER) return null;
    return this.#requiredVerdict(question, covered) ?? this.#localVerdict(question, covered);
  }

  #covered({ files }: UsableVersion): MarkerTree {
    const wheels = files === null ? null : files.wheels;
    return wheels === null ? TRUE_MARKER : this.#coverage.of(wheels);
  }

  #requiredVerdict(question: CoverageQuestion, covered: MarkerTree): CoverageVerdict {
    const algebra = this.#algebra;
    const { marker } = question;
    for (const required of this.#required) {
      if (algebra.isDisjoint(marker, required) || !algebra.isDisjoint(covered, required)) continue;
      if (algebra.isDisjoint(this.#neededWhere(question), required)) continue;
      const parts = this.#divided(marker, required);
      if (parts !== null) {
        return { kind: 'divide', parts: parts.map((part) => ({ marker: part, chosen: null })) };
      }
      const platform = markerText(required) ?? '';
      return { kind: 'unusable', reason: { kind: 'missing-platform', marker: platform } };
    }
    return null;
  }

  #localVerdict(question: CoverageQuestion, covered: MarkerTree): CoverageVerdict {
    const algebra = this.#algebra;
    const { chosen, marker } = question;
    if (chosen.version.local === null) return null;
    const base = question.choosePublic(withParts(chosen.version, {}));
    if (base.kind !== 'usable') return null;
    const remainder = algebra.and(this.#covered(base), algebra.not(covered));
    if (remainder === FALSE_MARKER || algebra.isDisjoint(marker, remainder)) return null;
    if (algebra.isDisjoint(marker, covered)) return { kind: 'instead', chosen: base };
    // Where the local version serves nothing of a system, all of that system is left to the public one.
    const whole = this.#systems.reduce(
      (rest, system) =>
        algebra.isDisjoint(covered, system) && !algebra.isDisjoint(rest, system)
          ? algebra.or(rest, system)
          : rest,
      remainder,
    );
    const parts = this.#divided(marker, whole);
    if (parts === null) return null;
    const [outside, inside] = parts;
    return {
      kind: 'divide',
      parts: [
        { marker: outside, chosen: base },
        { marker: inside, chosen },
      ],
    };
  }

  /** The fork's environments inside and outside of a marker; null when it has none on one side. */
  #divided(marker: MarkerTree, by: MarkerTree): readonly [MarkerTree, MarkerTree] | null {
    const inside = this.#algebra.and(marker, by);
    const outside = this.#algebra.and(marker, this.#algebra.not(by));
    return inside === FALSE_MARKER || outside === FALSE_MARKER ? null : [inside, outside];
  }

  /** Where a package is needed by anything that is known to need it, back to the root. */
  #neededWhere({ packageNumber, solver }: CoverageQuestion): MarkerTree {
    const dependents = new Map<number, readonly number[]>();
    const open = [packageNumber];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (number === 0 || dependents.has(number)) continue;
      const found = [...solver.dependentsOf(number)];
      dependents.set(number, found);
      for (const item of found) open.push(item);
    }
    const needed = new Map<number, MarkerTree>([[0, TRUE_MARKER]]);
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const [number, from] of dependents) {
        const item = this.#table.packages[number]!;
        const own = 'marker' in item ? item.marker : TRUE_MARKER;
        const reached = from.reduce<MarkerTree>(
          (all, dependent) => this.#algebra.or(all, needed.get(dependent) ?? FALSE_MARKER),
          FALSE_MARKER,
        );
        const now = this.#algebra.and(own, reached);
        if (now === (needed.get(number) ?? FALSE_MARKER)) continue;
        needed.set(number, now);
        isChanged = true;
      }
    }
    return needed.get(packageNumber) ?? FALSE_MARKER;
  }
}
