import { describe, expect, it } from 'vitest';
import { splitShellWords } from '../../../src/core/manifest/command/shell-words.ts';
import { quotePosixWord } from '../../../src/core/share/shell/posix.ts';

describe('shell words', () => {
  it.each([
    ["a 'b c' d\\ e", ['a', 'b c', 'd e']],
    ['x"y z"\'q\'', ['xy zq']],
    ['"a\\"b\\n" \'a\\"\'', ['a"b\\n', 'a\\"']],
    ["''", ['']],
  ])('splits %s', (text, expected) => {
    const words = splitShellWords(text);
    expect(words.ok && words.value.map((word) => word.text)).toEqual(expected);
  });

  it.each(["a 'b", 'a "b', 'a\\'])('refuses %s', (text) => {
    expect(splitShellWords(text).ok).toBe(false);
  });

  it.each(['plain', "it's", '$HOME `x` "q"', '', 'a>=1,<2', '!x', '~x', '=x', 'a\\', "\\'"])(
    'quotes %s so that it survives',
    (word) => {
      const words = splitShellWords(quotePosixWord(word));
      expect(words.ok && words.value.map((found) => found.text)).toEqual([word]);
    },
  );
});
