/** The candidate ledger of a project: an engine's rules, the user's lines, and what candidates ask. */
import { wholeIndex } from '../package-index/facts/dated-index.ts';
import type { Ledger, MetadataFault } from './ledger.ts';
import { isMissing, type Distribution, type ProjectPage } from '../package-index/package-index.ts';
import { makePipLedger, type LedgerLimit, type PipLedgerRules } from './pip-ledger.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement } from '../packaging/requirement.ts';
import { parseVersion, versionsEqual } from '../packaging/version.ts';
import { parseEngineId, type EngineFamily, type EngineId } from '../problem/engine-id.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { intersectHashes } from '../resolver/pip/constraints.ts';
import type { PipEra } from '../resolver/pip/era.ts';
import { finderRules } from '../resolver/pip/finder/judge-files.ts';
import { eraOf } from './engine-era.ts';
import { userLimits } from './ledger-limits.ts';
import { makeUvLedgers } from './uv-ledger.ts';

/** Hashes that all lines of a project's allow, constraints included; null for any. Our other resolvers look at none. */
function allowedHashes(
  request: ResolveRequest,
  project: string,
  family: EngineFamily,
): readonly string[] | null {
  if (family !== 'pip') return null;
  return [...request.requirements, ...request.constraints]
    .filter(({ requirement: { normalizedName, marker } }) => {
      return (
        normalizedName === project && (marker === null || evaluateMarker(marker, request.target.markers, ''))
      );
    })
    .map(({ hashes }) => (hashes.length === 0 ? null : hashes))
    .reduce(intersectHashes, null);
}

/** What pip of an era finds wrong with a file's metadata. Metadata that is only not loaded yet is taken to be fine. */
function metadataFault(file: Distribution, request: ResolveRequest, era: PipEra): MetadataFault | null {
  const metadata = request.index.metadata(file);
  if (isMissing(metadata)) return metadata.loadable ? null : 'unknown';
  if (metadata.name !== undefined && normalizeName(metadata.name) !== file.project) return 'inconsistent';
  const stated = metadata.version === undefined ? null : parseVersion(metadata.version);
  const listed = parseVersion(file.version);
  if (stated?.ok && listed.ok && !versionsEqual(stated.value, listed.value)) return 'inconsistent';
  if (!era.ignoresInvalidMetadata) return null;
  return metadata.requiresDist.every((text) => parseRequirement(text.trim(), era.policy).ok)
    ? null
    : 'invalid';
}

function pipRules(
  request: ResolveRequest,
  project: string,
  limits: readonly LedgerLimit[],
  { era, family }: { readonly era: PipEra; readonly family: EngineFamily },
): PipLedgerRules {
  return {
    finder: finderRules(project, request, era),
    hashes: allowedHashes(request, project, family),
    takesFirst: family === 'legacy',
    limits,
    // The legacy resolver takes what it knows nothing of as a package without dependencies.
    metadata: (file) => (family === 'legacy' ? null : metadataFault(file, request, era)),
  };
}

/** Makes the ledger of a page under an engine's rules and some limits. */
export type LedgerMaker = (page: ProjectPage, limits: readonly LedgerLimit[]) => Ledger;

/** What an engine's ledgers have in common, made once. */
export function ledgerMaker(id: EngineId, request: ResolveRequest): LedgerMaker {
  const era = eraOf(id);
  if (era === null) return makeUvLedgers(request);
  return (page, limits) =>
    makePipLedger(page, pipRules(request, page.name, limits, { era, family: id.family }));
}

/** The page of a project with everything that a date leaves out; null while it is not known. */
export function ledgerPage(request: ResolveRequest, project: string): ProjectPage | null {
  const page = wholeIndex(request.index).page(project);
  return isMissing(page) ? null : page;
}

/**
 * The ledger of a project under an engine's rules; null while its page is not known. `more` are limits beside the user's
 * own: those of the candidates that stand at some step, say.
 */
export function ledgerOf(
  engine: string,
  request: ResolveRequest,
  name: string,
  more: readonly LedgerLimit[] = [],
): Ledger | null {
  const id = parseEngineId(engine);
  const project = normalizeName(name);
  const page = ledgerPage(request, project);
  if (page === null || !id.ok) return null;
  const limits = [...userLimits(request, project, id.value.family), ...more];
  return ledgerMaker(id.value, request)(page, limits);
}
