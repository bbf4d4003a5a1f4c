// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readDraft, writeDraft } from '../../src/client/storage/drafts.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

const draft = makeProblem({ requirements: 'flask\n', environment: { python: '3.9' } });

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

test('a draft survives, and the two slots are apart', () => {
  expect(writeDraft('current', draft)).toBe('kept');
  expect(readDraft('current')).toEqual(draft);
  expect(readDraft('setAside')).toBeNull();
  writeDraft('current', null);
  expect(readDraft('current')).toBeNull();
});

test('what another release, or somebody else, left there is no draft', () => {
  for (const text of [
    '',
    'null',
    '{',
    '7',
    '{"requirements": 7}',
    '{"requirements":"a","engine":"pip@99"}',
  ]) {
    localStorage.setItem('backjump.draft', text);
    expect(readDraft('current')).toBeNull();
  }
});

test('a full storage says so and throws nothing', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect(writeDraft('current', draft)).toBe('full');
});

test('a forbidden storage says so and throws nothing', () => {
  const forbid = (): never => {
    throw new DOMException('not here', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(forbid);
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(forbid);
  expect(writeDraft('current', draft)).toBe('forbidden');
  expect(readDraft('current')).toBeNull();
});
