/**
 * Lines sorted by key with bounded memory: what does not fit is sorted in pieces on disk, and the pieces are merged.
 *
 *   add(key, text) ─▶ memory ── full ─▶ piece 0, piece 1 … (sorted) ─▶ merged, one key after the other
 *
 * Equal keys come in the order of their texts, so that the result depends on nothing but what was added.
 */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

export interface SortedLines {
  /** Neither `key` nor `text` holds a newline, and `key` no tab. */
  add(key: string, text: string): void;
  /** Writes what is in memory to disk, and says which pieces there are: those of an earlier run can be handed back. */
  flush(): readonly string[];
  /** Everything that was added, sorted. Nothing can be added after that. */
  sorted(): Iterable<readonly [key: string, text: string]>;
}

/** Characters of a write, and bytes of a read. */
const BLOCK = 1 << 20;

/** `folder` holds the pieces; `memory` is how many characters are kept before they are written; `pieces` are known ones. */
export function makeSortedLines(folder: string, memory: number, pieces: readonly string[] = []): SortedLines {
  mkdirSync(folder, { recursive: true });
  const files = [...pieces];
  let held: string[] = [];
  let size = 0;

  function writePiece(): void {
    if (held.length === 0) return;
    held.sort(compareLines);
    const file = resolve(folder, `piece-${files.length}.lines`);
    const descriptor = openSync(file, 'w');
    let block = '';
    for (const line of held) {
      block += `${line}\n`;
      if (block.length >= BLOCK) {
        writeSync(descriptor, block);
        block = '';
      }
    }
    writeSync(descriptor, block);
    closeSync(descriptor);
    files.push(file);
    held = [];
    size = 0;
  }

  return {
    add(key, text) {
      const line = `${key}\t${text}`;
      held.push(line);
      size += line.length;
      if (size >= memory) writePiece();
    },
    flush() {
      writePiece();
      return [...files];
    },
    *sorted() {
      held.sort(compareLines);
      const sources = [...files.map(linesOf), held.values()];
      for (const line of mergeSorted(sources)) {
        const tab = line.indexOf('\t');
        yield [line.slice(0, tab), line.slice(tab + 1)] as const;
      }
    },
  };
}

/** By code unit: what a locale says would depend on the machine. */
function compareLines(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The lines of a file that `makeSortedLines` wrote, read in blocks. */
function* linesOf(file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const block = Buffer.alloc(BLOCK);
    let rest = '';
    for (let count = readSync(descriptor, block); count > 0; count = readSync(descriptor, block)) {
      const lines = (rest + decoder.write(block.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(descriptor);
  }
}

interface Head {
  readonly source: Iterator<string>;
  line: string;
}

/** The sorted sources as one, by a binary heap of their first lines. */
function* mergeSorted(sources: readonly Iterator<string>[]): Generator<string> {
  const heap: Head[] = [];
  for (const source of sources) {
    const first = source.next();
    if (first.done === true) continue;
    heap.push({ source, line: first.value });
    siftUp(heap);
  }
  while (heap.length > 0) {
    const [head] = heap as [Head];
    yield head.line;
    const next = head.source.next();
    if (next.done === true) {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    } else head.line = next.value;
    siftDown(heap);
  }
}

function siftUp(heap: Head[]): void {
  for (let at = heap.length - 1; at > 0;) {
    const parent = (at - 1) >> 1;
    if (heap[parent]!.line <= heap[at]!.line) return;
    [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
    at = parent;
  }
}

function siftDown(heap: Head[]): void {
  for (let at = 0; ;) {
    const left = 2 * at + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const least = right < heap.length && heap[right]!.line < heap[left]!.line ? right : left;
    if (heap[at]!.line <= heap[least]!.line) return;
    [heap[least], heap[at]] = [heap[at]!, heap[least]!];
    at = least;
  }
}

/** Removes the pieces. */
export function removePieces(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
