/**
 * A column of lists, each written as what changed since the one before. A hunk says how many elements to copy, how
 * many of the old ones to drop, and what to insert:
 *
 *   before  [a b c d e]                     copy 2, drop 1, insert x y   ⇒ [a b x y …
 *   after   [a b x y d e]                   the rest is copied           ⇒  … d e]
 *
 * Elements are row numbers of a table that grows as rows are first used.
 */
import { DamagedSnapshot, type ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

interface Hunk {
  readonly copied: number;
  readonly dropped: number;
  readonly inserted: readonly number[];
}

/** Beyond this product of lengths the middle of a list is replaced whole: the exact comparison is quadratic. */
const EXACT_LIMIT = 1_000_000;

/** Lengths of longest common subsequences of the tails of `before` and `after`, row by row. */
function commonLengths(before: readonly number[], after: readonly number[]): Uint16Array {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let old = before.length - 1; old >= 0; old--) {
    for (let now = after.length - 1; now >= 0; now--) {
      const at = old * width + now;
      lengths[at] =
        before[old] === after[now]
          ? lengths[at + width + 1]! + 1
          : Math.max(lengths[at + width]!, lengths[at + 1]!);
    }
  }
  return lengths;
}

function sharedPrefix(before: readonly number[], after: readonly number[]): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[count] === after[count]) count++;
  return count;
}

function sharedSuffix(before: readonly number[], after: readonly number[], from: number): number {
  const most = Math.min(before.length, after.length) - from;
  let count = 0;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count++;
  return count;
}

function hunksOf(before: readonly number[], after: readonly number[]): readonly Hunk[] {
  const prefix = sharedPrefix(before, after);
  const suffix = sharedSuffix(before, after, prefix);
  const olds = before.slice(prefix, before.length - suffix);
  const news = after.slice(prefix, after.length - suffix);
  if (olds.length === 0 && news.length === 0) return [];
  if (olds.length * news.length > EXACT_LIMIT)
    return [{ copied: prefix, dropped: olds.length, inserted: news }];
  const lengths = commonLengths(olds, news);
  const width = news.length + 1;
  const hunks: Hunk[] = [];
  let copied = prefix;
  let old = 0;
  let now = 0;
  while (old < olds.length || now < news.length) {
    const oldStart = old;
    const inserted: number[] = [];
    while ((old < olds.length || now < news.length) && olds[old] !== news[now]) {
      const dropFirst =
        now === news.length ||
        (old < olds.length && lengths[(old + 1) * width + now]! >= lengths[old * width + now + 1]!);
      if (dropFirst) old++;
      else inserted.push(news[now++]!);
    }
    hunks.push({ copied, dropped: old - oldStart, inserted });
    copied = 0;
    while (old < olds.length && now < news.length && olds[old] === news[now]) {
      copied++;
      old++;
      now++;
    }
  }
  return hunks;
}

/** Writes a list as its difference from `before`. */
export function writeList(writer: ByteWriter, before: readonly number[], after: readonly number[]): void {
  const hunks = hunksOf(before, after);
  writer.number(hunks.length);
  for (const { copied, dropped, inserted } of hunks) {
    writer.number(copied);
    writer.number(dropped);
    writer.number(inserted.length);
    for (const element of inserted) writer.number(element);
  }
}

/** Reads the list that `writeList` wrote after `before`; the same array when nothing changed. */
export function readList(reader: ByteReader, before: readonly number[]): readonly number[] {
  let hunks = reader.number();
  if (hunks === 0) return before;
  const after: number[] = [];
  let old = 0;
  for (; hunks > 0; hunks--) {
    const copied = reader.number();
    if (old + copied > before.length) throw new DamagedSnapshot('a list copies more than there is');
    for (const end = old + copied; old < end; old++) after.push(before[old]!);
    old += reader.number();
    for (let rest = reader.number(); rest > 0; rest--) after.push(reader.number());
  }
  for (; old < before.length; old++) after.push(before[old]!);
  return after;
}
