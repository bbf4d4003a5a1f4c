/** SHA-256 of bytes, by the platform; by our own hand where the platform offers none (a page served without TLS). */

/** The part of SubtleCrypto that is used here. */
interface Digester {
  digest(algorithm: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer>;
}

/** Lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = (Reflect.get(globalThis, 'crypto') as { subtle?: Digester } | undefined)?.subtle;
  if (subtle === undefined) return sha256ByHand(bytes);
  return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The first 32 bits of the fractional parts of square (2) or cube (3) roots of the first primes: FIPS 180-4, 4.2.2. */
function rootFractions(root: 2 | 3, count: number): Uint32Array {
  const fractions: number[] = [];
  for (let candidate = 2; fractions.length < count; candidate++) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) isPrime &&= candidate % factor !== 0;
    if (!isPrime) continue;
    const value = root === 2 ? Math.sqrt(candidate) : Math.cbrt(candidate);
    fractions.push(Math.floor((value - Math.floor(value)) * 2 ** 32));
  }
  return Uint32Array.from(fractions);
}

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, (bytes.length * 8) % 2 ** 32);
  return view;
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function schedule(view: DataView, block: number): Uint32Array {
  const words = new Uint32Array(64);
  for (let at = 0; at < 16; at++) words[at] = view.getUint32(block + at * 4);
  for (let at = 16; at < 64; at++) {
    const early = words[at - 15]!;
    const late = words[at - 2]!;
    const first = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const second = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[at] = words[at - 16]! + first + words[at - 7]! + second;
  }
  return words;
}

/** FIPS 180-4, 6.2, without the platform. Exported for its test. */
export function sha256ByHand(bytes: Uint8Array): string {
  const constants = rootFractions(3, 64);
  const state = rootFractions(2, 8);
  const view = padded(bytes);
  for (let block = 0; block < view.byteLength; block += 64) {
    const words = schedule(view, block);
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let at = 0; at < 64; at++) {
      const choice = (e & f) ^ (~e & g);
      const mixedE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const first = (h + mixedE + choice + constants[at]! + words[at]!) | 0;
      const mixedA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const second = (mixedA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = state[at]! + value;
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}
