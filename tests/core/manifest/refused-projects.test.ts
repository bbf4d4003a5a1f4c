import { expect, test } from 'vitest';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

/** What Poetry and PDM print of projects and locks that they refuse. */
test.each([
  "Invalid PEP 440 version: 'foo'",
  'The requirement is invalid: Unexpected character at column 4\n\nfoo!\n   ^',
  'Cyclic dependency group include: a -> b',
  "Group 'dev' includes group 'x' which is not defined.",
  "'list' object has no attribute 'keys'",
  'pyproject.toml is not a valid TOML file.\nTOMLDecodeError: Unclosed array (at end of document)',
  'Unable to read the lock file (Invalid statement (at line 3, column 1)).',
  '[RequirementError]: Expected semicolon (after name with no version specifier) or end\n    a >= one\n      ^',
  '[ProjectError]: The pyproject.toml has not been initialized yet. You can do this by running `pdm init`.',
  '[InvalidPyVersion]: Invalid specifier: three',
])('%j is told as a refusal, with what to paste instead', (text) => {
  const { manifest } = readManifest(`\n${text}\n`);
  expect(manifest.kind).toBe('tool-error');
  expect(manifest.unreadable).toMatch(/Paste the `pyproject\.toml`|paste the `pyproject\.toml`/);
});

test('a program of which Python prints the same is none of it', () => {
  const text = `Traceback (most recent call last):\n  File "x.py", line 1\nAttributeError: 'str' object has no attribute 'get'\n`;
  expect(readManifest(text).manifest.unreadable ?? '').not.toContain('project file was refused');
});
