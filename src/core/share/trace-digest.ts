/**
 * A short name for what a run did, to be put beside a step that somebody else is to look at: the trace's length, a hash
 * of it, and a few bits of the hash at sixteenths of its way, so that a reader whose run differs can be told from where
 * on. `412-5f3a09c2-Xk2…`. What events name counts, not its row; so the order of tables does not.
 */
import type { Trace } from '../resolver/trace.ts';
import { EVENT_KINDS, type EventKind } from '../resolver/events.ts';

/** Places on the way at which six bits are kept. */
const PLACES = 16;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** FNV-1a over 32 bits, a word at a time with a final shift, as good as a short mark needs. */
function mixed(hash: number, word: number): number {
  let next = Math.imul(hash ^ (word & 0xffff), 0x01000193);
  next = Math.imul(next ^ (word >>> 16), 0x01000193);
  return (next ^ (next >>> 15)) >>> 0;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = mixed(hash, text.charCodeAt(at));
  return hash;
}

type Table = 'packages' | 'requirements' | 'candidates' | 'terms';

/** Kinds by their names: a code may be given to another kind, a name is not. */
const KIND_HASHES = EVENT_KINDS.map(hashOf);

/** By kind: what its first and second operand name; numbers count as they are, other tables not at all. */
const OPERANDS: Readonly<Record<EventKind, readonly [Table | 'number' | null, Table | 'number' | null]>> = {
  page: ['packages', null],
  metadata: ['candidates', null],
  backjump: ['number', 'number'],
  conflict: [null, null],
  done: ['number', 'number'],
  round: ['number', null],
  require: ['requirements', 'candidates'],
  pin: ['candidates', null],
  reject: ['candidates', null],
  backtrack: ['candidates', null],
  unpin: ['candidates', null],
  rollback: ['number', 'number'],
  'build-begin': ['candidates', null],
  'build-end': ['candidates', 'number'],
  select: ['candidates', null],
  decide: ['candidates', 'number'],
  derive: ['terms', null],
  incompatibility: [null, null],
  clash: [null, null],
  learn: [null, null],
  reprioritize: ['packages', 'number'],
  restore: ['candidates', null],
  fork: ['number', 'number'],
};

/** The name of a whole trace. Linear in its length. */
export function traceDigest(trace: Trace): string {
  const { hash, marks } = hashesOf(trace, trace.length);
  return `${trace.length}-${hash.toString(16).padStart(8, '0')}-${marks}`;
}

/** Where a reader's run first differs from the one that a digest names. */
export type TraceDifference =
  | { readonly kind: 'same' }
  /** It is the same up to `from` at least, and differs before `before`. */
  | { readonly kind: 'differs'; readonly from: number; readonly before: number; readonly length: number };

/** Compares a trace with a digest that came with a link; null where the digest cannot be read. */
export function compareWithDigest(trace: Trace, digest: string): TraceDifference | null {
  const match = /^(\d{1,10})-([0-9a-f]{8})(?:-([\w-]{1,64}))?$/.exec(digest);
  if (match === null) return null;
  const [, lengthText = '', theirHash = '', theirMarks = ''] = match;
  const length = Number(lengthText);
  const { hash, marks } = hashesOf(trace, length);
  if (trace.length === length && hash.toString(16).padStart(8, '0') === theirHash) return { kind: 'same' };
  for (let place = 0; place < PLACES; place++) {
    const end = endOf(place, length);
    if (marks[place] === theirMarks[place] && end <= trace.length) continue;
    return {
      kind: 'differs',
      from: Math.min(place === 0 ? 0 : endOf(place - 1, length), trace.length),
      before: Math.min(end, trace.length),
      length,
    };
  }
  return { kind: 'differs', from: Math.min(length, trace.length), before: trace.length, length };
}

function endOf(place: number, length: number): number {
  return Math.ceil(((place + 1) * length) / PLACES);
}

/** The hash of the whole, and six bits of it at sixteenths of `length`; a trace that is shorter repeats its last. */
function hashesOf(trace: Trace, length: number): { readonly hash: number; readonly marks: string } {
  const tables: Readonly<Record<Table, Uint32Array>> = {
    packages: Uint32Array.from(trace.packages, ({ identifier }) => hashOf(identifier)),
    requirements: Uint32Array.from(trace.requirements, ({ text }) => hashOf(text)),
    candidates: Uint32Array.from(trace.candidates, ({ label }) => hashOf(label)),
    terms: Uint32Array.from(trace.terms, ({ package: row, isPositive, range }) =>
      hashOf(`${isPositive ? '' : 'not '}${trace.packages[row]?.identifier ?? ''}${range}`),
    ),
  };
  const word = (table: Table | 'number' | null, operand: number): number =>
    table === null ? 0 : table === 'number' || operand < 0 ? operand : tables[table][operand]!;
  let hash = 0x811c9dc5;
  let marks = '';
  for (let step = 0; step < trace.length; step++) {
    while (marks.length < PLACES && endOf(marks.length, length) <= step) marks += DIGITS[hash & 63]!;
    const kind = EVENT_KINDS[trace.kinds[step]!]!;
    const [first, second] = OPERANDS[kind];
    hash = mixed(
      mixed(mixed(hash, KIND_HASHES[trace.kinds[step]!]!), word(first, trace.first[step]!)),
      word(second, trace.second[step]!),
    );
  }
  return { hash, marks: marks.padEnd(PLACES, DIGITS[hash & 63]) };
}
