/**
 * Several indexes and find-links places, read as one tool reads them.
 *
 *   page of `app`, as the layers know it          what pip --extra-index-url inner --find-links ./wheels sees
 *     app 1.0                                       app 3.0   ./wheels
 *     app 2.0   inner                        ⇒      app 1.0
 *     app 3.0   ./wheels                            app 2.0   inner
 *     app 4.0   elsewhere
 *
 * A source is named as the tool's option writes it. Files without one are of the default index. Sources of which no
 * layer knows anything are left out; where that is the `--index-url`, the default index stands for it.
 */
import type { IndexRule } from './facts/merged-page.ts';
import { isMissing, type Distribution, type PackageIndex, type ProjectPage } from './package-index.ts';

/** Where a tool looks, in its order. */
export interface PackageSources {
  /** Folders and pages of files; asked before every index, and never left out for the sake of one. */
  readonly findLinks: readonly string[];
  /** Null is the default index. */
  readonly indexes: readonly (string | null)[];
  readonly rule: IndexRule;
}

/** What the options of a tool say of sources. */
export interface SourceOptions {
  /** `--index-url`; null: the default one. */
  readonly indexUrl: string | null;
  readonly extraIndexUrls: readonly string[];
  readonly noIndex: boolean;
  readonly findLinks: readonly string[];
}

/** A source's name: the option's value without a user name or password, and without slashes at its end. */
export function sourceName(text: string): string {
  return text
    .trim()
    .replace(/^([a-z+]+:\/\/)[^/@]*@/iu, '$1')
    .replace(/\/+$/u, '');
}

/**
 * The sources that options name, as far as `known` (the names that the index's layers know) goes. `--no-index` without a
 * place that is known is followed only where no place is named at all.
 */
export function sourcesOf(
  options: SourceOptions,
  known: readonly string[],
  rule: IndexRule = 'merge',
): PackageSources {
  const names = new Set(known.map(sourceName));
  const knownOf = (texts: readonly string[]) =>
    texts.map(sourceName).filter((name, at, all) => names.has(name) && all.indexOf(name) === at);
  const findLinks = knownOf(options.findLinks);
  if (options.noIndex && (findLinks.length > 0 || options.findLinks.length === 0))
    return { findLinks, indexes: [], rule };
  const main = options.indexUrl === null ? null : (knownOf([options.indexUrl])[0] ?? null);
  const extra = knownOf(options.extraIndexUrls).filter((name) => name !== main);
  return { findLinks, indexes: [main, ...extra], rule };
}

/** The index as a tool with these sources sees it; the same index when it knows of one source only. */
export function makeSourcedIndex(index: PackageIndex, sources: PackageSources): PackageIndex {
  const known = index.sources ?? [];
  if (known.length === 0 && sources.indexes.length === 1) return index;
  const pages = new Map<ProjectPage, ProjectPage>();
  return {
    page(name) {
      const page = index.page(name);
      if (isMissing(page)) return page;
      let seen = pages.get(page);
      if (seen === undefined) pages.set(page, (seen = seenPage(page, sources)));
      return seen;
    },
    metadata: (distribution) => index.metadata(distribution),
    sources: known,
    indexOrder: sources.indexes,
  };
}

function seenPage(page: ProjectPage, { findLinks, indexes, rule }: PackageSources): ProjectPage {
  const named = new Set([...findLinks, ...indexes]);
  const bySource = new Map<string | null, Distribution[]>();
  for (const file of page.distributions) {
    const source = sourceOfFile(file, named);
    const files = bySource.get(source);
    if (files === undefined) bySource.set(source, [file]);
    else files.push(file);
  }
  const filesOf = (source: string | null): readonly Distribution[] => bySource.get(source) ?? [];
  const folders = findLinks.filter((place) => !isPage(place)).flatMap(filesOf);
  const linkPages = findLinks.filter(isPage).flatMap(filesOf);
  const listings = indexes.map(filesOf).filter((files) => files.length > 0);
  const listed = rule === 'first-index' ? (listings[0] ?? []) : listings.flat();
  const distributions = [...folders.toSorted(byAddressDescending), ...linkPages, ...listed];
  const isPresent = distributions.length > 0 || (page.distributions.length === 0 && indexes.includes(null));
  return { ...page, status: isPresent ? page.status : 'absent', distributions };
}

/** What was fetched from an index that no option names is of the default one: the page fetches from nowhere else. */
function sourceOfFile({ index, provenance }: Distribution, named: ReadonlySet<string | null>): string | null {
  if (index === undefined) return null;
  const name = sourceName(index);
  return provenance.layer === 'live' && !named.has(name) ? null : name;
}

/** Whether a find-links place is a page of links; all others are folders of files. */
function isPage(place: string): boolean {
  return /^https?:/iu.test(place);
}

/** pip puts the files of all folders together and sorts their addresses backwards. */
function byAddressDescending(a: Distribution, b: Distribution): number {
  const [left, right] = [a, b].map(({ url, index, filename }) => url ?? `${index ?? ''}/${filename}`);
  return left! < right! ? 1 : left! > right! ? -1 : 0;
}
