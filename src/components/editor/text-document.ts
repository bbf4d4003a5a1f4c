/** A text with its caret, as it passes between the plain text box and the code editor. */
export interface TextDocument {
  readonly text: string;
  /** Offsets in UTF-16 code units; `anchor` is where the selection began, `head` where the caret is. */
  readonly anchor: number;
  readonly head: number;
  /** Pixels from the top. */
  readonly scrollTop: number;
  readonly hasFocus: boolean;
}

/** What the component asks of the plain text box. */
export interface TextBox {
  composing(): boolean;
  release(): TextDocument;
  adopt(document: TextDocument): Promise<void>;
  reveal(offset: number): void;
}

/** One replacement: `removed` characters at `start` gave way to `inserted`. */
export interface Replacement {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/** The smallest single replacement that turns one text into another; null when they are equal. */
export function replacementBetween(before: string, after: string): Replacement | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, removed: before.length - start - tail, inserted: after.slice(start, after.length - tail) };
}

/** Where an offset stands after a replacement: what follows it moves with the text, what is replaced goes to its end. */
export function moveOffset(offset: number, replacement: Replacement): number {
  const { start, removed, inserted } = replacement;
  if (offset <= start) return offset;
  if (offset >= start + removed) return offset + inserted.length - removed;
  return start + inserted.length;
}

/** Applies edits of a fix; spans refer to the text before any of them. */
export function applyEdits(
  text: string,
  edits: readonly {
    readonly span: { readonly start: number; readonly end: number };
    readonly text: string;
  }[],
): string {
  const ordered = [...edits].sort((left, right) => right.span.start - left.span.start);
  return ordered.reduce(
    (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
    text,
  );
}
