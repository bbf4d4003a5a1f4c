/** Whether the newest release of a project installs alone, on each of some Pythons; and if not, what stands in the way. */
import { layOverlay } from '../headless/overlay.ts';
import type { MissingFact, PackageIndex } from '../package-index/package-index.ts';
import { cellOf } from './cell.ts';
import type { CheckedProject, CheckedPython, FailureCause, Job } from './job.ts';
import { newestRelease, releasesOf } from './newest-release.ts';
import { reasonOf } from './reason.ts';
import { runAlone, withBudget } from './run-alone.ts';

/** Rounds of one search: what installs alone takes a few dozen. */
export const CHECK_BUDGET = 2_000;

type CheckJob = Extract<Job, { kind: 'check' }>;

export async function checkProject(
  { problem, project, pythons }: CheckJob,
  index: PackageIndex,
): Promise<{ readonly value: CheckedProject } | { readonly missing: readonly MissingFact[] }> {
  const releases = releasesOf(layOverlay(problem, index).index, project);
  if (!Array.isArray(releases)) {
    const fact = releases as MissingFact;
    return fact.loadable ? { missing: [fact] } : { value: { project, version: '', pythons: [] } };
  }
  const version = newestRelease(releases)?.text ?? '';
  if (version === '') return { value: { project, version, pythons: [] } };
  const checked: CheckedPython[] = [];
  for (const python of pythons) {
    const asked = withBudget(
      {
        ...problem,
        requirements: `${project}==${version}`,
        environment: { ...problem.environment, python },
      },
      CHECK_BUDGET,
    );
    const { run, id } = await runAlone(asked, index);
    const { verdict, missing } = cellOf(run);
    const wanted = missing.filter((fact) => fact.loadable);
    if (wanted.length > 0) return { missing: wanted };
    checked.push({ python, verdict, cause: verdict === 'solved' ? null : causeOf(run, id, missing) });
  }
  return { value: { project, version, pythons: checked } };
}

function causeOf(
  run: Parameters<typeof reasonOf>[0],
  id: Parameters<typeof reasonOf>[1],
  missing: readonly MissingFact[],
): FailureCause {
  if (run.outcome.kind === 'incomplete') return { kind: 'unknown', package: missing[0]?.project ?? '' };
  if (run.outcome.kind === 'stopped') return { kind: 'stopped', package: '' };
  const { kind, meetsAt } = reasonOf(run, id);
  return { kind, package: meetsAt };
}
