/** How pip compares names of extras. */
import { normalizeName } from '../../packaging/name.ts';
import type { PipEra } from './era.ts';

export type ExtraNaming = (text: string) => string;

/** pkg_resources' rule, until 23.2: `Extra 1` is `extra_1`, and `extra-1` another one. */
export function safeExtra(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/gu, '_').toLowerCase();
}

/** PEP 685's rule since 23.3. */
export function extraNaming(era: PipEra): ExtraNaming {
  return era.normalizesExtras ? normalizeName : safeExtra;
}

/**
 * Extras as identifiers show them: normalised whatever the rule. Two that were different before may look the same, and
 * do so side by side: `a[ex-1,ex-1]` was pip 23.2's name of `a[ex-1,ex_1]`.
 */
export function shownExtras(extras: readonly string[], nameExtra: ExtraNaming): readonly string[] {
  return [...new Set(extras.map(nameExtra))].map(normalizeName).sort();
}
