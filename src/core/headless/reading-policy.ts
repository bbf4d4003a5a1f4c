/** How an engine's tool reads requirements: as the release of `packaging` that it carries does. */
import type { PrereleasePolicy } from '../packaging/prerelease-policy.ts';
import { parseEngineId } from '../problem/engine-id.ts';
import { LEGACY_ERA, pipEra } from '../resolver/pip/era.ts';

/** The policy of an engine's name, `pip@24.0`; the newest for engines that are not pip. */
export function readingPolicy(engine: string): PrereleasePolicy {
  const id = parseEngineId(engine);
  if (!id.ok) return 'packaging-26';
  const { family, version } = id.value;
  if (family === 'legacy') return LEGACY_ERA.policy;
  return (family === 'pip' ? pipEra(version)?.policy : undefined) ?? 'packaging-26';
}
