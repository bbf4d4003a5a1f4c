/** Several indexes and find-links places in one index, as options name them. */
import { describe, expect, test } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../../src/core/package-index/overlay/overlay-print.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';
import {
  makeSourcedIndex,
  type SourceOptions,
  sourceName,
  sourcesOf,
} from '../../../src/core/package-index/package-sources.ts';

const NO_OPTIONS: SourceOptions = { indexUrl: null, extraIndexUrls: [], noIndex: false, findLinks: [] };
const TEXT = `closed world
app 1.0; depends left
app 2.0; index inner; depends right
app 2.0; index ./wheels
app 3.0; index https://third.example/simple/
app 4.0; url git+https://code.example/app@main; depends far
only 1.0; index inner`;

function overlayIndex(text = TEXT): PackageIndex {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
}

/** `version@source` of what a tool with these options sees. */
function seen(options: Partial<SourceOptions>, { name = 'app', index = overlayIndex() } = {}) {
  const sources = sourcesOf({ ...NO_OPTIONS, ...options }, index.sources ?? []);
  const page = makeSourcedIndex(index, sources).page(name);
  if (isMissing(page)) return 'missing';
  const files = page.distributions.map((file) => `${file.version}@${file.index ?? ''}`);
  return page.status === 'absent' ? 'absent' : files.join(' ');
}

describe('what a tool sees', () => {
  test('without options only the default index', () => {
    expect(seen({})).toBe('1.0@');
    expect(seen({}, { name: 'only' })).toBe('absent');
  });

  test('find-links first, then indexes in their order', () => {
    const options = { extraIndexUrls: ['https://third.example/simple', 'inner/'], findLinks: ['./wheels'] };
    expect(seen(options)).toBe('2.0@./wheels 1.0@ 3.0@https://third.example/simple/ 2.0@inner');
  });

  test('--index-url takes the place of the default index, if anything is known of it', () => {
    expect(seen({ indexUrl: 'https://user:secret@third.example/simple' })).toBe(
      '3.0@https://third.example/simple/',
    );
    expect(seen({ indexUrl: 'https://mirror.example/simple' })).toBe('1.0@');
  });

  test('--no-index leaves find-links', () => {
    expect(seen({ noIndex: true, findLinks: ['./wheels'] })).toBe('2.0@./wheels');
    expect(seen({ noIndex: true })).toBe('absent');
    // Of a place that nobody knows, nobody can say that it is all there is.
    expect(seen({ noIndex: true, findLinks: ['./elsewhere'] })).toBe('1.0@');
  });

  test('the first index that has a project hides the others, not find-links', () => {
    const index = overlayIndex();
    const options = { ...NO_OPTIONS, extraIndexUrls: ['inner'], findLinks: ['./wheels'] };
    const sources = sourcesOf(options, index.sources ?? [], 'first-index');
    const sourced = makeSourcedIndex(index, sources);
    const page = sourced.page('app');
    expect(isMissing(page) ? [] : page.distributions.map((file) => file.version)).toEqual(['2.0', '1.0']);
  });
});

describe('how it is written', () => {
  test('the overlay prints what it reads', () => {
    const { overlay } = parseOverlay(TEXT);
    expect(printOverlay(overlay)).toBe(TEXT);
  });

  test('a place is one word', () => {
    expect(parseOverlay('app 1.0; index one two').errors.map(({ message }) => message)).toEqual([
      'expected one address or path, without blanks',
    ]);
    expect(parseOverlay('app 1.0; url').errors).toHaveLength(1);
  });

  test('the same release on two indexes has metadata of its own on each', () => {
    const index = overlayIndex('closed world\napp 1.0; depends left\napp 1.0; index inner; depends right');
    const page = index.page('app');
    const files = isMissing(page) ? [] : page.distributions;
    const needs = files.map((file) => {
      const metadata = index.metadata(file);
      return isMissing(metadata) ? null : metadata.requiresDist;
    });
    expect(needs).toEqual([['left'], ['right']]);
  });

  test('a release at an address is on no index', () => {
    const page = overlayIndex().page('app');
    const unlisted = isMissing(page) ? [] : (page.unlisted ?? []);
    expect(unlisted.map(({ url, version, kind }) => [url, version, kind])).toEqual([
      ['git+https://code.example/app@main', '4.0', 'sdist'],
    ]);
  });

  test('facts say the same', () => {
    const facts = parseFacts({
      projects: { app: { '1.0': { requires: [] }, '4.0': { requires: ['far'], url: 'file:///src/app' } } },
      indexes: { inner: { projects: { App: { '2.0': { requires: [] } } } } },
    });
    if (!facts.ok) throw new Error(facts.error.message);
    const index = makeFactsIndex(facts.value);
    expect(seen({ extraIndexUrls: ['inner'] }, { index })).toBe('1.0@ 2.0@inner');
    const page = index.page('app');
    const [file] = isMissing(page) ? [] : (page.unlisted ?? []);
    expect(index.metadata(file!)).toMatchObject({ requiresDist: ['far'] });
  });

  test('a name is the option’s value without what does not matter', () => {
    expect(sourceName(' https://user:secret@host/simple// ')).toBe('https://host/simple');
  });
});
