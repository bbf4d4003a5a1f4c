/** Texts in and around the grammars of the packaging standards: well-formed ones, odd spellings, and damaged ones. */
import type { RandomSource } from './random-source.ts';

/** White space to Python, to JavaScript, to both or to neither. */
const SPACES = [
  ...[' ', ' ', ' ', '\t', '\n', '\r', '\r\n', '\v', '\f', '\x1c', '\x1d', '\x1f', '\x85', '\xa0', '\u1680'],
  ...['\u2003', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\ufeff', '\u200b', '\u180e', '  ', '\0'],
] as const;

/** Digits and letters that some patterns take for ASCII's. */
const LOOKALIKES = [
  '１',
  '٣',
  '²',
  '½',
  'Ⅷ',
  'ſ',
  '\u212a',
  'ı',
  'İ',
  'é',
  'ß',
  'Σ',
  'ς',
  '\u0301',
  '一',
  '😀',
  '\ud800',
  'ﬀ',
] as const;

const MARKS = '0123456789.-_+!*,;()[]@=<>~\'"/\\#abcdevprostlinx'.split(/(?:)/u);

const number = (random: RandomSource): string =>
  random.pick([
    () => String(random.integer(0, 3)),
    () => String(random.integer(0, 3)),
    () => String(random.integer(0, 2030)),
    () => `0${random.integer(0, 12)}`,
    () => '00',
    () =>
      random.pick([
        '9007199254740992',
        '9007199254740993',
        '999999999999999',
        '1000000000000000',
        '123456789012345678901234567890',
      ]),
  ])();

/** A release number: `1`, `1.0.0`, `2020.01`. */
export function releaseText(random: RandomSource): string {
  return random.happens(0.4)
    ? random.pick(['1', '1.0', '1.0.0', '1.1', '2.0', '0', '1.0.1', '1.10'])
    : random.list(1, 5, () => number(random)).join('.');
}

function suffixText(random: RandomSource, words: readonly string[]): string {
  const separator = ['', '', '.', '-', '_'];
  const word = random.pick(words);
  const spelled = random.happens(0.1) ? word.toUpperCase() : word;
  return (
    random.pick(separator) + spelled + random.pick(separator) + (random.happens(0.8) ? number(random) : '')
  );
}

const PRE = ['a', 'b', 'rc', 'a', 'rc', 'alpha', 'beta', 'c', 'pre', 'preview'] as const;
const POST = ['post', 'post', 'post', 'rev', 'r'] as const;

/** A version in one of PEP 440's spellings, mostly the normal one. */
export function versionText(random: RandomSource): string {
  const isPlain = random.happens(0.5);
  const part = (words: readonly string[], normal: string): string =>
    isPlain ? `${normal}${random.integer(0, 3)}` : suffixText(random, words);
  let text = random.happens(0.06) ? random.pick(['v', 'V']) : '';
  if (random.happens(0.12)) text += `${random.pick(['0', '1', '2', '00', number(random)])}!`;
  text += isPlain
    ? random.pick(['1', '1.0', '1.0.0', '1.1', '2.0', '0', '1.0.1', '1.2.3'])
    : releaseText(random);
  if (random.happens(0.3)) text += part(PRE, random.pick(['a', 'b', 'rc']));
  if (random.happens(0.25)) text += random.happens(0.2) ? `-${number(random)}` : part(POST, '.post');
  if (random.happens(0.25)) text += part(['dev'], '.dev');
  if (random.happens(0.2))
    text += `+${random.list(1, 3, () => random.pick([number(random), 'abc', 'ABC', 'ubuntu', '1a', 'a1', '0', '00'])).join(random.pick(['.', '-', '_']))}`;
  return text;
}

/** What is no version to PEP 440 and was one before it. */
export function legacyVersionText(random: RandomSource): string {
  const words = [
    '2011k',
    'x',
    'final',
    'dev',
    'rc',
    'pre',
    'preview',
    'alpha',
    'build',
    'q',
    'Z',
    '@',
    '*',
    '~',
  ];
  return random
    .list(1, 4, () => random.pick([number(random), random.pick(words)]))
    .join(random.pick(['.', '-', '_', '']));
}

/** One specifier, mostly a valid one. */
export function specifierText(random: RandomSource): string {
  const operator = random.pick(['==', '!=', '<=', '>=', '<', '>', '~=', '===']);
  const blank = random.happens(0.1) ? random.pick(SPACES) : '';
  return operator + blank + operandText(random, operator);
}

function operandText(random: RandomSource, operator: string): string {
  if (operator === '===' && random.happens(0.6))
    return random.pick([
      '',
      'foobar',
      '1.0+LOCAL',
      '1.0-1',
      'a,b',
      '1.0.0',
      'FOO',
      '1;0',
      'a)',
      '1.0.*',
      '=',
      '日本',
      '>=1',
    ]);
  if ((operator === '==' || operator === '!=') && random.happens(0.4)) return `${wildcardBase(random)}.*`;
  const version = versionText(random);
  return operator === '==' || operator === '!=' || random.happens(0.03)
    ? version
    : version.replace(/\+.*/, '');
}

function wildcardBase(random: RandomSource): string {
  if (random.happens(0.06)) return versionText(random);
  return `${random.pick(['', '', '', '1!', '0!', 'v'])}${releaseText(random)}`;
}

/** Specifiers and commas. */
export function specifierSetText(random: RandomSource): string {
  const separator = random.pick([',', ',', ', ', ' , ', ',,', `,${random.pick(SPACES)}`]);
  const texts = random.list(0, 4, () => specifierText(random));
  return texts.join(separator) + (random.happens(0.06) ? random.pick([',', ' ', ', ,', ';', 'x']) : '');
}

const VARIABLES = [
  ...[
    'python_version',
    'python_full_version',
    'os_name',
    'sys_platform',
    'platform_release',
    'platform_system',
  ],
  ...[
    'platform_version',
    'platform_machine',
    'platform_python_implementation',
    'implementation_name',
    'extra',
  ],
  ...['implementation_version', 'python_version', 'python_full_version', 'extra', 'platform_release'],
  ...[
    'os.name',
    'sys.platform',
    'platform.version',
    'platform.machine',
    'python_implementation',
    'extras',
    'dependency_groups',
  ],
] as const;
const MARKER_OPERATORS = [
  '<',
  '<=',
  '!=',
  '==',
  '>=',
  '>',
  '~=',
  '===',
  'in',
  'not in',
  'not  in',
  'not\tin',
] as const;
const VALUES = [
  ...[
    '3',
    '3.6',
    '3.10',
    '3.11.7',
    '3.12.*',
    '3.*',
    '2.7',
    'linux',
    'win32',
    'posix',
    'nt',
    'x86_64',
    'CPython',
    '',
  ],
  ...[
    '3.6 3.11',
    '3.6,3.11',
    'Foo_Bar',
    'foo-bar',
    'foo--bar',
    'a.b',
    '5.10',
    '6.1.0-18-amd64',
    '1!3',
    '3.11.7+local',
  ],
  ...[
    'rc1',
    '3.12rc1',
    'Linux',
    'lin',
    '3.11a',
    'v3.11',
    ' 3.11 ',
    '>=3.6',
    '#1 SMP',
    '10',
    'extra',
    'python_version',
  ],
  ...[
    '3.11.7+',
    '3.14.0a1+',
    '3.14.0a1+local',
    '3.6.15+',
    'dev',
    'DEV',
    'é',
    '日',
    'a\\x41',
    'a\\\\b',
    '\\n',
    '\\',
  ],
] as const;

/** The value of a marker variable on some machine, or what one is compared with. */
export function valueText(random: RandomSource): string {
  return random.happens(0.3) ? versionText(random) : random.pick(VALUES);
}

function operandOfMarker(random: RandomSource, isQuoted: boolean): string {
  if (!isQuoted) return random.pick(VARIABLES);
  const quote = random.pick(['"', "'"]);
  return quote + valueText(random) + quote;
}

function comparisonText(random: RandomSource): string {
  const operator = random.pick(MARKER_OPERATORS);
  const blank = random.pick([' ', ' ', ' ', '', '\t', '  ']);
  const around = /^[a-z]/.test(operator) && random.happens(0.9) ? ' ' : blank;
  const isReversed = random.happens(0.3);
  const isOdd = random.happens(0.06);
  const left = operandOfMarker(random, isReversed);
  const right = operandOfMarker(random, isOdd ? isReversed : !isReversed);
  return left + around + operator + around + right;
}

/** A marker; its depth is bounded. */
export function markerText(random: RandomSource, depth = 0): string {
  const parts = random.list(1, depth === 0 ? 3 : 2, () => {
    if (depth > 2 || random.happens(0.7)) return comparisonText(random);
    const inner = markerText(random, depth + 1);
    return random.pick([`(${inner})`, `( ${inner} )`, `((${inner}))`, `(\t${inner})`]);
  });
  return parts.reduce(
    (text, part) =>
      text + random.pick([' and ', ' or ', ' and  ', '\tor ', ' or(', ') and']).replace(/[()]/, ' ') + part,
  );
}

const NAMES = [
  ...[
    'a',
    'Foo_Bar',
    'zope.interface',
    'x-y--z',
    'A1',
    '0x',
    'foo-',
    '-foo',
    'é',
    'fooé',
    'foo-é',
    '_a',
    'a.',
    'a_',
    'a-_.b',
  ],
  ...['ruamel.yaml.clib', 'a..b', 'foo.-', 'ΑΣ.Α', 'ΑΣ-', 'İ', 'foo\u200b', 'a b', 'ſ', '一', 'a١'],
] as const;

/** The name of a project or an extra. */
export function nameText(random: RandomSource): string {
  if (random.happens(0.6)) return random.pick(NAMES);
  return random.list(1, 5, () => random.pick(['a', 'B', '0', '-', '_', '.', 'z9', 'Foo'])).join('');
}

const URLS = [
  ...[
    'https://e.org/a-1.0.tar.gz',
    'git+https://e.org/a@v1#egg=a',
    'file:///a',
    './a.whl',
    'x;y',
    'http://e.org/a ;',
    '',
  ],
  ...[
    'https://e.org/a.zip;os_name=="x"',
    'http://[::1]/a',
    'FILE:///A',
    'file:a',
    'http:a',
    'http://',
    '${URL}',
    'a\nb',
    'git@e.org:a/b',
  ],
] as const;

/** A requirement: a name, extras, specifiers or an address, a marker. */
export function requirementText(random: RandomSource): string {
  const blank = random.pick(['', '', '', ' ', '  ', '\t']);
  let text = random.pick(['', '', '', ' ', '\t']) + nameText(random) + blank;
  if (random.happens(0.3))
    text += `[${random.list(0, 3, () => nameText(random)).join(random.pick([',', ', ', ' , ', ' ', ',,']))}]${blank}`;
  if (random.happens(0.15)) text += `@${random.pick(['', ' ', '\t'])}${random.pick(URLS)}`;
  else {
    const specifiers = specifierSetText(random);
    text += random.pick([
      specifiers,
      specifiers,
      specifiers,
      `(${specifiers})`,
      `( ${specifiers} )`,
      `(${specifiers}`,
      `${specifiers})`,
    ]);
  }
  if (random.happens(0.4)) text += random.pick([';', ' ; ', '; ', ' ;', ';;']) + markerText(random);
  return text + random.pick(['', '', '', '', ' ', '\n', ' \n', '\t', ' x', ' #c', '\r\n']);
}

const TAGS = [
  'py3',
  'py2.py3',
  'cp312',
  'CP312',
  'cp37.cp38',
  '',
  'none',
  'abi3',
  'cp37m.abi3',
  'any',
  'win_amd64',
] as const;

/** The name of a wheel file. */
export function wheelText(random: RandomSource): string {
  const parts = [
    nameText(random).replaceAll('-', random.pick(['-', '_'])),
    random.happens(0.8) ? versionText(random).replaceAll('-', '_') : '',
  ];
  if (random.happens(0.3))
    parts.push(random.pick(['1', '2abc', 'abc', '007', '1_2', '', '1\nx', '٣', '12345678901234567890x']));
  parts.push(
    random.pick(TAGS),
    random.pick(TAGS),
    random.pick([...TAGS, 'manylinux_2_17_x86_64.manylinux2014_x86_64']),
  );
  if (random.happens(0.05)) parts.splice(random.integer(0, parts.length - 1), 1);
  return (
    parts.join('-') + random.pick(['.whl', '.whl', '.whl', '.whl', '.whl', '.WHL', '.zip', '.whl\n', ''])
  );
}

/** The name of a source archive. */
export function sdistText(random: RandomSource): string {
  const ending = random.pick([
    '.tar.gz',
    '.tar.gz',
    '.tar.gz',
    '.zip',
    '.zip',
    '.tgz',
    '.TAR.GZ',
    '.tar.bz2',
    '',
    '.tar.gz ',
  ]);
  return `${nameText(random)}${random.pick(['-', '-', '-', '', '--'])}${random.pick([versionText(random), legacyVersionText(random)])}${ending}`;
}

/** Quoted text as a marker holds it. */
export function quotedText(random: RandomSource): string {
  const quote = random.pick(['"', "'"]);
  const pieces = [
    'a',
    '\\',
    '\\n',
    '\\x41',
    '\\x4',
    '\\101',
    '\\400',
    '\\777',
    '\\8',
    '\\u00e9',
    '\\U0001F600',
    '\\U00110000',
    '\\\\',
    "\\'",
    '\\"',
    '\\q',
    '\\\n',
    '\n',
    '\r',
    '\\\r',
    '\\\r\n',
    '\\0',
    '\0',
    '\ud800',
    '\\ud800',
    'é',
  ];
  const body = random.list(0, 5, () => random.pick(pieces)).join('');
  return quote + body.replaceAll(quote, '') + quote;
}

/** The text with some characters put in, taken out or exchanged. */
export function damagedText(random: RandomSource, text: string): string {
  let damaged = text;
  for (let count = random.integer(1, 3); count > 0; count--) {
    const at = random.integer(0, damaged.length);
    const inserted = random.pick([
      () => '',
      () => random.pick(MARKS),
      () => random.pick(MARKS),
      () => random.pick(SPACES),
      () => random.pick(LOOKALIKES),
    ])();
    damaged = damaged.slice(0, at) + inserted + damaged.slice(at + random.integer(0, 1));
  }
  return damaged;
}
