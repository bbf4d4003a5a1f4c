/** A release of an index as a statement of the overlay language, so that its facts can be edited. */
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import { formatMarker } from '../../packaging/marker.ts';
import type { OverlayClause, OverlayStatement } from './overlay.ts';
import {
  isMissing,
  type Distribution,
  type DistributionMetadata,
  type PackageIndex,
} from '../package-index.ts';
import { MODELLED_WHEEL_TAGS } from '../facts/release-files.ts';

const NOWHERE = { comment: '', span: { start: 0, end: 0 } };

/**
 * The statement that makes these files, as far as the language has words: sizes, hashes and build tags are lost, and what
 * files say differently (Python, yanked, uploaded) is taken from the first. `metadata` null: the dependencies are not known.
 */
export function statementOfRelease(
  files: readonly Distribution[],
  metadata: DistributionMetadata | null,
): OverlayStatement | null {
  const [first] = files;
  if (first === undefined) return null;
  const clauses: OverlayClause[] = metadata === null ? [] : [...dependencyClauses(metadata)];
  const python = first.requiresPython ?? metadata?.requiresPython ?? null;
  if (python !== null && python.trim() !== '') clauses.push({ kind: 'python', specifier: python });
  if (first.yanked !== false) clauses.push({ kind: 'yanked', reason: first.yanked });
  if (first.uploadTime !== null) clauses.push({ kind: 'uploaded', time: first.uploadTime });
  for (const item of fileClauses(files)) clauses.push(item);
  const builds = metadata?.buildRequires ?? [];
  if (builds.length > 0) clauses.push({ kind: 'build-requires', requirements: builds });
  const backend = metadata?.backendRequires ?? [];
  if (backend.length > 0) clauses.push({ kind: 'backend-requires', requirements: backend });
  if (first.index !== undefined) clauses.push({ kind: 'index', name: first.index });
  if (metadata === null) clauses.push({ kind: 'unknown' });
  const versions = [{ first: first.version, last: null }];
  return { kind: 'release', project: first.project, versions, clauses, ...NOWHERE };
}

/** The statement that makes these files, with what the index knows of the one that describes them: the first wheel. */
export function statementInIndex(
  index: PackageIndex,
  files: readonly Distribution[],
): OverlayStatement | null {
  const described = files.find(({ kind }) => kind === 'wheel') ?? files[0];
  if (described === undefined) return null;
  const metadata = index.metadata(described);
  return statementOfRelease(files, isMissing(metadata) ? null : metadata);
}

/** Requirements of one extra alone go under its name; any other marker stays where it is. */
function dependencyClauses({ requiresDist, providesExtra }: DistributionMetadata): readonly OverlayClause[] {
  const plain: string[] = [];
  const byExtra = new Map<string, string[]>(providesExtra.map((extra) => [extra, []]));
  for (const text of requiresDist) {
    const parsed = parseRequirement(text);
    const extra = parsed.ok ? onlyExtra(parsed.value) : null;
    const list = extra === null ? undefined : byExtra.get(extra);
    if (list === undefined || !parsed.ok) plain.push(text);
    else list.push(withoutMarker(parsed.value));
  }
  const clauses: OverlayClause[] = plain.length > 0 ? [{ kind: 'depends', requirements: plain }] : [];
  for (const [extra, requirements] of byExtra) clauses.push({ kind: 'extra', extra, requirements });
  return clauses;
}

/** The extra of a marker that is nothing but `extra == "name"`. */
function onlyExtra({ marker, url }: Requirement): string | null {
  if (marker === null || url !== null) return null;
  return /^extra == "([^"]+)"$/u.exec(formatMarker(marker))?.[1] ?? null;
}

function withoutMarker({ name, extras, specifier }: Requirement): string {
  const wanted = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  return specifier.text === '' ? `${name}${wanted}` : `${name}${wanted} ${specifier.text}`;
}

function fileClauses(files: readonly Distribution[]): readonly OverlayClause[] {
  const tags = files.filter(({ kind }) => kind === 'wheel').map((file) => file.tags);
  const hasSdist = files.some(({ kind }) => kind === 'sdist');
  if (tags.length === 0) return hasSdist ? [{ kind: 'sdist', isOnly: true }] : [{ kind: 'wheels', tags: [] }];
  const isUsual = tags.length === 1 && tags[0] === MODELLED_WHEEL_TAGS;
  const clauses: OverlayClause[] = isUsual ? [] : [{ kind: 'wheels', tags: [...new Set(tags)] }];
  return hasSdist ? [...clauses, { kind: 'sdist', isOnly: false }] : clauses;
}
