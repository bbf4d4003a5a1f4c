/**
 * The order of keys, values and brackets in a TOML text, without looking into any of them: the `toml` crate's first
 * pass, whose complaints come before all others. Source: toml_parser 1.1, parser/document.rs.
 */
import { TOML_CONTROL } from '../toml-characters.ts';
import { RustTomlError } from './error.ts';
import { Tokens, type Token, type TokenKind } from './tokens.ts';

type EventKind =
  | 'table-open'
  | 'array-table-open'
  | 'table-close'
  | 'inline-open'
  | 'inline-close'
  | 'array-open'
  | 'array-close'
  | 'key'
  | 'equals'
  | 'scalar'
  | 'comma';

export interface TomlEvent {
  readonly kind: EventKind;
  /** How it is quoted; null for what is not. */
  readonly quoted: 'literal' | 'basic' | 'ml-literal' | 'ml-basic' | null;
  readonly start: number;
  readonly end: number;
}

const QUOTED: ReadonlySet<TokenKind> = new Set(['literal', 'basic', 'ml-literal', 'ml-basic']);
const CONTROL_IN_COMMENT = new RegExp(String.raw`[${TOML_CONTROL}\r]`, 'u');

/** Arrays and inline tables in one another at most. */
const MAX_DEPTH = 80;

const INLINE_EXPECTED = { key: 'key', equals: '`=`', value: 'value', comma: '`,`' } as const;

class EventReader {
  readonly #tokens: Tokens;
  readonly events: TomlEvent[] = [];
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  document(): void {
    for (let token = this.#tokens.next(); token.kind !== 'end'; token = this.#tokens.next())
      this.#expression(token);
  }

  #expression(token: Token): void {
    switch (token.kind) {
      case '[':
        this.#table(token);
        return;
      case ']':
        throw new RustTomlError('missing table open', ['`[`'], token.start);
      case ',':
      case '{':
      case '}':
        throw new RustTomlError('invalid key-value pair', ['key'], token.start);
      case 'blank':
        return;
      case 'newline':
        this.#checkNewline(token);
        return;
      case 'comment':
        this.#comment(token);
        return;
      case '=':
        this.#add('key', token.start, token.start);
        this.#assigned(token);
        return;
      default:
        this.#keyValue(token);
    }
  }

  #keyValue(token: Token): void {
    const tokens = this.#tokens;
    if (token.kind === '.') this.#add('key', token.start, token.start);
    else this.#addQuoted('key', token);
    this.#dottedKeys(token.kind === '.' ? token : null);
    const equals = tokens.nextIf('=');
    if (equals === null) {
      const what = token.kind === '.' ? 'missing value for key' : 'key with no value';
      throw new RustTomlError(what, ['`=`'], tokens.peek().start);
    }
    this.#assigned(equals);
  }

  #assigned(equals: Token): void {
    this.#add('equals', equals.start, equals.end);
    this.#tokens.nextIf('blank');
    this.#value();
    this.#lineEnd();
  }

  #table(open: Token): void {
    const tokens = this.#tokens;
    const second = tokens.nextIf('[');
    this.#add(second === null ? 'table-open' : 'array-table-open', open.start, (second ?? open).end);
    tokens.nextIf('blank');
    const isKey = this.#key();
    tokens.nextIf('blank');
    const close = tokens.nextIf(']');
    if (close !== null) {
      if (second !== null && tokens.nextIf(']') === null)
        throw new RustTomlError('unclosed array table', ['`]`'], close.end);
      this.#add('table-close', close.start, close.end);
      this.#lineEnd();
      return;
    }
    if (isKey) {
      const [what, wanted] = second === null ? ['unclosed table', '`]`'] : ['unclosed array table', '`]]`'];
      throw new RustTomlError(what, [wanted], tokens.last.end);
    }
    while (tokens.peek().kind !== 'newline' && tokens.peek().kind !== 'end') tokens.next();
  }

  /** False where there is none; an empty one stands for it then, and the second pass complains. */
  #key(): boolean {
    const tokens = this.#tokens;
    for (;;) {
      const token = tokens.peek();
      if (token.kind === 'blank') tokens.next();
      else if (token.kind === '.') {
        tokens.next();
        this.#add('key', token.start, token.start);
      } else if (token.kind === 'word' || QUOTED.has(token.kind)) {
        tokens.next();
        this.#addQuoted('key', token);
        return this.#dottedKeys(null);
      } else {
        this.#add('key', token.start, token.start);
        return false;
      }
    }
  }

  /** What follows a key: a dot and the next key, again and again. `dot`: one that was read already. */
  #dottedKeys(dot: Token | null): boolean {
    const tokens = this.#tokens;
    tokens.nextIf('blank');
    for (let next = dot ?? tokens.nextIf('.'); next !== null; next = tokens.nextIf('.')) {
      tokens.nextIf('blank');
      const token = tokens.peek();
      if (token.kind === 'word' || QUOTED.has(token.kind)) {
        tokens.next();
        this.#addQuoted('key', token);
        tokens.nextIf('blank');
        continue;
      }
      this.#add('key', token.start, token.start);
      if (token.kind !== '.') return false;
    }
    return true;
  }

  #value(): void {
    const tokens = this.#tokens;
    const token = tokens.peek();
    switch (token.kind) {
      case 'comment':
      case ',':
      case 'newline':
      case 'end':
      case 'blank':
        this.#add('scalar', token.start, token.start);
        return;
      case '=':
        throw new RustTomlError('extra `=`', [], token.start, token.end);
      case '}':
        throw new RustTomlError('missing inline table opening', ['`{`'], token.start);
      case ']':
        throw new RustTomlError('missing array opening', ['`[`'], token.start);
      default:
        tokens.next();
        this.#startValue(token);
    }
  }

  /** Of a bracket, a quoted text or a word. */
  #startValue(token: Token): void {
    if (token.kind === '{') this.#inlineTable(token);
    else if (token.kind === '[') this.#array(token);
    else this.#scalar(token);
  }

  /** Words with blanks and dots between them are one value, of which the second pass complains. */
  #scalar(first: Token): void {
    const tokens = this.#tokens;
    if (QUOTED.has(first.kind)) {
      this.#addQuoted('scalar', first);
      return;
    }
    let { end } = first;
    for (;;) {
      const { kind } = tokens.peek();
      if (kind !== '.' && kind !== 'word' && !(kind === 'blank' && tokens.wordFollowsBlank())) break;
      end = tokens.next().end;
    }
    this.#add('scalar', first.start, end);
  }

  #enter(kind: 'array-open' | 'inline-open', { start, end }: Token): void {
    this.#add(kind, start, end);
    if (++this.#depth > MAX_DEPTH)
      throw new RustTomlError('cannot recurse further; max recursion depth met', null, start, end);
  }

  #leave(kind: 'array-close' | 'inline-close', { start, end }: Token): void {
    this.#add(kind, start, end);
    this.#depth--;
  }

  #array(open: Token): void {
    this.#enter('array-open', open);
    let needsValue = true;
    for (;;) {
      const token = this.#tokens.next();
      if (this.#isSpace(token)) continue;
      switch (token.kind) {
        case 'end':
          throw new RustTomlError('unclosed array', ['`]`'], token.start);
        case ',':
          if (needsValue) throw new RustTomlError('extra comma in array', ['value'], token.start, token.end);
          this.#add('comma', token.start, token.end);
          needsValue = true;
          break;
        case '=':
          throw new RustTomlError('unexpected `=` in array', ['value', '`]`'], token.start, token.end);
        case ']':
          this.#leave('array-close', token);
          return;
        default:
          if (!needsValue)
            throw new RustTomlError('missing comma between array elements', ['`,`'], token.start);
          if (token.kind === '}')
            throw new RustTomlError('missing inline table opening', ['`{`'], token.start);
          this.#startValue(token);
          needsValue = false;
      }
    }
  }

  #inlineTable(open: Token): void {
    this.#enter('inline-open', open);
    let state: keyof typeof INLINE_EXPECTED = 'key';
    for (;;) {
      const token = this.#tokens.next();
      if (this.#isSpace(token)) continue;
      if (token.kind === 'end') throw new RustTomlError('unclosed inline table', ['`}`'], token.start);
      if (token.kind === '}') {
        this.#leave('inline-close', token);
        return;
      }
      state = this.#inlineStep(token, state);
    }
  }

  #inlineStep(token: Token, state: keyof typeof INLINE_EXPECTED): keyof typeof INLINE_EXPECTED {
    const refuse = (what: string): never => {
      throw new RustTomlError(what, [INLINE_EXPECTED[state]], token.start);
    };
    switch (token.kind) {
      case ',':
        if (state !== 'comma') return refuse('extra comma in inline table');
        this.#add('comma', token.start, token.end);
        return 'key';
      case '=':
        if (state === 'value' || state === 'comma') return refuse('extra assignment between key-value pairs');
        if (state === 'key') this.#add('key', token.start, token.start);
        this.#add('equals', token.start, token.end);
        return 'value';
      case ']':
        if (state !== 'value') return refuse('invalid inline table element');
        throw new RustTomlError('missing array opening', ['`[`'], token.start);
      case '{':
      case '[':
        if (state === 'key' || state === 'comma') return refuse('missing key for inline table element');
        break;
      default:
        if (state === 'comma') return refuse('missing comma between key-value pairs');
        if (state !== 'key') break;
        if (token.kind === '.') this.#add('key', token.start, token.start);
        else this.#addQuoted('key', token);
        this.#dottedKeys(token.kind === '.' ? token : null);
        return 'equals';
    }
    if (state === 'equals') return refuse('missing assignment between key-value pairs');
    this.#startValue(token);
    return 'comma';
  }

  #isSpace(token: Token): boolean {
    if (token.kind === 'comment') this.#comment(token);
    else if (token.kind === 'newline') this.#checkNewline(token);
    else return token.kind === 'blank';
    return true;
  }

  /** Behind an expression only a comment may stand. */
  #lineEnd(): void {
    for (;;) {
      const token = this.#tokens.next();
      if (token.kind === 'end') return;
      if (token.kind === 'blank') continue;
      if (!this.#isSpace(token))
        throw new RustTomlError('unexpected key or value', ['newline', '`#`'], token.start);
      return;
    }
  }

  #comment({ start, end }: Token): void {
    const bad = this.#tokens.text.slice(start, end).search(CONTROL_IN_COMMENT);
    if (bad >= 0) throw new RustTomlError('invalid comment character', ['printable characters'], start + bad);
    const next = this.#tokens.nextIf('newline');
    if (next !== null) this.#checkNewline(next);
  }

  #checkNewline({ start, end }: Token): void {
    if (this.#tokens.text.slice(start, end) === '\r')
      throw new RustTomlError('carriage return must be followed by newline', ['newline'], end);
  }

  #addQuoted(kind: 'key' | 'scalar', token: Token): void {
    const quoted = QUOTED.has(token.kind) ? (token.kind as TomlEvent['quoted']) : null;
    this.events.push({ kind, quoted, start: token.start, end: token.end });
  }

  #add(kind: EventKind, start: number, end: number): void {
    this.events.push({ kind, quoted: null, start, end });
  }
}

/** Throws `RustTomlError`. */
export function tomlEvents(text: string): readonly TomlEvent[] {
  const reader = new EventReader(text);
  reader.document();
  return reader.events;
}
