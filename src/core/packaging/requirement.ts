/**
 * PEP 508 requirements, `name[extras] specifiers ; marker` or `name[extras] @ url ; marker`: the grammar, the messages
 * and the spans of `packaging/_parser.py` (26.2).
 */
import { Cursor } from './cursor.ts';
import { formatMarker, readMarker, type Marker } from './marker-syntax.ts';
import { normalizeName } from './name.ts';
import { WORD_CHARACTER } from './python-text.ts';
import { type ParseError, type Result, success } from './result.ts';
import { type PrereleasePolicy } from './prerelease-policy.ts';
import { endOfLegacySpecifier, endOfSpecifier } from './specifier-syntax.ts';
import { parseSpecifierSet, type SpecifierSet } from './specifier.ts';

export interface Requirement {
  /** As written. */
  readonly name: string;
  readonly normalizedName: string;
  /** As written, in the order written, repetitions included. */
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  readonly url: string | null;
  readonly marker: Marker | null;
  /** `str(Requirement)`: extras sorted, each once; specifiers sorted; the marker with double quotes. */
  readonly text: string;
}

/** Ends at Python's `\b`, so that `foo-` is read as `foo` unless a letter beyond ASCII follows. */
const IDENTIFIER = new RegExp(
  `(?<!${WORD_CHARACTER})[a-zA-Z0-9][a-zA-Z0-9._-]*(?:(?<=[a-zA-Z0-9_])(?!${WORD_CHARACTER})|(?<=[.-])(?=${WORD_CHARACTER}))`,
  'uy',
);
const URL = /[^ \t]+/y;
const LOCAL_LABEL = /\+[a-z0-9]/y;

/**
 * Reads a whole text as a requirement. The error's message and span are those of `packaging`'s `ParserSyntaxError`; the
 * policy decides on their wording, and before 22 on whether `pytz>=2011k` is one at all.
 */
export function parseRequirement(
  text: string,
  policy: PrereleasePolicy = 'packaging-26',
): Result<Requirement> {
  const cursor = new Cursor(text);
  const requirement = readRequirement(cursor, policy);
  return requirement === null ? { ok: false, error: cursor.error! } : success(requirement);
}

/**
 * An error of `parseRequirement` or `parseMarker` as Python prints it: the message, the text, and a line that points.
 *
 *     Expected comma (within version specifier), semicolon (after version specifier) or end
 *         pytz>=2011k
 *             ~~~~~~^
 */
export function formatParseError(text: string, error: ParseError): string {
  const { start, end } = error.span;
  return `${error.message}\n    ${text}\n    ${' '.repeat(start)}${'~'.repeat(end - start)}^`;
}

function readRequirement(cursor: Cursor, policy: PrereleasePolicy): Requirement | null {
  cursor.skipBlanks();
  const name = cursor.take(IDENTIFIER);
  if (name === null) return cursor.fail('Expected package name at the start of dependency specifier');
  cursor.skipBlanks();
  const extras = readExtras(cursor);
  if (extras === null) return null;
  cursor.skipBlanks();
  const details = cursor.takeCharacter('@') ? readUrl(cursor, policy) : readSpecifiers(cursor, policy);
  if (details === null) return null;
  if (!cursor.isAtEnd()) return cursor.fail('Expected end of dependency specifier');
  const specifier = parseSpecifierSet(details.specifiers, policy);
  // `===a,b` is one token for the grammar, and yet no specifiers.
  if (!specifier.ok) return cursor.fail(specifier.error.message, details.start);
  return makeRequirement(name, extras, specifier.value, details);
}

/** What follows name and extras. */
interface Details {
  readonly start: number;
  readonly specifiers: string;
  readonly url: string | null;
  readonly marker: Marker | null;
}

function makeRequirement(
  name: string,
  extras: readonly string[],
  specifier: SpecifierSet,
  { url, marker }: Details,
): Requirement {
  let text = name;
  if (extras.length === 1) text += `[${extras[0]!}]`;
  else if (extras.length > 1) text += `[${[...new Set(extras)].sort().join(',')}]`;
  text += specifier.text;
  if (url !== null) text += ` @ ${url}`;
  if (marker !== null) text += `${url === null ? '' : ' '}; ${formatMarker(marker)}`;
  return { name, normalizedName: normalizeName(name), extras, specifier, url, marker, text };
}

function readExtras(cursor: Cursor): readonly string[] | null {
  const open = cursor.position;
  if (!cursor.takeCharacter('[')) return [];
  cursor.skipBlanks();
  const first = cursor.take(IDENTIFIER);
  const extras = first === null ? [] : [first];
  if (first !== null && !readFurtherExtras(cursor, extras)) return null;
  cursor.skipBlanks();
  if (cursor.takeCharacter(']')) return extras;
  return cursor.fail('Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras', open);
}

function readFurtherExtras(cursor: Cursor, extras: string[]): boolean {
  for (;;) {
    cursor.skipBlanks();
    if (cursor.sees(IDENTIFIER)) {
      cursor.fail('Expected comma between extra names');
      return false;
    }
    if (!cursor.takeCharacter(',')) return true;
    cursor.skipBlanks();
    const extra = cursor.take(IDENTIFIER);
    if (extra === null) {
      cursor.fail('Expected extra name after comma');
      return false;
    }
    extras.push(extra);
  }
}

function readUrl(cursor: Cursor, policy: PrereleasePolicy): Details | null {
  cursor.skipBlanks();
  const start = cursor.position;
  const url = cursor.take(URL);
  if (url === null) return cursor.fail('Expected URL after @');
  const withoutMarker: Details = { start, specifiers: '', url, marker: null };
  if (cursor.isAtEnd()) return withoutMarker;
  if (!cursor.seesOneOf(' \t')) return cursor.fail('Expected whitespace after URL');
  cursor.skipBlanks();
  if (cursor.isAtEnd()) return withoutMarker;
  const marker = readMarkerPart(cursor, start, semicolonExpected('url', policy));
  return marker === null ? null : { ...withoutMarker, marker };
}

function readSpecifiers(cursor: Cursor, policy: PrereleasePolicy): Details | null {
  const start = cursor.position;
  const specifiers = readParenthesizedSpecifiers(cursor, policy);
  if (specifiers === null) return null;
  cursor.skipBlanks();
  if (cursor.isAtEnd()) return { start, specifiers, url: null, marker: null };
  const expected = semicolonExpected(specifiers === '' ? 'name' : 'specifier', policy);
  const marker = readMarkerPart(cursor, start, expected);
  return marker === null ? null : { start, specifiers, url: null, marker };
}

function readParenthesizedSpecifiers(cursor: Cursor, policy: PrereleasePolicy): string | null {
  const open = cursor.position;
  const isParenthesized = cursor.takeCharacter('(');
  cursor.skipBlanks();
  const texts = readSpecifierTexts(cursor, policy);
  if (texts === null) return null;
  cursor.skipBlanks();
  if (isParenthesized && !cursor.takeCharacter(')'))
    return cursor.fail(
      'Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after version specifier',
      open,
    );
  return texts;
}

/** Specifiers and the commas between them, put together; from 22 on a comma at the end is let pass. */
function readSpecifierTexts(cursor: Cursor, policy: PrereleasePolicy): string | null {
  let texts = '';
  for (;;) {
    const start = cursor.position;
    const end = endOfAnySpecifier(cursor.text, start, policy);
    if (end === -1) return texts;
    texts += cursor.text.slice(start, end);
    cursor.position = end;
    if (cursor.text.startsWith('.*', end))
      return cursor.fail('.* suffix can only be used with `==` or `!=` operators', start, end + 1);
    if (cursor.sees(LOCAL_LABEL))
      return cursor.fail('Local version label can only be used with `==` or `!=` operators', start);
    cursor.skipBlanks();
    if (!cursor.takeCharacter(',')) return texts;
    const afterComma = cursor.position;
    cursor.skipBlanks();
    if (policy === 'packaging-20' && endOfAnySpecifier(cursor.text, cursor.position, policy) === -1) {
      cursor.position = afterComma - 1;
      return texts;
    }
    texts += ',';
  }
}

function endOfAnySpecifier(text: string, start: number, policy: PrereleasePolicy): number {
  const end = endOfSpecifier(text, start, policy);
  return policy === 'packaging-20' ? Math.max(end, endOfLegacySpecifier(text, start)) : end;
}

/** What could have stood where something else stands, in the words of the release. */
function semicolonExpected(after: 'url' | 'name' | 'specifier', policy: PrereleasePolicy): string {
  if (policy === 'packaging-26') {
    if (after === 'url') return 'semicolon (after URL and whitespace) or end';
    if (after === 'name') return 'semicolon (after name with no version specifier) or end';
    return 'comma (within version specifier), semicolon (after version specifier) or end';
  }
  if (after === 'url') return 'end or semicolon (after URL and whitespace)';
  if (after === 'name') return 'end or semicolon (after name and no valid version specifier)';
  return 'end or semicolon (after version specifier)';
}

function readMarkerPart(cursor: Cursor, start: number, expected: string): Marker | null {
  if (!cursor.takeCharacter(';')) return cursor.fail(`Expected ${expected}`, start);
  const marker = readMarker(cursor);
  if (marker !== null) cursor.skipBlanks();
  return marker;
}
