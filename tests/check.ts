/**
 * `npm run check`: types, lint and the unit tests that a change touches, in seconds. What it compares with is the last
 * commit; with an argument, that commit (`npm run check -- main`). `npm test` checks everything.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const [base = 'HEAD'] = process.argv.slice(2);

function git(...words: readonly string[]): readonly string[] {
  const text = execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' });
  return text.split('\n').filter((line) => line !== '');
}

function run(command: string, words: readonly string[], runner = 'npx'): boolean {
  const started = Date.now();
  const { status } = spawnSync(runner, [command, ...words], { cwd: ROOT, stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`── ${command}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s\n`);
  return status === 0;
}

/** By the native compiler; the other one stays for the tools that call TypeScript (lint, Svelte's check). */
function types(project: string): boolean {
  return run('node_modules/typescript-native/bin/tsc', ['-p', project], process.execPath);
}

const changed = [
  ...new Set([...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')]),
].filter((path) => existsSync(resolve(ROOT, path)));
const code = changed.filter((path) => /^(?:src|workers|tests)\/.*\.(?:ts|svelte)$/u.test(path));
const touchesPage = code.some((path) => /\.svelte$|^src\/(?:client|components|render|state)\//u.test(path));

const results = [types('src/core'), types('tests')];
if (code.some((path) => path.startsWith('workers/'))) results.push(types('workers'));
if (touchesPage) results.push(run('svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings']));
if (code.length > 0) {
  const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/'];
  results.push(run('eslint', ['--max-warnings', '0', ...cache, ...code]));
  results.push(run('vitest', ['related', '--run', '--passWithNoTests', ...code]));
}
if (changed.length > 0) results.push(run('prettier', ['--check', '--ignore-unknown', ...changed]));
process.exitCode = results.every(Boolean) ? 0 : 1;
