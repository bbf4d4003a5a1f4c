/**
 * Version texts, each told by the one before it where it counts on from it:
 *
 *   1.2.9 → 1.2.10   the last number counts up                      0
 *   1.2.9 → 1.3.0    number 1 counts up, those after it are zero    2 (1 + position)
 *   1.2.9 → 1.3rc1   neither: keep `1.`, then `3rc1`                RAW, 2, text
 */
import { DamagedSnapshot, type ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const RAW = 31;
const DOTTED_NUMBERS = /^\d{1,15}(?:\.\d{1,15}){0,20}$/u;

/** The successor that counts up the number at `position`; null for texts that are not dotted numbers. */
function countUp(version: string, position: number): string | null {
  if (!DOTTED_NUMBERS.test(version)) return null;
  const numbers = version.split('.');
  if (position >= numbers.length) return null;
  const counted = numbers.map((text, at) =>
    at < position ? text : at === position ? String(Number(text) + 1) : '0',
  );
  return counted.join('.');
}

function lastPosition(version: string): number {
  return version.split('.').length - 1;
}

export function writeVersion(writer: ByteWriter, before: string, version: string): void {
  const last = lastPosition(before);
  if (countUp(before, last) === version) {
    writer.byte(0);
    return;
  }
  for (let position = 0; position < last && position < RAW - 1; position++) {
    if (countUp(before, position) !== version) continue;
    writer.byte(1 + position);
    return;
  }
  let kept = 0;
  while (kept < before.length && kept < version.length && before[kept] === version[kept]) kept++;
  writer.byte(RAW);
  writer.number(kept);
  writer.text(version.slice(kept));
}

export function readVersion(reader: ByteReader, before: string): string {
  const code = reader.byte();
  if (code === RAW) {
    const kept = reader.number();
    return before.slice(0, kept) + reader.text();
  }
  const version = countUp(before, code === 0 ? lastPosition(before) : code - 1);
  if (version === null) throw new DamagedSnapshot(`nothing counts up from ${before}`);
  return version;
}
