/** Members of archives that anybody can have made: what is found, and that every search ends. */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findTarMember } from '../../../src/core/package-index/archive/tar.ts';
import {
  isPackageInfo,
  isWheelMetadata,
  readZipDirectory,
} from '../../../src/core/package-index/archive/zip.ts';
import { makeTarGz, makeZip } from '../../client/wheel-file.ts';

const TAR = new Uint8Array(
  gunzipSync(makeTarGz({ 'a-1.0/setup.py': 'x', 'a-1.0/PKG-INFO': 'Name: a', 'a-1.0/b': 'y' })),
);
const ZIP = new Uint8Array(makeZip({ 'a/__init__.py': '', 'a-1.0.dist-info/METADATA': 'Name: a' }));

/** The bytes with some of them changed. */
const damaged = (bytes: Uint8Array) =>
  fc
    .array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), { maxLength: 12 })
    .map((changes) => {
      const copy = bytes.slice();
      for (const { at, byte } of changes) copy[at] = byte;
      return copy;
    });

test('PKG-INFO is found in a tar, and only there', () => {
  const found = findTarMember(TAR, isPackageInfo, true);
  expect(found.kind === 'found' && new TextDecoder().decode(found.content)).toBe('Name: a');
  expect(findTarMember(TAR, () => false, true).kind).toBe('not-there');
  expect(findTarMember(TAR.subarray(0, 700), isPackageInfo, false).kind).toBe('needs-more');
});

test('a negative size does not lead back to where the search has been', () => {
  const bytes = TAR.slice();
  bytes.set(new TextEncoder().encode('-0000001000'), 124);
  expect(findTarMember(bytes, isPackageInfo, true).kind).toBe('not-there');
});

test('law: whatever a tar holds, the search ends', () => {
  fc.assert(
    fc.property(
      fc.oneof(damaged(TAR), fc.uint8Array({ maxLength: 4_096 })),
      fc.boolean(),
      (bytes, isWhole) => {
        const { kind } = findTarMember(bytes, isPackageInfo, isWhole);
        return kind !== 'needs-more' || !isWhole;
      },
    ),
  );
});

test('a zip’s directory is read from its tail', () => {
  const directory = readZipDirectory(ZIP.subarray(50), 50);
  expect(directory.kind === 'members' && directory.members.some(({ name }) => isWheelMetadata(name))).toBe(
    true,
  );
  expect(readZipDirectory(ZIP.subarray(ZIP.length - 30), ZIP.length - 30).kind).toBe('needs-more');
  expect(readZipDirectory(new Uint8Array(40), 0)).toEqual({ kind: 'no-zip', reason: 'it has no end record' });
});

test('law: whatever a zip holds, its directory is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(damaged(ZIP), fc.uint8Array({ maxLength: 512 })), fc.nat(1_000), (bytes, offset) => {
      const directory = readZipDirectory(bytes, offset);
      return directory.kind !== 'members' || directory.members.every(({ packedBytes }) => packedBytes >= 0);
    }),
  );
});
