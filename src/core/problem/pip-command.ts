/**
 * `pip install --dry-run …`: asks pip without installing anything. Releases that have no such option get `pip download`,
 * which resolves in the same way and puts files into a folder of its own.
 */
import { parsePlatform } from '../packaging/platform.ts';
import { parseEngineId } from './engine-id.ts';
import {
  CommandWriter,
  liveIndexes,
  plainLines,
  unambiguousInstant,
  type EquivalentCommand,
} from './equivalent-command.ts';
import { OPTION_RULES, pipRelease, type OptionName } from './option-rules.ts';
import { saidOptions, writtenOption } from './said-options.ts';
import type { Problem } from './problem.ts';

/** The platform for which pip is run as it is: whoever asks for the usual machine has one. */
const OWN_PLATFORM = 'linux-x86_64';

/** `--dry-run` is there since 22.2. */
const DRY_RUN_SINCE = 22.02;

/** Where `pip download` puts what it chose. */
const DOWNLOAD_FOLDER = 'backjump-download';

/** What `pip download` has no word for: it takes no notice of what is installed. */
const INSTALL_ONLY: ReadonlySet<OptionName> = new Set<OptionName>([
  'upgrade',
  'upgradeStrategy',
  'forceReinstall',
  'ignoreInstalled',
]);

/** `pip download` knows `--ignore-requires-python` since 22.0 at the latest. */
const DOWNLOAD_IGNORES_PYTHON_SINCE = 22;

/** pip's command for a question, by what the chosen release of pip knows; for other engines the newest release. */
export function pipCommand(problem: Problem): EquivalentCommand {
  const engine = parseEngineId(problem.engine);
  const release = engine.ok ? pipRelease(engine.value) : Infinity;
  const isDry = release >= DRY_RUN_SINCE;
  const target = targetWords(problem, isDry);
  const program = target === null ? interpreterWords(problem) : ['pip'];
  const writer = new CommandWriter(...program, ...(isDry ? DRY : DOWNLOAD));
  addInputs(problem, writer, release);
  const newer = addOptions(problem, writer, release, target !== null);
  if (target !== null) writer.words.push(...target);
  addNotes(problem, writer, release, { newer, isTargeted: target !== null });
  return writer.build('pip');
}

const DRY = ['install', '--dry-run'] as const;
const DOWNLOAD = ['download', '--dest', DOWNLOAD_FOLDER] as const;

/** pip runs under the Python that it resolves for. */
function interpreterWords({ environment }: Problem): readonly string[] {
  const minor = /^\d+(?:\.\d+)?/.exec(environment.python)?.[0] ?? '3';
  const threading = environment.python.endsWith('t') ? 't' : '';
  const program = environment.implementation === 'pypy' ? 'pypy' : 'python';
  return [`${program}${minor}${threading}`, '-m', 'pip'];
}

/** `--build-constraint` is there since 25.3. */
const BUILD_CONSTRAINT_SINCE = 25.03;

function addInputs(problem: Problem, writer: CommandWriter, release: number): void {
  const lines = plainLines(problem.requirements);
  if (lines !== null) writer.words.push(...lines);
  else writer.file('--requirement', 'requirements.txt', problem.requirements);
  writer.file('--constraint', 'constraints.txt', problem.constraints);
  if (release >= BUILD_CONSTRAINT_SINCE)
    writer.file('--build-constraint', 'build-constraints.txt', problem.buildConstraints);
  for (const [number, url] of liveIndexes(problem).entries())
    writer.words.push(number === 0 ? '--index-url' : '--extra-index-url', url);
}

/** Writes what pip knows; gives the flags that only later releases have. */
function addOptions(problem: Problem, writer: CommandWriter, release: number, isTargeted: boolean): string[] {
  const newer: string[] = [];
  for (const { name, value } of saidOptions(problem)) {
    const { pip, pipSince = 0 } = OPTION_RULES[name];
    if (pip === null || (release < DRY_RUN_SINCE && INSTALL_ONLY.has(name))) continue;
    const since =
      name === 'ignoreRequiresPython' && release < DRY_RUN_SINCE ? DOWNLOAD_IGNORES_PYTHON_SINCE : pipSince;
    if (release < since) newer.push(`\`${writtenOption(pip, value)}\``);
    else if (!(isTargeted && name === 'onlyBinary' && !problem.options.noDeps))
      writeOption(writer, name, pip, value);
  }
  return newer;
}

function writeOption(writer: CommandWriter, name: OptionName, flag: string, value: unknown): void {
  if (value === true) writer.words.push(flag);
  else if (Array.isArray(value)) writer.words.push(flag, value.join(','));
  else if (name === 'uploadedPriorTo') writer.words.push(flag, unambiguousInstant(String(value)));
  else writer.words.push(flag, String(value));
}

/**
 * Options that make pip choose for another machine; null where pip is run on the machine itself. pip refuses them
 * unless nothing has to be built, and without a target folder.
 */
function targetWords({ environment, options }: Problem, isDry: boolean): readonly string[] | null {
  const platform = parsePlatform(environment.platform);
  if (!platform.ok || platform.value.name === OWN_PLATFORM) return null;
  if (!options.noDeps && options.noBinary.length > 0) return null;
  const isFree = environment.python.endsWith('t');
  const python = environment.python.replace(/t$/, '');
  const minor = python.split('.').slice(0, 2).join('');
  return [
    ...['--python-version', python],
    ...wheelPlatforms(platform.value.tags).flatMap((tag) => ['--platform', tag]),
    ...(environment.implementation === 'pypy' ? ['--implementation', 'pp'] : []),
    ...(isFree ? ['--implementation', 'cp', '--abi', `cp${minor}t`] : []),
    ...(options.noDeps ? [] : ['--only-binary', ':all:']),
    ...(isDry ? ['--target', 'unused'] : []),
  ];
}

/**
 * pip adds the older platforms by itself for macOS, iOS, Android and the year names of manylinux, and for nothing else
 * (`compatibility_tags.py`, `_get_custom_platforms`).
 */
function wheelPlatforms(tags: readonly string[]): readonly string[] {
  const [newest = 'any'] = tags;
  if (newest.startsWith('musllinux')) return tags.filter((tag) => tag.startsWith('musllinux'));
  if (!newest.startsWith('manylinux')) return [newest];
  return [newest, ...tags.filter((tag) => /^manylinux(?:_2_28|2014)_/.test(tag) && tag !== newest)];
}

function addNotes(
  problem: Problem,
  writer: CommandWriter,
  release: number,
  { newer, isTargeted }: { readonly newer: readonly string[]; readonly isTargeted: boolean },
): void {
  const { environment, installed = '' } = problem;
  if (Number.isFinite(release)) {
    const name = problem.engine.replace('pip@', '');
    const pin = name.split('.').length > 2 ? `pip==${name}` : `pip==${name}.*`;
    writer.notes.push(`For the same rules, run it with \`${pin}\`.`);
  }
  if (release < DRY_RUN_SINCE) addDownloadNotes(problem, writer);
  if (newer.length > 0) writer.notes.push(`This release of pip does not know ${newer.join(', ')}.`);
  const unsaid = saidOptions(problem)
    .filter(({ name }) => OPTION_RULES[name].pip === null && OPTION_RULES[name].uv !== null)
    .map(({ name, value }) => `\`${writtenOption(OPTION_RULES[name].uv ?? '', value)}\``);
  const overrides = (problem.overrides ?? '').trim() === '' ? [] : ['overrides'];
  writer.leaveOut('pip', [...unsaid, ...overrides]);
  if (isTargeted)
    writer.notes.push(
      'pip then chooses files for that platform, but reads markers on the machine it runs on.',
    );
  else if (environment.platform !== OWN_PLATFORM)
    writer.notes.push(`Run it on a machine of \`${environment.platform}\`.`);
  if (/^\d+\.\d+\.\d+/.test(environment.python) && !isTargeted)
    writer.notes.push(`Run it under Python \`${environment.python}\`.`);
  if (installed.trim() !== '')
    writer.notes.push(
      release < DRY_RUN_SINCE
        ? '`pip download` takes no notice of what is installed.'
        : 'Run it in an environment that holds what the installed tab lists.',
    );
  writer.noteWhatIsOurs(problem);
}

function addDownloadNotes(problem: Problem, writer: CommandWriter): void {
  writer.notes.push(
    `This release of pip has no \`--dry-run\`: the command resolves in the same way, downloads what was chosen into the folder \`${DOWNLOAD_FOLDER}\` and installs nothing.`,
  );
  const unsaid = saidOptions(problem)
    .filter(({ name }) => INSTALL_ONLY.has(name))
    .map(({ name, value }) => `\`${writtenOption(OPTION_RULES[name].pip ?? '', value)}\``);
  writer.leaveOut('`pip download`', unsaid);
}
