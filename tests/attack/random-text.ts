/** Hostile texts, the same for the same seed. */

/** Mulberry32: 0 ≤ x < 1. */
export type Random = () => number;

export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** What breaks out somewhere: of a shell's quotes, of a fence, of an attribute; and what only looks like it. */
export const PIECES: readonly string[] = [
  ...[
    "'",
    '"',
    '`',
    '‘',
    '’',
    '‚',
    '‛',
    '“',
    '”',
    '„',
    '\\',
    '$',
    '%',
    '!',
    '^',
    '&',
    '|',
    ';',
    '<',
    '>',
    '(',
    ')',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '#',
    '~',
    '*',
    '?',
    '=',
    '@',
    ',',
    ' ',
    '  ',
    '\t',
    '-',
    '--',
    ':',
    '/',
    '+',
    '\n',
    '\r\n',
  ],
  ...[
    '$(touch PWNED)',
    '`touch PWNED`',
    '; touch PWNED;',
    '&& touch PWNED',
    '| touch PWNED',
    '\ntouch PWNED\n',
  ],
  ...[
    "';touch PWNED;'",
    '’;touch PWNED;’',
    '";touch PWNED;"',
    '%PATH%',
    '!PATH!',
    '^&calc',
    '${HOME}',
    '$env:PATH',
  ],
  ...[
    '!!',
    '!touch',
    '^old^new',
    '!$',
    '\\\n',
    '%s',
    '%n',
    '\\x41',
    '\\047',
    '\\',
    'END',
    'EOF',
    '\nEND\n',
    '-e ',
    '-r ',
    '--pre',
  ],
  ...[
    'six',
    'flask>=2,<3',
    'a[b]!=1',
    'x; os_name == "nt"',
    "y; os_name == 'nt'",
    'p @ https://h/p.zip',
    'git+https://h/x',
  ],
  ...[
    'ü',
    'é',
    '£',
    '中',
    '🙂',
    '\u00a0',
    '\ufeff',
    '\u200d',
    '<img src=x onerror=alert(1)>',
    '](javascript:alert(1))',
    '```',
    '~~~',
    '<!--',
  ],
  ...[
    '</details>',
    '@everyone',
    '#1',
    'GH-1',
    'deadbeefdeadbeef',
    '%%{init: {}}%%',
    'click n0 "x"',
    ']]>',
    '&lt;',
    '\n# x\n',
    '\n- x\n',
    '\n> x',
  ],
];

/** What acts on a terminal. */
export const CONTROLS: readonly string[] = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter(
    (one) => !'\t\n'.includes(one),
  ),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)),
  ...[
    '\u2028',
    '\u2029',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
  ],
  ...['\u200e', '\u200f', '\u061c', '\ud800', '\udc00'],
];

/** Up to `most` pieces in a row. */
export function hostileText(random: Random, most = 12): string {
  const count = Math.floor(random() * most);
  let text = '';
  for (let at = 0; at < count; at++) {
    const piece = pick(random, PIECES);
    text += random() < 0.02 ? piece.repeat(50) : piece;
  }
  return text;
}
