/** Toy worlds and Problems: what a world that was read makes of the question, and the question written down as one. */
import { printOverlay } from '../core/package-index/overlay/overlay-print.ts';
import { parseOverlay } from '../core/package-index/overlay/overlay-parse.ts';
import { TOY_WORLD_KINDS, type ToyWorldKind } from '../core/package-index/toy-world/toy-world-kind.ts';
import type { ToyExpectation, ToyWorld, ToyWorlds } from '../core/package-index/toy-world/toy-world.ts';
import { makeProblem, parseProblem, type Problem } from '../core/problem/problem.ts';

/** Reads a text of a form; each reader loads only when it is needed. */
export async function readToyWorlds(text: string, kind: ToyWorldKind): Promise<ToyWorlds> {
  if (kind === 'packse')
    return (await import('../core/package-index/toy-world/toy-world-packse.ts')).readPackse(text);
  if (kind === 'pip')
    return (await import('../core/package-index/toy-world/toy-world-pip.ts')).readPipWorlds(text);
  return (await import('../core/package-index/toy-world/toy-world-zazo.ts')).readZazoWorlds(text);
}

/** The question that a world asks, with the engine of the one before. */
export function problemOfWorld(world: ToyWorld, before: Problem): Problem {
  const { options, installed, python, requirements } = world;
  const changed = parseProblem({
    engine: before.engine,
    requirements: requirements.join('\n'),
    ...(installed.length === 0 ? {} : { installed: installed.join('\n') }),
    environment: {
      ...before.environment,
      ...(python === null ? {} : { python }),
      ...(options.platform === undefined ? {} : { platform: options.platform }),
    },
    options: {
      noDeps: options.noDeps ?? false,
      universal: options.universal ?? false,
      pre: options.prereleases ?? false,
      onlyBinary: options.onlyBinary ?? [],
      noBinary: options.noBinary ?? [],
      pythonVersion: options.pythonVersion ?? null,
      requiresPython: options.requiresPython ?? null,
      resolution: options.resolution ?? 'highest',
      requiredEnvironments: options.requiredEnvironments ?? [],
    },
    index: { ...before.index, overlay: `${printOverlay(world.overlay)}\n` },
  });
  return changed.ok ? changed.value : before;
}

/** uv's names of the platforms that we call otherwise; packse's scenarios are asked of x86-64 Linux by default. */
const TARGET_TRIPLES: Readonly<Record<string, string>> = {
  'linux-aarch64': 'aarch64-unknown-linux-gnu',
  'musllinux-x86_64': 'x86_64-unknown-linux-musl',
  'musllinux-aarch64': 'aarch64-unknown-linux-musl',
  'macos-arm64': 'aarch64-apple-darwin',
  'macos-x86_64': 'x86_64-apple-darwin',
  'windows-amd64': 'x86_64-pc-windows-msvc',
  'windows-arm64': 'aarch64-pc-windows-msvc',
  'windows-x86': 'i686-pc-windows-msvc',
};

/** The platform as uv spells it; null for the usual one, and for those that it has no name for. */
function targetTriple(platform: string): string | null {
  const isTriple = /^(?:(?:x86_64|aarch64|i686)-|(?:windows|linux|macos)$)/u.test(platform);
  return isTriple ? platform : (TARGET_TRIPLES[platform] ?? null);
}

/** The question as a world. What the overlay could not be read of is left out. */
export function worldOfProblem({ requirements, environment, options, index, installed }: Problem): ToyWorld {
  const lines = (text: string): readonly string[] =>
    text
      .split('\n')
      .map((line) => line.replace(/(?:^|\s)#.*$/u, '').trim())
      .filter((line) => line !== '');
  const platform = targetTriple(environment.platform);
  return {
    name: 'toy-world',
    description: '',
    overlay: parseOverlay(index.overlay ?? '').overlay,
    requirements: lines(requirements),
    python: environment.python,
    installed: lines(installed ?? ''),
    options: {
      ...(options.noDeps ? { noDeps: true as const } : {}),
      ...(options.universal ? { universal: true as const } : {}),
      ...(options.pre || options.prerelease === 'allow' ? { prereleases: true as const } : {}),
      ...(options.onlyBinary.length > 0 ? { onlyBinary: options.onlyBinary } : {}),
      ...(options.noBinary.length > 0 ? { noBinary: options.noBinary } : {}),
      ...(platform === null ? {} : { platform }),
      ...(options.pythonVersion === null ? {} : { pythonVersion: options.pythonVersion }),
      ...(options.requiresPython === null ? {} : { requiresPython: options.requiresPython }),
      ...(options.resolution === 'highest' ? {} : { resolution: options.resolution }),
      ...(options.requiredEnvironments.length > 0
        ? { requiredEnvironments: options.requiredEnvironments }
        : {}),
    },
    expected: null,
  };
}

/** Ways to write the toy index down. */
export const WORLD_FORMS = {
  overlay: { label: 'Text of the toy index', name: 'toy-index.txt', type: 'text/plain' },
  packse: { label: `A ${TOY_WORLD_KINDS.packse}`, name: 'toy-world.toml', type: 'application/toml' },
  pip: { label: `A ${TOY_WORLD_KINDS.pip}`, name: 'toy-world.yml', type: 'application/yaml' },
  zazo: { label: `A ${TOY_WORLD_KINDS.zazo}`, name: 'toy-world.yaml', type: 'application/yaml' },
} as const;

export type WorldForm = keyof typeof WORLD_FORMS;

/** Options that a world can hold. */
const CARRIED: readonly string[] = [
  ...['noDeps', 'universal', 'pre', 'onlyBinary', 'noBinary', 'pythonVersion', 'requiresPython'],
  ...['resolution', 'requiredEnvironments'],
];

/** What of the question is no part of a world, whatever the form. */
function lostOfProblem({ constraints, options }: Problem): readonly string[] {
  const usual: Readonly<Record<string, unknown>> = makeProblem({ requirements: '' }).options;
  const others = Object.entries(options).filter(
    ([name, value]) => !CARRIED.includes(name) && JSON.stringify(value) !== JSON.stringify(usual[name]),
  );
  return [
    ...((constraints ?? '').trim() === '' ? [] : ['the constraints']),
    ...others.map(([name]) => `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`),
  ];
}

async function writeForm(world: ToyWorld, form: ToyWorldKind) {
  if (form === 'packse')
    return (await import('../core/package-index/toy-world/toy-world-packse-text.ts')).writePackse(world);
  if (form === 'pip')
    return (await import('../core/package-index/toy-world/toy-world-pip.ts')).writePipWorld(world);
  return (await import('../core/package-index/toy-world/toy-world-zazo.ts')).writeZazoWorld(world);
}

/** The file's text; `lost` names what the form has no words for. */
export async function writeWorld(
  problem: Problem,
  form: WorldForm,
): Promise<{ readonly text: string; readonly lost: readonly string[] }> {
  if (form === 'overlay') return { text: problem.index.overlay ?? '', lost: [] };
  const { text, lost } = await writeForm(worldOfProblem(problem), form);
  return { text, lost: [...lost, ...lostOfProblem(problem)] };
}

/** What the authors of a world expect, as a sentence; '' when they do not say. */
export function expectationText(expected: ToyExpectation | null): string {
  if (expected === null) return '';
  const pins = expected.pins.map((pin) => pin.replace('==', ' ')).join(', ');
  const what = expected.isSolvable ? pins || 'a solution' : 'no solution';
  const why = expected.explanation.trim().replaceAll('\n', '; ');
  if (why === '') return `Its authors expect ${what}.`;
  // packse explains in sentences, zazo and pip in what stands against what.
  return /^\p{Lu}/u.test(why) ? `Its authors expect ${what}. ${why}` : `Its authors expect ${what}: ${why}.`;
}
