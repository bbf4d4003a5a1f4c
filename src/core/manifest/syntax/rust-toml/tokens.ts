/** Tokens of TOML as the `toml` crate cuts them: quotes that nothing opened stay in their word. */
export type TokenKind =
  | '.'
  | '='
  | ','
  | '['
  | ']'
  | '{'
  | '}'
  | 'blank'
  | 'newline'
  | 'comment'
  | 'literal'
  | 'basic'
  | 'ml-literal'
  | 'ml-basic'
  | 'word'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const PUNCTUATION = new Set(['.', '=', ',', '[', ']', '{', '}']);
const AFTER_WORD = /[.=,[\]{} \t#\r\n]/gu;
const AFTER_BLANK = /[^ \t]/gu;

export class Tokens {
  readonly text: string;
  #at = 0;
  #next: Token | null = null;
  /** The last token that is no blank. */
  last: Token = { kind: 'end', start: 0, end: 0 };

  constructor(text: string) {
    this.text = text;
  }

  peek(): Token {
    this.#next ??= this.#read();
    return this.#next;
  }

  next(): Token {
    const token = this.peek();
    this.#next = null;
    if (token.kind !== 'blank') this.last = token;
    return token;
  }

  /** The next token if it is of a kind; null otherwise. */
  nextIf(kind: TokenKind): Token | null {
    return this.peek().kind === kind ? this.next() : null;
  }

  /** Whether, after the next token, a word follows. */
  wordFollowsBlank(): boolean {
    const at = this.peek().end;
    const first = this.text[at];
    return first !== undefined && !PUNCTUATION.has(first) && !/['"#\s]/u.test(first);
  }

  #read(): Token {
    const { text } = this;
    const start = this.#at;
    const token = (kind: TokenKind, end: number): Token => {
      this.#at = Math.min(end, text.length);
      return { kind, start, end: this.#at };
    };
    const first = text[start];
    if (first === undefined) return token('end', start);
    if (PUNCTUATION.has(first)) return token(first as TokenKind, start + 1);
    switch (first) {
      case ' ':
      case '\t':
        return token('blank', this.#find(AFTER_BLANK, start));
      case '\n':
        return token('newline', start + 1);
      case '\r':
        return token('newline', text[start + 1] === '\n' ? start + 2 : start + 1);
      case '#':
        return token('comment', this.#lineEnd(start));
      case "'":
        return text.startsWith("'''", start)
          ? token('ml-literal', this.#closed("'''", start, false))
          : token('literal', this.#closedInLine("'", start, false));
      case '"':
        return text.startsWith('"""', start)
          ? token('ml-basic', this.#closed('"""', start, true))
          : token('basic', this.#closedInLine('"', start, true));
      default:
        return token('word', this.#find(AFTER_WORD, start));
    }
  }

  #find(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(this.text)?.index ?? this.text.length;
  }

  #lineEnd(from: number): number {
    const newline = this.text.indexOf('\n', from);
    if (newline < 0) return this.text.length;
    return this.text[newline - 1] === '\r' ? newline - 1 : newline;
  }

  /** Behind the closing quote, or before the end of the line. */
  #closedInLine(quote: string, start: number, escapes: boolean): number {
    const { text } = this;
    for (let at = start + 1; at < text.length; at++) {
      const character = text[at]!;
      if (character === quote) return at + 1;
      if (character === '\n') return at;
      if (escapes && character === '\\' && (text[at + 1] === '\\' || text[at + 1] === quote)) at++;
    }
    return text.length;
  }

  /** Behind the closing quotes: three, and up to two more that belong to the text. */
  #closed(quotes: string, start: number, escapes: boolean): number {
    const { text } = this;
    const quote = quotes[0]!;
    for (let at = start + 3; at < text.length; at++) {
      if (escapes && text[at] === '\\') at++;
      else if (text.startsWith(quotes, at)) {
        let end = at + 3;
        while (end < at + 5 && text[end] === quote) end++;
        return end;
      }
    }
    return text.length;
  }
}
