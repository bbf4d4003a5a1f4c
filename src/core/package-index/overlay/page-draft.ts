/** The files of one project's page while statements edit them, in their order. */
import { parseVersion } from '../../packaging/version.ts';
import { addressedFile, releaseFiles } from '../facts/release-files.ts';
import { releaseMetadata } from '../facts/facts-index.ts';
import type { ReleaseFacts } from '../facts/facts.ts';
import type { Distribution, Provenance } from '../package-index.ts';
import { sourceName } from '../package-sources.ts';
import { versionsOf, type OverlayClause, type OverlayStatement } from './overlay.ts';
import { changeDistribution, changeMetadata, indexOfClauses, releaseOfClauses } from './overlay-release.ts';

export const OVERLAY: Provenance = { layer: 'overlay', detail: '' };

export type ProjectStatement = Extract<OverlayStatement, { project: string }>;

/** A file of an edited page, and where its metadata comes from. */
export type EditedFile =
  | { readonly kind: 'written'; readonly file: Distribution; readonly facts: ReleaseFacts }
  | {
      readonly kind: 'below';
      readonly file: Distribution;
      /** As the index below listed it. */
      readonly original: Distribution;
      readonly clauses: readonly OverlayClause[];
    };

/** Files that are at an address of their own are known, and listed by no index. */
export function isUnlisted(edited: EditedFile): boolean {
  return edited.kind === 'written' && edited.facts.url !== undefined;
}

/** The place of a release: an index, the default one (''), or an address of its own. */
function placeOf(edited: EditedFile): string {
  return isUnlisted(edited) ? `at ${edited.file.url ?? ''}` : sourceName(edited.file.index ?? '');
}

function writtenFiles(
  name: string,
  version: string,
  clauses: readonly OverlayClause[],
): readonly EditedFile[] {
  const facts = releaseOfClauses(clauses);
  const index = indexOfClauses(clauses);
  const { url } = facts;
  const files =
    url === undefined
      ? releaseFiles(name, version, facts, OVERLAY)
      : [addressedFile(name, version, { ...facts, url }, OVERLAY)];
  return files.map((file) => {
    return { kind: 'written', file: index === undefined ? file : { ...file, index }, facts };
  });
}

function changeFile(edited: EditedFile, clauses: readonly OverlayClause[]): EditedFile {
  const file = changeDistribution(edited.file, clauses, OVERLAY);
  if (edited.kind === 'below') return { ...edited, file, clauses: [...edited.clauses, ...clauses] };
  const metadata = changeMetadata(
    releaseMetadata(edited.file, edited.facts, edited.facts.requires_python ?? null),
    clauses,
    OVERLAY,
  );
  const { requiresDist, requiresPython, providesExtra } = metadata;
  const facts = {
    ...edited.facts,
    requires: [...requiresDist],
    requires_python: requiresPython,
    extras: [...providesExtra],
  };
  return { kind: 'written', file, facts };
}

/** The same for versions that are equal, however written. */
function versionKey(text: string): string {
  const parsed = parseVersion(text);
  if (!parsed.ok) return text;
  const { key, local } = parsed.value;
  return `${key.join(' ')}${local === null ? '' : ` + ${local.join('.')}`}`;
}

export class PageDraft {
  readonly #name: string;
  readonly #keys = new Map<string, string>();
  /** Keys of versions of which there may be a file; others need no looking for. */
  readonly #held = new Set<string>();
  #files: EditedFile[] = [];

  constructor(name: string, start: readonly EditedFile[]) {
    this.#name = name;
    this.#add(start);
  }

  get files(): readonly EditedFile[] {
    return this.#files;
  }

  apply(statement: ProjectStatement): void {
    const versions = versionsOf(statement.versions);
    if (statement.kind === 'remove') {
      if (versions.length === 0) this.#files = [];
      else this.#files = this.#files.filter(({ file }) => !this.#isAmong(file, versions));
      return;
    }
    const { clauses } = statement;
    if (statement.kind === 'release') {
      for (const version of versions) this.#write(version, clauses);
      return;
    }
    const index = indexOfClauses(clauses);
    this.#files = this.#files.map((edited) => {
      const isMeant = index === undefined || placeOf(edited) === sourceName(index);
      return isMeant && this.#isAmong(edited.file, versions) ? changeFile(edited, clauses) : edited;
    });
  }

  /** A release that is there is replaced in its place; another is added at the end. */
  #write(version: string, clauses: readonly OverlayClause[]): void {
    const written = writtenFiles(this.#name, version, clauses);
    if (!this.#held.has(this.#keyOf(version))) {
      this.#add(written);
      return;
    }
    const [first] = written;
    const place = first === undefined ? sourceName(indexOfClauses(clauses) ?? '') : placeOf(first);
    const isReplaced = (edited: EditedFile): boolean =>
      this.#isAmong(edited.file, [version]) && placeOf(edited) === place;
    const at = this.#files.findIndex(isReplaced);
    if (at < 0) {
      this.#add(written);
      return;
    }
    const others = this.#files.filter((edited) => !isReplaced(edited));
    this.#files = others.toSpliced(at, 0, ...written);
  }

  #add(files: readonly EditedFile[]): void {
    for (const edited of files) {
      this.#files.push(edited);
      this.#held.add(this.#keyOf(edited.file.version));
    }
  }

  #isAmong(file: Distribution, versions: readonly string[]): boolean {
    const key = this.#keyOf(file.version);
    return versions.some((version) => this.#keyOf(version) === key);
  }

  #keyOf(version: string): string {
    let key = this.#keys.get(version);
    if (key === undefined) {
      key = versionKey(version);
      this.#keys.set(version, key);
    }
    return key;
  }
}
