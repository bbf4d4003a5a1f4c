/**
 * Requirements of published metadata that PEP 508 forbids and uv mends: the first change after which the line can be
 * read counts. Source: uv-pypi-types, lenient_requirement.rs.
 */
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { Result } from '../../packaging/result.ts';
import { parseSpecifierSet, type SpecifierSet } from '../../packaging/specifier.ts';

const MENDINGS: readonly (readonly [RegExp, string])[] = [
  // `>=7.2.0<8.0.0`
  [/(\d)([<>=~^!])/gu, '$1,$2'],
  // `!=~5.0`
  [/!=~((?:\d\.)*\d)/gu, '!=$1.*'],
  // `>=1.9.*`
  [/(<=|>=|<|>)(\d+(?:\.\d+)*)\.\*/gu, '$1$2'],
  // `!=3.0*`
  [/(\d\.\d)\*/gu, '$1.*'],
  // `>=3.6,`
  [/,\s*$/gu, ''],
  [/>dev/gu, '>0.0.0dev'],
  // `>=9.0.0a1.0`
  [/(\d+(?:\.\d)*(?:a|b|rc|post|dev)\d+)\.0/gu, '$1'],
  // `>='4.4'`
  [/['"]([*\d])|([*\d])['"]/gu, '$1$2'],
];

/** A line longer than this is no slip of the pen. */
const MAX_LENGTH = 10_000;

function mended<Value>(text: string, read: (text: string) => Result<Value>): Result<Value> {
  const first = read(text);
  if (first.ok || text.length > MAX_LENGTH) return first;
  let changed = text;
  for (const [wrong, right] of MENDINGS) {
    const next = changed.replace(wrong, right);
    if (next === changed) continue;
    changed = next;
    const again = read(changed);
    if (again.ok) return again;
  }
  return first;
}

/** A requirement of metadata; the error is that of the line as it is written. */
export function readLenientRequirement(text: string): Result<Requirement> {
  return mended(text, parseRequirement);
}

/** A Requires-Python of metadata. */
export function readLenientSpecifiers(text: string): Result<SpecifierSet> {
  return mended(text, parseSpecifierSet);
}
