/**
 * The lines of a requirements file as pip sees them (pip `_internal/req/req_file.py`: `preprocess`, `join_lines`,
 * `ignore_comments`): physical lines are joined at a final backslash, then comments and blanks at the ends go.
 */
import type { Span } from '../../packaging/result.ts';

/** A run of physical lines that pip reads as one, before joining: `raw` is `text.slice(start, start + raw.length)`. */
export interface LineBlock {
  readonly raw: string;
  readonly start: number;
  /** Line of the first physical line, from 1, as editors count. */
  readonly line: number;
}

/** What is left of a block for pip to read. Offsets in `text` go through `blockSpan` to come back to the block. */
export interface LogicalLine {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** From `at` in the logical line on, the characters come from `offset` in the block. */
interface Piece {
  readonly at: number;
  readonly offset: number;
}

/** The logical line begins where the block does. */
const UNMOVED: readonly Piece[] = [{ at: 0, offset: 0 }];

const COMMENT_LINE = /^\s*#/;

/** The blocks of a text, in order, without those that hold only blanks or a comment. */
export function* lineBlocks(text: string): Generator<LineBlock> {
  let line = 1;
  let blockLine = 1;
  let blockStart = -1;
  for (const physical of physicalLines(text)) {
    const continues = text[physical.end - 1] === '\\' && physical.end > physical.start;
    if (blockStart < 0) {
      blockStart = physical.start;
      blockLine = line;
    }
    const raw = text.slice(physical.start, physical.end);
    if (!continues || COMMENT_LINE.test(raw)) {
      const block = blockStart === physical.start ? raw : text.slice(blockStart, physical.end);
      if (block !== '' && !(blockStart === physical.start && isBlankOrComment(block)))
        yield { raw: block, start: blockStart, line: blockLine };
      blockStart = -1;
    }
    if (physical.startsNewEditorLine) line++;
  }
  if (blockStart >= 0) yield { raw: text.slice(blockStart), start: blockStart, line: blockLine };
}

interface PhysicalLine extends Span {
  readonly startsNewEditorLine: boolean;
}

function* physicalLines(text: string): Generator<PhysicalLine> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    let end = start;
    while (end < text.length) {
      const code = text.charCodeAt(end);
      if ((code < 0x20 || code > 0x84) && endsLine(code)) break;
      end++;
    }
    const terminator = text.charCodeAt(end);
    yield { start, end, startsNewEditorLine: terminator === 10 || terminator === 13 };
    start = end + (terminator === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
  }
}

/** Python's `str.splitlines` ends lines at more characters than editors do; pip uses it. */
function endsLine(code: number): boolean {
  if (code > 0x1e) return code === 0x85 || code === 0x2028 || code === 0x2029;
  return (code >= 0x0a && code <= 0x0d) || code >= 0x1c;
}

function hasLineEnd(text: string): boolean {
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if ((code < 0x20 || code > 0x84) && endsLine(code)) return true;
  }
  return false;
}

function isBlankOrComment(raw: string): boolean {
  return COMMENT_LINE.test(raw) || raw.trim() === '';
}

/** Joins a block's physical lines and removes the comment and outer blanks; null when nothing is left. */
export function joinBlock(raw: string): LogicalLine | null {
  const joined = joinPhysicalLines(raw);
  const end = commentStart(joined.text);
  const kept = joined.text.slice(0, end);
  const text = kept.trim();
  if (text === '') return null;
  const cut = kept.length - kept.trimStart().length;
  if (cut === 0) return { text, pieces: joined.pieces };
  return { text, pieces: joined.pieces.map((piece) => ({ at: piece.at - cut, offset: piece.offset })) };
}

function joinPhysicalLines(raw: string): LogicalLine {
  if (!hasLineEnd(raw)) {
    const text = raw.endsWith('\\') ? stripBackslashes(raw) : raw;
    return { text, pieces: text === raw ? UNMOVED : [{ at: 0, offset: leadingBackslashes(raw) }] };
  }
  const pieces: Piece[] = [];
  let text = '';
  for (const physical of physicalLines(raw)) {
    let part = raw.slice(physical.start, physical.end);
    let offset = physical.start;
    if (COMMENT_LINE.test(part)) {
      // pip puts a blank before a comment that ends a continuation, so that it stays a comment when joined.
      text += ' ';
    } else if (part.endsWith('\\')) {
      offset += leadingBackslashes(part);
      part = stripBackslashes(part);
    }
    pieces.push({ at: text.length, offset });
    text += part;
  }
  return { text, pieces };
}

function leadingBackslashes(text: string): number {
  let count = 0;
  while (text[count] === '\\') count++;
  return count;
}

/** Python's `line.strip("\\")`: pip takes every backslash off both ends of a continued line. */
function stripBackslashes(text: string): string {
  const start = leadingBackslashes(text);
  let end = text.length;
  while (end > start && text[end - 1] === '\\') end--;
  return text.slice(start, end);
}

/** Where the comment begins (`#` at the start or after a blank, with its blanks), or the text's length. */
function commentStart(text: string): number {
  for (let hash = text.indexOf('#'); hash >= 0; hash = text.indexOf('#', hash + 1))
    if (hash === 0 || /\s/.test(text[hash - 1]!)) return hash;
  return text.length;
}

/** The stretch of the block that a stretch of its logical line came from. */
export function blockSpan(line: LogicalLine, start: number, end: number): Span {
  const blockStart = toBlock(line, start);
  if (end <= start) return { start: blockStart, end: blockStart };
  return { start: blockStart, end: toBlock(line, end - 1) + 1 };
}

function toBlock(line: LogicalLine, at: number): number {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (line.pieces[middle]!.at <= at) low = middle;
    else high = middle - 1;
  }
  const piece = line.pieces[low]!;
  return piece.offset + at - piece.at;
}
