/**
 * Time travel: an index as it was before a moment. Files of that time and later are not there; of a file whose time the
 * index does not say, nobody knows, and the caller decides (pip refuses to go on, uv leaves it out).
 */
import { isMissing, type PackageIndex, type ProjectPage } from './package-index.ts';

/** What becomes of files without an upload time. */
export type UndatedFiles = 'kept' | 'hidden';

/** `before`: milliseconds since 1970, exclusive, as `--uploaded-prior-to` and `--exclude-newer`. */
export function makeDatedIndex(index: PackageIndex, before: number, undated: UndatedFiles): PackageIndex {
  const pages = new Map<ProjectPage, ProjectPage>();
  function dated(page: ProjectPage): ProjectPage {
    const distributions = page.distributions.filter(({ uploadTime }) =>
      uploadTime === null ? undated === 'kept' : Date.parse(uploadTime) < before,
    );
    return distributions.length === page.distributions.length ? page : { ...page, distributions };
  }
  return {
    page(name) {
      const page = index.page(name);
      if (isMissing(page)) return page;
      let known = pages.get(page);
      if (known === undefined) pages.set(page, (known = dated(page)));
      return known;
    },
    metadata: (file) => index.metadata(file),
  };
}
