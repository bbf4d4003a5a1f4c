/** Which code runs for which engine. Engines load when first asked for: a page that runs pip never loads uv. */
import type { EngineId } from '../problem/engine-id.ts';
import type { Engine } from '../resolver/engine.ts';
import { assertNever } from '../packaging/assert.ts';

export async function loadEngine(id: EngineId): Promise<Engine> {
  switch (id.family) {
    case 'pip':
      return (await import('../explain/pip/tell.ts')).resolvePipTelling;
    case 'legacy':
      return (await import('../explain/pip/legacy-text.ts')).resolveLegacyTelling;
    case 'zazo':
      return (await import('../resolver/chronological/resolve.ts')).resolveChronological;
    case 'uv':
      return (await import('../explain/uv/uv-engine.ts')).resolveUv;
    case 'poetry':
      return (await import('../explain/poetry/poetry-engine.ts')).resolvePoetry;
    case 'pdm':
      return (await import('../explain/pdm/pdm-engine.ts')).resolvePdm;
    default:
      return assertNever(id.family);
  }
}
