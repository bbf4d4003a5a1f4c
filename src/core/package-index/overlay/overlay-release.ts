/** What a statement makes of a release: facts of a new one, or a change of one that the index below has. */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import type { ReleaseFacts } from '../facts/facts.ts';
import type { OverlayClause } from './overlay.ts';
import type { Distribution, DistributionMetadata, Provenance } from '../package-index.ts';
import { canonicalUploadTime } from '../facts/release-files.ts';

/** The requirement under `extra == "name"`, besides whatever marker it has. */
export function underExtra(requirement: string, extra: string): string {
  const parsed = parseRequirement(requirement);
  const condition = `extra == "${extra}"`;
  const marker = parsed.ok && parsed.value.marker !== null ? requirement.lastIndexOf(';') : -1;
  if (marker < 0) return `${requirement} ; ${condition}`;
  const own = requirement.slice(marker + 1).trim();
  return `${requirement.slice(0, marker).trimEnd()} ; (${own}) and ${condition}`;
}

function requirementsOf(clauses: readonly OverlayClause[]): readonly string[] {
  return clauses.flatMap((clause) => {
    if (clause.kind === 'depends') return clause.requirements;
    if (clause.kind === 'extra') return clause.requirements.map((text) => underExtra(text, clause.extra));
    return [];
  });
}

/** The facts of a release that a statement writes out. */
export function releaseOfClauses(clauses: readonly OverlayClause[]): ReleaseFacts {
  const facts: { -readonly [Key in keyof ReleaseFacts]: ReleaseFacts[Key] } = {
    requires: [...requirementsOf(clauses)],
  };
  const extras = clauses.flatMap((clause) => (clause.kind === 'extra' ? [clause.extra] : []));
  if (extras.length > 0) facts.extras = [...new Set(extras)];
  for (const clause of clauses) {
    if (clause.kind === 'python') facts.requires_python = clause.specifier;
    else if (clause.kind === 'yanked') facts.yanked = clause.reason === '' ? true : clause.reason;
    else if (clause.kind === 'uploaded') facts['upload-time'] = clause.time;
    else if (clause.kind === 'wheels') facts.wheels = [...clause.tags];
    else if (clause.kind === 'build-requires') facts.build_requires = [...clause.requirements];
    else if (clause.kind === 'backend-requires') facts.backend_requires = [...clause.requirements];
    else if (clause.kind === 'unknown') facts.unknown = true;
    else if (clause.kind === 'url') facts.url = clause.url;
    else if (clause.kind === 'sdist') {
      facts.sdist = true;
      if (clause.isOnly) facts.wheels = [];
    }
  }
  return facts;
}

/** The index that a statement is about; undefined is the default one. */
export function indexOfClauses(clauses: readonly OverlayClause[]): string | undefined {
  return clauses.findLast((clause) => clause.kind === 'index')?.name;
}

function projectOf(requirement: string): string {
  return normalizeName(/^[A-Za-z0-9._-]+/u.exec(requirement.trim())?.[0] ?? requirement);
}

/** The file as a change leaves it: the same object when the change is about its metadata alone. */
export function changeDistribution(
  file: Distribution,
  clauses: readonly OverlayClause[],
  provenance: Provenance,
): Distribution {
  let changed = file;
  for (const clause of clauses) {
    if (clause.kind === 'python') changed = { ...changed, requiresPython: clause.specifier, provenance };
    else if (clause.kind === 'yanked') changed = { ...changed, yanked: clause.reason, provenance };
    else if (clause.kind === 'uploaded')
      changed = { ...changed, uploadTime: canonicalUploadTime(clause.time), provenance };
  }
  return changed;
}

/**
 * The metadata as a change leaves it. Requirements that a `depends` or `extra` names take the place of those on the same
 * project (the first of them); the rest stay in their order.
 */
export function changeMetadata(
  metadata: DistributionMetadata,
  clauses: readonly OverlayClause[],
  provenance: Provenance,
): DistributionMetadata {
  const written = requirementsOf(clauses);
  const gone = new Set([
    ...written.map(projectOf),
    ...clauses.flatMap((clause) => (clause.kind === 'drops' ? clause.projects.map(normalizeName) : [])),
  ]);
  const first = metadata.requiresDist.findIndex((text) =>
    written.some((own) => projectOf(own) === projectOf(text)),
  );
  const kept = (texts: readonly string[]) => texts.filter((text) => !gone.has(projectOf(text)));
  const at = first < 0 ? metadata.requiresDist.length : first;
  const extras = clauses.flatMap((clause) => (clause.kind === 'extra' ? [clause.extra] : []));
  const python = clauses.findLast((clause) => clause.kind === 'python');
  const backend = clauses.findLast((clause) => clause.kind === 'backend-requires');
  const builds = clauses.findLast((clause) => clause.kind === 'build-requires');
  return {
    ...metadata,
    requiresDist: [
      ...kept(metadata.requiresDist.slice(0, at)),
      ...written,
      ...kept(metadata.requiresDist.slice(at)),
    ],
    requiresPython: python?.specifier ?? metadata.requiresPython,
    providesExtra: [...new Set([...metadata.providesExtra, ...extras])],
    ...(backend !== undefined && metadata.buildRequires !== undefined
      ? { backendRequires: backend.requirements }
      : {}),
    ...(builds !== undefined && metadata.buildRequires !== undefined
      ? { buildRequires: builds.requirements }
      : {}),
    provenance,
  };
}
