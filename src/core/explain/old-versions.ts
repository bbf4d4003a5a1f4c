/** Pins that are older than the reader's own lines would allow: the search gave up on something newer. */
import { isMissing, type Distribution, type PackageIndex } from '../package-index/package-index.ts';
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { compareVersions, isPrerelease, parseVersion, type Version } from '../packaging/version.ts';
import { parseWheelFilename } from '../packaging/wheel-filename.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { Pin } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import type { Surprise } from './explanation.ts';
import { code, count, lineNames } from './words.ts';

/**
 * One surprise for each pin with newer final releases that fit this Python and platform, where a line names the package
 * and allows them, or where the search tried newer ones and gave them up. That other packages cap a version is usual.
 */
export function oldVersions(
  request: ResolveRequest,
  pins: readonly Pin[],
  trace: Trace,
): readonly Surprise[] {
  const givenUp = packagesGivenUp(trace);
  return pins.flatMap((pin): readonly Surprise[] => {
    const version = parseVersion(pin.version);
    if (!version.ok || pin.origin !== 'index') return [];
    const lines = request.requirements.filter(({ requirement }) => requirement.normalizedName === pin.name);
    if (lines.length === 0 && !givenUp.has(pin.name)) return [];
    const newer = newerVersions(request, pin.name, version.value);
    const newest = newer.at(-1);
    if (newest === undefined) return [];
    const reason = givenUp.has(pin.name)
      ? ': newer ones were tried and given up'
      : `, which ${lineNames(lines.map(({ source }) => source))} by itself allows`;
    const text = `${code(pin.name)} ${pin.version} is ${count(newer.length, 'release')} older than ${newest.text}${reason}.`;
    return [{ kind: 'old', package: pin.name, text }];
  });
}

/** Projects of which a version was skipped or undone. */
function packagesGivenUp(trace: Trace): ReadonlySet<string> {
  const names = new Set<string>();
  for (let step = 0; step < trace.length; step += 1) {
    const kind = trace.kinds[step];
    if (kind !== EVENT_CODE.reject && kind !== EVENT_CODE.unpin) continue;
    const candidate = trace.candidates[trace.first[step]!];
    if (candidate !== undefined) names.add(trace.packages[candidate.package]?.name ?? '');
  }
  return names;
}

/** Final releases above `version` that could be used, lowest first. */
function newerVersions(request: ResolveRequest, name: string, version: Version): readonly Version[] {
  const allowed = [...request.requirements, ...request.constraints]
    .filter(({ requirement }) => requirement.normalizedName === name)
    .map(({ requirement }) => requirement.specifier);
  const found = new Map<string, Version>();
  for (const file of filesOf(request.index, name)) {
    const parsed = parseVersion(file.version);
    if (!parsed.ok || found.has(parsed.value.text) || !isUsable(request, file)) continue;
    const isNewer = compareVersions(parsed.value, version) > 0 && !isPrerelease(parsed.value);
    if (isNewer && allowed.every((set) => specifierSetContains(set, parsed.value)))
      found.set(parsed.value.text, parsed.value);
  }
  return [...found.values()].sort(compareVersions);
}

function filesOf(index: PackageIndex, name: string): readonly Distribution[] {
  const page = index.page(name);
  return isMissing(page) ? [] : page.distributions;
}

function isUsable({ target, options }: ResolveRequest, file: Distribution): boolean {
  if (file.yanked !== false) return false;
  if (options.uploadedPriorTo !== null && (file.uploadTime ?? '') >= options.uploadedPriorTo) return false;
  const python = file.requiresPython === null ? null : parseSpecifierSet(file.requiresPython);
  if (python?.ok === true && !specifierSetContains(python.value, target.python, { prereleases: true }))
    return false;
  if (file.kind === 'sdist') return true;
  const wheel = parseWheelFilename(file.filename);
  return wheel.ok && wheel.value.tags.some((tag) => target.tagRank.has(tag));
}
