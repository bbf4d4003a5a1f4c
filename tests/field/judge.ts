/** Pastes a text as the headless command does, and holds what comes out against what is right. */
import { explainProblemRun } from '../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { readPaste } from '../../src/core/headless/paste/read-paste.ts';
import { reportPaste, reportUnreadable, type PasteReport } from '../../src/core/headless/paste/report-paste.ts';
import { reportRun } from '../../src/core/headless/report.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import type { NamedText } from '../../src/core/manifest/file-set.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { openProblemIndex } from '../../src/command/problem-index.ts';

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

const BASE = makeProblem({
  requirements: '',
  environment: { python: '3.11', platform: 'linux-x86_64' },
  index: { snapshot: 'pypi-2023-09-07' },
});

/** The object that `npm run -s resolve -- --explain --paste` prints. */
export async function paste(files: readonly NamedText[]): Promise<PasteReport> {
  const read = readPaste(files, BASE);
  if (read.problem === null) return reportUnreadable(read);
  const id = parseEngineId(read.problem.engine);
  const index = openProblemIndex(read.problem, '.');
  if (!id.ok || !index.ok) throw new Error('no engine, no index');
  const engine = await loadEngine(id.value);
  const run = runProblem(read.problem, engine, index.value);
  const explanation = explainProblemRun(run, id.value, engine);
  return reportPaste(read, reportRun(run, { events: false, explanation }));
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
