/** An index in which one project has only the versions that a requirement admits: to find out what they would lead to. */
import { specifierSetContains } from '../packaging/specifier.ts';
import type { Requirement } from '../packaging/requirement.ts';
import { parseVersion } from '../packaging/version.ts';
import { isMissing, type PackageIndex } from './package-index.ts';

export function onlyVersions(index: PackageIndex, wish: Requirement): PackageIndex {
  const isAdmitted = (text: string): boolean => {
    const version = parseVersion(text);
    return version.ok && specifierSetContains(wish.specifier, version.value, { prereleases: true });
  };
  return {
    ...index,
    page: (name) => {
      const page = index.page(name);
      if (name !== wish.normalizedName || isMissing(page)) return page;
      return { ...page, distributions: page.distributions.filter(({ version }) => isAdmitted(version)) };
    },
    metadata: (file) => index.metadata(file),
  };
}
