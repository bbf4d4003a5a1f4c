/**
 * What the others do with this: pip, uv, Poetry and PDM on one question, each asked as its users would ask it, and the
 * first choice in which each parts from the tool of the question.
 */
import { changeOfManifest } from '../manifest/manifest-change.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { ENGINE_NAMES, parseEngineId, type EngineFamily } from '../problem/engine-id.ts';
import { askToLock, lockersOf } from '../problem/project-problem.ts';
import type { LockingTool } from '../problem/project-tool.ts';
import type { Problem } from '../problem/problem.ts';
import { pinsText, workOf, type Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { Pair } from './pair.ts';
import type { Table } from './table.ts';

const TOOLS = ['pip', 'uv', 'poetry', 'pdm'] as const satisfies readonly EngineFamily[];

/** One tool, and the question as it is asked of it. */
export interface ToolQuestion {
  readonly engine: string;
  readonly problem: Problem;
  /** What is left out of it, or read otherwise. */
  readonly form: 'project' | 'lines' | 'lines-of-project';
}

export interface ToolRow extends ToolQuestion {
  /** Null until it ran. */
  readonly cell: Cell | null;
  /** Beside the question's own tool; null for itself, and until it ran. */
  readonly pair: Pair | null;
}

/** The question's own tool first. */
export function toolQuestions(problem: Problem): readonly ToolQuestion[] {
  const id = parseEngineId(problem.engine);
  const own = id.ok ? id.value.family : 'pip';
  const text = problem.pyproject ?? '';
  const isProject = text.trim() !== '' && (own === 'uv' || own === 'poetry' || own === 'pdm');
  const ownForm = isProject ? 'project' : 'lines';
  const mine: ToolQuestion = { engine: problem.engine, problem, form: ownForm };
  const others = TOOLS.filter((tool) => tool !== own).map((tool): ToolQuestion => {
    const engine = ENGINE_NAMES.find((name) => name.startsWith(`${tool}@`))!;
    if (!isProject) return { engine, problem: { ...problem, engine }, form: 'lines' };
    if (tool !== 'pip' && lockersOf(text).includes(tool satisfies LockingTool))
      return { engine, problem: { ...askToLock(problem, text, tool), engine }, form: 'project' };
    return { engine, problem: { ...problem, ...linesOf(text), engine }, form: 'lines-of-project' };
  });
  return [mine, ...others];
}

/** What the project's own dependencies come to as lines; its groups and extras are not asked for. */
function linesOf(text: string): Pick<Problem, 'requirements' | 'pyproject' | 'lock'> {
  const { manifest } = readManifest(text, 'pyproject');
  const { requirements = '' } = changeOfManifest(manifest);
  return { requirements, pyproject: undefined, lock: undefined };
}

export function makeToolComparison(problem: Problem): Comparison<readonly ToolRow[]> {
  const jobs = new JobList();
  const [own, ...others] = toolQuestions(problem);
  for (const { engine, problem: asked } of others)
    jobs.add(engine, { kind: 'pair', problem, engines: [problem.engine, engine], rival: asked });
  const pairOf = (engine: string): Pair | null => jobs.answer(engine, 'pair');
  return {
    next: () => jobs.next(),
    take: (job, answer) => jobs.take(job, answer),
    progress: () => jobs.progress(),
    result: () => {
      const pairs = others.map(({ engine }) => pairOf(engine));
      const mine = pairs.find((pair) => pair !== null)?.left.cell ?? null;
      return [
        { ...own!, cell: mine, pair: null },
        ...others.map((other, at) => ({
          ...other,
          cell: pairs[at]?.right.cell ?? null,
          pair: pairs[at] ?? null,
        })),
      ];
    },
  };
}

export function toolTable(rows: readonly ToolRow[], difference: (row: ToolRow) => string): Table {
  return {
    columns: ['tool', 'ends', 'choices, skips, undoings', 'pins', 'first choice that differs'],
    rows: rows.flatMap((row) =>
      row.cell === null
        ? []
        : [[row.engine, row.cell.verdict, String(workOf(row.cell)), pinsText(row.cell), difference(row)]],
    ),
  };
}
