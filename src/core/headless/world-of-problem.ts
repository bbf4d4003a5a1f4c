/** A question with a toy index of its own, as the world that test files of packse, pip and zazo describe. */
import { parseOverlay } from '../package-index/overlay/overlay-parse.ts';
import type { ToyWorld } from '../package-index/toy-world/toy-world.ts';
import { makeProblem, type Problem } from '../problem/problem.ts';

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

/** Options that a world can hold. */
const CARRIED: readonly string[] = [
  ...['noDeps', 'universal', 'pre', 'onlyBinary', 'noBinary', 'pythonVersion', 'requiresPython'],
  ...['resolution', 'requiredEnvironments'],
];

/** What of the question is no part of a world, whatever the form. */
export function lostOfProblem({ constraints, options }: Problem): readonly string[] {
  const usual: Readonly<Record<string, unknown>> = makeProblem({ requirements: '' }).options;
  const others = Object.entries(options).filter(
    ([name, value]) => !CARRIED.includes(name) && JSON.stringify(value) !== JSON.stringify(usual[name]),
  );
  return [
    ...((constraints ?? '').trim() === '' ? [] : ['the constraints']),
    ...others.map(([name]) => `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`),
  ];
}
