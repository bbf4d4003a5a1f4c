/**
 * One project on several indexes. Which files count is a security matter: who merges (pip's `--extra-index-url`) lets
 * the public index answer for a private name, as long as its version is higher; who takes the first index that has the
 * project (uv's `first-index`) does not.
 */
import type { ProjectPage } from '../package-index.ts';

/** `merge`: pip, and uv's `unsafe-*` strategies. `first-index`: uv's default. */
export type IndexRule = 'merge' | 'first-index';

/** The page that a tool sees. `pages` in the order of the indexes, at least one. */
export function mergePages(pages: readonly [ProjectPage, ...ProjectPage[]], rule: IndexRule): ProjectPage {
  const having = pages.filter(({ status }) => status !== 'absent');
  const [first, second] = having;
  if (first === undefined) return pages[0];
  if (rule === 'first-index' || second === undefined) return first;
  const seen = new Set<string>();
  const distributions = having
    .flatMap((page) => page.distributions)
    .filter(({ filename, url }) => {
      const key = `${filename} ${url ?? ''}`;
      return !seen.has(key) && seen.add(key);
    });
  const isPresent = having.some(({ status }) => status === 'present');
  return { ...first, status: isPresent ? 'present' : first.status, distributions };
}
