/** Texts of other kinds that land in the editor: recognised at once, read when somebody wants it. */
import { recogniseManifest, type KindReading } from '../core/manifest/manifest-kind.ts';
import type { ManifestChange } from '../core/manifest/manifest-change.ts';
import { recogniseToyWorld } from '../core/package-index/toy-world/toy-world-kind.ts';
import { parseEngineId } from '../core/problem/engine-id.ts';
import { parseProblem, type Problem } from '../core/problem/problem.ts';

/** Below this length nobody has pasted anything yet. */
const SHORTEST = 12;

/** Which other kind a text of the requirements pane is; null for what pip would read as requirements. */
export function recognisePasted(text: string): KindReading | null {
  // Toy worlds have an offer of their own: ToyWorldOffer.svelte.
  if (text.length < SHORTEST || recogniseToyWorld(text) !== null) return null;
  const reading = recogniseManifest(text);
  const isOther = reading.kind !== 'requirements' && reading.kind !== 'constraints';
  return isOther && reading.confidence !== 'guess' ? reading : null;
}

/** The readers of all kinds, which the page loads only now. */
export async function loadManifestReader() {
  const [{ readManifest }, { changeOfManifest }, { MANIFEST_KINDS }] = await Promise.all([
    import('../core/manifest/read-manifest.ts'),
    import('../core/manifest/manifest-change.ts'),
    import('../core/manifest/manifest-kind.ts'),
  ]);
  return { readManifest, changeOfManifest, MANIFEST_KINDS };
}

/** The Problem after a manifest's change. What the schema would refuse is left as it was. */
export function applyManifest(problem: Problem, change: ManifestChange): Problem {
  const { options, environment, engine, overlay, ...panes } = change;
  const isKnown = engine !== null && parseEngineId(engine).ok;
  const changed = parseProblem({
    ...problem,
    ...panes,
    engine: isKnown ? engine : problem.engine,
    options: { ...problem.options, ...options },
    environment: { ...problem.environment, ...environment },
    index: overlay === null ? problem.index : { ...problem.index, overlay },
  });
  if (changed.ok) return changed.value;
  return { ...problem, ...panes };
}
