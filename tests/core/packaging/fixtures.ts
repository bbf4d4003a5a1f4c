/** The tables that tests/oracle/main.py wrote: what Python's own `packaging` says. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { assert } from '../../../src/core/packaging/assert.ts';
import type { PrereleasePolicy } from '../../../src/core/packaging/prerelease-policy.ts';
import type { Result } from '../../../src/core/packaging/result.ts';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/packaging');

/** One of the tables. Its shape is what the oracle's function of that name says; the caller names it. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(resolve(FOLDER, `${name}.json`), 'utf8'));
}

/** Our name for the rules of a release of `packaging`. */
export function policyOf(release: string): PrereleasePolicy {
  const major = Number.parseFloat(release);
  if (major >= 26) return 'packaging-26';
  if (major >= 24.2) return 'packaging-25';
  return major >= 22 ? 'packaging-24' : 'packaging-20';
}

/** Truth values as the oracle's `bits` writes them. */
export function toBits(values: readonly boolean[]): string {
  let text = '';
  for (let start = 0; start < values.length; start += 4) {
    let digit = 0;
    for (let offset = 0; offset < 4; offset++) digit = digit * 2 + (values[start + offset] === true ? 1 : 0);
    text += digit.toString(16);
  }
  return text;
}

/** The value of a result that must be one. */
export function valueOf<T>(result: Result<T>): T {
  assert(result.ok, result.ok ? '' : result.error.message);
  return result.value;
}
