/**
 * The command that asks the real tool the same question, for a POSIX shell. Structural, so that this folder need not
 * know Problem: whatever has these fields will do.
 */
import { joinNames } from './pip-command-options.ts';
import { parseRequirementsFile } from './requirements-file.ts';
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
  const words = ['python', '-m', 'pip', 'install', '--dry-run'];
  const notes: string[] = [];
  const files = inputs(question, words);
  addSwitch(words, '--pre', options.pre);
  addSwitch(words, '--prefer-binary', options.preferBinary);
  addSwitch(words, '--no-deps', options.noDeps);
  addSwitch(words, '--ignore-requires-python', options.ignoreRequiresPython);
  addSwitch(words, '--require-hashes', options.requireHashes);
  addSwitch(words, '--upgrade', options.upgrade);
  if (options.upgrade && options.upgradeStrategy === 'eager') words.push('--upgrade-strategy', 'eager');
  addSwitch(words, '--force-reinstall', options.forceReinstall);
  const hasInstalled = (question.installed ?? '').trim() !== '';
  addSwitch(words, '--ignore-installed', options.ignoreInstalled || !hasInstalled);
  addNames(words, '--all-releases', options.allReleases);
  addNames(words, '--only-final', options.onlyFinal);
  addNames(words, '--no-binary', options.noBinary);
  const target = pipTarget(question.environment);
  words.push(...target);
  // pip refuses `--platform` and its like unless nothing has to be built.
  addNames(words, '--only-binary', target.length > 0 && !options.noDeps ? [':all:'] : options.onlyBinary);
  if (options.uploadedPriorTo !== null) words.push('--uploaded-prior-to', options.uploadedPriorTo);
  if (target.length > 0) {
    words.push('--target', 'unused');
    notes.push(
      `pip chooses files for that platform, but reads markers on the machine it runs on, with Python ${question.environment.python} here.`,
    );
  }
  if (hasInstalled) notes.push('Run it in an environment that holds what the installed tab lists.');
  const release = /^pip@(.*)$/.exec(question.engine)?.[1];
  if (release !== undefined)
    notes.push(`Written for pip ${release}: \`python -m pip install "pip==${release}.*"\`.`);
  return { command: words.map(quoteShellWord).join(' '), files, notes };
}

/** `uv pip compile …`: asks uv for pins without installing anything. */
export function uvCommand(question: CommandQuestion): EquivalentCommand {
  const { options, environment } = question;
  const notes: string[] = [];
  const words = ['uv', 'pip', 'compile', 'requirements.in'];
  const files = [{ name: 'requirements.in', text: question.requirements }];
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
  addNames(words, '--no-binary', options.noBinary, true);
  addNames(words, '--only-binary', options.onlyBinary, true);
  if (options.indexStrategy !== 'first-index') words.push('--index-strategy', options.indexStrategy);
  if (options.uploadedPriorTo !== null) words.push('--exclude-newer', options.uploadedPriorTo);
  if ((question.installed ?? '').trim() !== '')
    notes.push('`uv pip compile` does not look at what is installed.');
  return { command: words.map(quoteShellWord).join(' '), files, notes };
}

/** Requirements as arguments where they fit, else as files. */
function inputs(question: CommandQuestion, words: string[]): { name: string; text: string }[] {
  const files: { name: string; text: string }[] = [];
  const parsed = parseRequirementsFile(question.requirements);
  const isPlain =
    parsed.diagnostics.every((diagnostic) => diagnostic.severity === 'hint') &&
    parsed.entries.length <= MAXIMUM_ARGUMENTS &&
    parsed.entries.every((entry) => entry.options.length === 0) &&
    !hasFileOptions(question.requirements);
  if (isPlain) for (const entry of parsed.entries) words.push(...argumentsOf(question.requirements, entry));
  else addFile(words, files, '--requirement', 'requirements.txt', question.requirements);
  addFile(words, files, '--constraint', 'constraints.txt', question.constraints);
  return files;
}

function hasFileOptions(text: string): boolean {
  return /^[ \t]*-(?!e\b|-editable\b)/m.test(text);
}

function argumentsOf(
  text: string,
  entry: {
    readonly span: { readonly start: number; readonly end: number };
    readonly isEditable: boolean;
    readonly requirement: { readonly text: string; readonly url: string | null };
  },
): string[] {
  const written = text.slice(entry.span.start, entry.span.end);
  if (entry.isEditable) return ['--editable', written.replace(/^(?:-e|--editable)[ =]*/, '')];
  // Continuation lines inside a requirement do not survive quoting; the normalised text means the same.
  return [/[\r\n\\]/.test(written) ? entry.requirement.text : written];
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

/** pip takes a comma-joined list, uv the flag again for each name. */
function addNames(words: string[], flag: string, names: readonly string[], isRepeated = false): void {
  if (names.length === 0) return;
  if (isRepeated) for (const name of names) words.push(flag, name);
  else words.push(flag, joinNames(names));
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

/** Options that make pip choose for another platform; none for the usual one, where the machine itself will do. */
function pipTarget(environment: CommandQuestion['environment']): string[] {
  const platform = PIP_PLATFORMS[environment.platform];
  if (platform === undefined) return [];
  const implementation = environment.implementation === 'pypy' ? ['--implementation', 'pp'] : [];
  return [
    '--python-version',
    environment.python.replace(/t$/, ''),
    '--platform',
    platform,
    ...implementation,
  ];
}
