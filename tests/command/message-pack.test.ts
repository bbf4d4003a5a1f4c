import { expect, test } from 'vitest';
import { readMessagePack } from '../../src/command/snapshot/message-pack.ts';

test('MessagePack: numbers, texts, bytes, lists and maps', () => {
  const bytes = Uint8Array.from([0x82, 0xa1, 97, 0x93, 1, 0xc0, 0xff, 0xa1, 98, 0xc4, 2, 5, 6]);
  expect(readMessagePack(bytes)).toEqual({ a: [1, null, -1], b: Uint8Array.from([5, 6]) });
  expect(() => readMessagePack(bytes.subarray(0, 11))).toThrow(RangeError);
});
