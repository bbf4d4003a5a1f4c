/** Pins as the outside sees them: one a project, with the extras that were asked of it. Python is no pin. */
import type { Pin } from '../outcome.ts';
import type { BaseCandidate, LinkCandidate, PipCandidate } from './candidate.ts';

/**
 * In the order of the candidates given, bases only; the extras of their companions are added to them. `files` are those
 * that would be installed: of others the same version is there already.
 */
export function pinsOf(
  candidates: readonly PipCandidate[],
  files?: ReadonlySet<LinkCandidate>,
): readonly Pin[] {
  const extras = new Map<string, Set<string>>();
  const bases = new Map<string, BaseCandidate>();
  for (const candidate of candidates) {
    if (candidate.kind === 'python') continue;
    // Old releases can pin a base of another version than its companion has; the base is what they install.
    if (candidate.kind !== 'extras') bases.set(candidate.project, candidate);
    else if (!bases.has(candidate.project)) bases.set(candidate.project, candidate.base);
    if (candidate.kind !== 'extras') continue;
    const asked = extras.get(candidate.project) ?? new Set();
    for (const extra of candidate.extras) asked.add(extra);
    extras.set(candidate.project, asked);
  }
  return Array.from(bases.values(), (base) => {
    const isPresent = base.kind === 'installed' || files?.has(base) === false;
    return pinOf(base, [...(extras.get(base.project) ?? [])].sort(), isPresent);
  });
}

function pinOf(base: BaseCandidate, extras: readonly string[], isPresent: boolean): Pin {
  const common = { name: base.project, version: base.spelling, extras };
  if (isPresent || base.kind === 'installed')
    return { ...common, filename: null, origin: 'installed', yanked: false };
  const { filename, yanked, url } = base.file.distribution;
  if (!base.isDirect) return { ...common, filename, origin: 'index', yanked };
  return { ...common, filename, origin: 'url', yanked, ...(url === null ? {} : { url }) };
}
