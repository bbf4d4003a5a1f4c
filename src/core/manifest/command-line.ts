/**
 * The command that asks the real tool the same question, for a POSIX shell. Structural, so that this folder need not
 * know Problem: whatever has these fields will do.
 */
import { quoteShellWord } from './shell-words.ts';

/** The part of a Problem that a command line can say. */
export interface CommandQuestion {
  readonly engine: string;
  readonly requirements: string;
  readonly constraints?: string | undefined;
  readonly overrides?: string | undefined;
  readonly installed?: string | undefined;
  readonly environment: {
    readonly python: string;
    readonly platform: string;
    readonly implementation?: string | undefined;
  };
  readonly options: {
    readonly pre: boolean;
    readonly allReleases: readonly string[];
    readonly onlyFinal: readonly string[];
    readonly onlyBinary: readonly string[];
    readonly noBinary: readonly string[];
    readonly preferBinary: boolean;
    readonly noDeps: boolean;
    readonly ignoreRequiresPython: boolean;
    readonly requireHashes: boolean;
    readonly uploadedPriorTo: string | null;
    readonly upgrade: boolean;
    readonly upgradeStrategy: 'only-if-needed' | 'eager';
    readonly forceReinstall: boolean;
    readonly ignoreInstalled: boolean;
    readonly resolution: 'highest' | 'lowest' | 'lowest-direct';
    readonly prerelease: string | null;
    readonly universal: boolean;
    readonly indexStrategy: string;
  };
}

/** A command with what it needs beside it and what it cannot say. */
export interface EquivalentCommand {
  /** One line, ready to paste. */
  readonly command: string;
  /** Files that must stand beside it, because their lines do not fit on a command line. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** What the command leaves open, one sentence each. */
  readonly notes: readonly string[];
}

/** Up to this many plain requirements are written as arguments; more go into a file. */
const MAXIMUM_ARGUMENTS = 6;

/** `pip install --dry-run …`: asks pip without installing anything. */
export function pipCommand(question: CommandQuestion): EquivalentCommand {
  const { options } = question;
  const has = sinceRelease(question.engine);
  const words = ['pip', 'install'];
  const notes: string[] = [];
  addSwitch(words, '--dry-run', has(22.2));
  const files = addInputs(question, words);
  addSwitch(words, '--pre', options.pre);
  addSwitch(words, '--prefer-binary', options.preferBinary);
  addSwitch(words, '--no-deps', options.noDeps);
  addSwitch(words, '--ignore-requires-python', options.ignoreRequiresPython);
  addSwitch(words, '--require-hashes', options.requireHashes);
  addSwitch(words, '--upgrade', options.upgrade);
  if (options.upgrade && options.upgradeStrategy === 'eager') words.push('--upgrade-strategy', 'eager');
  addSwitch(words, '--force-reinstall', options.forceReinstall);
  addSwitch(words, '--ignore-installed', options.ignoreInstalled);
  if (has(26)) addNames(words, '--all-releases', options.allReleases);
  if (has(26)) addNames(words, '--only-final', options.onlyFinal);
  addNames(words, '--no-binary', options.noBinary);
  addTarget(question, words, notes);
  if (options.uploadedPriorTo !== null) {
    if (has(26)) words.push('--uploaded-prior-to', options.uploadedPriorTo);
    else notes.push(`This pip knows no limit of date; the answer here is as of ${options.uploadedPriorTo}.`);
  }
  if ((question.installed ?? '').trim() !== '')
    notes.push('Run it in an environment that holds what the installed tab lists.');
  return { command: words.map(quoteShellWord).join(' '), files, notes };
}

/** `uv pip compile …`: asks uv for pins without installing anything. Few plain lines go in through the pipe. */
export function uvCommand(question: CommandQuestion): EquivalentCommand {
  const { options, environment } = question;
  const notes: string[] = [];
  const files: EquivalentCommand['files'][number][] = [];
  const lines = plainLines(question.requirements);
  const words = ['uv', 'pip', 'compile', lines === null ? 'requirements.in' : '-'];
  if (lines === null) files.push({ name: 'requirements.in', text: question.requirements });
  addFile(words, files, '--constraints', 'constraints.txt', question.constraints);
  addFile(words, files, '--overrides', 'overrides.txt', question.overrides);
  words.push('--python-version', environment.python.replace(/t$/, ''));
  if (options.universal) words.push('--universal');
  else {
    const platform = UV_PLATFORMS[environment.platform];
    if (platform === undefined) notes.push(`uv has no name for the platform \`${environment.platform}\`.`);
    else words.push('--python-platform', platform);
  }
  if (options.resolution !== 'highest') words.push('--resolution', options.resolution);
  const prerelease = options.prerelease ?? (options.pre ? 'allow' : null);
  if (prerelease !== null) words.push('--prerelease', prerelease);
  addSwitch(words, '--no-deps', options.noDeps);
  addSwitch(words, '--upgrade', options.upgrade);
  for (const name of options.noBinary) words.push('--no-binary', name);
  for (const name of options.onlyBinary) words.push('--only-binary', name);
  if (options.indexStrategy !== 'first-index') words.push('--index-strategy', options.indexStrategy);
  if (options.uploadedPriorTo !== null) words.push('--exclude-newer', options.uploadedPriorTo);
  if ((question.installed ?? '').trim() !== '')
    notes.push('`uv pip compile` does not look at what is installed.');
  const pipe = lines === null ? '' : `printf '%s\\n' ${lines.map(quoteShellWord).join(' ')} | `;
  return { command: pipe + words.map(quoteShellWord).join(' '), files, notes };
}

/** Whether the engine's release of pip has what came with another one; an engine that is no pip counts as today's. */
function sinceRelease(engine: string): (release: number) => boolean {
  const match = /^pip@(\d+\.\d+)/.exec(engine);
  return (release) => match === null || Number(match[1]) >= release;
}

/** Requirements as arguments where they fit, else as a file. */
function addInputs(question: CommandQuestion, words: string[]): { name: string; text: string }[] {
  const files: { name: string; text: string }[] = [];
  const lines = plainLines(question.requirements);
  if (lines !== null) words.push(...lines);
  else addFile(words, files, '--requirement', 'requirements.txt', question.requirements);
  addFile(words, files, '--constraint', 'constraints.txt', question.constraints);
  return files;
}

/** The lines, when they are few and each is nothing but a requirement that a command line can hold; else null. */
function plainLines(text: string): string[] | null {
  if (text.length > 10_000) return null;
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  const arePlain = lines.every(
    (line) => /^[A-Za-z0-9]/.test(line) && !line.includes(' -') && !line.endsWith('\\'),
  );
  return arePlain && lines.length > 0 && lines.length <= MAXIMUM_ARGUMENTS ? lines : null;
}

function addFile(
  words: string[],
  files: { name: string; text: string }[],
  flag: string,
  name: string,
  text: string | undefined,
): void {
  if ((text ?? '').trim() === '') return;
  words.push(flag, name);
  files.push({ name, text: text ?? '' });
}

function addSwitch(words: string[], flag: string, isOn: boolean): void {
  if (isOn) words.push(flag);
}

function addNames(words: string[], flag: string, names: readonly string[]): void {
  if (names.length > 0) words.push(flag, names.join(','));
}

const PIP_PLATFORMS: Readonly<Record<string, string>> = {
  'linux-aarch64': 'manylinux_2_39_aarch64',
  'musllinux-x86_64': 'musllinux_1_2_x86_64',
  'musllinux-aarch64': 'musllinux_1_2_aarch64',
  'macos-arm64': 'macosx_14_0_arm64',
  'macos-x86_64': 'macosx_14_0_x86_64',
  'windows-amd64': 'win_amd64',
  'windows-arm64': 'win_arm64',
  'windows-x86': 'win32',
};

const UV_PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x86_64': 'x86_64-unknown-linux-gnu',
  'linux-aarch64': 'aarch64-unknown-linux-gnu',
  'musllinux-x86_64': 'x86_64-unknown-linux-musl',
  'musllinux-aarch64': 'aarch64-unknown-linux-musl',
  'macos-arm64': 'aarch64-apple-darwin',
  'macos-x86_64': 'x86_64-apple-darwin',
  'windows-amd64': 'x86_64-pc-windows-msvc',
  'windows-arm64': 'aarch64-pc-windows-msvc',
  'windows-x86': 'i686-pc-windows-msvc',
};

/**
 * Options that make pip choose for another platform; none for the usual one, where the machine itself will do. pip
 * refuses them unless nothing has to be built, and without a target folder.
 */
function addTarget({ environment, options }: CommandQuestion, words: string[], notes: string[]): void {
  const platform = PIP_PLATFORMS[environment.platform];
  if (platform === undefined) {
    addNames(words, '--only-binary', options.onlyBinary);
    return;
  }
  words.push('--python-version', environment.python.replace(/t$/, ''), '--platform', platform);
  if (environment.implementation === 'pypy') words.push('--implementation', 'pp');
  addNames(words, '--only-binary', options.noDeps ? options.onlyBinary : [':all:']);
  words.push('--target', 'unused');
  notes.push('pip then chooses files for that platform, but reads markers on the machine it runs on.');
}
