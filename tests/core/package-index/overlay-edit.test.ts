import { describe, expect, test } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import {
  appendLine,
  editRelease,
  isClosedWorld,
  setClosedWorld,
  unpublishRelease,
} from '../../../src/core/package-index/overlay/overlay-edit.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../../src/core/package-index/overlay/overlay-print.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';
import { statementOfRelease } from '../../../src/core/package-index/overlay/release-statement.ts';

function read(text: string): PackageIndex {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
}

function filesOf(index: PackageIndex) {
  const page = index.page('mod');
  if (isMissing(page)) throw new Error('missing');
  return page.distributions;
}

function lineOf(index: PackageIndex): string {
  const files = filesOf(index);
  const metadata = index.metadata(files[0]!);
  const statement = statementOfRelease(files, isMissing(metadata) ? null : metadata);
  if (statement === null) throw new Error('no files');
  return printOverlay({ statements: [statement] });
}

test.each([
  'mod 1.0',
  'mod 1.0; depends b >=1,<2, c[x]; python >=3.8; yanked "bad; \\"very\\""; uploaded 2024-05-01T10:00:00Z',
  'mod 1.0; depends b ; os_name == "nt"; extra old: drv<2; extra new: drv>=2, e[f]',
  'mod 1.0; extra bare:',
  'mod 1.0; wheels cp311-cp311-win_amd64, py3-none-any; sdist',
  'mod 1.0; sdist only; build-requires setuptools <60; backend-requires wheel',
  'mod 1.0; wheels py3-none-any; unknown',
])('%s comes back as a line that means the same', (text) => {
  const index = read(text);
  const again = read(lineOf(index));
  const facts = (each: PackageIndex) =>
    filesOf(each).map((file) => ({ file, metadata: each.metadata(file) }));
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll(/ ?([<>=~!]=?) ?/gu, '$1')) as unknown;
  expect(plain(facts(again))).toEqual(plain(facts(index)));
});

describe('a press of a button', () => {
  const text = '# mine\nclosed world\nmod 1.0; depends a\nmod 2.0, 3.0';

  test('closes the world, and opens it again, and touches nothing else', () => {
    expect(isClosedWorld(text)).toBe(true);
    const opened = setClosedWorld(text, false);
    expect(opened).toBe('# mine\nmod 1.0; depends a\nmod 2.0, 3.0');
    expect(setClosedWorld(opened, true)).toBe(`closed world\n${opened}`);
    expect(setClosedWorld('closed world', false)).toBe('');
    expect(setClosedWorld(text, true)).toBe(text);
  });

  test('goes to the line that writes a release alone, or adds one', () => {
    expect(editRelease(text, 'Mod', '1', 'mod 1; python >=3')).toEqual({ text, line: 3 });
    expect(editRelease(text, 'mod', '2.0', 'mod 2.0')).toEqual({ text: `${text}\nmod 2.0\n`, line: 5 });
    expect(appendLine('\n', 'mod 2.0')).toEqual({ text: 'mod 2.0\n', line: 1 });
  });

  test('unpublishes a release', () => {
    const edit = unpublishRelease(text, 'mod', '3.0');
    expect(filesOf(read(edit.text)).map(({ version }) => version)).toEqual(['1.0', '2.0']);
    expect(edit.text.split('\n')[edit.line - 1]).toBe('remove mod 3.0');
  });
});
