/**
 * Time travel: an index as it was before a moment, for tools that have no option for it. Files of that time and later
 * are not there; those whose time the index does not say stay, since nobody knows. (pip's own `--uploaded-prior-to`
 * refuses to go on at the sight of one, uv's `--exclude-newer` leaves it out: the engines do that themselves.)
 */
import { isMissing, type PackageIndex, type ProjectPage } from '../package-index.ts';

export interface DatedIndex extends PackageIndex {
  /** The index with everything that came later. */
  readonly whole: PackageIndex;
}

/** `before`: milliseconds since 1970, exclusive. */
export function makeDatedIndex(whole: PackageIndex, before: number): DatedIndex {
  const pages = new Map<ProjectPage, ProjectPage>();
  function dated(page: ProjectPage): ProjectPage {
    const distributions = page.distributions.filter(
      ({ uploadTime }) => uploadTime === null || Date.parse(uploadTime) < before,
    );
    return distributions.length === page.distributions.length ? page : { ...page, distributions };
  }
  return {
    whole,
    page(name) {
      const page = whole.page(name);
      if (isMissing(page)) return page;
      let known = pages.get(page);
      if (known === undefined) pages.set(page, (known = dated(page)));
      return known;
    },
    metadata: (file) => whole.metadata(file),
    ...(whole.sources === undefined ? {} : { sources: whole.sources }),
    ...(whole.indexOrder === undefined ? {} : { indexOrder: whole.indexOrder }),
  };
}

/** The index below a dated one; any other index as it is. */
export function wholeIndex(index: PackageIndex): PackageIndex {
  return 'whole' in index ? (index as DatedIndex).whole : index;
}
