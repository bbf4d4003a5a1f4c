/** Whether a specifier set is a pin. pip has two readings. */
import type { SpecifierSet } from './specifier.ts';

/**
 * Whether the set holds a clause that names one version: `===`, or `==` without a wildcard, among others. pip then takes
 * a yanked release (`resolution/resolvelib/factory.py`, `is_pinned`).
 */
export function pinsVersion({ specifiers }: SpecifierSet): boolean {
  return specifiers.some(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  );
}

/**
 * Whether the set is one clause, `===`, or `==` without a wildcard. Hash mode asks for that
 * (`req/req_install.py`, `InstallRequirement.is_pinned`).
 */
export function isSolePin({ specifiers }: SpecifierSet): boolean {
  const [only, ...others] = specifiers;
  if (only === undefined || others.length > 0 || only.isWildcard) return false;
  return only.operator === '==' || only.operator === '===';
}
