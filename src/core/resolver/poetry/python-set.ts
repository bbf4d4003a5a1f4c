/**
 * CPython's set of strings, as far as Poetry's propagation uses it: which element `pop` takes depends on hashes and on
 * what was added and removed before. Objects/setobject.c, Python/pyhash.c and Python/bootstrap_hash.c of CPython 3.11.
 */

const MASK_64 = (1n << 64n) - 1n;

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK_64;
}

type HashKey = readonly [bigint, bigint];

/** What `PYTHONHASHSEED` stands for: zeros for 0, else numbers of a linear congruential generator. */
function keyOfSeed(seed: number): HashKey {
  if (seed === 0) return [0n, 0n];
  let state = seed;
  const half = (): bigint => {
    let value = 0n;
    for (let at = 0n; at < 64n; at += 8n) {
      state = (Math.imul(state, 214_013) + 2_531_011) >>> 0;
      value |= BigInt((state >>> 16) & 0xff) << at;
    }
    return value;
  };
  return [half(), half()];
}

/** SipHash-1-3. */
function sipHash13(bytes: Uint8Array, [first, second]: HashKey): bigint {
  let [v0, v1, v2, v3] = [
    first ^ 0x736f6d6570736575n,
    second ^ 0x646f72616e646f6dn,
    first ^ 0x6c7967656e657261n,
    second ^ 0x7465646279746573n,
  ];
  const round = (): void => {
    v0 = (v0 + v1) & MASK_64;
    v2 = (v2 + v3) & MASK_64;
    v1 = rotate(v1, 13n) ^ v0;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = rotate(v0, 32n);
    v2 = (v2 + v1) & MASK_64;
    v0 = (v0 + v3) & MASK_64;
    v1 = rotate(v1, 17n) ^ v2;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = rotate(v2, 32n);
  };
  const whole = bytes.length - (bytes.length % 8);
  const word = (start: number, length: number): bigint => {
    let value = 0n;
    for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[start + index]!);
    return value;
  };
  for (let start = 0; start < whole; start += 8) {
    const block = word(start, 8);
    v3 ^= block;
    round();
    v0 ^= block;
  }
  const last = (BigInt(bytes.length) << 56n) | word(whole, bytes.length - whole);
  v3 ^= last;
  round();
  v0 ^= last;
  v2 ^= 0xffn;
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}

const PERTURB_SHIFT = 5n;
const PROBES_AT_ONCE = 9;
const LOWEST_SIZE = 8;
/** Sets of this many slots and more are never made here: a search has fewer packages. */
const SLOT_BITS = 0x3fffffffn;

/** A string with what its place in a set depends on. */
interface Hashed {
  /** The hash's lowest bits; then those of the hash shifted once more each time. */
  readonly perturbations: readonly number[];
}

/** As CPython holds it: one, two or four bytes a character, as the widest needs. */
function bytesOf(text: string): Uint8Array {
  const codes = Array.from(text, (letter) => letter.codePointAt(0)!);
  const widest = codes.reduce((most, code) => Math.max(most, code), 0);
  const width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(codes.length * width);
  codes.forEach((code, index) => {
    for (let at = 0; at < width; at++) bytes[index * width + at] = (code >>> (8 * at)) & 0xff;
  });
  return bytes;
}

function hashOf(text: string, key: HashKey): Hashed {
  const bytes = bytesOf(text);
  let rest = bytes.length === 0 ? 0n : sipHash13(bytes, key);
  if (rest === MASK_64) rest = MASK_64 - 1n;
  const perturbations: number[] = [];
  do {
    perturbations.push(Number(rest & SLOT_BITS));
    rest >>= PERTURB_SHIFT;
  } while (rest > 0n);
  return { perturbations };
}

const EMPTY_SLOT = -1;
const REMOVED_SLOT = -2;

/** Hashes of strings, by the number that stands for each. */
export class StringHashes {
  readonly #texts: (number: number) => string;
  readonly #hashes: Hashed[] = [];
  readonly #key: HashKey;

  /** `seed` is that of `PYTHONHASHSEED`. */
  constructor(texts: (number: number) => string, seed = 0) {
    this.#texts = texts;
    this.#key = keyOfSeed(seed);
  }

  of(number: number): Hashed {
    return (this.#hashes[number] ??= hashOf(this.#texts(number), this.#key));
  }
}

/** A set of strings, each given by its number. */
export class PythonSet {
  readonly #hashes: StringHashes;
  #slots: Int32Array = new Int32Array(LOWEST_SIZE).fill(EMPTY_SLOT);
  #filled = 0;
  #used = 0;
  #finger = 0;

  constructor(hashes: StringHashes) {
    this.#hashes = hashes;
  }

  /** Does nothing for one that is in already. */
  add(item: number): void {
    let removed = -1;
    for (const slot of this.#probe(item)) {
      const held = this.#slots[slot]!;
      if (held === item) return;
      if (held === REMOVED_SLOT) removed = slot;
      if (held !== EMPTY_SLOT) continue;
      this.#used++;
      this.#slots[removed >= 0 ? removed : slot] = item;
      if (removed >= 0) return;
      this.#filled++;
      if (this.#filled * 5 >= (this.#slots.length - 1) * 3) this.#rebuild();
      return;
    }
  }

  /** Takes one out: the first from where the last was found. */
  take(): number | undefined {
    if (this.#used === 0) return undefined;
    const mask = this.#slots.length - 1;
    let slot = this.#finger & mask;
    while (this.#slots[slot]! < 0) slot = (slot + 1) & mask;
    const item = this.#slots[slot]!;
    this.#slots[slot] = REMOVED_SLOT;
    this.#used--;
    this.#finger = slot + 1;
    return item;
  }

  /** In the order in which Python walks through them. */
  items(): readonly number[] {
    return [...this.#slots].filter((held) => held >= 0);
  }

  clear(): void {
    this.#slots = new Int32Array(LOWEST_SIZE).fill(EMPTY_SLOT);
    this.#filled = 0;
    this.#used = 0;
  }

  /** The slots where an item may be, without end. */
  *#probe(item: number): Generator<number> {
    const mask = this.#slots.length - 1;
    const { perturbations } = this.#hashes.of(item);
    let slot = perturbations[0]! & mask;
    for (let shift = 1; ; shift++) {
      yield slot;
      if (slot + PROBES_AT_ONCE <= mask) for (let next = 1; next <= PROBES_AT_ONCE; next++) yield slot + next;
      slot = (slot * 5 + 1 + (perturbations[shift] ?? 0)) & mask;
    }
  }

  #rebuild(): void {
    const items = this.#slots.filter((held) => held >= 0);
    let size = LOWEST_SIZE;
    while (size <= this.#used * 4) size *= 2;
    this.#slots = new Int32Array(size).fill(EMPTY_SLOT);
    this.#filled = this.#used;
    for (const item of items) {
      for (const slot of this.#probe(item)) {
        if (this.#slots[slot] !== EMPTY_SLOT) continue;
        this.#slots[slot] = item;
        break;
      }
    }
  }
}

/** The order in which Python prints a set of strings that was made of a list, and made anew of itself some times. */
export function printedOrder(texts: readonly string[], timesMadeAnew: number): readonly string[] {
  const hashes = new StringHashes((number) => texts[number]!);
  let order: readonly number[] = texts.map((text) => texts.indexOf(text));
  for (let time = 0; time <= timesMadeAnew; time++) {
    const set = new PythonSet(hashes);
    for (const item of order) set.add(item);
    order = set.items();
  }
  return order.map((item) => texts[item]!);
}
