/** Every word that the page explains stands in the glossary. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MARK_TERMS } from '../../src/components/stage/search/marks-shown.ts';
import { GLOSSARY } from '../../src/lessons/glossary.ts';

const known = new Set(GLOSSARY.map(({ term }) => term));

test('marks of the picture', () => {
  expect(Object.values(MARK_TERMS).filter((term) => !known.has(term))).toEqual([]);
});

test('words that components explain', () => {
  const folder = resolve(import.meta.dirname, '../../src/components');
  const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) => {
      const text = readFileSync(resolve(folder, file), 'utf8');
      return [...text.matchAll(/(?:<Term\s+term="|meaning\(')([^"']+)/gu)].map(([, term]) => term!);
    });
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((term) => !known.has(term))).toEqual([]);
});
