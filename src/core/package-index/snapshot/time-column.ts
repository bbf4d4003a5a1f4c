/** Upload times, each as its distance from the one before; what is not in PyPI's form is kept as text. */
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{6})?Z$/u;
const TEXT = 0;
const SECONDS = 1;
const MICROSECONDS = 2;

function format(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** Writes `time` after one at `before` (seconds since 1970) and returns its own seconds. */
export function writeTime(writer: ByteWriter, before: number, time: string): number {
  const seconds = Math.floor(Date.parse(`${time.slice(0, 19)}Z`) / 1000);
  if (!CANONICAL.test(time) || !Number.isFinite(seconds) || format(seconds) !== time.slice(0, 19)) {
    writer.byte(TEXT);
    writer.text(time);
    return before;
  }
  writer.byte(time.includes('.') ? MICROSECONDS : SECONDS);
  const distance = seconds - before;
  writer.number(distance < 0 ? -distance * 2 - 1 : distance * 2);
  if (time.includes('.')) writer.number(Number(time.slice(20, 26)));
  return seconds;
}

export function readTime(
  reader: ByteReader,
  before: number,
): { readonly time: string; readonly seconds: number } {
  const kind = reader.byte();
  if (kind === TEXT) return { time: reader.text(), seconds: before };
  const folded = reader.number();
  const seconds = before + (folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2);
  const fraction = kind === MICROSECONDS ? `.${String(reader.number()).padStart(6, '0')}` : '';
  return { time: `${format(seconds)}${fraction}Z`, seconds };
}
