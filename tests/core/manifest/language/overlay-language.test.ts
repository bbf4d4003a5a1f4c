import { describe, expect, test } from 'vitest';
import {
  CLAUSE_WORDS,
  completeOverlayWord,
  hoverOverlayWord,
  overlayVersionAt,
} from '../../../../src/core/manifest/language/overlay-language.ts';
import { CLAUSE_KEYWORDS } from '../../../../src/core/package-index/overlay/overlay-clause.ts';
import { parseOverlay } from '../../../../src/core/package-index/overlay/overlay-parse.ts';

/** The text without its mark `|`, and where that stood. */
function marked(text: string): [string, number] {
  return [text.replace('|', ''), text.indexOf('|')];
}

const words = (text: string): readonly string[] =>
  completeOverlayWord(...marked(text)).map(({ label }) => label);

test('every clause of the language is known, and every example is right', () => {
  expect(Object.keys(CLAUSE_WORDS).sort()).toEqual([...CLAUSE_KEYWORDS].sort());
  for (const [word, { form }] of Object.entries(CLAUSE_WORDS)) {
    const line = word === 'drops' ? `change app 1.0; ${form}` : `app 1.0; ${form}`;
    expect([line, parseOverlay(line).errors]).toEqual([line, []]);
  }
});

describe('completion', () => {
  test.each([
    ['|', ['change', 'remove', 'closed world']],
    ['left 1.0\nre|', ['remove']],
    ['closed w|', ['closed world']],
    ['app 1.0; u|', ['uploaded', 'unknown', 'url']],
    ['app 1.0; depends a; bu|', ['build-requires']],
    ['app 1.0; depends a|', []],
    ['# app 1.0; d|', []],
  ])('%j', (text, labels) => {
    expect(words(text)).toEqual(labels);
  });

  test('replaces what is typed', () => {
    const [text, offset] = marked('app 1.0; de|');
    expect(completeOverlayWord(text, offset)[0]).toMatchObject({
      insert: 'depends',
      span: { start: 9, end: 11 },
    });
  });

  test.each<[string, string | null, string]>([
    ['core 2.|1', 'core', '2.1'],
    ['change core |', 'core', ''],
    ['remove core 1.0, 2|', 'core', '2'],
    ['change co|', null, ''],
    ['core 1.0; depends a|', null, ''],
  ])('%j asks for versions of %s', (text, name, replaced) => {
    const [plain, offset] = marked(text);
    const found = overlayVersionAt(plain, offset);
    expect(found?.name ?? null).toBe(name);
    if (found !== null) expect(plain.slice(found.span.start, found.span.end)).toBe(replaced);
  });
});

test('a word says what it does', () => {
  const hover = hoverOverlayWord(...marked('left 1.0\napp 1.0; yan|ked "x"'));
  expect(hover?.paragraphs[0]).toContain('Withdrawn');
  expect(hover?.span).toEqual({ start: 18, end: 24 });
  expect(hoverOverlayWord(...marked('clo|sed world'))?.paragraphs[0]).toContain('Nothing exists');
  expect(hoverOverlayWord(...marked('ap|p 1.0; yanked'))).toBeNull();
  expect(hoverOverlayWord(...marked('app 1.0 # ; yan|ked'))).toBeNull();
});
