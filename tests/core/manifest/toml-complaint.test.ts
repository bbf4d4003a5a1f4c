import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pythonTomlComplaint } from '../../../src/core/manifest/syntax/python-toml/toml-complaint.ts';

/** What Python 3.11's `tomllib` said of generated texts, several of each complaint; `npm run oracle` asks it live. */
const RECORDED = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../fixtures/toml-complaints.json'), 'utf8'),
) as readonly (readonly [string, string])[];

describe('what Python says of a text that is no TOML', () => {
  it.each(RECORDED)('%j', (text, complaint) => {
    expect(pythonTomlComplaint(text)).toBe(complaint);
  });

  it('is nothing where the text is TOML', () => {
    expect(pythonTomlComplaint('[a]\nb.c = [1, {d = 2}]\n[[e]]\n[[e]]\nf = """\n"""\n')).toBeNull();
    expect(pythonTomlComplaint('')).toBeNull();
  });

  it('does not follow values that are nested without end', () => {
    expect(pythonTomlComplaint(`a = ${'['.repeat(100_000)}`)).toMatch(/nested/u);
  });
});
