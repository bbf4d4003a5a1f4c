// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Drafts } from '../../src/client/storage/drafts.ts';
import { makeTextStore } from '../../src/client/storage/safe-storage.ts';
import { makeProblem, type Problem } from '../../src/core/problem/problem.ts';

const text = (requirements: string): Problem => makeProblem({ requirements, environment: { python: '3.9' } });
const lines = (drafts: Drafts): (string | undefined)[] =>
  drafts.earlier().map(({ problem }) => problem?.requirements);

let time = 0;
const clock = (): number => ++time;

/** A tab with a session of its own. */
function openTab(id: string, session = new Map<string, string>()): Drafts {
  const tab = {
    read: (key: string) => session.get(key) ?? null,
    write: (key: string, value: string | null) => {
      if (value === null) session.delete(key);
      else session.set(key, value);
      return 'kept' as const;
    },
    keys: () => [...session.keys()],
  };
  return new Drafts(
    makeTextStore(() => localStorage),
    tab,
    clock,
    () => id,
  );
}

beforeEach(() => {
  localStorage.clear();
  time = 0;
});
afterEach(() => vi.restoreAllMocks());

test('a text survives a reload and the next visit', () => {
  const session = new Map<string, string>();
  expect(openTab('1', session).keep(text('flask\n'))).toBe('kept');
  expect(openTab('1', session).current()).toEqual(text('flask\n'));
  expect(openTab('2').current()).toEqual(text('flask\n'));
});

test('two tabs do not write over each other', () => {
  const [one, two] = [openTab('1'), openTab('2')];
  one.keep(text('a'));
  two.keep(text('b'));
  one.keep(text('a2'));
  expect([one.current()?.requirements, two.current()?.requirements]).toEqual(['a2', 'b']);
  expect(lines(one)).toEqual(['a2', 'b']);
});

test('every text that a link displaced is kept, not the last alone', () => {
  const drafts = openTab('1');
  for (const name of ['a', 'b', 'c']) drafts.setAside(text(name));
  expect(drafts.asideHere()?.requirements).toBe('c');
  expect(lines(drafts)).toEqual(['c', 'b', 'a']);
});

test('the oldest go in the end', () => {
  const drafts = openTab('1');
  for (let number = 0; number < 60; number++) drafts.setAside(text(`a${number}`));
  expect(lines(drafts)).toHaveLength(30);
  expect(lines(drafts)[0]).toBe('a59');
});

test('what cannot be read is listed and never written over', () => {
  const newer = '{"at":1,"problem":{"requirements":"a","engine":"pip@99"}}';
  localStorage.setItem('backjump.text.tab.1', newer);
  localStorage.setItem('backjump.draft', 'no JSON');
  const drafts = openTab('1');
  drafts.keep(text('b'));
  drafts.setAside(text('c'));
  expect(
    drafts
      .earlier()
      .filter(({ problem }) => problem === null)
      .map(({ raw }) => raw),
  ).toEqual([newer, 'no JSON']);
  expect(drafts.current()?.requirements).toBe('b');
});

test('drafts of the first release are still there', () => {
  localStorage.setItem('backjump.draft', '{"requirements":"old"}');
  localStorage.setItem('backjump.draft.aside', '{"requirements":"aside"}');
  expect(openTab('1').current()?.requirements).toBe('old');
  expect(lines(openTab('1'))).toEqual(['old', 'aside']);
});

test('passwords stay in the tab', () => {
  const session = new Map<string, string>();
  const secret = text('--index-url https://me:pass@index.example/');
  openTab('1', session).keep(secret);
  expect(openTab('1', session).current()).toEqual(secret);
  expect(JSON.stringify(Object.entries(localStorage))).not.toContain('pass');
});

test.each(['QuotaExceededError', 'SecurityError'])(
  'a store that refuses (%s) costs nothing while the page is open',
  (name) => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', name);
    });
    const drafts = openTab('1');
    expect(drafts.keep(text('a'))).toBe(name === 'SecurityError' ? 'forbidden' : 'full');
    drafts.setAside(text('b'));
    drafts.setAside(text('c'));
    expect(lines(drafts)).toEqual(['c', 'b', 'a']);
  },
);
