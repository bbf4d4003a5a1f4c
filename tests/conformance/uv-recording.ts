/** Recordings of real uv, and the Problems that they answer. See the data folder's README for their form. */
import { makeProblem, type Problem, type ProblemInput } from '../../src/core/problem/problem.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { readSharedJson } from '../shared-data.ts';
import { recordedIndex } from './pip-recording.ts';

export interface UvRecording {
  readonly name: string;
  readonly uv: string;
  readonly facts: string;
  readonly python: string;
  readonly platform: string;
  readonly requirements?: readonly string[];
  readonly constraints?: readonly string[];
  readonly overrides?: readonly string[];
  readonly excludes?: readonly string[];
  readonly options?: readonly string[];
  readonly universal?: boolean;
  readonly pyproject?: string;
  readonly outcome: 'solved' | 'failed';
  /** Lines that `uv pip compile` printed. */
  readonly pins?: readonly string[];
  readonly report: string;
  readonly warnings?: string;
  readonly select?: readonly string[];
  /** Of `uv.lock`. */
  readonly requires_python?: string | null;
  readonly resolution_markers?: readonly string[] | null;
  readonly packages?: readonly Readonly<Record<string, unknown>>[];
  readonly export?: readonly string[];
}

/** Files of recordings, and the family of cases that each holds. */
export const UV_RECORDING_FILES = [
  { file: 'recordings/uv-0.13.9-compile.json', family: 'uv pip compile' },
  { file: 'recordings/uv-0.13.9-universal.json', family: 'uv pip compile --universal' },
  { file: 'recordings/uv-0.11.33-compile.json', family: 'uv pip compile' },
] as const;

export function readUvRecordings(file: string): readonly UvRecording[] {
  return readSharedJson(file) as readonly UvRecording[];
}

export function uvIndex({ facts }: UvRecording): PackageIndex {
  return recordedIndex(facts);
}

type Options = { -readonly [Name in keyof NonNullable<ProblemInput['options']>]: unknown };

interface Flags {
  readonly options: Options;
  readonly platform: string | null;
  /** Whether the printed lines name extras. */
  readonly showsExtras: boolean;
}

export function flagsOf(flags: readonly string[]): Flags {
  const options: Options = {};
  const names = { allReleases: [] as string[], onlyBinary: [] as string[], noBinary: [] as string[] };
  let platform: string | null = null;
  let showsExtras = false;
  for (let place = 0; place < flags.length; place++) {
    const flag = flags[place]!;
    const value = (): string => flags[++place] ?? '';
    switch (flag) {
      case '--python-version':
        options.pythonVersion = value();
        break;
      case '--python-platform':
        platform = value();
        break;
      case '--prerelease':
        options.prerelease = value();
        break;
      case '--prerelease-package':
        names.allReleases.push(value().split('=')[0]!);
        break;
      case '--resolution':
        options.resolution = value();
        break;
      case '--fork-strategy':
        options.forkStrategy = value();
        break;
      case '--only-binary':
        names.onlyBinary.push(value());
        break;
      case '--no-binary':
        names.noBinary.push(value());
        break;
      case '--no-build':
        names.onlyBinary.push(':all:');
        break;
      case '--exclude-newer':
        options.uploadedPriorTo = value();
        break;
      case '--no-deps':
        options.noDeps = true;
        break;
      case '--no-strip-extras':
        showsExtras = true;
        break;
      default:
        throw new Error(`unknown option in a recording: ${flag}`);
    }
  }
  return { options: { ...options, ...names }, platform, showsExtras };
}

/** The Problem of a recording. */
export function problemOf(recording: UvRecording): Problem {
  const { options, platform } = flagsOf(recording.options ?? []);
  const text = (lines: readonly string[] | undefined): string | undefined => lines?.join('\n');
  const { pyproject } = recording;
  const panes = {
    constraints: text(recording.constraints),
    overrides: text(recording.overrides),
    excludes: text(recording.excludes),
    pyproject,
  };
  return makeProblem({
    engine: `uv@${recording.uv}`,
    requirements: [...(recording.requirements ?? [])],
    ...Object.fromEntries(Object.entries(panes).filter(([, value]) => value !== undefined)),
    environment: { python: recording.python, platform: platform ?? recording.platform },
    options: { ...options, universal: recording.universal === true } as NonNullable<ProblemInput['options']>,
  });
}
