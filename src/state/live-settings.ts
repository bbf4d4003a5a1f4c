/** The reader's wishes about live indexes as parts of the question: addresses, and whether a snapshot comes first. */
import { allowsConnection, connectSources, isMixedContent, pagePolicy } from '../client/content-policy.ts';
import { liveErrorText } from '../client/live/live-error.ts';
import { indexUrlsOf } from '../client/live/live-index.ts';
import { PYPI_SIMPLE } from '../core/problem/index-url.ts';
import { parseRequirementsFile } from '../core/manifest/requirements/requirements-file.ts';
import { indexRule } from '../core/problem/index-rule.ts';
import { parseIndexUrl } from '../core/problem/index-url.ts';
import type { Problem } from '../core/problem/problem.ts';

/** Addresses as typed, one a line, in order. */
export interface TypedAddresses {
  /** Null while a line is wrong. The default (PyPI alone) is no list at all. */
  readonly urls: Problem['index']['urls'] | null;
  /** One for each line that is wrong: `line 2 is not …`. */
  readonly complaints: readonly string[];
}

const ADDRESSES_LIMIT = 10;

/** Reads the addresses that the reader typed. */
export function readAddresses(text: string): TypedAddresses {
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), number: at + 1 }));
  const read = lines
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => ({ number, address: parseIndexUrl(line) }));
  const complaints = read.flatMap(({ number, address }) =>
    address.ok ? [] : [`Line ${number} ${address.error}.`],
  );
  if (read.length > ADDRESSES_LIMIT) complaints.push(`No more than ${ADDRESSES_LIMIT} indexes are asked.`);
  if (complaints.length > 0) return { urls: null, complaints };
  const urls = [...new Set(read.flatMap(({ address }) => (address.ok ? [address.value] : [])))];
  const isDefault = urls.length === 0 || (urls.length === 1 && urls[0] === PYPI_SIMPLE);
  return { urls: isDefault ? undefined : urls, complaints: [] };
}

/** The addresses of a question, one a line. */
export function addressesText(problem: Problem): string {
  return indexUrlsOf(problem).join('\n');
}

/**
 * The indexes that the requirements text itself names (`--index-url`, `--extra-index-url`), in pip's order, where they
 * are not asked already; null otherwise.
 */
export function namedIndexes(problem: Problem): readonly string[] | null {
  const { indexUrl, extraIndexUrls } = parseRequirementsFile(problem.requirements).options;
  if (indexUrl === null && extraIndexUrls.length === 0) return null;
  const named = [indexUrl ?? PYPI_SIMPLE, ...extraIndexUrls].flatMap((text) => {
    const address = parseIndexUrl(text);
    return address.ok ? [address.value] : [];
  });
  const isAsked = named.length === 0 || named.join(' ') === indexUrlsOf(problem).join(' ');
  return isAsked ? null : named;
}

/** Why this copy of the page cannot ask an index, a sentence for each that it cannot. */
export function unaskableText(problem: Problem): readonly string[] {
  const sources = connectSources(pagePolicy());
  const page = document.baseURI;
  return indexUrlsOf(problem).flatMap((url) => {
    if (isMixedContent(url, page)) return [liveErrorText({ kind: 'mixed-content', url })];
    return allowsConnection(sources, url, page) ? [] : [liveErrorText({ kind: 'blocked-by-policy', url })];
  });
}

/** What several indexes mean under the question's engine: a lesson in security. */
export function severalIndexesText(problem: Problem): readonly string[] {
  const isUv = problem.engine.startsWith('uv@');
  const stops = indexRule(problem) === 'first-index';
  const here = stops
    ? 'uv stops at the first index that has the project, and asks no other: a name that your own index has can be answered by nobody else.'
    : `${isUv ? `uv with “${problem.options.indexStrategy}”` : 'pip'} reads every index, and takes the version that fits best, whoever offers it. Anyone who puts your private name on a public index, with a higher version, is taken: dependency confusion.`;
  const other = stops
    ? 'Choose pip as the engine to see the difference: pip takes the best version of any of them.'
    : isUv
      ? 'uv’s own default, “first-index”, stops at the first index that has the project.'
      : 'Choose uv as the engine to see the difference: it stops at the first index that has the project.';
  return [here, other];
}
