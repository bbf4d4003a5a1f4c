/**
 * The metadata of a file of a live index, by the cheapest way that is known to be right:
 *
 *   wheel   its `.metadata` (PEP 658), checked against its hash
 *           else METADATA out of the wheel itself                      noted `inside-wheel`
 *   sdist   the metadata of a wheel of the same release                noted `sibling-wheel`: pip would build instead
 *           else its PKG-INFO when that is static (PEP 643)            noted `sdist-static`
 *           else its pyproject.toml when that is static (PEP 621)      noted `sdist-pyproject`
 *           else what the first upload of the release declared         noted `index-hint`
 *           else unknown, with the reason, which is not "no dependencies"
 *
 * A rung that fails for now (connection, server, bound) is no answer: where no lower rung answers, the failure stands,
 * and the fact can be asked for again.
 */
import { isPackageInfo, isProjectFile, isWheelMetadata } from '../../core/package-index/archive/zip.ts';
import type {
  Distribution,
  DistributionMetadata,
  MetadataSource,
  UnknownReason,
} from '../../core/package-index/package-index.ts';
import type { SimplePage } from '../../core/package-index/live/simple-page.ts';
import { isStaticMetadata, parseMetadata, type CoreMetadata } from '../../core/packaging/metadata.ts';
import { normalizeName } from '../../core/packaging/name.ts';
import type { Result } from '../../core/packaging/result.ts';
import { parseVersion, versionsEqual } from '../../core/packaging/version.ts';
import { METADATA_LIMIT, openArchive, type LiveArchive, type NotRead } from './live-archive.ts';
import type { LiveError } from './live-error.ts';
import type { LiveTransport } from './live-transport.ts';
import { sha256 } from '../codec/sha256.ts';

/** Metadata and where it was read; `note` undefined: served for this very file. */
interface Read {
  readonly kind: 'read';
  readonly core: CoreMetadata;
  readonly note?: MetadataSource;
  /** `build-system.requires`, where the archive was opened and says. */
  readonly buildRequires?: readonly string[] | null;
}

type Reading = Read | NotRead;

const NEEDS_BUILD: NotRead = { kind: 'unknown', reason: 'needs-build' };
/** The index says nothing of the release; the reason of a rung above counts. */
const NOT_SAID: NotRead = { kind: 'unknown', reason: 'not-listed' };

function areEqualVersions(first: string, second: string): boolean {
  const [one, other] = [parseVersion(first), parseVersion(second)];
  return first === second || (one.ok && other.ok && versionsEqual(one.value, other.value));
}

function asMetadata(file: Distribution, { core, note, buildRequires }: Read): DistributionMetadata {
  const { name, version } = core;
  return {
    ...(name !== null && normalizeName(name) !== file.project ? { name } : {}),
    ...(version !== null && !areEqualVersions(version, file.version) ? { version } : {}),
    requiresDist: core.requiresDist,
    requiresPython: core.requiresPython,
    providesExtra: core.providesExtra,
    ...(file.kind === 'sdist' ? { buildRequires: buildRequires ?? null } : {}),
    provenance: note === undefined ? file.provenance : { ...file.provenance, note },
  };
}

/** The `.metadata` beside a wheel. */
async function beside(wheel: Distribution, hash: string, transport: LiveTransport): Promise<Reading> {
  const url = `${wheel.url ?? ''}.metadata`;
  const answer = await transport.get(url, { counts: 'metadata', limit: METADATA_LIMIT });
  if (!answer.ok) return { kind: 'failed', error: answer.error };
  const found = hash === '' ? '' : await sha256(answer.value.body);
  if (found !== hash) return { kind: 'failed', error: { kind: 'wrong-hash', url, expected: hash, found } };
  return { kind: 'read', core: parseMetadata(new TextDecoder().decode(answer.value.body)) };
}

/** pip refuses a wheel whose `.dist-info` is another project's (`wheel_dist_info_dir`). */
const FOREIGN: NotRead = { kind: 'unknown', reason: 'damaged' };

function isOwn({ project }: Distribution, path: string): boolean {
  return normalizeName(path.slice(0, path.indexOf('.dist-info'))).startsWith(project);
}

/** A served file that cannot be had may still be inside the wheel; one that is wrong must not be worked around. */
function mayBeInside({ kind }: LiveError): boolean {
  return kind === 'unreachable' || kind === 'http-status';
}

async function readWheel(
  wheel: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
): Promise<Reading> {
  const hash = listing.metadataHashes.get(wheel.filename);
  const served = hash === undefined ? null : await beside(wheel, hash, transport);
  if (served !== null && (served.kind !== 'failed' || !mayBeInside(served.error))) return served;
  const archive = await openArchive(wheel, transport);
  let path = '';
  const member =
    archive.kind === 'archive'
      ? await archive.read((name) => {
          const isWanted = isWheelMetadata(name);
          if (isWanted) path = name;
          return isWanted;
        })
      : archive;
  if (member.kind === 'text')
    return isOwn(wheel, path)
      ? { kind: 'read', core: parseMetadata(member.text), note: 'inside-wheel' }
      : FOREIGN;
  return served ?? member;
}

/** What a source archive promises: PKG-INFO, else pyproject.toml, when nothing that is needed is left to a build. */
async function readSdist(archive: LiveArchive): Promise<Reading> {
  const info = await archive.read(isPackageInfo);
  const toml = await archive.read(isProjectFile);
  for (const member of [info, toml]) if (member.kind === 'failed') return member;
  const core = info.kind === 'text' ? parseMetadata(info.text) : null;
  // The reader of TOML is no part of the page until a source archive is opened.
  const project =
    toml.kind === 'text'
      ? (await import('../../core/manifest/project/static-project.ts')).readStaticProject(toml.text)
      : null;
  const buildRequires = project?.buildRequires ?? null;
  if (core !== null && isStaticMetadata(core))
    return { kind: 'read', core, note: 'sdist-static', buildRequires };
  if (project?.metadata)
    return { kind: 'read', core: project.metadata, note: 'sdist-pyproject', buildRequires };
  if (!archive.isWhole && core === null) return { kind: 'unknown', reason: 'too-large' };
  return info.kind !== 'text' && toml.kind !== 'text' ? info : NEEDS_BUILD;
}

function stringList(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}

/** What the index itself says of a release (`/pypi/NAME/VERSION/json`); unknown when it does not say. */
async function declared(url: string, transport: LiveTransport): Promise<Reading> {
  const answer = await transport.get(url, { counts: 'metadata', limit: METADATA_LIMIT });
  if (!answer.ok)
    return answer.error.kind === 'http-status' ? NOT_SAID : { kind: 'failed', error: answer.error };
  if (answer.value.type !== 'application/json') return NOT_SAID;
  try {
    const { info } = JSON.parse(new TextDecoder().decode(answer.value.body)) as {
      info?: Record<string, unknown>;
    };
    const requiresDist = stringList(info?.['requires_dist']);
    // PyPI writes null both for "none" and for "not known".
    if (requiresDist === null) return NOT_SAID;
    const python = info?.['requires_python'];
    const core: CoreMetadata = {
      metadataVersion: null,
      name: null,
      version: null,
      requiresPython: typeof python === 'string' && python !== '' ? python : null,
      requiresDist,
      providesExtra: stringList(info?.['provides_extra']) ?? [],
      dynamic: [],
    };
    return { kind: 'read', core, note: 'index-hint' };
  } catch {
    return NOT_SAID;
  }
}

/** Where the index declares a release's metadata, if it is built like PyPI. */
export type DeclaredUrl = (project: string, version: string) => string | null;

/** The rungs for a file that is no wheel, each tried when it is reached. */
function rungs(
  file: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
  declaredUrl: DeclaredUrl,
): readonly (() => Promise<Reading>)[] {
  const release = listing.page.distributions.filter(({ version }) => areEqualVersions(version, file.version));
  const wheels = release.filter(({ kind }) => kind === 'wheel');
  const sibling = wheels.find(({ filename }) => listing.metadataHashes.has(filename)) ?? wheels[0];
  const sdist = file.url === null ? release.find(({ kind }) => kind === 'sdist') : file;
  const url = declaredUrl(file.project, file.version);
  return [
    ...(sibling === undefined ? [] : [() => readSibling(sibling, listing, transport)]),
    ...(sdist === undefined ? [] : [() => openSdist(sdist, transport)]),
    ...(url === null ? [] : [() => declared(url, transport)]),
  ];
}

async function readSibling(
  wheel: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
): Promise<Reading> {
  const reading = await readWheel(wheel, listing, transport);
  return reading.kind === 'read' ? { ...reading, note: 'sibling-wheel' } : reading;
}

async function openSdist(sdist: Distribution, transport: LiveTransport): Promise<Reading> {
  const archive = await openArchive(sdist, transport);
  return archive.kind === 'archive' ? readSdist(archive) : archive;
}

/** What ends the user's action ends the ladder: a lower rung would only ask more. */
function endsAction(error: LiveError): boolean {
  return ['aborted', 'bound', 'offline', 'wrong-hash'].includes(error.kind);
}

async function climb(tries: readonly (() => Promise<Reading>)[]): Promise<Reading> {
  let reason: UnknownReason = 'not-listed';
  let failure: LiveError | null = null;
  for (const attempt of tries) {
    const reading = await attempt();
    if (reading.kind === 'read') return reading;
    if (reading.kind === 'failed') {
      if (endsAction(reading.error)) return reading;
      failure ??= reading.error;
    } else if (reason === 'not-listed') reason = reading.reason;
  }
  return failure === null ? { kind: 'unknown', reason } : { kind: 'failed', error: failure };
}

/**
 * Metadata of `file`; a reason means that the index was asked and nobody can say. A file that the page does not list
 * (one that stands for unrecorded files) is answered by the files of its release.
 */
export async function loadLiveMetadata(
  file: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
  declaredUrl: DeclaredUrl,
): Promise<Result<DistributionMetadata | UnknownReason, LiveError>> {
  const isListedWheel = file.kind === 'wheel' && file.url !== null;
  const reading = isListedWheel
    ? await readWheel(file, listing, transport)
    : await climb(rungs(file, listing, transport, declaredUrl));
  if (reading.kind === 'failed') return { ok: false, error: reading.error };
  return { ok: true, value: reading.kind === 'read' ? asMetadata(file, reading) : reading.reason };
}
