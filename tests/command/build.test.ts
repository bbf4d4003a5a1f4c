/** What a build writes beside the page. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildName } from '../../src/command/build/about.ts';
import { keptFiles } from '../../src/command/build/offline-worker.ts';
import { packageFolder, thirdPartyText } from '../../src/command/build/third-party.ts';

const folder = mkdtempSync(join(tmpdir(), 'backjump-build-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the page is kept whole, pieces of snapshots and what is only read are not', () => {
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, 'snapshots/x'), { recursive: true });
  for (const path of ['index.html', 'assets/a-1.js', 'snapshots/x/1.shard', 'snapshots/manifest.json'])
    writeFileSync(join(folder, path), path);
  for (const path of ['THIRD-PARTY.txt', '_headers', 'offline.js', 'assets/a-1.js.map'])
    writeFileSync(join(folder, path), path);
  const kept = keptFiles(folder);
  expect(kept.map(({ url }) => url)).toEqual(['assets/a-1.js', 'index.html', 'snapshots/manifest.json']);
  expect(kept[0]!.revision).toBeNull();
  writeFileSync(join(folder, 'index.html'), 'another');
  expect(keptFiles(folder)[1]!.revision).not.toBe(kept[1]!.revision);
});

test('a bundled module belongs to the innermost package', () => {
  expect(packageFolder('/x/node_modules/svelte/src/index.js')).toBe('/x/node_modules/svelte');
  expect(packageFolder('/x/node_modules/a/node_modules/@s/b/c.js?worker')).toBe(
    '/x/node_modules/a/node_modules/@s/b',
  );
  expect(packageFolder('/x/src/core/packaging/version.ts')).toBeNull();
});

test('notices name package, version and licence, and hold its text', () => {
  const text = thirdPartyText([{ name: 'left', version: '1.2.3', license: 'MIT', text: 'As is.' }]);
  expect(text).toContain('left 1.2.3\nLicence: MIT\n\nAs is.\n');
});

test('a build is named for its version', () => {
  expect(buildName()).toMatch(/^\d+\.\d+\.\d+( \([0-9a-f]{7,}\))?$/u);
});
