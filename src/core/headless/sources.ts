/** Where a Problem's tool looks: `--index-url`, `--extra-index-url`, `--find-links`, `--no-index` of its texts. */
import { parseRequirementsFile } from '../manifest/requirements/requirements-file.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import { type PackageSources, sourcesOf } from '../package-index/package-sources.ts';
import type { Problem } from '../problem/problem.ts';

const DEFAULT_ONLY: PackageSources = { findLinks: [], indexes: [null], rule: 'merge' };

/**
 * The sources that the texts name, in the tool's order: pip takes the indexes as they come, uv asks further ones before
 * the main one. Where no layer of the index knows of a further source, nothing is to be chosen.
 */
export function sourcesFor(problem: Problem, index: PackageIndex): PackageSources {
  const known = index.sources ?? [];
  const texts = [problem.constraints ?? '', problem.requirements];
  if (known.length === 0 && !texts.some((text) => text.includes('--no-index'))) return DEFAULT_ONLY;
  const [limits, wishes] = texts.map((text) => parseRequirementsFile(text).options);
  const isUv = problem.engine.startsWith('uv@');
  const sources = sourcesOf(
    {
      indexUrl: wishes!.indexUrl ?? limits!.indexUrl,
      // An `--index-url` of a later file replaces all that came before it.
      extraIndexUrls: [
        ...(wishes!.indexUrl === null ? limits!.extraIndexUrls : []),
        ...wishes!.extraIndexUrls,
      ],
      noIndex: limits!.noIndex || wishes!.noIndex,
      findLinks: [...limits!.findLinks, ...wishes!.findLinks],
    },
    known,
    isUv && problem.options.indexStrategy === 'first-index' ? 'first-index' : 'merge',
  );
  if (!isUv) return sources;
  const [main, ...further] = sources.indexes;
  return main === undefined ? sources : { ...sources, indexes: [...further, main] };
}
