/** What the page writes as a command, the page reads back as the same question; and pip itself understands it. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { recogniseManifest } from '../../../src/core/manifest/manifest-kind.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';
import { pipCommand } from '../../../src/core/problem/pip-command.ts';
import { OPTION_RULES, type OptionName } from '../../../src/core/problem/option-rules.ts';
import { makeProblem, withoutDefaults, type Problem } from '../../../src/core/problem/problem.ts';
import { saidOptions } from '../../../src/core/problem/said-options.ts';
import { posixLine } from '../../../src/core/share/shell/posix.ts';
import { uvCommand } from '../../../src/core/problem/uv-command.ts';

const nameList: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('six', 'flask', 'zope-interface'), {
  maxLength: 2,
});
const whole = fc.constant<string[]>([':all:']);
const names = fc.oneof({ weight: 3, arbitrary: nameList }, { weight: 1, arbitrary: whole });
const date = fc.constantFrom(null, '2023-09-07', '2024-01-02T03:04:05Z');
const requirements = fc
  .uniqueArray(
    fc.constantFrom(
      ...['six', 'flask>=2,<3', 'requests[socks]!=2.1', 'numpy~=1.2.0', 'a===1.0-weird'],
      ...[`six; python_version < "4"`, `x; os_name == 'nt'`, 'p @ https://h/p.zip'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((lines) => lines.join('\n'));
const environment = fc.record({
  python: fc.constantFrom('3.12', '3.11', '3.8', '3.13t'),
  platform: fc.constantFrom(
    ...['linux-x86_64', 'linux-aarch64', 'macos-arm64', 'macos-x86_64'],
    ...['windows-amd64', 'windows-arm64', 'windows-x86', 'musllinux-x86_64', 'musllinux-aarch64'],
  ),
});

/** Names that exclude one another stand on one side only, as pip keeps them. */
const exclusive = (first: readonly string[], second: readonly string[]): boolean =>
  !first.includes(':all:') && !second.includes(':all:') && !first.some((name) => second.includes(name));

const shared = {
  allReleases: names,
  onlyFinal: names,
  onlyBinary: names,
  noBinary: names,
  noDeps: fc.boolean(),
  upgrade: fc.boolean(),
  forceReinstall: fc.boolean(),
  uploadedPriorTo: date,
};
const pipOptions = fc
  .record({
    ...shared,
    pre: fc.boolean(),
    preferBinary: fc.boolean(),
    ignoreRequiresPython: fc.boolean(),
    requireHashes: fc.boolean(),
    ignoreInstalled: fc.boolean(),
    upgradeStrategy: fc.constantFrom('only-if-needed' as const, 'eager' as const),
  })
  .filter((options) => exclusive(options.onlyBinary, options.noBinary))
  .filter((options) => exclusive(options.allReleases, options.onlyFinal));
const uvOptions = fc
  .record({
    ...shared,
    allReleases: nameList,
    onlyFinal: nameList,
    resolution: fc.constantFrom('highest' as const, 'lowest' as const, 'lowest-direct' as const),
    prerelease: fc.constantFrom(null, 'allow' as const, 'explicit' as const, 'if-necessary' as const),
    universal: fc.boolean(),
    pythonVersion: fc.constantFrom(null, '3.9'),
    indexStrategy: fc.constantFrom('first-index' as const, 'unsafe-best-match' as const),
  })
  .filter((options) => exclusive(options.onlyBinary, options.noBinary))
  .filter((options) => exclusive(options.allReleases, options.onlyFinal));

/** The question that a pasted command makes. */
function readBack(command: string, engine: string): Problem {
  expect(recogniseManifest(command)).toMatchObject({ kind: 'pip-command' });
  const { manifest } = readManifest(command);
  const change = changeOfManifest(manifest);
  const { options, environment: target, requirements: text = '' } = change;
  return makeProblem({
    engine,
    requirements: text,
    environment: target,
    options: JSON.parse(JSON.stringify(options)) as object,
  });
}

/** Options that a command can hold, in one order and with instants as instants. */
function comparable(problem: Problem, tool: 'pip' | 'uv'): Record<string, unknown> {
  const said = saidOptions(problem).filter(({ name }) => OPTION_RULES[name][tool]?.startsWith('--') === true);
  return Object.fromEntries(
    said.map(({ name, value }): [OptionName, unknown] => [
      name,
      name === 'uploadedPriorTo'
        ? Date.parse(String(value))
        : Array.isArray(value)
          ? [...value].sort()
          : value,
    ]),
  );
}

describe('a command is read back as the same question', () => {
  test('pip', () => {
    fc.assert(
      fc.property(requirements, environment, pipOptions, (text, target, options) => {
        const problem = makeProblem({ engine: 'pip@26.2', requirements: text, environment: target, options });
        const command = pipCommand(problem);
        const again = readBack(posixLine(command)!, problem.engine);
        expect(again.requirements.trim().split('\n')).toHaveLength(text.split('\n').length);
        const isTargeted = command.words.includes('--target');
        const before = comparable(problem, 'pip');
        // For another machine pip must be told to build nothing.
        const after = { ...comparable(again, 'pip') };
        if (isTargeted && !options.noDeps) {
          expect(after['onlyBinary']).toEqual([':all:']);
          delete after['onlyBinary'];
          delete before['onlyBinary'];
        }
        expect(after).toEqual(before);
        expect(again.environment.python).toBe(target.python);
        if (isTargeted) expect(again.environment.platform).toBe(target.platform);
      }),
      { numRuns: 300 },
    );
  });

  test('uv', () => {
    fc.assert(
      fc.property(requirements, environment, uvOptions, fc.boolean(), (text, target, options, installs) => {
        const problem = makeProblem({
          engine: 'uv@0.12',
          requirements: text,
          environment: target,
          options,
          ...(installs ? { installed: 'six==1.0' } : {}),
        });
        const again = readBack(posixLine(uvCommand(problem))!, problem.engine);
        expect(again.requirements.trim().split('\n')).toHaveLength(text.split('\n').length);
        expect(comparable(again, 'uv')).toEqual(comparable(problem, 'uv'));
        expect(again.environment.python).toBe(target.python);
        if (!options.universal) expect(again.environment.platform).toBe(target.platform);
      }),
      { numRuns: 300 },
    );
  });
});

/** Reads command lines, one a line, with the option parser of the machine's own pip; prints what it made of each. */
const PARSER = `
import json, shlex, sys
from pip._internal.commands import create_command
from pip import __version__
out = []
for line in sys.stdin.read().splitlines():
    words = shlex.split(line)
    options, args = create_command("install").parse_args(words[words.index("install") + 1:])
    control = options.format_control
    out.append({
        "args": args, "pre": options.pre, "prefer": options.prefer_binary, "deps": options.ignore_dependencies,
        "python": bool(options.ignore_requires_python), "hashes": options.require_hashes, "upgrade": bool(options.upgrade),
        "strategy": options.upgrade_strategy, "force": bool(options.force_reinstall),
        "ignore": bool(options.ignore_installed), "only": sorted(control.only_binary), "no": sorted(control.no_binary),
        "dry": options.dry_run, "platforms": options.platforms, "target": options.target_dir})
print(json.dumps({"version": __version__, "read": out}))
`;

interface PipReading {
  readonly args: readonly string[];
  readonly [name: string]: unknown;
}

function readWithPip(lines: readonly string[]): readonly PipReading[] | null {
  const run = spawnSync('python3', ['-c', PARSER], { input: lines.join('\n'), encoding: 'utf8' });
  if (run.status !== 0) return null;
  const { version, read } = JSON.parse(run.stdout) as { version: string; read: readonly PipReading[] };
  return Number.parseFloat(version) >= 22.2 ? read : null;
}

it("pip's own parser reads the same options", (context) => {
  const problems = fc
    .sample(fc.tuple(requirements, environment, pipOptions), { numRuns: 60, seed: 7 })
    .map(([text, target, options]) =>
      makeProblem({
        engine: 'pip@23.2',
        requirements: text,
        environment: target,
        options: { ...options, allReleases: [], onlyFinal: [], uploadedPriorTo: null },
      }),
    );
  const commands = problems.map(pipCommand);
  const read = readWithPip(commands.map((command) => posixLine(command)!));
  if (read === null) {
    context.skip('this machine has no python3 with a pip of 22.2 or later');
    return;
  }
  for (const [index, problem] of problems.entries()) {
    const { options } = problem;
    const isTargeted = commands[index]!.words.includes('--target');
    expect(read[index], JSON.stringify(withoutDefaults(problem))).toMatchObject({
      args: problem.requirements.split('\n'),
      pre: options.pre,
      prefer: options.preferBinary,
      deps: options.noDeps,
      python: options.ignoreRequiresPython,
      hashes: options.requireHashes,
      upgrade: options.upgrade,
      strategy: options.upgrade ? options.upgradeStrategy : 'only-if-needed',
      force: options.forceReinstall,
      ignore: options.ignoreInstalled,
      only: isTargeted && !options.noDeps ? [':all:'] : [...options.onlyBinary].sort(),
      no: isTargeted && !options.noDeps ? [] : [...options.noBinary].sort(),
      dry: true,
    });
  }
});
