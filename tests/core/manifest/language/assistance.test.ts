import { describe, expect, it, vi } from 'vitest';
import type { IndexNames, KnownRelease } from '../../../../src/core/manifest/language/index-names.ts';
import { contextAt } from '../../../../src/core/manifest/language/line-context.ts';
import { makeLanguageAssistance } from '../../../../src/core/manifest/language/make-assistance.ts';

const release = (version: string, more: Partial<KnownRelease> = {}): KnownRelease => ({
  version,
  uploadTime: null,
  yanked: false,
  requiresPython: null,
  extras: [],
  ...more,
});
const RELEASES: Readonly<Record<string, readonly KnownRelease[]>> = {
  requests: [
    release('2.9.0'),
    release('2.10.0', { uploadTime: '2016-04-29T21:35:25Z', extras: ['socks', 'security'] }),
    release('2.11.0', { yanked: 'broken' }),
    release('3.0.0a1'),
    release('2.12.0', { requiresPython: '>=3.99' }),
  ],
  django: [release('5.0b1')],
  'django-rest': [],
};
const INDEX: IndexNames = {
  names: () => Object.keys(RELEASES),
  releases: (name) => Promise.resolve(RELEASES[name] ?? null),
};
/** The text with `|` for the caret, without it, and the offset. */
function caret(marked: string): [string, number] {
  return [marked.replace('|', ''), marked.indexOf('|')];
}
const assistance = () => makeLanguageAssistance(INDEX, '3.12');
async function labels(marked: string): Promise<string[]> {
  const [text, offset] = caret(marked);
  return (await assistance().complete(text, offset, 'requirements')).map((completion) => completion.label);
}

describe('what is at the caret', () => {
  it.each([
    ['six\nre|qu==1', { kind: 'name', text: 'requ' }],
    ['requests>=|', { kind: 'version', name: 'requests', operator: '>=', text: '' }],
    ['requests >=2, <3|.1', { kind: 'version', name: 'requests', operator: '<', text: '3.1' }],
    ['requests[so|]', { kind: 'extra', name: 'requests', text: 'so' }],
    ['requests |', { kind: 'operator', name: 'requests' }],
    ['requests>=1; sys|', { kind: 'marker-variable', text: 'sys' }],
    ['requests; sys_platform == "li|"', { kind: 'marker-value', variable: 'sys_platform' }],
    ["requests; 'x' not in 'li|", { kind: 'marker-value', variable: '' }],
    ['--pr|', { kind: 'option', text: '--pr' }],
    ['six # com|', { kind: 'nothing' }],
    ['git+https://h/x|', { kind: 'nothing' }],
    ['six @ https|', { kind: 'nothing' }],
  ])('%s', (marked, expected) => {
    expect(contextAt(...caret(marked))).toMatchObject(expected);
  });
});

describe('completion', () => {
  it('names by popularity, those that begin alike first', async () => {
    expect(await labels('dja|')).toEqual(['django', 'django-rest']);
    expect(await labels('rest|')).toEqual(['django-rest']);
  });

  it('versions newest first, the reserved ones last and struck through', async () => {
    const completions = await assistance().complete('requests==', 10, 'requirements');
    expect(completions.map((found) => [found.label, found.detail, found.isDiscouraged])).toEqual([
      ['2.10.0', '2016-04-29', false],
      ['2.9.0', '', false],
      ['3.0.0a1', 'pre-release', false],
      ['2.12.0', 'Python >=3.99', true],
      ['2.11.0', 'yanked', true],
    ]);
  });

  it('extras, operators, markers, values, options', async () => {
    expect(await labels('requests[|')).toEqual(['socks', 'security']);
    expect((await labels('requests |'))[0]).toBe('>=2.10.0');
    expect(await labels('six; |')).toContain('python_version');
    expect(await labels('six; os_name == "|"')).toEqual(['posix', 'nt', 'java']);
    expect(await labels('--pre|')).toEqual(['--prefer-binary', '--pre']);
  });
});

it('in a toy index: names at the beginning of a line and in lists', async () => {
  const labelsIn = async (marked: string) => {
    const [text, offset] = caret(marked);
    return (await assistance().complete(text, offset, 'overlay')).map((found) => found.label);
  };
  expect(await labelsIn('dja|')).toContain('django');
  expect(await labelsIn('app 1.0; depends six >=1, req|')).toEqual(['requests']);
  expect(await labelsIn('app 1.0; extra x: req|')).toEqual(['requests']);
  expect(await labelsIn('app 1.|')).toEqual([]);
  expect(await labelsIn('app 1.0 # req|')).toEqual([]);
});

describe('hover', () => {
  it('shows which real versions a specifier admits, against all', async () => {
    const hover = await assistance().hover('requests>=2.10,<3 # x', 12, 'requirements');
    expect(hover?.paragraphs[0]).toContain('admits 3 of 5 releases: `2.12.0`, `2.11.0`, `2.10.0`');
    expect(hover?.paragraphs[1]).toBe('`2.9.0 ·███· 3.0.0a1`');
    expect(hover?.span).toEqual({ start: 8, end: 17 });
  });

  it('sums a project up, and says nothing of unknown ones', async () => {
    const hover = await assistance().hover('Requests', 3, 'requirements');
    expect(hover?.paragraphs.join(' ')).toContain('5 releases');
    expect(hover?.paragraphs.join(' ')).toContain('`2.10.0` (2016-04-29)');
    expect(await assistance().hover('nothing', 3, 'requirements')).toBeNull();
  });
});

describe('diagnostics', () => {
  it('knows names at once and limits after loading, and tells its listeners', async () => {
    const made = assistance();
    const listener = vi.fn();
    made.subscribe(listener);
    const text = 'requets>=1\nrequests>=9 ; python_version > "3"\ndjango>=4\n';
    expect(made.diagnose(text, 'requirements').map((found) => found.code)).toEqual(['unknown-project']);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(2));
    const found = made.diagnose(text, 'requirements');
    expect(
      found.map((diagnostic) => [diagnostic.code, diagnostic.line, diagnostic.fixes?.[0]?.title]),
    ).toEqual([
      ['unknown-project', 1, 'Did you mean `requests`?'],
      ['no-release', 2, 'Loosen to `<=2.12.0`'],
      ['only-prereleases', 3, 'Allow pre-releases: add `--pre`'],
    ]);
    const edit = found[1]!.fixes![0]!.edits[0]!;
    expect(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)).toContain(
      'requests<=2.12.0 ; python_version > "3"',
    );
  });

  it('says nothing of limits that a release meets, and nothing of names when the index has none', async () => {
    const made = assistance();
    made.diagnose('requests>=2.9', 'requirements');
    await Promise.resolve();
    expect(made.diagnose('requests>=2.9\n--pre\ndjango', 'requirements')).toEqual([]);
    const live = makeLanguageAssistance({ ...INDEX, isPartial: true }, '3.12');
    expect(live.diagnose('acme', 'requirements')).toEqual([]);
    const empty = makeLanguageAssistance({ names: () => [], releases: () => Promise.resolve(null) }, '3.12');
    expect(empty.diagnose('anything', 'requirements')).toEqual([]);
  });
});
