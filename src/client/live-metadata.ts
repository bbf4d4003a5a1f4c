/**
 * The metadata of a file of a live index, by the cheapest way that is known to be right:
 *
 *   wheel   its `.metadata` (PEP 658), checked against its hash
 *           else METADATA from the wheel's tail, by ranges
 *   sdist   the `.metadata` of a wheel of the same release      noted `sibling-wheel`: pip would build instead
 *           else its PKG-INFO when that is static (PEP 643)     noted `sdist-static`
 *           else what the first upload of the release declared  noted `index-hint`
 *           else unknown, which is not "no dependencies"
 */
import { findTarMember } from '../core/package-index/archive/tar.ts';
import {
  findWheelMetadata,
  isPackageInfo,
  LOCAL_HEADER_BYTES,
  packedStart,
  readZipDirectory,
  type ZipMember,
} from '../core/package-index/archive/zip.ts';
import type {
  Distribution,
  DistributionMetadata,
  ProjectPage,
  Provenance,
} from '../core/package-index/package-index.ts';
import type { SimplePage } from '../core/package-index/simple-page.ts';
import { isStaticMetadata, parseMetadata, type CoreMetadata } from '../core/packaging/metadata.ts';
import { normalizeName } from '../core/packaging/name.ts';
import type { Result } from '../core/packaging/result.ts';
import { parseVersion, versionsEqual } from '../core/packaging/version.ts';
import { inflate } from './deflate.ts';
import type { LiveError } from './live-error.ts';
import type { LiveTransport } from './live-transport.ts';
import { sha256 } from './sha256.ts';

const METADATA_LIMIT = 2_000_000;
/** Holds the directory of nearly every wheel, and METADATA with it. */
const TAIL_BYTES = 65_536;
/** PKG-INFO stands near the beginning of what setuptools packs. */
const SDIST_LIMIT = 4_000_000;
const SDIST_INFLATED_LIMIT = 16_000_000;

type MetadataResult = Result<DistributionMetadata | null, LiveError>;
const UNKNOWN: MetadataResult = { ok: true, value: null };

/** What to add to a provenance when the metadata is not the file's own. */
type Note = Provenance['note'];

function asMetadata(file: Distribution, core: CoreMetadata, note: Note): DistributionMetadata {
  const own = core.version === null ? null : parseVersion(core.version);
  const named = parseVersion(file.version);
  const isSameVersion = own !== null && own.ok && named.ok && versionsEqual(own.value, named.value);
  return {
    ...(core.name !== null && normalizeName(core.name) !== file.project ? { name: core.name } : {}),
    ...(core.version !== null && !isSameVersion ? { version: core.version } : {}),
    requiresDist: core.requiresDist,
    requiresPython: core.requiresPython,
    providesExtra: core.providesExtra,
    ...(file.kind === 'sdist' ? { buildRequires: null } : {}),
    provenance: note === undefined ? file.provenance : { ...file.provenance, note },
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The `.metadata` beside a wheel. */
async function beside(
  wheel: Distribution,
  hash: string,
  transport: LiveTransport,
): Promise<Result<CoreMetadata, LiveError>> {
  const url = `${wheel.url ?? ''}.metadata`;
  const answer = await transport.get(url, { counts: 'metadata', limit: METADATA_LIMIT });
  if (!answer.ok) return answer;
  const found = hash === '' ? '' : await sha256(answer.value.body);
  if (found !== hash) return { ok: false, error: { kind: 'wrong-hash', url, expected: hash, found } };
  return { ok: true, value: parseMetadata(textOf(answer.value.body)) };
}

/** Bytes of a file; null when the server ignores ranges, since the whole file may be very large. */
async function range(
  url: string,
  first: number,
  last: number,
  transport: LiveTransport,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await transport.get(url, {
    counts: 'metadata',
    range: [first, last],
    limit: last - first + 1,
  });
  return answer.ok && answer.value.status === 206 ? answer.value.body : null;
}

/** A zip archive's last bytes, from where they begin. */
interface Tail {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: number;
}

async function unpack(url: string, tail: Tail, member: ZipMember, transport: LiveTransport) {
  // The extra field of a local header may differ from the directory's: some bytes more than it should need.
  const spare = LOCAL_HEADER_BYTES + member.name.length + 1_024;
  const last = member.headerOffset + member.packedBytes + spare;
  const isInTail = member.headerOffset >= tail.from;
  const bytes = isInTail
    ? tail.bytes.subarray(member.headerOffset - tail.from)
    : await range(url, member.headerOffset, Math.min(last, tail.from + tail.bytes.length - 1), transport);
  const start = bytes === null ? null : packedStart(bytes);
  if (bytes === null || start === null) return null;
  const packed = bytes.slice(start, start + member.packedBytes);
  if (member.method === 'stored') return packed;
  const unpacked = await inflate(packed, Math.min(member.unpackedBytes, METADATA_LIMIT));
  return unpacked.kind === 'bytes' ? unpacked.bytes : null;
}

/** METADATA out of a wheel, by ranges; null when it cannot be had so. */
async function insideWheel(wheel: Distribution, transport: LiveTransport): Promise<CoreMetadata | null> {
  const { url, size } = wheel;
  if (url === null || size === null || size < 22) return null;
  let from = Math.max(0, size - TAIL_BYTES);
  for (let attempt = 0; attempt < 2; attempt++) {
    const bytes = await range(url, from, size - 1, transport);
    if (bytes === null) return null;
    const directory = readZipDirectory(bytes, from);
    if (directory.kind === 'needs-more') from = directory.from;
    if (directory.kind === 'no-zip') return null;
    if (directory.kind !== 'members') continue;
    const member = findWheelMetadata(directory.members);
    const content = member === null ? null : await unpack(url, { bytes, from }, member, transport);
    return content === null ? null : parseMetadata(textOf(content));
  }
  return null;
}

/** As much of a gzip stream as its first bytes give; a cut stream gives what came before the cut. */
async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      length += next.value.length;
      if (length > SDIST_INFLATED_LIMIT) break;
    }
  } catch {
    // The stream ends in the middle: what was read before stands.
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Static PKG-INFO of a source archive; null when there is none, or it is not static. */
async function insideSdist(sdist: Distribution, transport: LiveTransport): Promise<CoreMetadata | null> {
  if (sdist.url === null || !/\.(?:tar\.gz|tgz)$/u.test(sdist.filename)) return null;
  const last = Math.min(sdist.size ?? SDIST_LIMIT, SDIST_LIMIT) - 1;
  const answer = await transport.get(sdist.url, {
    counts: 'metadata',
    range: [0, Math.max(0, last)],
    limit: SDIST_LIMIT,
  });
  if (!answer.ok) return null;
  const search = findTarMember(await gunzipped(answer.value.body), isPackageInfo, true);
  if (search.kind !== 'found') return null;
  const core = parseMetadata(textOf(search.content));
  return isStaticMetadata(core) ? core : null;
}

function stringList(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}

/** What the index itself says of a release (`/pypi/NAME/VERSION/json`); null when it does not say. */
async function declared(url: string, transport: LiveTransport): Promise<CoreMetadata | null> {
  const answer = await transport.get(url, { counts: 'metadata', limit: METADATA_LIMIT });
  if (!answer.ok || answer.value.type !== 'application/json') return null;
  try {
    const { info } = JSON.parse(textOf(answer.value.body)) as { info?: Record<string, unknown> };
    const requiresDist = stringList(info?.['requires_dist']);
    if (requiresDist === null) return null;
    const python = info?.['requires_python'];
    return {
      metadataVersion: null,
      name: null,
      version: null,
      requiresPython: typeof python === 'string' && python !== '' ? python : null,
      requiresDist,
      providesExtra: stringList(info?.['provides_extra']) ?? [],
      dynamic: [],
    };
  } catch {
    return null;
  }
}

/** Where the index declares a release's metadata, if it is built like PyPI. */
export type DeclaredUrl = (project: string, version: string) => string | null;

/**
 * Metadata of `file`; the value null means that the index was asked and nobody can say without building. A file that
 * the page does not list (one that stands for unrecorded files) is answered by a wheel of its release.
 */
export async function loadLiveMetadata(
  file: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
  declaredUrl: DeclaredUrl,
): Promise<MetadataResult> {
  const listed = listing.page.distributions.find(({ filename }) => filename === file.filename);
  if (listed?.kind === 'wheel') return wheelMetadata(listed, listing, transport);
  const target = listed ?? { ...file, provenance: listing.page.provenance };
  const siblings = listing.page.distributions.filter(
    ({ kind, version, filename }) =>
      kind === 'wheel' && version === target.version && listing.metadataHashes.has(filename),
  );
  for (const sibling of siblings.slice(0, 1)) {
    const core = await beside(sibling, listing.metadataHashes.get(sibling.filename) ?? '', transport);
    if (core.ok) return { ok: true, value: asMetadata(target, core.value, 'sibling-wheel') };
    if (core.error.kind === 'aborted' || core.error.kind === 'bound') return core;
  }
  if (listed !== undefined) {
    const core = await insideSdist(listed, transport);
    if (core !== null) return { ok: true, value: asMetadata(listed, core, 'sdist-static') };
  }
  const url = declaredUrl(target.project, target.version);
  const core = url === null ? null : await declared(url, transport);
  return core === null ? UNKNOWN : { ok: true, value: asMetadata(target, core, 'index-hint') };
}

async function wheelMetadata(
  wheel: Distribution,
  listing: SimplePage,
  transport: LiveTransport,
): Promise<MetadataResult> {
  const hash = listing.metadataHashes.get(wheel.filename);
  let failure: LiveError = { kind: 'unreachable', url: wheel.url ?? wheel.filename };
  if (hash !== undefined) {
    const core = await beside(wheel, hash, transport);
    if (core.ok) return { ok: true, value: asMetadata(wheel, core.value, undefined) };
    failure = core.error;
    if (failure.kind !== 'unreachable' && failure.kind !== 'http-status') return core;
  }
  if (hash === undefined && wheel.size === null) return UNKNOWN;
  const core = await insideWheel(wheel, transport);
  if (core !== null) return { ok: true, value: asMetadata(wheel, core, undefined) };
  return { ok: false, error: failure };
}

/** A file that another layer made up for a release whose files it does not know. */
export function standIn(page: ProjectPage, version: string, filename: string): Distribution {
  return {
    project: page.name,
    version,
    filename,
    kind: filename.endsWith('.whl') ? 'wheel' : 'sdist',
    tags: '',
    build: '',
    requiresPython: null,
    yanked: false,
    uploadTime: null,
    size: null,
    sha256: null,
    url: null,
    provenance: page.provenance,
  };
}
