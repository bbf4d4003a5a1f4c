/** The candidate ledger of a project in a run: the engine's rules, the user's lines, and what pinned candidates ask. */
import { isMissing } from '../package-index/package-index.ts';
import {
  makeLedger,
  PIP_ORDER,
  UV_ORDER,
  type Ledger,
  type LedgerLimit,
  type LedgerRules,
} from '../package-index/ledger.ts';
import { normalizeName } from '../packaging/name.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { parseEngineId } from '../problem/engine-id.ts';
import type { ResolveRequest, UserRequirement } from '../resolver/engine.ts';

/** Source archives that pip unpacks (`utils/filetypes.py`), and those that uv does. */
const PIP_ARCHIVES = [
  '.zip',
  '.tar.gz',
  '.tgz',
  '.tar',
  '.tar.bz2',
  '.tbz',
  '.tar.xz',
  '.txz',
  '.tlz',
  '.tar.lz',
  '.tar.lzma',
];
const UV_ARCHIVES = ['.tar.gz', '.zip'];

/** Whether `--only-binary` or `--no-binary` names the project; a name counts more than `:all:`. */
function isListed(entries: readonly string[], project: string, others: readonly string[]): boolean {
  const names = (list: readonly string[]) => list.map(normalizeName).includes(project);
  const start = entries.lastIndexOf(':none:') + 1;
  const current = entries.slice(start);
  return names(current) || (current.includes(':all:') && !names(others));
}

function limitsOf(
  lines: readonly UserRequirement[],
  project: string,
  request: ResolveRequest,
  isConstraint: boolean,
): readonly LedgerLimit[] {
  return lines.flatMap(({ requirement, source }) => {
    const { marker, normalizedName, specifier } = requirement;
    if (normalizedName !== project) return [];
    if (marker !== null && !evaluateMarker(marker, request.target.markers, '')) return [];
    return [{ specifier, isConstraint, isUsers: true, source }];
  });
}

/** The user's own limits on a project; each `source` is a `LineSource`. */
export function userLimits(request: ResolveRequest, project: string): readonly LedgerLimit[] {
  return [
    ...limitsOf(request.requirements, project, request, false),
    ...limitsOf(request.constraints, project, request, true),
  ];
}

function hashesOf(request: ResolveRequest, project: string): readonly string[] | null {
  const hashes = request.requirements
    .filter(({ requirement }) => requirement.normalizedName === project)
    .flatMap((line) => line.hashes);
  return hashes.length === 0 ? null : hashes;
}

function rulesOf(engine: string, request: ResolveRequest, limits: readonly LedgerLimit[], project: string) {
  const id = parseEngineId(engine);
  const isUv = id.ok && id.value.family === 'uv';
  const { options, target } = request;
  const onlyBinary = isListed(options.onlyBinary, project, options.noBinary);
  const noBinary = isListed(options.noBinary, project, options.onlyBinary);
  const uvPrereleases = { allow: true, disallow: false } as Readonly<Record<string, boolean | undefined>>;
  const prereleases = isUv ? uvPrereleases[options.prerelease ?? ''] : options.pre || undefined;
  const rules: LedgerRules = {
    order: isUv ? UV_ORDER : PIP_ORDER,
    tagRank: target.tagRank,
    python: options.ignoreRequiresPython && !isUv ? null : target.python,
    takesWheels: !noBinary,
    takesSdists: !onlyBinary,
    archives: isUv ? UV_ARCHIVES : PIP_ARCHIVES,
    uploadedBefore: options.uploadedPriorTo === null ? null : Date.parse(options.uploadedPriorTo),
    prereleases,
    policy: 'packaging-26',
    hashes: hashesOf(request, project),
    yanked: isUv ? 'pin-of-the-user' : 'last-resort-of-a-pin',
    limits,
    metadata: (file) => request.index.metadata(file),
  };
  return rules;
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
  const project = normalizeName(name);
  const page = request.index.page(project);
  if (isMissing(page)) return null;
  return makeLedger(page, rulesOf(engine, request, [...userLimits(request, project), ...more], project));
}
