/**
 * Small random problems with Python's own rules (extras, pre-releases, yanked releases, Requires-Python, constraints,
 * what is installed), and the brute force that answers for them. It shares no search with the engines or the prover.
 */
import fc from 'fast-check';
import type { Facts, ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import { parseRequirement, type Requirement } from '../../src/core/packaging/requirement.ts';
import {
  EMPTY_SPECIFIER_SET,
  filterVersions,
  intersectSpecifierSets,
  specifierSetContains,
  type SpecifierSet,
} from '../../src/core/packaging/specifier.ts';
import { isPrerelease, parseVersion, type Version } from '../../src/core/packaging/version.ts';

export interface SmallProblem {
  readonly facts: Facts;
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  /** `name==version`, at most one a project. */
  readonly installed: readonly string[];
}

const NAMES = ['a', 'b', 'c', 'd'] as const;
const VERSIONS = ['1.0', '2.0', '2.1rc1', '3.0'] as const;
const SPECIFIERS = [
  '',
  '',
  '',
  '>=2',
  '<2',
  '==1.0',
  '==2.0',
  '==2.1rc1',
  '>=2.1rc1',
  '!=2.0',
  '<3',
  '~=2.0',
];

const specifier = fc.constantFrom(...SPECIFIERS);
const wish = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', '', '', '[x]'), specifier)
  .map((parts) => parts.join(''));
const dependency = fc
  .tuple(wish, fc.constantFrom('', '', '', "; extra == 'x'", "; python_version < '3'"))
  .map(([text, marker]) => `${text}${marker}`);

const release: fc.Arbitrary<ReleaseFacts> = fc
  .record({
    requires: fc.array(dependency, { maxLength: 2 }),
    yanked: fc.constantFrom(false, false, false, false, true),
    requires_python: fc.constantFrom(null, null, null, null, '>=3.8', '>=3.13', '<3.10'),
    hasExtra: fc.boolean(),
  })
  .map(({ hasExtra, ...rest }) => ({ ...rest, extras: hasExtra ? ['x'] : [] }));

const project = fc.dictionary(fc.constantFrom(...VERSIONS), release, {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true,
});

/** Four projects of one to four releases; the Python at hand is 3.12. */
export const smallProblems: fc.Arbitrary<SmallProblem> = fc
  .record({
    projects: fc.tuple(project, project, project, project),
    requirements: fc.array(wish, { minLength: 1, maxLength: 3 }),
    constraints: fc.array(
      fc.tuple(fc.constantFrom(...NAMES), specifier).map((parts) => parts.join('')),
      { maxLength: 1 },
    ),
    installed: fc.array(
      fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VERSIONS)).map((parts) => parts.join('==')),
      { maxLength: 1 },
    ),
  })
  .map(({ projects, ...rest }) => ({
    ...rest,
    facts: {
      projects: Object.fromEntries(NAMES.map((name, at) => [name, releasesInOrder(projects[at]!)])),
    },
  }));

/**
 * The same problem without limits that a project puts on itself in an extra. uv loses them where the project asks for
 * the extra of itself (it takes that extra apart), and only there.
 */
export function withoutSelfLimits(problem: SmallProblem): SmallProblem {
  const projects: Record<string, Record<string, ReleaseFacts>> = {};
  for (const [name, releases] of Object.entries(problem.facts.projects)) {
    const isKept = (line: string): boolean => !(line.startsWith(name) && line.includes('extra =='));
    projects[name] = {};
    for (const [version, facts] of Object.entries(releases))
      projects[name][version] = { ...facts, requires: facts.requires.filter(isKept) };
  }
  return { ...problem, facts: { projects } };
}

function releasesInOrder(releases: Readonly<Record<string, ReleaseFacts>>): Record<string, ReleaseFacts> {
  return Object.fromEntries(Object.entries(releases).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Which versions a tool may take. `admits` hears all that is asked of a project; it decides on the whole choice. */
export interface ToolRules {
  readonly ignoresUndeclaredExtras: boolean;
  readonly keepsInstalled: boolean;
  isUsable(release: ReleaseFacts, version: Version, project: string): boolean;
  /** Whether what is installed may stay; the release tells of the same version in the index. */
  mayStay(release: ReleaseFacts): boolean;
  admits(question: {
    readonly version: Version;
    readonly isYanked: boolean;
    readonly asked: SpecifierSet;
    readonly usable: readonly { readonly version: Version; readonly isYanked: boolean }[];
  }): boolean;
}

function read(text: string): Requirement {
  const requirement = parseRequirement(text);
  if (!requirement.ok) throw new Error(`${text}: ${requirement.error.message}`);
  return requirement.value;
}

function versionOf(text: string): Version {
  const version = parseVersion(text);
  if (!version.ok) throw new Error(text);
  return version.value;
}

/** Whether uv takes a Python: only the lower bound counts. */
export function uvAllowsPython(requiresPython: string | null | undefined): boolean {
  return requiresPython !== '>=3.13';
}

/** Whether pip takes a Python. */
export function pipAllowsPython(requiresPython: string | null | undefined): boolean {
  return requiresPython !== '>=3.13' && requiresPython !== '<3.10';
}

/** pip 26's view on pre-releases and yanked releases: all that is asked of a project counts together. */
export function pipAdmits({ version, isYanked, asked, usable }: Parameters<ToolRules['admits']>[0]): boolean {
  const admitted = filterVersions(
    asked,
    usable.map((item) => item.version),
  ).map((item) => item.text);
  if (isPrerelease(version) && !admitted.includes(version.text)) return false;
  if (!isYanked) return true;
  const others = usable.filter((item) => !item.isYanked && admitted.includes(item.version.text));
  const isPinned = asked.specifiers.some(({ operator, isWildcard }) => operator === '==' && !isWildcard);
  return others.length === 0 && isPinned;
}

type Choice = ReadonlyMap<string, string>;

/** A problem with its requirements read. */
export class BruteForce {
  readonly #problem: SmallProblem;
  readonly #rules: ToolRules;
  readonly #installed: ReadonlyMap<string, string>;

  constructor(problem: SmallProblem, rules: ToolRules) {
    this.#problem = problem;
    this.#rules = rules;
    this.#installed = new Map(
      rules.keepsInstalled ? problem.installed.map((line) => line.split('==') as [string, string]) : [],
    );
  }

  /** Whether some choice of versions meets every requirement. */
  hasSolution(): boolean {
    const assign = (at: number, chosen: Map<string, string>): boolean => {
      if (at === NAMES.length) return this.complaint(chosen) === null;
      if (assign(at + 1, chosen)) return true;
      const name = NAMES[at]!;
      const versions = new Set([...Object.keys(this.#problem.facts.projects[name]!)]);
      const installed = this.#installed.get(name);
      if (installed !== undefined) versions.add(installed);
      for (const version of versions) {
        chosen.set(name, version);
        if (assign(at + 1, chosen)) return true;
        chosen.delete(name);
      }
      return false;
    };
    return assign(0, new Map());
  }

  /** What is wrong with a choice; null when a tool with these rules could end with it. */
  complaint(chosen: Choice): string | null {
    const asked = new Map<string, SpecifierSet[]>();
    const reached = new Set<string>();
    const open: { readonly name: string; readonly extra: string | null }[] = [];
    const ask = (requirement: Requirement): void => {
      const { normalizedName: name, extras, specifier: set } = requirement;
      asked.set(name, [...(asked.get(name) ?? []), set]);
      for (const extra of [null, ...extras]) open.push({ name, extra });
    };
    this.#problem.requirements.map(read).forEach(ask);
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      const key = `${item.name}[${item.extra ?? ''}]`;
      if (reached.has(key)) continue;
      reached.add(key);
      const version = chosen.get(item.name);
      if (version === undefined) return `${item.name} is missing`;
      this.#needs(item.name, version, item.extra).forEach(ask);
    }
    const constraints = this.#problem.constraints.map(read);
    for (const [name, version] of chosen) {
      if (!reached.has(`${name}[]`)) return `${name} is not needed`;
      const limits = constraints
        .filter((limit) => limit.normalizedName === name)
        .map((limit) => limit.specifier);
      const problem = this.#versionComplaint(name, version, [...(asked.get(name) ?? []), ...limits]);
      if (problem !== null) return problem;
    }
    return null;
  }

  #versionComplaint(name: string, text: string, asked: readonly SpecifierSet[]): string | null {
    const version = versionOf(text);
    if (!asked.every((set) => specifierSetContains(set, version, { prereleases: true })))
      return `${name} ${text} is not what is asked`;
    const isInstalled = this.#installed.get(name) === text;
    const releases = this.#problem.facts.projects[name]!;
    const same = releases[text];
    if (isInstalled && same !== undefined && !this.#rules.mayStay(same)) return `${name} ${text} cannot stay`;
    if (isInstalled) return null;
    const usable = Object.entries(releases)
      .map(([key, release]) => ({ release, version: versionOf(key), isYanked: release.yanked === true }))
      .filter((item) => this.#rules.isUsable(item.release, item.version, name));
    const chosen = usable.find((item) => item.version.text === text);
    if (chosen === undefined) return `${name} ${text} cannot be used`;
    const combined = asked.reduce(intersectSpecifierSets, EMPTY_SPECIFIER_SET);
    const isAdmitted = this.#rules.admits({ version, isYanked: chosen.isYanked, asked: combined, usable });
    return isAdmitted ? null : `${name} ${text} is not admitted`;
  }

  #needs(name: string, version: string, extra: string | null): readonly Requirement[] {
    const release = this.#problem.facts.projects[name]?.[version];
    // What is installed and not in the index brings nothing: nobody has told what it needs.
    if (release === undefined) return [];
    const isDeclared = extra === null || (release.extras ?? []).includes(extra);
    if (!isDeclared && this.#rules.ignoresUndeclaredExtras) return [];
    return release.requires
      .filter((line) => !line.includes('python_version'))
      .filter((line) => line.includes('extra ==') === (extra !== null))
      .map((line) => read(line.split(';')[0]!));
  }
}
