/** A little of `npm run attack` with every run of the tests. */
import { expect, test } from 'vitest';
import {
  attackCmd,
  attackControls,
  attackLinks,
  attackMarkdown,
  attackPowerShell,
  attackShell,
  attackTerminal,
} from './families.ts';
import { readManifest } from '../../src/core/manifest/read-manifest.ts';
import { GROWN } from './grown-texts.ts';
import { powerShellCommands } from './powershell-lexer.ts';
import { cmdWords } from './cmd-lexer.ts';
import { isInstalled, runScripts, SHELLS } from './real-shells.ts';

test.each([
  ['links', () => attackLinks(300, 1, Infinity)],
  ['PowerShell', () => attackPowerShell(2_000, 1)],
  ['cmd.exe', () => attackCmd(2_000, 1)],
  ['control characters', () => attackControls(2_000, 1)],
  ['Markdown', () => attackMarkdown(2_000, 1)],
])('%s holds', async (_, attack) => {
  expect((await attack()).breaks).toEqual([]);
});

test.each(SHELLS.filter(isInstalled))('%s receives the words and nothing else', (shell) => {
  expect(attackShell(shell, 100, 2).breaks).toEqual([]);
});

test('a paste into bash without brackets, where bytes are keys', () => {
  if (isInstalled('bash') && isInstalled('python3'))
    expect(attackTerminal('bash', 6, 3, 'C').breaks).toEqual([]);
});

test('the checkers see what breaks out', () => {
  if (isInstalled('bash')) {
    expect(runScripts('bash', ["record 'it's; touch PWNED #'"]).hasEscaped).toBe(true);
    expect(runScripts('bash', ["record a'b c'"]).words).toEqual([['ab c']]);
  }
  for (const line of ["pip 'a’; calc; ’b'", 'pip $env:PATH', 'pip "a"', 'pip a;b'])
    expect(() => powerShellCommands(line)).toThrow();
  expect(powerShellCommands("pip 'a''b'")).toEqual([['pip', "a'b"]]);
  for (const line of ['pip a&calc', 'pip "%PATH%"', 'pip "a"b"c']) expect(() => cmdWords(line)).toThrow();
});

test.each(Object.keys(GROWN))('a long text is read without throwing: %s', (kind) => {
  expect(readManifest(GROWN[kind]!(40_000)).manifest.kind).not.toBe('');
});

test('as many complaints as a text has lines do not fill the stack', () => {
  expect(readManifest('a b\n'.repeat(200_000)).manifest.diagnostics.length).toBeGreaterThan(100_000);
});
