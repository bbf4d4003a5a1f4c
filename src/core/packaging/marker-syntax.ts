/**
 * PEP 508 markers as text: the grammar of `packaging/_parser.py`, its messages and spans, and its way of writing a
 * marker down again. Evaluation is in `marker.ts`.
 *
 *     marker     = conjunction ("or" conjunction)*
 *     conjunction = atom ("and" atom)*
 *     atom       = "(" marker ")" | operand operator operand
 */
import { Cursor } from './cursor.ts';
import { MARKER_VARIABLES, type MarkerVariable } from './marker-environment.ts';
import { normalizeName } from './name.ts';
import { isPackaging26, type PrereleasePolicy } from './prerelease-policy.ts';
import { evaluatePythonString, stripPythonSpace, WORD_CHARACTER } from './python-text.ts';
import { type Result, success } from './result.ts';
import { type Specifier } from './specifier-clause.ts';
import { readSpecifier } from './specifier-syntax.ts';

/** True when all atoms of one of the alternatives hold. Plain data: it can be cloned, stored and sent. */
export interface Marker {
  readonly kind: 'group';
  /** Joined by `or`; the atoms of each by `and`. Never empty. */
  readonly alternatives: readonly (readonly MarkerAtom[])[];
}

export type MarkerAtom = Marker | MarkerComparison;

export type MarkerOperator = '<' | '<=' | '!=' | '==' | '>=' | '>' | '~=' | '===' | 'in' | 'not in';

export interface MarkerComparison {
  readonly kind: 'comparison';
  readonly left: MarkerOperand;
  readonly operator: MarkerOperator;
  readonly right: MarkerOperand;
  /**
   * Derived: the variable that is looked up. Of two quoted strings the right one is taken for a name; null when it is
   * none, and then the two texts are compared.
   */
  readonly variable: MarkerVariable | null;
  /** Derived: what it is compared with. Of two variables only the left one is looked up; the other is read as its name. */
  readonly literal: string;
  /** The literal before names of extras were normalised: what releases before 22 compared. */
  readonly writtenLiteral: string;
  /** Derived: the literal stands to the left of the operator. */
  readonly isReversed: boolean;
  /** Derived: `operator literal` as a version specifier, when it is one and the literal stands right. */
  readonly specifier: Specifier | null;
}

export interface MarkerOperand {
  readonly kind: 'variable' | 'string';
  /** A variable's standard name (`os.name` is `os_name`), or a string's value without quotes. */
  readonly text: string;
}

const word = (choices: string): RegExp =>
  new RegExp(`(?<!${WORD_CHARACTER})(?:${choices})(?!${WORD_CHARACTER})`, 'uy');

const ENVIRONMENT_VARIABLES =
  'python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)' +
  '|platform[._](?:version|machine|python_implementation)|python_implementation' +
  '|implementation_(?:name|version)';
const VARIABLE = word(`${ENVIRONMENT_VARIABLES}|extras?|dependency_groups`);
/** Before 25.0 no lock file was read. */
const OLD_VARIABLE = word(`${ENVIRONMENT_VARIABLES}|extra`);
const QUOTED = /'[^']*'|"[^"]*"/y;
const COMPARISON = /===|==|~=|!=|<=|>=|<|>/y;
const CONNECTIVE = word('or|and');
const IN = word('in');
const NOT = word('not');

/** Deeper nesting is refused: Python runs out of stack, too, though later. */
const MAX_DEPTH = 100;

/**
 * Reads a whole text as a marker. The error's message and span are those of `packaging`'s `ParserSyntaxError`. The policy
 * decides which variables there are, and which names of extras are normalised.
 */
export function parseMarker(text: string, policy: PrereleasePolicy = 'packaging-26'): Result<Marker> {
  const cursor = new Cursor(text, { forgivesLineFeed: policy !== 'packaging-26.3' });
  const marker = readMarker(cursor, policy);
  if (marker !== null && !cursor.isAtEnd()) cursor.fail('Expected end of marker expression');
  return cursor.error === null && marker !== null ? success(marker) : { ok: false, error: cursor.error! };
}

/** Reads a marker where the cursor stands, as far as it goes; null after noting an error. */
export function readMarker(cursor: Cursor, policy: PrereleasePolicy, depth = 0): Marker | null {
  const first = readAtom(cursor, policy, depth, normalizesExtras(policy, depth, true));
  if (first === null) return null;
  let connective = cursor.take(CONNECTIVE);
  if (connective === null) return { kind: 'group', alternatives: [[first]] };
  let atoms = [first];
  const alternatives = [atoms];
  for (; connective !== null; connective = cursor.take(CONNECTIVE)) {
    const atom = readAtom(cursor, policy, depth, normalizesExtras(policy, depth, false));
    if (atom === null) return null;
    if (connective === 'and') atoms.push(atom);
    else alternatives.push((atoms = [atom]));
  }
  // Lists that grew keep room for more; copies are as long as they need to be.
  return { kind: 'group', alternatives: alternatives.map((each) => each.slice()) };
}

/**
 * Whether names of extras are normalised in an atom: in 26 in all outside parentheses, from 22 on in the first one, and
 * before in none; since 26.3 everywhere. `_normalize_extra_values`.
 */
function normalizesExtras(policy: PrereleasePolicy, depth: number, isFirst: boolean): boolean {
  if (policy === 'packaging-26.3') return true;
  return depth === 0 && (isPackaging26(policy) || (isFirst && policy !== 'packaging-20'));
}

function readAtom(
  cursor: Cursor,
  policy: PrereleasePolicy,
  depth: number,
  normalizes: boolean,
): MarkerAtom | null {
  cursor.skipBlanks();
  const open = cursor.position;
  if (!cursor.takeCharacter('(')) return readComparison(cursor, policy, normalizes);
  if (depth === MAX_DEPTH) return cursor.fail('Marker is nested too deeply', open);
  const group = readMarker(cursor, policy, depth + 1);
  if (group === null) return null;
  cursor.skipBlanks();
  if (!cursor.takeCharacter(')'))
    return cursor.fail(
      'Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after marker expression',
      open,
    );
  cursor.skipBlanks();
  return group;
}

function readComparison(
  cursor: Cursor,
  policy: PrereleasePolicy,
  normalizes: boolean,
): MarkerComparison | null {
  const left = readOperand(cursor, policy);
  if (left === null) return null;
  cursor.skipBlanks();
  const operator = readOperator(cursor);
  if (operator === null) return null;
  cursor.skipBlanks();
  const right = readOperand(cursor, policy);
  if (right === null) return null;
  cursor.skipBlanks();
  if (!normalizes) return makeComparison(left, operator, right, false);
  // `os_name in extra` becomes `"os-name" in extra`: see `makeComparison`.
  const isName = left.kind === 'variable' && !isExtra(left) && isExtra(right);
  return makeComparison(isName ? { kind: 'string', text: left.text } : left, operator, right, true);
}

function isExtra(operand: MarkerOperand): boolean {
  return operand.kind === 'variable' && operand.text === 'extra';
}

function readOperand(cursor: Cursor, policy: PrereleasePolicy): MarkerOperand | null {
  const isOld = policy === 'packaging-20' || policy === 'packaging-24';
  const variable = cursor.take(isOld ? OLD_VARIABLE : VARIABLE);
  if (variable !== null) {
    const name = variable.replace('.', '_');
    return { kind: 'variable', text: name === 'python_implementation' ? `platform_${name}` : name };
  }
  const start = cursor.position;
  const quoted = cursor.take(QUOTED);
  if (quoted === null) return cursor.fail('Expected a marker variable or quoted string');
  const text = evaluatePythonString(quoted);
  return text === null ? cursor.fail('Expected a valid Python string', start) : { kind: 'string', text };
}

function readOperator(cursor: Cursor): MarkerOperator | null {
  if (cursor.take(IN) !== null) return 'in';
  if (cursor.take(NOT) !== null) {
    if (!cursor.seesOneOf(' \t')) return cursor.fail("Expected whitespace after 'not'");
    cursor.skipBlanks();
    return cursor.take(IN) === null ? cursor.fail("Expected 'in' after 'not'") : 'not in';
  }
  const operator = cursor.take(COMPARISON) as MarkerOperator | null;
  if (operator !== null) return operator;
  return cursor.fail('Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in');
}

/**
 * Whatever is compared with `extra` is read as the name of one, and normalised; but `packaging` 26 forgets those inside
 * parentheses (`_normalize_extra_values`).
 */
function makeComparison(
  left: MarkerOperand,
  operator: MarkerOperator,
  right: MarkerOperand,
  normalizes: boolean,
): MarkerComparison {
  const isReversed = left.kind === 'string';
  const looked = isReversed ? right : left;
  const written = isReversed ? left : right;
  const literal: MarkerOperand =
    isExtra(looked) && normalizes ? { kind: 'string', text: normalizeName(written.text) } : written;
  return {
    kind: 'comparison',
    left: isReversed ? literal : left,
    operator,
    right: isReversed ? right : literal,
    variable: isVariableName(looked.text) ? looked.text : null,
    literal: literal.text,
    writtenLiteral: written.text,
    isReversed,
    specifier: isReversed ? null : versionComparison(operator, literal.text),
  };
}

const VARIABLE_NAMES: ReadonlySet<string> = new Set([...MARKER_VARIABLES, 'extras', 'dependency_groups']);

function isVariableName(text: string): text is MarkerVariable {
  return VARIABLE_NAMES.has(text);
}

/** An operator and the literal to its right as a version specifier, if they make one. */
export function versionComparison(operator: MarkerOperator, literal: string): Specifier | null {
  if (operator === 'in' || operator === 'not in') return null;
  return readSpecifier(stripPythonSpace(operator + literal), 'packaging-26');
}

/**
 * The marker in the text form of `packaging`'s `str(Marker)`: double quotes, single spaces, and only the parentheses
 * that nesting needs. Like the original it drops those of a doubly parenthesised group. Before 26.3 a text that holds a
 * double quote is put in double quotes all the same.
 */
export function formatMarker(marker: Marker, policy: PrereleasePolicy = 'packaging-26'): string {
  return formatGroup(marker, true, policy === 'packaging-26.3');
}

function formatGroup(group: Marker, isOutermost: boolean, keepsQuotes: boolean): string {
  const [first] = group.alternatives;
  const only = group.alternatives.length === 1 && first?.length === 1 ? first[0] : undefined;
  if (only !== undefined)
    return only.kind === 'group' ? formatGroup(only, true, keepsQuotes) : formatComparison(only, keepsQuotes);
  const text = group.alternatives
    .map((atoms) => atoms.map((atom) => formatAtom(atom, keepsQuotes)).join(' and '))
    .join(' or ');
  return isOutermost ? text : `(${text})`;
}

function formatAtom(atom: MarkerAtom, keepsQuotes: boolean): string {
  return atom.kind === 'group' ? formatGroup(atom, false, keepsQuotes) : formatComparison(atom, keepsQuotes);
}

function formatComparison({ left, operator, right }: MarkerComparison, keepsQuotes: boolean): string {
  return `${formatOperand(left, keepsQuotes)} ${operator} ${formatOperand(right, keepsQuotes)}`;
}

function formatOperand({ kind, text }: MarkerOperand, keepsQuotes: boolean): string {
  if (kind === 'variable') return text;
  return keepsQuotes && text.includes('"') ? `'${text}'` : `"${text}"`;
}
