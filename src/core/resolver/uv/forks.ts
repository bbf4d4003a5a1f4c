/**
 * Forks of universal mode: one version's dependencies name a project several times, with markers that exclude each
 * other, so that no single choice could serve all environments. README.md#universal-mode
 *
 *     a>=2 ; sys_platform == 'linux'        [ other | darwin: a<2 | linux: a>=2 ]
 *     a<2  ; sys_platform == 'darwin'
 */
import { compareCuts, LOWEST } from '../../packaging/version-cut.ts';
import type { UvDependency } from './dependencies.ts';
import { pythonRange, versionTree } from './marker-from-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import { projectName, type UvPackage } from './package.ts';
import { lowerCut, readRequiresPython, type PythonRequirement } from './python-requirement.ts';
import { VersionRange } from '../../packaging/version-range.ts';

/** A region of environments, and the dependencies that apply there. */
export interface Fork {
  readonly marker: MarkerTree;
  readonly dependencies: readonly UvDependency[];
}

function markerOf(item: UvPackage): MarkerTree {
  return item.kind === 'root' || item.kind === 'python' ? TRUE_MARKER : item.marker;
}

/** The dependencies by project, projects by name. */
function byProject(dependencies: readonly UvDependency[]): readonly (readonly UvDependency[])[] {
  const groups = new Map<string, UvDependency[]>();
  for (const dependency of dependencies) {
    const name = projectName(dependency.package) ?? '';
    const known = groups.get(name);
    if (known) known.push(dependency);
    else groups.set(name, [dependency]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Whether a marker asks for a newer Python than the resolution does. */
function raisesPython(marker: MarkerTree, python: PythonRequirement): boolean {
  const range = pythonRange(marker);
  return !range.isFull && compareCuts(lowerCut(range), lowerCut(python.target)) > 0;
}

/** A fork that is being filled. */
interface OpenFork extends Fork {
  readonly dependencies: UvDependency[];
}

export class ForkPlanner {
  readonly #algebra: MarkerAlgebra;
  readonly #python: PythonRequirement;
  readonly #pythonMarker: MarkerTree;
  #forks: OpenFork[];

  constructor(algebra: MarkerAlgebra, marker: MarkerTree, python: PythonRequirement) {
    this.#algebra = algebra;
    this.#python = python;
    this.#pythonMarker = versionTree(algebra, 'python_full_version', python.target);
    this.#forks = [{ marker, dependencies: [] }];
  }

  /** The forks that these dependencies make of the environments; one when they can go on together. */
  plan(dependencies: readonly UvDependency[]): readonly Fork[] {
    const [start] = this.#forks;
    for (const group of byProject(dependencies)) this.#addGroup(group, start!.marker);
    return this.#forks;
  }

  #addGroup(group: readonly UvDependency[], marker: MarkerTree): void {
    const first = markerOf(group[0]!.package);
    const isUniform = group.every((dependency) => markerOf(dependency.package) === first);
    if (isUniform && !raisesPython(first, this.#python)) {
      for (const dependency of group) this.#addWhereItApplies(dependency);
      return;
    }
    for (const dependency of group) this.#split(dependency, marker);
  }

  #addWhereItApplies(dependency: UvDependency): void {
    for (const fork of this.#forks) this.#add(fork, dependency);
  }

  #add(fork: OpenFork, dependency: UvDependency): OpenFork {
    if (!this.#algebra.isDisjoint(fork.marker, markerOf(dependency.package)))
      fork.dependencies.push(dependency);
    return fork;
  }

  /** Divides every fork into where the dependency applies and where it does not. */
  #split(dependency: UvDependency, parent: MarkerTree): void {
    const marker = markerOf(dependency.package);
    if (this.#algebra.isDisjoint(parent, marker)) return;
    if (marker === TRUE_MARKER) {
      this.#addWhereItApplies(dependency);
      return;
    }
    let remaining = marker;
    this.#forks = this.#forks.flatMap((fork) => {
      if (this.#algebra.isDisjoint(fork.marker, remaining)) return [fork];
      const outside = this.#algebra.and(fork.marker, this.#algebra.not(remaining));
      const inside = this.#algebra.and(fork.marker, remaining);
      remaining = this.#algebra.and(remaining, this.#algebra.not(fork.marker));
      return [outside, inside]
        .filter((region) => region !== FALSE_MARKER && !this.#algebra.isDisjoint(region, this.#pythonMarker))
        .map((region) => this.#add(this.#narrowed(fork, region), dependency));
    });
  }

  /** A fork for a part of its environments: what no longer applies there is dropped. */
  #narrowed({ dependencies }: Fork, marker: MarkerTree): OpenFork {
    return {
      marker,
      dependencies: dependencies.filter((item) => !this.#algebra.isDisjoint(marker, markerOf(item.package))),
    };
  }
}

function upperBounds(fork: Fork): number {
  return fork.dependencies.filter(({ range }) => (range.encoded.length & 1) === 0).length;
}

/**
 * In the order in which they are put on the stack, so that the last is solved first: higher Pythons first (lower ones
 * for `--resolution lowest`), then those with more upper bounds, whose choices may suit the others too.
 */
export function sortForks<Kind extends Fork>(forks: readonly Kind[], isLowest: boolean): readonly Kind[] {
  return forks.toSorted((a, b) => {
    const pythons = compareCuts(lowerCut(pythonRange(a.marker)), lowerCut(pythonRange(b.marker)));
    return (isLowest ? -pythons : pythons) || upperBounds(a) - upperBounds(b);
  });
}

/** The regions below and above the Python that a version needs; empty when it needs none newer. */
export function splitByPython(
  algebra: MarkerAlgebra,
  marker: MarkerTree,
  python: PythonRequirement,
  requiresPython: string,
): readonly MarkerTree[] {
  const supported = readRequiresPython(requiresPython);
  if (supported === null) return [];
  const cut = lowerCut(supported);
  if (cut === LOWEST || compareCuts(cut, lowerCut(python.target)) <= 0) return [];
  const above = VersionRange.fromCuts([cut]);
  const ranges = [python.target.difference(above), python.target.intersection(above)];
  if (ranges.some((range) => range.isEmpty)) return [];
  return ranges
    .map((range) => algebra.and(marker, versionTree(algebra, 'python_full_version', range)))
    .filter((region) => region !== FALSE_MARKER);
}
