/** A stretch of a text: `start` inclusive, `end` exclusive, in UTF-16 code units from the text's beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Why a text could not be read, and where. `message` is one sentence without a final full stop. */
export interface ParseError {
  readonly message: string;
  readonly span: Span;
}

/** An expected failure is a value: parse functions return this and never throw. */
export type Result<T, E = ParseError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failure(
  message: string,
  start: number,
  end: number,
): { readonly ok: false; readonly error: ParseError } {
  return { ok: false, error: { message, span: { start, end } } };
}
