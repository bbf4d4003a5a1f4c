/**
 * Delta debugging of a whole question: lines, then projects, releases and what they need, until nothing can be taken out
 * without losing the symptom. What is left is a toy index that stands in the Problem itself. See symptom.ts.
 */
import { runProblem, type Run } from '../../headless/run.ts';
import { lineBlocks } from '../../manifest/syntax/logical-line.ts';
import {
  isMissing,
  type Distribution,
  type MissingFact,
  type PackageIndex,
} from '../../package-index/package-index.ts';
import { watchIndex } from '../../package-index/watched-index.ts';
import type { OverlayClause, OverlayStatement } from '../../package-index/overlay/overlay.ts';
import { printOverlay } from '../../package-index/overlay/overlay-print.ts';
import { statementInIndex } from '../../package-index/overlay/release-statement.ts';
import { makeFactsIndex } from '../../package-index/facts/facts-index.ts';
import { closedWorld } from '../../package-index/toy-world/toy-world.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Engine } from '../../resolver/engine.ts';
import { smallestThatShows, type TrialBudget } from '../../diagnose/delta-debugging.ts';
import { symptomOf, type Symptom } from './symptom.ts';

/** Runs of the engine at most, where nothing else is said. */
export const DEFAULT_TRIALS = 1_500;

export interface MinimiseTask {
  readonly problem: Problem;
  readonly index: PackageIndex;
  readonly engine: Engine;
  readonly symptom: Symptom;
  /** The engine that is to differ; null for other symptoms. */
  readonly otherEngine: Engine | null;
  readonly maxTrials?: number;
  /** Hears of each trial. */
  readonly onProgress?: (progress: MinimiseProgress) => void;
}

export interface MinimiseProgress {
  /** Runs that were made, of so many at most. */
  readonly trials: number;
  readonly max: number;
  /** Lines that ask or limit, and releases, before and now. */
  readonly lines: readonly [before: number, now: number];
  readonly releases: readonly [before: number, now: number];
  /** The smallest question so far, which shows the symptom; null where this trial found none that is smaller. */
  readonly problem: Problem | null;
}

export interface Minimised {
  /** Same engine, environment and options; its index is an overlay alone. */
  readonly problem: Problem;
  /** Runs that were made. */
  readonly trials: number;
  /** Whether nothing can be taken out any more; false where the trials ran out before. */
  readonly isMinimal: boolean;
  /** Lines that ask or limit, and releases, before and after. */
  readonly lines: readonly [before: number, after: number];
  readonly releases: readonly [before: number, after: number];
}

export type MinimiseDone =
  | { readonly kind: 'small'; readonly small: Minimised }
  /** The question does not show it, or a toy index of its facts does not. */
  | { readonly kind: 'none' }
  /** Facts that can be loaded, which the runs or the reason of their failure rest on; look again when they are there. */
  | { readonly kind: 'missing'; readonly missing: readonly MissingFact[] };

type Release = Extract<OverlayStatement, { kind: 'release' | 'change' }>;

/** The texts of a question, by logical line, and its releases. */
interface Parts {
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly releases: readonly Release[];
}

export function minimise(task: MinimiseTask): MinimiseDone {
  const { problem, symptom, engine, otherEngine } = task;
  const runBoth = (asked: Problem, index: PackageIndex): readonly [Run, Run | null] => {
    const other = symptom.kind === 'differs' && otherEngine !== null ? symptom.engine : null;
    return [
      runProblem(asked, engine, index),
      other === null ? null : runProblem({ ...asked, engine: other }, otherEngine!, index),
    ];
  };
  const [ran, other] = runBoth(problem, task.index);
  const watched = ran.request === null ? null : watchIndex(ran.request.index);
  const first = watched === null ? ran : { ...ran, request: { ...ran.request!, index: watched } };
  const runs = [first, ...(other === null ? [] : [other])];
  const shows = symptomOf(symptom, first, other);
  const missing = [
    ...runs.flatMap(missingOf).filter(({ loadable }) => loadable),
    ...(watched?.unloaded() ?? []),
  ];
  if (missing.length > 0) return { kind: 'missing', missing };
  if (shows === null) return { kind: 'none' };
  const whole: Parts = {
    requirements: logicalLines(problem.requirements),
    constraints: logicalLines(problem.constraints ?? ''),
    releases: releasesOf(runs, watched?.projects() ?? []),
  };
  const nothing = makeFactsIndex({ projects: {} });
  const max = task.maxTrials ?? DEFAULT_TRIALS;
  const budget: TrialBudget = { left: max };
  let best = whole;
  const showsIn = (parts: Parts): boolean => {
    const asked = problemOf(problem, parts);
    const [run, beside] = runBoth(asked, nothing);
    const isShown = shows(run, beside);
    if (isShown) best = parts;
    task.onProgress?.({
      trials: max - budget.left,
      max,
      lines: [linesOf(whole), linesOf(best)],
      releases: [whole.releases.length, best.releases.length],
      problem: isShown ? asked : null,
    });
    return isShown;
  };
  if (!showsIn(whole)) return { kind: 'none' };
  const few = { ...whole, releases: triedOnly(whole.releases, runs) };
  budget.left -= 1;
  const small = reduce(budget.left > 0 && showsIn(few) ? few : whole, showsIn, budget);
  return {
    kind: 'small',
    small: {
      problem: problemOf(problem, small),
      trials: max - budget.left,
      isMinimal: budget.left > 0,
      lines: [linesOf(whole), linesOf(small)],
      releases: [whole.releases.length, small.releases.length],
    },
  };
}

/** Without the releases that no run took up, of projects of which one was taken up: a first guess. */
function triedOnly(releases: readonly Release[], runs: readonly Run[]): readonly Release[] {
  const tried = new Map<string, Set<string>>();
  for (const { trace } of runs) {
    for (const { package: row, version } of trace.candidates) {
      const name = trace.packages[row]!.name;
      tried.set(name, (tried.get(name) ?? new Set()).add(version));
    }
  }
  return releases.filter(({ project, versions }) => {
    const kept = tried.get(project);
    return kept === undefined || kept.has(versions[0]?.first ?? '');
  });
}

function missingOf({ outcome }: Run): readonly MissingFact[] {
  return outcome.kind === 'incomplete' ? outcome.missing : [];
}

function linesOf({ requirements, constraints }: Parts): number {
  return requirements.length + constraints.length;
}

/** Each kind of part in turn, until a whole turn takes nothing out. */
function reduce(whole: Parts, shows: (parts: Parts) => boolean, budget: TrialBudget): Parts {
  let parts = whole;
  for (let before = ''; before !== sizeOf(parts) && budget.left > 0;) {
    before = sizeOf(parts);
    for (const list of ['requirements', 'constraints'] as const) {
      const kept = smallestThatShows(parts[list], (lines) => shows({ ...parts, [list]: lines }), budget);
      parts = { ...parts, [list]: kept };
    }
    parts = { ...parts, releases: fewerReleases(parts, shows, budget) };
    parts = { ...parts, releases: shorterReleases(parts, shows, budget) };
  }
  return parts;
}

/** Whole projects first: most that was read does not matter. */
function fewerReleases(
  parts: Parts,
  shows: (parts: Parts) => boolean,
  budget: TrialBudget,
): readonly Release[] {
  const projects = [...new Set(parts.releases.map(({ project }) => project))];
  const ofProjects = (names: readonly string[]): readonly Release[] =>
    parts.releases.filter(({ project }) => names.includes(project));
  const kept = smallestThatShows(
    projects,
    (names) => shows({ ...parts, releases: ofProjects(names) }),
    budget,
  );
  return smallestThatShows(ofProjects(kept), (releases) => shows({ ...parts, releases }), budget);
}

/** What each release needs and says of itself, clause by clause and requirement by requirement. */
function shorterReleases(
  parts: Parts,
  shows: (parts: Parts) => boolean,
  budget: TrialBudget,
): readonly Release[] {
  const releases = [...parts.releases];
  for (const [at, release] of releases.entries()) {
    const showsWith = (clauses: readonly OverlayClause[]): boolean =>
      shows({ ...parts, releases: releases.with(at, { ...release, clauses }) });
    let clauses = smallestThatShows(release.clauses, showsWith, budget);
    for (const [place, clause] of clauses.entries()) {
      if (!('requirements' in clause) || clause.requirements.length < 2) continue;
      const withFewer = (requirements: readonly string[]): readonly OverlayClause[] =>
        clauses.with(place, { ...clause, requirements });
      const kept = smallestThatShows(clause.requirements, (part) => showsWith(withFewer(part)), budget);
      clauses = withFewer(kept);
    }
    releases[at] = { ...release, clauses };
  }
  return releases;
}

function sizeOf({ requirements, constraints, releases }: Parts): string {
  return [...requirements, ...constraints, printOverlay({ statements: releases })].join('\n');
}

function problemOf(problem: Problem, { requirements, constraints, releases }: Parts): Problem {
  return {
    ...problem,
    requirements: requirements.join('\n'),
    ...(problem.constraints === undefined ? {} : { constraints: constraints.join('\n') }),
    index: { overlay: `${printOverlay(closedWorld(releases))}\n` },
  };
}

/** Lines as pip reads them, each with those that it goes on with, without empty ones and comments. */
function logicalLines(text: string): readonly string[] {
  return [...lineBlocks(text)].map(({ raw }) => raw);
}

/** Every release of every project that was read by the runs or besides, as a line of the overlay language. */
function releasesOf(runs: readonly Run[], besides: readonly string[]): readonly Release[] {
  const names = new Set([...runs.flatMap(({ trace }) => trace.packages.map(({ name }) => name)), ...besides]);
  names.delete('');
  const index = runs[0]?.request?.index;
  if (index === undefined) return [];
  return [...names].sort().flatMap((name) => {
    const page = index.page(name);
    if (isMissing(page)) return [];
    const byVersion = new Map<string, Distribution[]>();
    for (const file of page.distributions) {
      const files = byVersion.get(file.version);
      if (files === undefined) byVersion.set(file.version, [file]);
      else files.push(file);
    }
    return [...byVersion.values()].flatMap((files): readonly Release[] => {
      const statement = statementInIndex(index, files);
      return statement?.kind === 'release' ? [statement] : [];
    });
  });
}
