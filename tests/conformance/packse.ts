/** Packse's scenarios as the data folder holds them, and as Problems. */
import { makeProblem, type Problem, type ProblemInput } from '../../src/core/problem/problem.ts';
import type { Facts, ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';

export interface PackseRelease {
  readonly requires: readonly string[];
  readonly extras: Readonly<Record<string, readonly string[]>>;
  readonly requires_python: string | null;
  readonly yanked: boolean;
  readonly sdist: boolean;
  readonly wheel: boolean;
  readonly wheel_tags: readonly string[];
}

export interface UvAnswer {
  /** Which command was run. */
  readonly kind: 'pip_install' | 'pip_compile' | 'lock';
  readonly args: readonly string[];
  readonly success: boolean;
  readonly pins?: Readonly<Record<string, string>>;
  readonly error?: { readonly header: string; readonly report: string; readonly hints: readonly string[] };
  readonly stdout: string;
  readonly stderr: string;
  readonly lock_summary?: {
    readonly resolution_markers?: readonly string[];
    readonly packages: readonly {
      readonly name: string;
      readonly version: string;
      readonly resolution_markers?: readonly string[];
    }[];
  };
}

export interface PackseScenario {
  readonly name: string;
  readonly category: string;
  readonly root: { readonly requires: readonly string[]; readonly requires_python: string };
  readonly environment: { readonly python: string };
  readonly resolver_options: {
    readonly universal: boolean;
    readonly prereleases: boolean;
    readonly no_build: readonly string[];
    readonly no_binary: readonly string[];
    readonly python: string | null;
    readonly python_platform: string | null;
    readonly required_environments: readonly string[];
    readonly resolution: string | null;
  };
  readonly packages: Readonly<Record<string, Readonly<Record<string, PackseRelease>>>>;
  readonly single_environment: boolean;
  readonly uv: UvAnswer | null;
  readonly uv_variants?: readonly UvAnswer[];
  readonly uv_before_pr19993?: UvAnswer;
}

export interface PackseData {
  readonly scenarios: Readonly<Record<string, PackseScenario>>;
}

/** Requirements of extras become requirements with a marker, as a build tool would write them. */
function releaseFacts(release: PackseRelease): ReleaseFacts {
  const extraRequires = Object.entries(release.extras).flatMap(([extra, requirements]) =>
    requirements.map((text) => withExtra(text, extra)),
  );
  const tags = release.wheel_tags.length > 0 ? [...release.wheel_tags] : ['py3-none-any'];
  return {
    requires: [...release.requires, ...extraRequires],
    requires_python: release.requires_python,
    yanked: release.yanked,
    extras: Object.keys(release.extras),
    wheels: release.wheel ? tags : [],
    sdist: release.sdist,
  };
}

function withExtra(text: string, extra: string): string {
  const [requirement = '', marker] = text.split(';').map((part) => part.trim());
  return marker === undefined
    ? `${requirement}; extra == '${extra}'`
    : `${requirement}; (${marker}) and extra == '${extra}'`;
}

export function scenarioFacts(scenario: PackseScenario): Facts {
  const projects = Object.entries(scenario.packages).map(([name, releases]) => [
    name,
    Object.fromEntries(
      Object.entries(releases).map(([version, release]) => [version, releaseFacts(release)]),
    ),
  ]);
  return { projects: Object.fromEntries(projects) as Facts['projects'] };
}

/** uv's target triple, `x86_64-manylinux2014`, as a platform of ours. */
function platformOf(triple: string | null): string {
  if (triple === null) return 'linux-x86_64';
  const [machine = '', system = ''] = triple.split('-');
  return `${system}_${machine}`;
}

type Options = NonNullable<ProblemInput['options']>;

/** Options that a hand-written uv test adds on the command line. */
export function optionsFromArguments(args: readonly string[]): Partial<Options> {
  const options: { prerelease?: Options['prerelease']; allReleases?: string[]; onlyFinal?: string[] } = {};
  args.forEach((argument, index) => {
    if (argument.startsWith('--prerelease=')) {
      options.prerelease = argument.slice('--prerelease='.length) as Options['prerelease'];
    } else if (argument === '--prerelease-package') {
      const [name = '', mode] = (args[index + 1] ?? '').split('=');
      if (mode === 'allow') options.allReleases = [name];
      else options.onlyFinal = [name];
    }
  });
  return options;
}

export function scenarioProblem(
  scenario: PackseScenario,
  engine: string,
  extra: Partial<Options> = {},
): Problem {
  const { root, environment, resolver_options: given } = scenario;
  return makeProblem({
    engine,
    requirements: [...root.requires],
    environment: { python: environment.python, platform: platformOf(given.python_platform) },
    options: {
      onlyBinary: [...given.no_build],
      noBinary: [...given.no_binary],
      prerelease: given.prereleases ? 'allow' : null,
      universal: given.universal,
      pythonVersion: given.python,
      // `uv pip compile --universal` goes by the interpreter, `uv lock` by the project.
      requiresPython: given.universal && scenario.uv?.kind === 'lock' ? root.requires_python : null,
      requiredEnvironments: [...given.required_environments],
      ...(given.resolution === null ? {} : { resolution: given.resolution as 'lowest' }),
      ...extra,
    },
  });
}
