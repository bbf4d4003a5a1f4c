/** The row of pip's differences that an engine goes by. */
import { parseEngineId, type EngineId } from '../problem/engine-id.ts';
import type { PrereleasePolicy } from '../packaging/prerelease-policy.ts';
import { LEGACY_ERA, pipEra, PROTOTYPE_ERA, type PipEra } from '../resolver/pip/era.ts';

/** Null for uv, and for what is not known. */
export function eraOf({ family, version }: EngineId): PipEra | null {
  if (family === 'legacy') return LEGACY_ERA;
  if (family === 'zazo') return PROTOTYPE_ERA;
  return family === 'pip' ? pipEra(version) : null;
}

/**
 * How the tool of an engine's name, `pip@24.0`, reads requirements: as the release of `packaging` that it carries does.
 * The newest for engines that are not pip.
 */
export function readingPolicy(engine: string): PrereleasePolicy {
  const id = parseEngineId(engine);
  return (id.ok ? eraOf(id.value)?.policy : undefined) ?? 'packaging-26';
}
