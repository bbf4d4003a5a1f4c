/** Does one job of a comparison on the facts at hand. What is missing and could be loaded is answered instead. */
import { layOverlay } from '../headless/overlay.ts';
import type { Run } from '../headless/run.ts';
import { isMissing, type MissingFact, type PackageIndex } from '../package-index/package-index.ts';
import type { Problem } from '../problem/problem.ts';
import { cellOf } from './cell.ts';
import { checkProject } from './check-project.ts';
import type { Answer, Job, ReleaseChange, Upload } from './job.ts';
import { releasesOf, type ListedRelease } from './newest-release.ts';
import { tellPair } from './pair.ts';
import { isProvedPossible, reasonOf } from './reason.ts';
import { runAlone, withBudget } from './run-alone.ts';

export type Done =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Facts that can be loaded; do the job again when they are there. */
  | { readonly kind: 'missing'; readonly missing: readonly MissingFact[] };

export async function doJob(job: Job, index: PackageIndex): Promise<Done> {
  switch (job.kind) {
    case 'run': {
      const problem = withBudget(job.problem, job.budget);
      const { run, id } = await runAlone(
        problem,
        index,
        job.preference === undefined ? {} : { preference: job.preference },
      );
      const missing = loadable([run]);
      if (missing !== null) return missing;
      const isWrong =
        job.proves === true && run.outcome.kind === 'unsolvable' && run.request !== null
          ? isProvedPossible(run.request, id)
          : false;
      return answered({ kind: 'run', value: cellOf(run, isWrong) });
    }
    case 'reason': {
      const { run, id } = await runAlone(job.problem, index);
      return loadable([run]) ?? answered({ kind: 'reason', value: reasonOf(run, id) });
    }
    case 'pair': {
      const told = await tellPair(job.problem, job.engines, index, job.rival);
      return loadable(told.runs) ?? answered({ kind: 'pair', value: told.pair });
    }
    case 'uploads': {
      const { run } = await runAlone(job.problem, index);
      return (
        loadable([run]) ??
        answered({ kind: 'uploads', value: uploadsOf(run, job.from, job.to, whole(job.problem, index)) })
      );
    }
    case 'release': {
      const laid = whole(job.problem, index);
      const releases = releasesOf(laid, job.project);
      if (!Array.isArray(releases)) return { kind: 'missing', missing: [releases as MissingFact] };
      return answered({ kind: 'release', value: changeOf(job.project, job.version, releases, laid) });
    }
    case 'check': {
      const checked = await checkProject(job, index);
      return 'missing' in checked
        ? { kind: 'missing', missing: checked.missing }
        : answered({ kind: 'check', value: checked.value });
    }
  }
}

/** The index of a question with its overlay, whatever its date. */
function whole(problem: Problem, index: PackageIndex): PackageIndex {
  return layOverlay(problem, index).index;
}

function answered(answer: Answer): Done {
  return { kind: 'answer', answer };
}

/** Null when nothing that the runs lacked can be had. */
function loadable(runs: readonly Run[]): Done | null {
  const missing = runs.flatMap(({ outcome }) =>
    outcome.kind === 'incomplete' ? outcome.missing.filter((fact) => fact.loadable) : [],
  );
  return missing.length === 0 ? null : { kind: 'missing', missing };
}

/** Uploads of all projects whose pages a run read; `index` is the whole one, before any date. */
function uploadsOf(run: Run, from: number, to: number, index: PackageIndex): readonly Upload[] {
  const uploads = new Map<string, Upload>();
  for (const project of new Set(run.trace.packages.map(({ name }) => name))) {
    if (project === '') continue;
    const page = index.page(project);
    if (isMissing(page)) continue;
    for (const { version, uploadTime } of page.distributions) {
      const time = uploadTime === null ? Number.NaN : Date.parse(uploadTime);
      if (!(time >= from && time < to)) continue;
      const key = `${project} ${version}`;
      const known = uploads.get(key);
      // A release counts from its first file on.
      if (known === undefined || time < known.time) uploads.set(key, { time, project, version });
    }
  }
  return [...uploads.values()].sort((a, b) => a.time - b.time);
}

/** Requirements of a release against those of the one before it, by version. */
function changeOf(
  project: string,
  version: string,
  releases: readonly ListedRelease[],
  index: PackageIndex,
): ReleaseChange {
  const at = releases.findIndex(({ text }) => text === version);
  const before = at > 0 ? releases[at - 1]! : null;
  const now = requirementsOf(releases[at], index);
  const then = requirementsOf(before ?? undefined, index);
  return {
    project,
    version,
    before: before?.text ?? null,
    added: now.filter((requirement) => !then.includes(requirement)),
    dropped: then.filter((requirement) => !now.includes(requirement)),
  };
}

function requirementsOf(release: ListedRelease | undefined, index: PackageIndex): readonly string[] {
  const [file] = release?.files ?? [];
  if (file === undefined) return [];
  const metadata = index.metadata(file);
  return isMissing(metadata) ? [] : metadata.requiresDist;
}
