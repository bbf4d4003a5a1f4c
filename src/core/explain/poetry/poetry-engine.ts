/** Poetry as an engine: the solver's values in Poetry's words. */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import type { EngineResult, Outcome } from '../../resolver/outcome.ts';
import { MarkerAlgebra } from '../../resolver/poetry/marker/marker-algebra.ts';
import { normalizeName } from '../../packaging/name.ts';
import { readLockedPackages } from '../../resolver/poetry/project/read-lock.ts';
import { readProject, type PoetryProject } from '../../resolver/poetry/project/read-project.ts';
import { InvalidProject } from '../../resolver/poetry/project/table-dependency.ts';
import type { TomlTable } from '../../resolver/poetry/project/project-text.ts';
import { LockedPackages } from '../../resolver/poetry/provider/locked-packages.ts';
import { resolveProject, type PoetryEnd } from '../../resolver/poetry/resolve.ts';
import type { LockedEntry } from '../../resolver/poetry/result/lock.ts';
import { logLines, steppedLines } from './log-text.ts';
import { reportFailure } from './report.ts';

export const resolvePoetry: Engine = (request, recorder): EngineResult => {
  const algebra = new MarkerAlgebra();
  const project = projectOf(algebra, request);
  if (project instanceof InvalidProject) return refused(project);
  const answer = resolveProject(
    {
      algebra,
      project,
      index: request.index,
      locked: lockedOf(algebra, request),
      maxDecisions: request.options.maxRounds,
      leavesOutUnknown: request.options.unknownMetadata === 'leave-out',
      hashSeed: request.hashSeed ?? 0,
    },
    recorder,
  );
  const { outcome, metrics, end, log } = answer;
  return {
    outcome,
    message: messageOf(end, outcome),
    notices: [],
    metrics,
    ...(end.kind === 'solved' ? { packages: end.entries.map(packageRow), lockEntries: end.entries } : {}),
    logSteps: () => log.flatMap(steppedLines),
    log: () => log.flatMap(logLines),
    ...caveats(project),
  };
};

/** Names are freed as `poetry update` does; `:all:` frees every one. */
function lockedOf(algebra: MarkerAlgebra, { lock, options }: ResolveRequest): LockedPackages {
  const packages = lock === undefined ? [] : readLockedPackages(algebra, lock);
  const { update = [] } = options;
  const freed = update.includes(':all:') ? packages.map(({ name }) => name) : update.map(normalizeName);
  return new LockedPackages(packages, new Set(freed));
}

function projectOf(algebra: MarkerAlgebra, { project }: ResolveRequest): PoetryProject | InvalidProject {
  try {
    return readProject(algebra, project ?? ({} satisfies TomlTable));
  } catch (error) {
    if (error instanceof InvalidProject) return error;
    throw error;
  }
}

function refused({ message, note }: InvalidProject): EngineResult {
  const metrics = { rounds: 0, pinned: 0, rejected: 0, undone: 0, requirements: 0, pages: 0, metadata: 0 };
  const notices = note === undefined ? [] : [{ level: 'warning', text: note } as const];
  return { outcome: { kind: 'invalid' }, message, notices, metrics };
}

function messageOf(end: PoetryEnd, outcome: Outcome): string {
  if (end.kind === 'failed') return reportFailure(end.failure);
  if (end.kind === 'incompatible')
    return `Incompatible constraints in requirements of ${end.owner}:\n${end.lines.join('\n')}`;
  return outcome.kind === 'stopped' && outcome.reason === 'crash' ? outcome.detail : '';
}

/** What `poetry.lock` says of a package, as far as the answer is compared by it. */
function packageRow({ name, version, optional, groups, markers }: LockedEntry): Record<string, unknown> {
  return { name, version, optional, groups, ...(markers === undefined ? {} : { markers }) };
}

function caveats({ unknown }: PoetryProject): Pick<EngineResult, 'caveats'> {
  if (unknown.length === 0) return {};
  const words = unknown.map(({ name, source }) => `\`${name}\` comes from ${source}`);
  return {
    caveats: [
      `What is not in an index is unknown here and was left out: ${words.join(', ')}. With it, the answer can be another.`,
    ],
  };
}
