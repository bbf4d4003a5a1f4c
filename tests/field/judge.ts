/** Pastes a text as the headless command does, and holds what comes out against what is right. */
import { makeIndexOpener } from '../../src/command/problem-index.ts';
import { answerPaste } from '../../src/command/resolve/paste.ts';
import type { PasteReport } from '../../src/core/headless/paste/report-paste.ts';
import type { NamedText } from '../../src/core/manifest/file-set.ts';

/** What is right for a text. Fields that are absent are not looked at. */
export interface Expectation {
  readonly kind?: string;
  readonly outcome?: string | readonly string[];
  /** Lines of the requirements, in any order; all of them. */
  readonly requirements?: readonly string[];
  readonly constraints?: readonly string[];
  readonly installed?: readonly string[];
  readonly python?: string;
  /** Lines that the rebuilt index has to have. */
  readonly world?: readonly string[];
  /** Lines that it must not have; patterns. */
  readonly notWorld?: readonly RegExp[];
  /** What the whole printed object has to say somewhere; patterns. */
  readonly says?: readonly RegExp[];
  /** What it must not say anywhere; patterns. */
  readonly never?: readonly RegExp[];
}

const openIndex = makeIndexOpener('.');

/** The object that `npm run -s resolve -- --explain --paste` prints. */
export async function paste(files: readonly NamedText[]): Promise<PasteReport> {
  const answer = await answerPaste(files, openIndex, { events: false, explain: true });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.report;
}

/** What is wrong, a sentence each; empty where everything is right. */
export function judge(report: PasteReport, right: Expectation): string[] {
  const wrong: string[] = [];
  const { read } = report;
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    if (wanted !== undefined && JSON.stringify(found) !== JSON.stringify(wanted))
      wrong.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  };
  const sorted = (list: readonly string[] | undefined): readonly string[] | undefined => list?.toSorted();
  expect('kind', read.kind, right.kind);
  const outcomes = right.outcome === undefined ? null : [right.outcome].flat();
  if (outcomes !== null && !outcomes.includes(report.outcome))
    wrong.push(`outcome: ${report.outcome} instead of ${outcomes.join(' or ')}`);
  expect('requirements', sorted(read.requirements), sorted(right.requirements));
  expect('constraints', sorted(read.constraints), sorted(right.constraints));
  expect('installed', sorted(read.installed), sorted(right.installed));
  expect('python', read.environment.python, right.python);
  const world = (report.problem?.index?.overlay ?? '').split('\n').filter((line) => !line.startsWith('#'));
  for (const line of right.world ?? []) if (!world.includes(line)) wrong.push(`the world lacks: ${line}`);
  for (const pattern of right.notWorld ?? [])
    for (const line of world) if (pattern.test(line)) wrong.push(`the world has: ${line}`);
  const all = JSON.stringify(report);
  for (const pattern of right.says ?? []) if (!pattern.test(all)) wrong.push(`does not say: ${pattern}`);
  for (const pattern of right.never ?? []) if (pattern.test(all)) wrong.push(`says: ${pattern}`);
  return wrong;
}
