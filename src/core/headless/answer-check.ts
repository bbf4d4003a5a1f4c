/** Whether anything that is known answers a requirement, and the user's own limits with it, whatever else is asked for. */
import { evaluateMarker } from '../packaging/marker.ts';
import type { Requirement } from '../packaging/requirement.ts';
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { specifierSetRange } from '../packaging/specifier-range.ts';
import { parseVersion, type Version } from '../packaging/version.ts';
import { expandTags } from '../packaging/wheel-filename.ts';
import { isMissing, type Distribution, type ProjectPage } from '../package-index/package-index.ts';
import type { ResolveRequest } from '../resolver/engine.ts';

/**
 * `unknown`: nothing is known of the project. `unanswered`: no known release answers, and there may be others. `answered`:
 * some release does, or whether one does is certain.
 */
export type Answerability = 'answered' | 'unanswered' | 'unknown';

/** A check that remembers what it found out, by project and specifier. */
export function makeAnswerCheck(request: ResolveRequest): (requirement: Requirement) => Answerability {
  const usable = new Map<string, readonly Version[] | Answerability>();
  const known = new Map<string, Answerability>();

  function usableVersions(name: string): readonly Version[] | Answerability {
    let versions = usable.get(name);
    if (versions === undefined) usable.set(name, (versions = findUsable(name, request)));
    return versions;
  }

  return ({ normalizedName, specifier }) => {
    const key = `${normalizedName} ${specifier.text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const versions = usableVersions(normalizedName);
    const answer =
      typeof versions === 'string'
        ? versions
        : versions.some((version) => specifierSetContains(specifier, version, { prereleases: true })) ||
            specifierSetRange(specifier).isEmpty ||
            isKnownPin(specifier, request.index.page(normalizedName) as ProjectPage)
          ? 'answered'
          : 'unanswered';
    known.set(key, answer);
    return answer;
  };
}

/**
 * The requirement with what the user's own lines and constraints say of its project: together they may ask for a release
 * between those that a partial list holds.
 */
export function makeOwnLimits(request: ResolveRequest): (requirement: Requirement) => Requirement {
  const texts = new Map<string, Set<string>>();
  for (const { requirement } of [...request.requirements, ...request.constraints]) {
    const { normalizedName, specifier, marker, url } = requirement;
    const holds =
      marker === null || (!request.options.universal && evaluateMarker(marker, request.target.markers, ''));
    if (url !== null || !holds || specifier.text === '') continue;
    const known = texts.get(normalizedName) ?? new Set();
    texts.set(normalizedName, known.add(specifier.text));
  }
  return (requirement) => {
    const own = texts.get(requirement.normalizedName);
    const { text } = requirement.specifier;
    if (own === undefined || (own.size === 1 && own.has(text))) return requirement;
    const all = [...(text === '' ? [] : [text]), ...[...own].filter((other) => other !== text)];
    const joined = parseSpecifierSet(all.join(','));
    // Where they exclude each other no release would do, and only the requirement itself can be asked for.
    const isMet = joined.ok && !specifierSetRange(joined.value).isEmpty;
    return isMet ? { ...requirement, specifier: joined.value } : requirement;
  };
}

/** A release that is known is what it is: that it cannot be used here is certain. */
function isKnownPin({ specifiers }: Requirement['specifier'], { distributions }: ProjectPage): boolean {
  return specifiers.some(
    ({ operator, version }) =>
      operator === '==' &&
      version !== null &&
      distributions.some((file) => parseVersionText(file.version) === version.text),
  );
}

function parseVersionText(text: string): string | null {
  const version = parseVersion(text);
  return version.ok ? version.value.text : null;
}

function findUsable(name: string, request: ResolveRequest): readonly Version[] | Answerability {
  const page = request.index.page(name);
  if (isMissing(page)) return page.loadable || isInstalled(name, request) ? 'answered' : 'unknown';
  if (page.partial === undefined) return 'answered';
  const versions = new Map<string, Version>();
  for (const file of page.distributions) {
    if (versions.has(file.version) || !isUsable(file, request)) continue;
    const version = parseVersion(file.version);
    if (version.ok) versions.set(file.version, version.value);
  }
  return [...versions.values()];
}

function isInstalled(name: string, { installed }: ResolveRequest): boolean {
  return installed.some((item) => item.name === name);
}

function isUsable(file: Distribution, { target, options }: ResolveRequest): boolean {
  if (file.kind === 'wheel' && !expandTags(file.tags).some((tag) => target.tagRank.has(tag))) return false;
  if (
    file.kind === 'sdist' &&
    (options.onlyBinary.includes(':all:') || options.onlyBinary.includes(file.project))
  )
    return false;
  if (file.requiresPython === null || options.ignoreRequiresPython) return true;
  const set = parseSpecifierSet(file.requiresPython);
  const python = parseVersion(target.pythonVersion);
  return !set.ok || !python.ok || specifierSetContains(set.value, python.value, { prereleases: true });
}
