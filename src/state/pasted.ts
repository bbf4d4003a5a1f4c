/** Texts of other kinds that land in the editor: recognised at once, read when somebody wants it. */
import { recogniseManifest, type KindReading } from '../core/manifest/manifest-kind.ts';
import { recogniseToyWorld } from '../core/package-index/toy-world/toy-world-kind.ts';

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
