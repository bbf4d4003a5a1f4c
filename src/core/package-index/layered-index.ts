/**
 * Several indexes read as one, first answer first:
 *
 *   page('flask')   snapshot ── answers? ──▶ that page
 *                      │ unknown, cannot be loaded
 *                      ▼
 *                     live ─── answers? ──▶ that page
 *
 * A layer that could answer once something is loaded (`loadable`) is waited for: falling through would let the answer
 * depend on what happens to be loaded. A partial page gives way to the page of a layer below, where that was fetched: it
 * was fetched because the partial one did not answer. The overlay is no such layer; it edits the pages below it (overlay-index.ts).
 */
import type {
  Distribution,
  DistributionMetadata,
  MissingFact,
  PackageIndex,
  ProjectPage,
} from './package-index.ts';
import { isMissing } from './package-index.ts';

interface LayeredPage {
  readonly answer: ProjectPage | MissingFact;
  /** Position of the layer that answered. */
  readonly layer: number;
}

/**
 * `layers` from the one that is asked first. Metadata comes from the layer whose page listed the file; where that
 * layer does not know it, from those below. Without layers every page is missing.
 */
export function makeLayeredIndex(layers: readonly PackageIndex[]): PackageIndex {
  function findPage(name: string): LayeredPage {
    let answer: MissingFact = { missing: 'page', project: name, loadable: false };
    for (const [layer, index] of layers.entries()) {
      const page = index.page(name);
      if (!isMissing(page) && page.partial !== undefined) return wholePage(name, { answer: page, layer });
      if (!isMissing(page) || page.loadable) return { answer: page, layer };
      answer = page;
    }
    return { answer, layer: 0 };
  }

  /** The first page below a partial one that is there and says more, else the partial one. */
  function wholePage(name: string, partial: LayeredPage): LayeredPage {
    for (const [at, index] of layers.entries()) {
      const page = at > partial.layer ? index.page(name) : null;
      if (page !== null && !isMissing(page) && page.status === 'present' && page.partial === undefined)
        return { answer: page, layer: at };
    }
    return partial;
  }

  return {
    page: (name) => findPage(name).answer,
    metadata(distribution: Distribution): DistributionMetadata | MissingFact {
      const { project, version, filename } = distribution;
      let answer: MissingFact = { missing: 'metadata', project, version, filename, loadable: false };
      for (const index of layers.slice(findPage(project).layer)) {
        const metadata = index.metadata(distribution);
        if (!isMissing(metadata) || metadata.loadable) return metadata;
        answer = metadata;
      }
      return answer;
    },
    sources: [...new Set(layers.flatMap(({ sources = [] }) => sources))],
  };
}
