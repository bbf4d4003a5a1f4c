/**
 * Asks Python's own `packaging` and us the same things, on texts made up on the spot, and reports every difference.
 *
 *     npm run oracle -- [INPUTS OF EACH KIND, default 20000] [SEED] [KIND or '-'] [FOLDER...]
 *
 * Each FOLDER holds a further release, as for main.py. Exits 1 with the first differences of each kind; 0 when there
 * are none, and when there is no Python with `packaging`.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PrereleasePolicy } from '../../src/core/packaging/prerelease-policy.ts';
import { policyOf } from '../core/packaging/fixtures.ts';
import { QUESTION_KINDS, type QuestionKind, type Refusal } from './live-questions.ts';
import { RandomSource } from './random-source.ts';

const SHOWN = 12;

/** Python's answers to lines of questions, the releases first; null when it cannot be asked. */
function askPython(lines: readonly string[], folders: readonly string[]): readonly unknown[] | null {
  const script = resolve(import.meta.dirname, 'live.py');
  const { status, stdout } = spawnSync('python3', ['-B', '-W', 'ignore', script, ...folders], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (status !== 0) return null;
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** Python counts characters, we count UTF-16 units. */
function withUnits(answer: unknown, text: unknown): unknown {
  const span = (answer as Partial<Refusal> | null)?.span;
  const source = Array.isArray(text) ? (text as unknown[])[0] : text;
  if (span === undefined || typeof source !== 'string') return answer;
  const characters = Array.from(source);
  const unit = (place: number): number => characters.slice(0, place).join('').length;
  return { ...(answer as Refusal), span: [unit(span[0]), unit(span[1])] };
}

/** Python's own errors (not those of `packaging`) have no words to compare, others perhaps no span. */
function agree(ours: unknown, theirs: unknown): boolean {
  const [our, their] = [ours, theirs] as readonly (Partial<Refusal> | null)[];
  if (our?.error === undefined || their?.error === undefined) return isDeepStrictEqual(ours, theirs);
  if ((their.error as string | null) === null) return true;
  return our.error === their.error && (their.span === undefined || isDeepStrictEqual(our.span, their.span));
}

function compare(
  kind: QuestionKind<never>,
  inputs: readonly unknown[],
  answers: readonly unknown[],
  policy: PrereleasePolicy,
): number {
  let differences = 0;
  inputs.forEach((input, index) => {
    const theirs = withUnits(answers[index], input);
    const ours = kind.answer(input as never, policy, theirs);
    if (ours === undefined || agree(ours, theirs)) return;
    if (++differences > SHOWN) return;
    console.log(
      `  ${JSON.stringify(input)}\n    Python ${JSON.stringify(theirs)}\n    ours   ${JSON.stringify(ours)}`,
    );
  });
  return differences;
}

const [count = '20000', seed = String(Date.now() % 1_000_000), only = '-', ...folders] =
  process.argv.slice(2);
const releases = askPython([], folders)?.[0] as readonly string[] | undefined;
if (releases === undefined) console.log('skipped: no python3 with `packaging` that can be asked');
for (const [number, release] of (releases ?? []).entries()) {
  const policy = policyOf(release);
  for (const kind of QUESTION_KINDS) {
    if (!kind.policies.includes(policy) || (only !== '-' && kind.kind !== only)) continue;
    const random = new RandomSource(Number(seed));
    const inputs = Array.from({ length: Number(count) }, () => kind.ask(random));
    const answers = askPython(
      inputs.map((input) => JSON.stringify([number, kind.kind, input])),
      folders,
    );
    const differences = answers === null ? Infinity : compare(kind, inputs, answers.slice(1), policy);
    if (differences > 0) process.exitCode = 1;
    console.log(
      `packaging ${release}, ${kind.kind}: ${inputs.length} inputs, ${differences} differences (seed ${seed})`,
    );
  }
}
