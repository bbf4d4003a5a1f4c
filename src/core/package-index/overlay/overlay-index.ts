/**
 * An overlay laid over an index: it edits the pages below it.
 *
 *   below     1.0  1.1  2.0          remove mod 1.0     ⇒   1.1  2.0
 *   overlay                          mod 1.1; …         ⇒   1.1' 2.0        replaced in its place
 *                                    mod 3.0; …         ⇒   1.1' 2.0 3.0    added at the end
 *
 * A project that no statement names is read from below, unless the world is closed: then it is absent.
 */
import { normalizeName } from '../../packaging/name.ts';
import { releaseMetadata } from '../facts/facts-index.ts';
import type { Overlay } from './overlay.ts';
import { changeMetadata, indexOfClauses } from './overlay-release.ts';
import { isUnlisted, OVERLAY, PageDraft, type EditedFile, type ProjectStatement } from './page-draft.ts';
import type { DistributionMetadata, MissingFact, PackageIndex, ProjectPage } from '../package-index.ts';
import { isMissing } from '../package-index.ts';
import { fileKey } from '../facts/release-files.ts';

interface EditedPage {
  readonly page: ProjectPage;
  readonly files: ReadonlyMap<string, EditedFile>;
  readonly metadata: Map<string, DistributionMetadata>;
}

/** The statements on each project, by its normalised name, in their order. */
function statementsByProject(overlay: Overlay): ReadonlyMap<string, readonly ProjectStatement[]> {
  const byProject = new Map<string, ProjectStatement[]>();
  for (const statement of overlay.statements) {
    if (!('project' in statement)) continue;
    const name = normalizeName(statement.project);
    const known = byProject.get(name);
    if (known === undefined) byProject.set(name, [statement]);
    else known.push(statement);
  }
  return byProject;
}

/** A release without any file is a project's page with nothing on it. */
function isListed(statement: ProjectStatement): boolean {
  return statement.kind === 'release' && !statement.clauses.some(({ kind }) => kind === 'url');
}

/** A removal of the whole project makes what stands below it irrelevant. */
function needsPageBelow(statements: readonly ProjectStatement[]): boolean {
  const [first] = statements;
  return !(first?.kind === 'remove' && first.versions.length === 0);
}

/** The overlay as an index over `base`. `base` is not asked for projects that the overlay replaces or closes off. */
export function makeOverlayIndex(overlay: Overlay, base: PackageIndex): PackageIndex {
  const byProject = statementsByProject(overlay);
  const isClosed = overlay.statements.some(({ kind }) => kind === 'closed-world');
  const edited = new Map<string, EditedPage>();
  const absent = new Map<string, ProjectPage>();

  function absentPage(name: string): ProjectPage {
    let page = absent.get(name);
    if (page === undefined) {
      page = { name, status: 'absent', distributions: [], provenance: OVERLAY };
      absent.set(name, page);
    }
    return page;
  }

  function edit(name: string, statements: readonly ProjectStatement[]): EditedPage | MissingFact {
    const below = isClosed || !needsPageBelow(statements) ? absentPage(name) : base.page(name);
    if (isMissing(below) && below.loadable) return below;
    const originals = isMissing(below) ? [] : below.distributions;
    const start = originals.map((file): EditedFile => ({ kind: 'below', file, original: file, clauses: [] }));
    const draft = new PageDraft(name, start);
    for (const statement of statements) draft.apply(statement);
    const all = draft.files;
    const distributions = all.filter((file) => !isUnlisted(file)).map(({ file }) => file);
    const unlisted = all.filter(isUnlisted).map(({ file }) => file);
    const partial = !isMissing(below) && below.partial !== undefined ? { partial: below.partial } : {};
    const isOpen = isMissing(below) || below.partial !== undefined;
    // Nothing is left of what is known, and nobody said that there is no more.
    if (all.length === 0 && isOpen) return { missing: 'page', project: name, loadable: false };
    const status = distributions.length > 0 || statements.some(isListed) ? 'present' : 'absent';
    const page: ProjectPage = { name, status, ...partial, distributions, provenance: OVERLAY };
    return {
      page: unlisted.length === 0 ? page : { ...page, unlisted },
      files: new Map(all.map((edited) => [fileKey(edited.file), edited])),
      metadata: new Map(),
    };
  }

  function find(name: string): EditedPage | MissingFact | null {
    const known = edited.get(name);
    if (known !== undefined) return known;
    const statements = byProject.get(name);
    if (statements === undefined) return null;
    const fresh = edit(name, statements);
    if (!('missing' in fresh)) edited.set(name, fresh);
    return fresh;
  }

  function readMetadata(file: EditedFile): DistributionMetadata | MissingFact {
    if (file.kind === 'below') {
      const below = base.metadata(file.original);
      return isMissing(below) || file.clauses.length === 0
        ? below
        : changeMetadata(below, file.clauses, OVERLAY);
    }
    if (file.facts.unknown !== true)
      return releaseMetadata(file.file, file.facts, file.facts.requires_python ?? null);
    const { project, version, filename } = file.file;
    return { missing: 'metadata', project, version, filename, loadable: false };
  }

  return {
    page(name) {
      const found = find(name);
      if (found !== null) return 'missing' in found ? found : found.page;
      return isClosed ? absentPage(name) : base.page(name);
    },
    metadata(distribution) {
      const found = find(distribution.project);
      if (found === null || 'missing' in found) return base.metadata(distribution);
      const key = fileKey(distribution);
      const known = found.metadata.get(key);
      if (known !== undefined) return known;
      const file = found.files.get(key);
      if (file === undefined) return base.metadata(distribution);
      const fresh = readMetadata(file);
      if (!isMissing(fresh)) found.metadata.set(key, fresh);
      return fresh;
    },
    sources: sourcesOfStatements(overlay, base),
  };
}

/** Sources that statements name, and those below. */
function sourcesOfStatements(overlay: Overlay, base: PackageIndex): readonly string[] {
  const named = overlay.statements.flatMap((statement) => {
    const index = 'clauses' in statement ? indexOfClauses(statement.clauses) : undefined;
    return index === undefined ? [] : [index];
  });
  return [...new Set([...(base.sources ?? []), ...named])];
}
