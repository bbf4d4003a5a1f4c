/**
 * PEP 508 requirements, `name[extras] specifiers ; marker` or `name[extras] @ url ; marker`: the grammar, the messages
 * and the spans of `packaging/_parser.py` (26.2).
 */
import { Cursor } from './cursor.ts';
import { formatMarker, readMarker, type Marker } from './marker-syntax.ts';
import { normalizeName } from './name.ts';
import { WORD_CHARACTER } from './python-text.ts';
import { type ParseError, type Result, success } from './result.ts';
import { isPackaging26, type PrereleasePolicy } from './prerelease-policy.ts';
import { endOfLegacySpecifier, endOfSpecifier, specifierOfToken } from './specifier-syntax.ts';
import {
  EMPTY_SPECIFIER_SET,
  makeSpecifierSet,
  parseSpecifierSet,
  type Specifier,
  type SpecifierSet,
} from './specifier.ts';

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
/** ASCII's letters and digits, and what may stand between them in a name. */
const ALPHANUMERIC = /[a-zA-Z0-9]/;
const NAME_CHARACTERS = /[a-zA-Z0-9][a-zA-Z0-9._-]*/y;

/** Reads an identifier, or returns null. The pattern that knows all letters is asked only where it makes a difference. */
function takeIdentifier(cursor: Cursor): string | null {
  const { text, position } = cursor;
  if (position > 0 && !' \t[,('.includes(text.charAt(position - 1))) return cursor.take(IDENTIFIER);
  NAME_CHARACTERS.lastIndex = position;
  if (!NAME_CHARACTERS.test(text)) return null;
  const end = NAME_CHARACTERS.lastIndex;
  if (text.charCodeAt(end) > 0x7f || !ALPHANUMERIC.test(text.charAt(end - 1))) return cursor.take(IDENTIFIER);
  cursor.position = end;
  return text.slice(position, end);
}

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
  const cursor = new Cursor(text, { forgivesLineFeed: policy !== 'packaging-26.3' });
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
  const name = takeIdentifier(cursor);
  if (name === null) return cursor.fail('Expected package name at the start of dependency specifier');
  cursor.skipBlanks();
  const extras = readExtras(cursor);
  if (extras === null) return null;
  cursor.skipBlanks();
  const details = cursor.takeCharacter('@') ? readUrl(cursor, policy) : readSpecifiers(cursor, policy);
  if (details === null) return null;
  if (!cursor.isAtEnd()) return cursor.fail('Expected end of dependency specifier');
  const { specifiers } = details;
  if (typeof specifiers !== 'string') return makeRequirement(name, extras, specifiers, details, policy);
  const specifier = parseSpecifierSet(specifiers, policy);
  // `===a,b` is one token for the grammar, and yet no specifiers.
  if (!specifier.ok) return cursor.fail(specifier.error.message, details.start);
  return makeRequirement(name, extras, specifier.value, details, policy);
}

/** What follows name and extras. */
interface Details {
  readonly start: number;
  /** Read already, or texts and the commas between them, to be read once more as a set. */
  readonly specifiers: SpecifierSet | string;
  readonly url: string | null;
  readonly marker: Marker | null;
}

function makeRequirement(
  name: string,
  extras: readonly string[],
  specifier: SpecifierSet,
  { url, marker }: Details,
  policy: PrereleasePolicy,
): Requirement {
  let text = name;
  if (extras.length === 1) text += `[${extras[0]!}]`;
  else if (extras.length > 1) text += `[${[...new Set(extras)].sort().join(',')}]`;
  text += specifier.text;
  if (url !== null) text += `${isPackaging26(policy) ? ' @' : '@'} ${url}`;
  if (marker !== null) text += `${url === null ? '' : ' '}; ${formatMarker(marker, policy)}`;
  return { name, normalizedName: normalizeName(name), extras, specifier, url, marker, text };
}

const NO_EXTRAS: readonly string[] = [];

function readExtras(cursor: Cursor): readonly string[] | null {
  const open = cursor.position;
  if (!cursor.takeCharacter('[')) return NO_EXTRAS;
  cursor.skipBlanks();
  const first = takeIdentifier(cursor);
  const extras = first === null ? [] : [first];
  if (first !== null && !readFurtherExtras(cursor, extras)) return null;
  cursor.skipBlanks();
  if (cursor.takeCharacter(']')) return extras;
  return cursor.fail('Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras', open);
}

function readFurtherExtras(cursor: Cursor, extras: string[]): boolean {
  for (;;) {
    cursor.skipBlanks();
    if (!cursor.seesOneOf(',]') && cursor.sees(IDENTIFIER)) {
      cursor.fail('Expected comma between extra names');
      return false;
    }
    if (!cursor.takeCharacter(',')) return true;
    cursor.skipBlanks();
    const extra = takeIdentifier(cursor);
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
  const withoutMarker: Details = { start, specifiers: EMPTY_SPECIFIER_SET, url, marker: null };
  if (cursor.isAtEnd()) return withoutMarker;
  if (!cursor.seesOneOf(' \t')) return cursor.fail('Expected whitespace after URL');
  cursor.skipBlanks();
  if (cursor.isAtEnd()) return withoutMarker;
  const marker = readMarkerPart(cursor, start, 'url', policy);
  return marker === null ? null : { ...withoutMarker, marker };
}

function readSpecifiers(cursor: Cursor, policy: PrereleasePolicy): Details | null {
  const start = cursor.position;
  const specifiers = readParenthesizedSpecifiers(cursor, policy);
  if (specifiers === null) return null;
  cursor.skipBlanks();
  if (cursor.isAtEnd()) return { start, specifiers, url: null, marker: null };
  const isEmpty = specifiers === '' || specifiers === EMPTY_SPECIFIER_SET;
  const marker = readMarkerPart(cursor, start, isEmpty ? 'name' : 'specifier', policy);
  return marker === null ? null : { start, specifiers, url: null, marker };
}

function readParenthesizedSpecifiers(cursor: Cursor, policy: PrereleasePolicy): SpecifierSet | string | null {
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

/** The specifiers that are being read: a list that grows keeps room for more, its copy does not. */
const workspace: Specifier[] = [];

/**
 * Specifiers and the commas between them; from 22 on a comma at the end is let pass. Whatever the pattern of a specifier
 * took is one, save for `===`, which takes commas, too, and for what only old releases understand.
 */
function readSpecifierTexts(cursor: Cursor, policy: PrereleasePolicy): SpecifierSet | string | null {
  const first = cursor.position;
  let count = 0;
  let isSimple = policy !== 'packaging-20';
  let texts = '';
  for (;;) {
    const start = cursor.position;
    const end = endOfAnySpecifier(cursor.text, start, policy);
    if (end === -1) break;
    const text = cursor.text.slice(start, end);
    isSimple &&= !text.startsWith('===');
    if (isSimple) workspace[count++] = specifierOfToken(text);
    texts += text;
    cursor.position = end;
    if (!readAfterSpecifier(cursor, start)) return null;
    cursor.skipBlanks();
    if (!cursor.takeCharacter(',')) break;
    const afterComma = cursor.position;
    cursor.skipBlanks();
    if (policy === 'packaging-20' && endOfAnySpecifier(cursor.text, cursor.position, policy) === -1) {
      cursor.position = afterComma - 1;
      break;
    }
    texts += ',';
  }
  if (cursor.position === first) return EMPTY_SPECIFIER_SET;
  return isSimple ? makeSpecifierSet(workspace.slice(0, count), policy) : texts;
}

/** What must not follow a specifier; false after noting it. */
function readAfterSpecifier(cursor: Cursor, start: number): boolean {
  const end = cursor.position;
  if (cursor.text.startsWith('.*', end)) {
    cursor.fail('.* suffix can only be used with `==` or `!=` operators', start, end + 1);
    return false;
  }
  if (!cursor.seesOneOf('+') || !cursor.sees(LOCAL_LABEL)) return true;
  cursor.fail('Local version label can only be used with `==` or `!=` operators', start);
  return false;
}

function endOfAnySpecifier(text: string, start: number, policy: PrereleasePolicy): number {
  const end = endOfSpecifier(text, start, policy);
  return policy === 'packaging-20' ? Math.max(end, endOfLegacySpecifier(text, start)) : end;
}

/** What a marker can follow. */
type MarkerPlace = 'url' | 'name' | 'specifier';

/** What could have stood where something else stands, in the words of the release. */
function semicolonExpected(after: MarkerPlace, policy: PrereleasePolicy): string {
  if (isPackaging26(policy)) {
    if (after === 'url') return 'semicolon (after URL and whitespace) or end';
    if (after === 'name') return 'semicolon (after name with no version specifier) or end';
    return 'comma (within version specifier), semicolon (after version specifier) or end';
  }
  if (after === 'url') return 'end or semicolon (after URL and whitespace)';
  if (after === 'name') return 'end or semicolon (after name and no valid version specifier)';
  return 'end or semicolon (after version specifier)';
}

function readMarkerPart(
  cursor: Cursor,
  start: number,
  after: MarkerPlace,
  policy: PrereleasePolicy,
): Marker | null {
  if (!cursor.takeCharacter(';')) return cursor.fail(`Expected ${semicolonExpected(after, policy)}`, start);
  const marker = readMarker(cursor, policy);
  if (marker !== null) cursor.skipBlanks();
  return marker;
}
