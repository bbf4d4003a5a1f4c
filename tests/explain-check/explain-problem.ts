/** A Problem answered by the headless command's own code, as its reader gets it: plain JSON. */
import { makeIndexOpener } from '../../src/command/problem-index.ts';
import { answerProblem } from '../../src/command/resolve/answer.ts';
import type { Query } from '../../src/core/explain/query.ts';
import { parseProblem } from '../../src/core/problem/problem.ts';
import type { Report } from './check-answer.ts';
import type { SmallProblem } from './world.ts';

/** Everything about every project, and of each version whether it could be had. */
function queriesOf(problem: SmallProblem): readonly Query[] {
  return Object.entries(problem.index.facts.projects).flatMap(([name, releases]): readonly Query[] => [
    { kind: 'why', package: name },
    { kind: 'who-limits', package: name },
    ...Object.keys(releases).map((version) => ({ kind: 'why-not', package: name, version }) as const),
  ]);
}

const opener = makeIndexOpener('.');

export async function explainProblem(problem: SmallProblem): Promise<Report> {
  return explainAsked(problem, queriesOf(problem));
}

/** Any Problem, its index named or in it. */
export async function explainAsked(problem: unknown, queries: readonly Query[] = []): Promise<Report> {
  const parsed = parseProblem(problem);
  if (!parsed.ok) return { outcome: 'invalid', pins: null, error: parsed.error.message };
  const report = await answerProblem(parsed.value, opener, {
    events: false,
    explain: true,
    queries,
  });
  if (!report.ok) return { outcome: 'invalid', pins: null, error: report.error.message };
  return JSON.parse(JSON.stringify(report.value)) as Report;
}
