import { expect, test } from 'vitest';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

const REPORT = [
  'Because no versions of azure-core match >1.32.0,!=1.33.0,!=1.34.0,!=1.35.0,!=1.35.1,<2.0.0',
  ' and azure-core (1.32.0) depends on typing-extensions (>=4.6.0), azure-core (>=1.32.0,<2.0.0) requires typing-extensions (>=4.6.0).',
  'So, because sample depends on both azure-core (>=1.32.0,<2.0.0) and typing-extensions (<4.0.0), version solving failed.',
];
const WHOLE = rootsOf(REPORT.join('\n'));

function rootsOf(text: string): string {
  const { manifest } = readManifest(text);
  expect(manifest.kind).toBe('poetry-log');
  return changeOfManifest(manifest).requirements ?? '';
}

/** As a terminal breaks lines: at its last column, whatever stands there. */
function broken(lines: readonly string[], width: number): string {
  const parts = (line: string): readonly string[] =>
    Array.from({ length: Math.ceil(line.length / width) }, (_, at) =>
      line.slice(at * width, (at + 1) * width),
    );
  return lines.flatMap(parts).join('\n');
}

test('the report names both', () => {
  expect(WHOLE).toMatch(/azure-core.*\ntyping-extensions<4/);
});

test.each([50, 60, 72, 79, 80, 100])(
  'a report of Poetry that a terminal broke at column %i is read as if it were whole',
  (width) => {
    expect(rootsOf(broken(REPORT, width))).toBe(WHOLE);
  },
);

test.each([50, 60, 72, 80, 100])('one that was broken between words, before column %i, too', (width) => {
  const words = new RegExp(`(.{1,${width}})(?: +|$)`, 'g');
  expect(rootsOf(REPORT.map((line) => line.replace(words, '$1\n').trimEnd()).join('\n'))).toBe(WHOLE);
});
