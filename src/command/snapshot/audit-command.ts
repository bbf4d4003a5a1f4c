/**
 * `npm run snapshot -- audit NAME`: what questions a snapshot cannot answer, and whether it answers any of them falsely.
 *
 *   closedness   projects and releases that are asked for and not held, and by how many
 *   partial      lists of releases that are not whole, by sense
 *   alone        every project asked alone, on each Python: solved, incomplete, or unsolvable with the reason
 *
 * A project alone is unsolvable only where the snapshot can know it: every release is listed, and none fits. What else
 * ends so is false, and a complaint.
 */
import { loadEngine } from '../../core/headless/engines.ts';
import { runProblem } from '../../core/headless/run.ts';
import { unansweredRequirements } from '../../core/package-index/facts/remnants.ts';
import type { Facts } from '../../core/package-index/facts/facts.ts';
import { isMissing, type PackageIndex, type ProjectPage } from '../../core/package-index/package-index.ts';
import type { SnapshotIndex } from '../../core/package-index/snapshot/snapshot-index.ts';
import { projectFacts } from '../../core/package-index/snapshot/shard-decoder.ts';
import { assert } from '../../core/packaging/assert.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { makeProblem } from '../../core/problem/problem.ts';
import type { Outcome } from '../../core/resolver/outcome.ts';
import { missingName } from '../ordinary-sets.ts';
import { showProgress } from './progress.ts';

export interface AuditOptions {
  readonly pythons: readonly string[];
  readonly engine: string;
  /** Every how many-th project is asked alone; 1 is all. */
  readonly every: number;
  /** Entries of a list that are named. */
  readonly named: number;
}

export interface Audit {
  readonly lines: readonly string[];
  /** Unsolvable answers that the snapshot cannot know; none in a sound one. */
  readonly complaints: readonly string[];
}

/** How one project ended alone. */
interface Ending {
  readonly name: string;
  readonly outcome: Outcome;
  /** The first line of the tool's error. */
  readonly reason: string;
}

/** Audits an open snapshot. `id` names it in what is said. */
export async function auditSnapshot(id: string, index: SnapshotIndex, options: AuditOptions): Promise<Audit> {
  const facts = factsOf(index);
  const complaints: string[] = [];
  const lines = [...closednessLines(facts, options.named), ...partialLines(index)];
  const names = index.directory.entries.map(({ name }) => name).filter((_, at) => at % options.every === 0);
  for (const python of options.pythons) {
    const endings = await askAlone(id, names, python, index, options.engine);
    lines.push(...endingLines(python, endings, options.named));
    for (const { name, outcome, reason } of endings) {
      if (outcome.kind === 'unsolvable' && !isCertain(name, index))
        complaints.push(`${id}: ${name} on Python ${python} is called unsolvable: ${reason}`);
    }
  }
  return { lines, complaints };
}

function factsOf(index: SnapshotIndex): Facts {
  const projects = index.directory.entries.map(({ name }) => {
    const project = index.project(name);
    return [name, project === null ? {} : projectFacts(project)] as const;
  });
  return { projects: Object.fromEntries(projects) };
}

function closednessLines(facts: Facts, named: number): readonly string[] {
  const unanswered = unansweredRequirements(facts);
  const byProject = new Map<string, Set<string>>();
  for (const { project, askedBy, isUnheld } of unanswered) {
    if (!isUnheld) continue;
    const askers = byProject.get(project) ?? new Set();
    byProject.set(project, askers);
    for (const asker of askedBy) askers.add(asker.slice(0, asker.indexOf(' ')));
  }
  const unheld = [...byProject].sort((a, b) => b[1].size - a[1].size);
  const remnants = unanswered.filter(({ isUnheld }) => !isUnheld);
  const projects = new Set(remnants.map(({ project }) => project));
  return [
    `closedness: ${unheld.length} projects are asked for and not held`,
    ...unheld
      .slice(0, named)
      .map(([name, askers]) => `  ${name}, by ${askers.size}: ${[...askers].slice(0, 3).join(', ')}`),
    `closedness: ${remnants.length} requirements on ${projects.size} held projects are answered by no release`,
    ...remnants
      .toSorted((a, b) => b.askedBy.length - a.askedBy.length)
      .slice(0, named)
      .map(({ text, askedBy }) => `  ${text}, by ${askedBy.length}: ${askedBy.slice(0, 3).join(', ')}`),
  ];
}

function partialLines({ directory }: SnapshotIndex): readonly string[] {
  const counts = new Map<string, number>();
  for (const { partial = 'whole' } of directory.entries) counts.set(partial, (counts.get(partial) ?? 0) + 1);
  return [`lists: ${[...counts].map(([sense, count]) => `${count} ${sense}`).join(', ')}`];
}

async function askAlone(
  id: string,
  names: readonly string[],
  python: string,
  index: PackageIndex,
  engineName: string,
): Promise<readonly Ending[]> {
  const engineId = parseEngineId(engineName);
  assert(engineId.ok, `no engine ${engineName}`);
  const engine = await loadEngine(engineId.value);
  return names.map((name, at) => {
    showProgress(`${id} on Python ${python}`, (at + 1) / names.length);
    const problem = makeProblem({
      engine: engineName,
      requirements: name,
      environment: { python },
      index: { snapshot: id },
    });
    const { outcome, message } = runProblem(problem, engine, index);
    return { name, outcome, reason: message.split('\n')[0] ?? '' };
  });
}

function endingLines(python: string, endings: readonly Ending[], named: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { outcome } of endings) counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1);
  const unsolvable = endings.filter(({ outcome }) => outcome.kind === 'unsolvable');
  const missing = new Map<string, number>();
  for (const { outcome } of endings)
    for (const fact of outcome.kind === 'incomplete' ? outcome.missing : []) {
      const what = missingName(fact);
      missing.set(what, (missing.get(what) ?? 0) + 1);
    }
  const most = [...missing].sort((a, b) => b[1] - a[1]).slice(0, named);
  return [
    `alone on Python ${python}: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
    ...most.map(([what, count]) => `  missing ${what}: ${count}`),
    ...unsolvable.slice(0, named).map(({ name, reason }) => `  unsolvable ${name}: ${reason}`),
  ];
}

/** Whether a snapshot can know that a project has no solution: its list of releases is whole. */
function isCertain(name: string, index: PackageIndex): boolean {
  const page: ProjectPage | { missing: string } = index.page(name);
  return !('missing' in page) && !isMissing(page) && page.partial === undefined;
}
