/**
 * `uv pip compile …`: asks uv for pins without installing anything. Where something is installed it is
 * `uv pip install --dry-run`, since `compile` does not look at that.
 */
import { parsePlatform } from '../packaging/platform.ts';
import {
  CommandWriter,
  liveIndexes,
  plainLines,
  unambiguousInstant,
  type EquivalentCommand,
} from './equivalent-command.ts';
import { OPTION_RULES } from './option-rules.ts';
import { saidOptions, writtenOption } from './said-options.ts';
import type { Problem } from './problem.ts';

/** uv's command for a question; few plain lines go in through the pipe. */
export function uvCommand(problem: Problem): EquivalentCommand {
  const installs = (problem.installed ?? '').trim() !== '';
  const writer = new CommandWriter('uv', 'pip', ...(installs ? ['install', '--dry-run'] : ['compile']));
  addInputs(problem, writer, installs);
  addEnvironment(problem, writer);
  addOptions(problem, writer);
  addNotes(problem, writer, installs);
  return writer.build('uv');
}

function addInputs(problem: Problem, writer: CommandWriter, installs: boolean): void {
  const lines = plainLines(problem.requirements);
  if (lines === null) writer.file(installs ? '--requirement' : null, 'requirements.in', problem.requirements);
  else if (installs) writer.words.push(...lines);
  else {
    writer.words.push('-');
    writer.input = lines;
  }
  writer.file('--constraints', 'constraints.txt', problem.constraints);
  writer.file('--overrides', 'overrides.txt', problem.overrides);
  writer.file('--excludes', 'excludes.txt', problem.excludes);
  writer.file('--build-constraints', 'build-constraints.txt', problem.buildConstraints);
  // uv asks the default index last.
  const urls = liveIndexes(problem);
  for (const [number, url] of urls.entries())
    writer.words.push(number === urls.length - 1 ? '--default-index' : '--index', url);
}

/**
 * `--python-version` names a target without an interpreter of that version; free-threading and PyPy are properties of
 * an interpreter, so those are named by `--python`.
 */
function addEnvironment({ environment, options }: Problem, writer: CommandWriter): void {
  const { python, implementation } = environment;
  const isPyPy = implementation === 'pypy';
  if (isPyPy || python.endsWith('t') || options.pythonVersion !== null)
    writer.words.push('--python', isPyPy ? `pypy@${python}` : python);
  else writer.words.push('--python-version', python);
  if (options.universal) return;
  const platform = uvPlatform(environment.platform);
  if (platform === null) writer.notes.push(`uv has no name for the platform \`${environment.platform}\`.`);
  else writer.words.push('--python-platform', platform);
}

const SYSTEMS: Readonly<Record<string, (architecture: string) => string>> = {
  linux: (architecture) => `${architecture}-unknown-linux-gnu`,
  musllinux: (architecture) => `${architecture}-unknown-linux-musl`,
  macos: (architecture) => `${architecture === 'arm64' ? 'aarch64' : architecture}-apple-darwin`,
  windows: (architecture) =>
    `${{ amd64: 'x86_64', arm64: 'aarch64', x86: 'i686' }[architecture] ?? architecture}-pc-windows-msvc`,
};

/** The glibc versions that uv has a name for, `TargetTriple` of uv-configuration. */
const GLIBC_MINORS = new Set([17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);

/** What uv's `--python-platform` calls a platform of ours; null where it has no name for it. */
function uvPlatform(name: string): string | null {
  const platform = parsePlatform(name);
  const match = platform.ok ? /^([a-z]+)-(?:(\d+(?:\.\d+)?)-)?(.+)$/.exec(platform.value.name) : null;
  if (match === null) return null;
  const [, system = '', version, architecture = ''] = match;
  const isKnown = /^(?:x86_64|aarch64|arm64|amd64|x86|riscv64)$/.test(architecture);
  if (version === undefined) return isKnown ? (SYSTEMS[system]?.(architecture) ?? null) : null;
  const minor = Number(version.replace(/^2\./, ''));
  const isNamed = system === 'linux' && version.startsWith('2.') && GLIBC_MINORS.has(minor);
  return isNamed && /^(?:x86_64|aarch64)$/.test(architecture) ? `${architecture}-manylinux_2_${minor}` : null;
}

/** `--upgrade` lets go of all that is locked, `--upgrade-package NAME` of what is named. */
export function upgradeWords({ upgrade, update }: Problem['options']): readonly string[] {
  if (upgrade || update.includes(':all:')) return ['--upgrade'];
  return update.flatMap((name) => ['--upgrade-package', name]);
}

function addOptions(problem: Problem, writer: CommandWriter): void {
  writer.words.push(...upgradeWords(problem.options));
  for (const { name, value } of saidOptions(problem)) {
    const flag = OPTION_RULES[name].uv;
    if (flag?.startsWith('--') !== true || name === 'upgrade' || name === 'update') continue;
    if (name === 'pre') {
      if (problem.options.prerelease === null) writer.words.push('--prerelease', 'allow');
    } else if (name === 'allReleases' || name === 'onlyFinal') {
      addPrereleases(problem, writer, name);
    } else if (value === true) writer.words.push(flag);
    else if (Array.isArray(value)) for (const item of value) writer.words.push(flag, item);
    else
      writer.words.push(flag, name === 'uploadedPriorTo' ? unambiguousInstant(String(value)) : String(value));
  }
}

/** pip's `--all-releases` and `--only-final`: uv has a rule for all, and rules for projects by name. */
function addPrereleases(
  { options }: Problem,
  writer: CommandWriter,
  name: 'allReleases' | 'onlyFinal',
): void {
  const mode = name === 'allReleases' ? 'allow' : 'disallow';
  for (const project of options[name]) {
    if (project !== ':all:') writer.words.push('--prerelease-package', `${project}=${mode}`);
    else if (options.prerelease === null && !options.pre) writer.words.push('--prerelease', mode);
  }
}

function addNotes(problem: Problem, writer: CommandWriter, installs: boolean): void {
  if (problem.engine.startsWith('uv@'))
    writer.notes.push(`For the same rules, run it with \`${problem.engine.replace('@', ' ')}\`.`);
  const said = saidOptions(problem);
  const unsaid = said
    .filter(({ name }) => OPTION_RULES[name].uv === null && OPTION_RULES[name].pip !== null)
    .map(({ name, value }) => `\`${writtenOption(OPTION_RULES[name].pip ?? '', value)}\``);
  writer.leaveOut('uv', unsaid);
  const ofProject = said.filter(({ name }) => OPTION_RULES[name].uv?.startsWith('--') === false);
  for (const { name, value } of ofProject)
    writer.notes.push(
      `uv reads \`${OPTION_RULES[name].uv ?? ''}\` from a \`pyproject.toml\`: \`${Array.isArray(value) ? value.join('; ') : String(value)}\`.`,
    );
  if (installs) writer.notes.push('Run it in an environment that holds what the installed tab lists.');
  writer.noteWhatIsOurs(problem);
}
