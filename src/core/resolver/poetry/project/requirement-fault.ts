/**
 * Where Poetry stops reading a requirement line. poetry-core 2.5, `version/requirements.py`: names, extras, clauses in
 * the loose manner of old, addresses, and markers of known names.
 */
import { parseConstraint } from '../constraint/parse-constraint.ts';

const NAME = /[a-zA-Z0-9][\w.-]*/y;
const CLAUSE = /(?:===?|!=|<=|>=|<|>)[ \t]*[^,;\s)]*|~=\s*v?(?:\d+!)?\d+(?:\.\d+)+[^,;\s)]*/y;
const ADDRESS = /[^ ]+/y;
const VARIABLE =
  /implementation_(?:name|version)|platform_(?:python_implementation|release|version|machine|system)|python_(?:full_version|version|implementation)|sys[._]platform|os[._]name|platform\.(?:version|machine|python_implementation)|extra/y;
const TEXT = /"(?:\\.|[^"\\])*"|'[^']*'/y;
const OPERATOR = /===|[=!~<>]=|<|>|in(?![\w.])|not[ \t]+in(?![\w.])/y;
const JOINT = /(?:and|or)(?![\w.])/y;

/** Characters of the line that are shown on either side. */
const SHOWN = 40;

/** Deeper parentheses are not followed. */
const MAXIMUM_DEPTH = 64;

/** Poetry's complaint about a line that it cannot read; null where nothing is found. */
export function requirementFault(written: string): string | null {
  const line = withoutComment(written);
  const reader = new LineReader(line);
  const at = reader.read();
  if (at !== null) return `The requirement is invalid: ${unexpected(line, at)}`;
  const clauses = reader.clauses.join(',');
  if (clauses !== '' && !parseConstraint(clauses, 'packages').ok)
    return `The requirement is invalid: invalid version constraint "${clauses}"`;
  return null;
}

function withoutComment(line: string): string {
  const start = line.indexOf(' #');
  if (start < 0) return line.trim();
  const rest = line.slice(start + 2);
  const marker = rest.indexOf(' ;');
  return line.slice(0, start).trim() + (marker < 0 ? '' : rest.slice(marker));
}

function unexpected(line: string, at: number): string {
  const before = line
    .slice(Math.max(at - SHOWN, 0), at)
    .split('\n')
    .at(-1)!;
  const after = line.slice(at, at + SHOWN).split('\n')[0]!;
  const column = at - (line.lastIndexOf('\n', at - 1) + 1) + 1;
  return `Unexpected character at column ${column}\n\n${before}${after}\n${' '.repeat(before.length)}^\n`;
}

class Stop extends Error {}

class LineReader {
  readonly clauses: string[] = [];
  readonly #line: string;
  #at = 0;
  /** Where the last token began: an early end is told there. */
  #last = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /** Where reading stops, or null. */
  read(): number | null {
    try {
      this.#take(NAME);
      if (this.#skips('[')) this.#extras();
      if (this.#skips('@')) this.#take(ADDRESS);
      else this.#versions();
      if (this.#skips(';')) this.#marker(0);
      if (this.#at < this.#line.length) throw new Stop();
      return null;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return this.#at < this.#line.length ? this.#at : this.#last;
    }
  }

  #extras(): void {
    if (this.#skips(']')) return;
    do this.#take(NAME);
    while (this.#skips(','));
    this.#need(']');
  }

  #versions(): void {
    if (this.#skips('(')) {
      this.#clauseList();
      this.#need(')');
    } else if (this.#sees(CLAUSE)) this.#clauseList();
  }

  #clauseList(): void {
    do this.clauses.push(this.#take(CLAUSE));
    while (this.#skips(','));
  }

  #marker(depth: number): void {
    if (depth > MAXIMUM_DEPTH) throw new Stop();
    do {
      if (this.#skips('(')) {
        this.#marker(depth + 1);
        this.#need(')');
      } else this.#comparison();
    } while (this.#sees(JOINT) && this.#take(JOINT) !== '');
  }

  #comparison(): void {
    const isNameFirst = this.#sees(VARIABLE);
    this.#take(isNameFirst ? VARIABLE : TEXT);
    this.#take(OPERATOR);
    this.#take(isNameFirst ? TEXT : VARIABLE);
  }

  #blanks(): void {
    while (this.#line[this.#at] === ' ' || this.#line[this.#at] === '\t') this.#at++;
  }

  #sees(token: RegExp): boolean {
    this.#blanks();
    token.lastIndex = this.#at;
    return token.test(this.#line);
  }

  #take(token: RegExp): string {
    this.#blanks();
    token.lastIndex = this.#at;
    const text = token.exec(this.#line)?.[0];
    if (text === undefined) throw new Stop();
    this.#pass(text.length);
    return text;
  }

  #skips(sign: string): boolean {
    this.#blanks();
    if (this.#line[this.#at] !== sign) return false;
    this.#pass(1);
    return true;
  }

  #need(sign: string): void {
    if (!this.#skips(sign)) throw new Stop();
  }

  #pass(length: number): void {
    this.#last = this.#at;
    this.#at += length;
    this.#blanks();
  }
}
