/**
 * For every project of an index: does its newest release install alone, on each Python? Failures are grouped by cause,
 * which is how the rollout of 2020 looked for upstream mistakes before users met them.
 */
import type { Problem } from '../problem/problem.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { CheckedProject, FailureCause } from './job.ts';
import type { Table } from './table.ts';

export interface CauseGroup {
  readonly cause: FailureCause;
  /** Project and version, with the Pythons on which it fails for this cause. */
  readonly projects: readonly {
    readonly project: string;
    readonly version: string;
    readonly pythons: readonly string[];
  }[];
}

export interface IndexCheck {
  readonly pythons: readonly string[];
  readonly checked: number;
  /** Projects that install on every Python. */
  readonly fine: number;
  /** In the order of the projects. */
  readonly failing: readonly CheckedProject[];
  /** The most projects first. */
  readonly groups: readonly CauseGroup[];
}

/** `problem` gives the engine, the platform and the index; its lines are not asked. */
export function makeIndexCheck(
  problem: Problem,
  projects: readonly string[],
  pythons: readonly string[],
): Comparison<IndexCheck> {
  const jobs = new JobList();
  const asked: Problem = { ...problem, requirements: '', constraints: '', overrides: '', installed: '' };
  for (const project of projects) jobs.add(project, { kind: 'check', problem: asked, project, pythons });
  return {
    next: () => jobs.next(),
    take: (job, answer) => jobs.take(job, answer),
    progress: () => jobs.progress(),
    result() {
      const checked = projects.flatMap((project) => jobs.answer(project, 'check') ?? []);
      const failing = checked.filter((item) => item.pythons.some(({ cause }) => cause !== null));
      return {
        pythons,
        checked: checked.length,
        fine: checked.length - failing.length,
        failing,
        groups: groupsOf(failing),
      };
    },
  };
}

interface GrowingGroup {
  readonly cause: FailureCause;
  readonly projects: Map<string, { project: string; version: string; pythons: string[] }>;
}

function groupsOf(failing: readonly CheckedProject[]): readonly CauseGroup[] {
  const groups = new Map<string, GrowingGroup>();
  for (const { project, version, pythons } of failing) {
    for (const { python, cause } of pythons) {
      if (cause === null) continue;
      const key = `${cause.kind} ${cause.package}`;
      const group: GrowingGroup = groups.get(key) ?? { cause, projects: new Map() };
      groups.set(key, group);
      const known = group.projects.get(project);
      if (known === undefined) group.projects.set(project, { project, version, pythons: [python] });
      else known.pythons.push(python);
    }
  }
  return [...groups.values()]
    .map(({ cause, projects }) => ({ cause, projects: [...projects.values()] }))
    .sort((a, b) => b.projects.length - a.projects.length);
}

export function indexCheckTable({ failing }: IndexCheck): Table {
  return {
    columns: ['project', 'version', 'python', 'verdict', 'cause', 'package'],
    rows: failing.flatMap(({ project, version, pythons }) =>
      pythons.flatMap(({ python, verdict, cause }) =>
        cause === null ? [] : [[project, version, python, verdict, cause.kind, cause.package]],
      ),
    ),
  };
}
