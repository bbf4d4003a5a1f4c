/** Reads what byte-writer.ts wrote. A file that ends too early, or says nonsense, throws `DamagedSnapshot`. */

/**
 * The bytes are no snapshot of ours. Thrown only inside the decoder, whose entry points turn it into a value; after
 * its hash was verified, a file that throws this is a bug of the writer.
 */
export class DamagedSnapshot extends Error {
  override readonly name = 'DamagedSnapshot';
}

export interface ByteReader {
  readonly position: number;
  readonly isAtEnd: boolean;
  number(): number;
  byte(): number;
  text(): string;
  bytes(count: number): Uint8Array;
  /** A reader of its own that starts here. */
  fork(): ByteReader;
}

const PIECE = 8192;

export function makeByteReader(source: Uint8Array, start = 0): ByteReader {
  let position = start;

  function byte(): number {
    const value = source[position];
    if (value === undefined) throw new DamagedSnapshot(`the file ends at byte ${position}`);
    position++;
    return value;
  }
  function number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const next = byte();
      value += (next & 127) * factor;
      if (next < 128) break;
      if (factor > 2 ** 49) throw new DamagedSnapshot(`a number of more than 53 bits at byte ${position}`);
    }
    return value;
  }
  function codeUnit(): number {
    const first = byte();
    if (first < 0x80) return first;
    if (first < 0xe0) return ((first & 0x1f) << 6) | (byte() & 0x3f);
    const second = byte() & 0x3f;
    return ((first & 0x0f) << 12) | (second << 6) | (byte() & 0x3f);
  }
  /** How many of the next code units are one byte each, up to a piece. */
  function asciiLength(limit: number): number {
    const end = Math.min(position + Math.min(limit, PIECE), source.length);
    let at = position;
    while (at < end && source[at]! < 0x80) at++;
    return at - position;
  }
  function text(): string {
    let rest = checkedCount(number());
    let value = '';
    // Nearly all texts are ASCII, and nearly all of a directory is text.
    for (let ascii = asciiLength(rest); ascii > 0; ascii = asciiLength(rest)) {
      value += String.fromCharCode(...source.subarray(position, position + ascii));
      position += ascii;
      rest -= ascii;
    }
    while (rest > 0) {
      const units: number[] = [];
      for (let at = Math.min(rest, PIECE); at > 0; at--) units.push(codeUnit());
      rest -= units.length;
      value += String.fromCharCode(...units);
    }
    return value;
  }
  /** Nothing takes less than a byte, so that a damaged count cannot ask for more memory than the file has. */
  function checkedCount(count: number): number {
    if (count > source.length - position)
      throw new DamagedSnapshot(`a count of ${count} at byte ${position}`);
    return count;
  }
  return {
    get position() {
      return position;
    },
    get isAtEnd() {
      return position >= source.length;
    },
    number,
    byte,
    text,
    bytes(count) {
      checkedCount(count);
      position += count;
      return source.subarray(position - count, position);
    },
    fork: () => makeByteReader(source, position),
  };
}

/** A table that `writeTexts` wrote. */
export function readTexts(reader: ByteReader): readonly string[] {
  const lengths: number[] = [];
  for (let rest = reader.number(); rest > 0; rest--) lengths.push(reader.number());
  const all = reader.text();
  let start = 0;
  return lengths.map((length) => all.slice(start, (start += length)));
}
