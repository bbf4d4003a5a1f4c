/** Requirements as people write them: `>=2,<3`, where packaging's own text sorts to `<3,>=2`. */

const ORDER = ['===', '==', '~=', '>=', '>', '<=', '<', '!='] as const;
const CLAUSE = /^(===|==|~=|>=|>|<=|<|!=)/u;
const REQUIREMENT =
  /^([A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?)\s*\(?((?:===|==|~=|>=|>|<=|<|!=)[^;)@]*)\)?(.*)$/su;

/** Comma-separated specifiers: what is asked for, then lower bounds, upper bounds, and exceptions. */
export function readableSpecifiers(text: string): string {
  return text
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map((clause, place) => ({ clause, place, rank: rankOf(clause) }))
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ clause }) => clause)
    .join(',');
}

/** A requirement with its specifiers in that order; anything else as it is. */
export function readableRequirement(text: string): string {
  const match = REQUIREMENT.exec(text);
  if (!match) return text;
  const [, name, specifiers, rest] = match;
  return `${name!.trim()}${readableSpecifiers(specifiers!)}${rest!}`;
}

/** Without the marker, which has been applied by the time anybody reads this. */
export function withoutMarker(text: string): string {
  return text.replace(/\s*;.*$/su, '');
}

function rankOf(clause: string): number {
  const operator = CLAUSE.exec(clause)?.[1];
  const rank = ORDER.findIndex((other) => other === operator);
  return rank === -1 ? ORDER.length : rank;
}
