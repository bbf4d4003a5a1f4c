import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, moveOffset, replacementBetween } from '../../../src/components/editor/text-document.ts';
import { TypingHistory } from '../../../src/components/editor/typing-history.ts';

/** Texts with many equal stretches, where the smallest change is ambiguous. */
const text = fc
  .array(fc.constantFrom('a', 'b', '\n', '😀'), { maxLength: 20 })
  .map((parts) => parts.join(''));

function apply(before: string, change: { start: number; removed: number; inserted: string }): string {
  return before.slice(0, change.start) + change.inserted + before.slice(change.start + change.removed);
}

describe('the smallest replacement', () => {
  it('turns the one text into the other, and is null only for equal texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = replacementBetween(before, after);
        if (change === null) expect(after).toBe(before);
        else expect(apply(before, change)).toBe(after);
      }),
    );
  });

  it('keeps a caret beside the text that it stood beside', () => {
    const change = { start: 2, removed: 3, inserted: 'xy' };
    expect([0, 2, 3, 5, 9].map((offset) => moveOffset(offset, change))).toEqual([0, 2, 4, 4, 8]);
  });
});

it('applies several edits of a fix, all meant for the text before', () => {
  const edits = [
    { span: { start: 0, end: 1 }, text: 'xx' },
    { span: { start: 2, end: 2 }, text: '!' },
  ];
  expect(applyEdits('abc', edits)).toBe('xxb!c');
});

describe('what was typed before the code editor came', () => {
  it('leads from the first text to the last, whatever was typed', () => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 12 }), (first, versions) => {
        const history = new TypingHistory(first);
        for (const version of versions) history.record(version);
        const replayed = history.steps.reduce(apply, history.firstText);
        expect(replayed).toBe(versions.at(-1) ?? first);
      }),
    );
  });

  it('is one step a word', () => {
    const history = new TypingHistory('');
    for (let end = 1; end <= 'six flask'.length; end++) history.record('six flask'.slice(0, end));
    expect(history.steps.map((step) => step.inserted)).toEqual(['six', ' flask']);
  });

  it('forgets the oldest steps and still leads to the last text', () => {
    const history = new TypingHistory('');
    let typed = '';
    for (let count = 0; count < 700; count++) history.record((typed += ' '));
    expect(history.steps).toHaveLength(500);
    expect(history.steps.reduce(apply, history.firstText)).toBe(typed);
  });
});
