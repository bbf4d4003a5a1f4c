/**
 * Bytes, written front to back. Numbers are unsigned LEB128 (seven bits a byte, low ones first). Texts are written as
 * UTF-16 code units, one to three bytes each (CESU-8), so that every JavaScript string comes back as it was.
 */
import { assert } from '../../packaging/assert.ts';

export interface ByteWriter {
  number(value: number): void;
  byte(value: number): void;
  /** Length in code units, then the code units. */
  text(value: string): void;
  bytes(value: Uint8Array): void;
  /** What was written so far, as a copy of its own. */
  finish(): Uint8Array<ArrayBuffer>;
}

export function makeByteWriter(): ByteWriter {
  let buffer = new Uint8Array(1024);
  let length = 0;

  function reserve(count: number): void {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + count));
    grown.set(buffer);
    buffer = grown;
  }
  function byte(value: number): void {
    reserve(1);
    buffer[length++] = value;
  }
  function number(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0, `not an unsigned number: ${value}`);
    let rest = value;
    while (rest > 127) {
      byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    byte(rest);
  }
  function codeUnit(unit: number): void {
    if (unit < 0x80) byte(unit);
    else if (unit < 0x800) {
      byte(0xc0 | (unit >> 6));
      byte(0x80 | (unit & 0x3f));
    } else {
      byte(0xe0 | (unit >> 12));
      byte(0x80 | ((unit >> 6) & 0x3f));
      byte(0x80 | (unit & 0x3f));
    }
  }
  return {
    number,
    byte,
    text(value) {
      number(value.length);
      for (let at = 0; at < value.length; at++) codeUnit(value.charCodeAt(at));
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    finish: () => buffer.slice(0, length),
  };
}

/** A table of texts: all lengths, then all code units, so that each kind of byte stands together for deflate. */
export function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.number(texts.length);
  for (const text of texts) writer.number(text.length);
  writer.text(texts.join(''));
}
