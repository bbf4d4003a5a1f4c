/** Sets of versions as uv writes them, put into one requirement. */
import { parseRequirement, type Requirement } from '../../../packaging/requirement.ts';
import type { SpecifierSet } from '../../../packaging/specifier.ts';

/** A marker as the end of a requirement; '' for none. */
export function markerSuffix(marker: string): string {
  return marker === '' ? '' : ` ; ${marker}`;
}

/** Alternatives as one specifier set: `<2` or `>2` is `!=2`; anything else is the first, which is a guess. */
export function asOneSet(alternatives: readonly SpecifierSet[]): string {
  const [first, second] = alternatives;
  if (first === undefined) return '';
  if (alternatives.length === 1 || second === undefined) return first.text;
  const below = /^<([^=,]+)$/.exec(first.text)?.[1];
  const above = /^>([^=,]+)$/.exec(second.text)?.[1];
  if (alternatives.length === 2 && below !== undefined && below === above) return `!=${below}`;
  const low = /(?:^|,)(>=?[^,]+)/.exec(first.text)?.[1] ?? '';
  const high = /(?:^|,)(<=?[^,]+)/.exec(alternatives.at(-1)!.text)?.[1] ?? '';
  const exact = alternatives.map((set) => /^==([^*,]+)$/.exec(set.text)?.[1]);
  if (!exact.includes(undefined)) return `>=${exact[0]!},<=${exact.at(-1)!}`;
  return [low, high].filter((part) => part !== '').join(',');
}

/** A text as a requirement, or null. */
export function toRequirement(text: string): Requirement | null {
  const parsed = parseRequirement(text);
  return parsed.ok ? parsed.value : null;
}
