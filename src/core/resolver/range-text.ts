/** Ranges as PubGrub's terms print them: `>=1,<2`, `==1.0`, `<1 | >=2`, `*`. Order alone counts, not pre-releases. */
import { compareVersions, parseVersion } from '../packaging/version.ts';

const COMPARATOR = /^(==|<=|>=|<|>)\s*(.+)$/u;

/**
 * Whether a version lies in a printed range. Texts that are not versions (a candidate without one, a bound above all
 * local labels) are taken to lie inside: what cannot be told apart is not left out.
 */
export function rangeTextContains(range: string, version: string): boolean {
  return range.split('|').some((part) => part.split(',').every((bound) => meets(bound.trim(), version)));
}

function meets(bound: string, version: string): boolean {
  const [, operator, limitText] = COMPARATOR.exec(bound) ?? [];
  if (operator === undefined || limitText === undefined) return true;
  const limit = parseVersion(limitText);
  const found = parseVersion(version);
  if (!limit.ok || !found.ok) return true;
  const order = compareVersions(found.value, limit.value);
  switch (operator) {
    case '==':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}
