/** The command that asks the real tool the same question, for people to paste into a terminal. */
import { parseEngineId } from './engine-id.ts';
import type { Problem } from './problem.ts';

/** Requirements that are still written out; more are left in their file. */
const MAX_WRITTEN = 6;

/** One line of shell. Texts that are long or are more than requirements are named as the files they came from. */
export function equivalentCommand(problem: Problem): string {
  const id = parseEngineId(problem.engine);
  const isUv = id.ok && id.value.family === 'uv';
  const words = isUv ? ['uv', 'pip', 'install', '--dry-run'] : ['pip', 'install'];
  const supportsDryRun = !isUv && id.ok && isAtLeast(id.value.version, 22, 2);
  if (supportsDryRun) words.push('--dry-run');
  words.push(...optionWords(problem, isUv, id.ok ? id.value.version : ''));
  if (problem.constraints !== undefined && problem.constraints.trim() !== '')
    words.push('-c', 'constraints.txt');
  const lines = plainLines(problem.requirements);
  if (lines === null) words.push('-r', 'requirements.txt');
  else words.push(...lines.map(quoted));
  return words.join(' ');
}

function optionWords({ options, environment, index }: Problem, isUv: boolean, version: string): string[] {
  const words: string[] = [];
  const python = environment.python.replace(/t$/u, '');
  if (isUv) words.push('--python-version', python);
  if (options.pre) words.push(isUv ? '--prerelease=allow' : '--pre');
  if (options.noDeps) words.push('--no-deps');
  if (options.ignoreRequiresPython && !isUv) words.push('--ignore-requires-python');
  if (options.upgrade) words.push('--upgrade');
  if (options.resolution !== 'highest' && isUv) words.push(`--resolution=${options.resolution}`);
  const date = options.uploadedPriorTo ?? snapshotDate(index.snapshot);
  if (date !== null && isUv) words.push('--exclude-newer', date);
  else if (date !== null && isAtLeast(version, 26, 0)) words.push('--uploaded-prior-to', date);
  return words;
}

/** `pypi-2023-09-07` → `2023-09-07`. */
function snapshotDate(snapshot: string | undefined): string | null {
  return /(\d{4}-\d{2}-\d{2})$/u.exec(snapshot ?? '')?.[1] ?? null;
}

/** The lines, if they are few and each is nothing but a requirement; else null. */
function plainLines(text: string): readonly string[] | null {
  const lines = text
    .split(/\r\n|\r|\n/u)
    .map((line) => line.replace(/(^|\s)#.*$/u, '').trim())
    .filter((line) => line !== '');
  const isPlain = lines.every(
    (line) => /^[A-Za-z0-9]/u.test(line) && !line.includes(' --') && !line.endsWith('\\'),
  );
  return isPlain && lines.length > 0 && lines.length <= MAX_WRITTEN ? lines : null;
}

/** For POSIX shells. */
function quoted(word: string): string {
  return /^[\w.,=:@/+-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}
