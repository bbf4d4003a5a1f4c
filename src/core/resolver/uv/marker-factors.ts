/**
 * Clauses of a marker as uv 0.13 prints them: what several have in common is told once, `(a or b) and c`.
 * A conjunct is a text; a clause holds where all of its conjuncts do, a marker where one of its clauses does.
 */
export type Conjuncts = readonly string[];

interface Group {
  readonly heads: Conjuncts[];
  /** What follows a head; an empty clause is true. */
  readonly rests: readonly Conjuncts[];
}

/** One text for all clauses. */
export function factoredText(clauses: readonly Conjuncts[]): string {
  if (clauses.length === 1) return clauses[0]!.join(' and ');
  const byFirst = groupedByFirst(clauses);
  const groups = groupedByRest(byFirst);
  const isGrouped =
    byFirst.length < clauses.length ||
    groups.some(({ heads, rests }) => heads.length > 1 && rests.some((rest) => rest.length > 0));
  return isGrouped ? groups.map(groupText).join(' or ') : plainText(clauses);
}

/** Alternatives, longer ones in parentheses. */
function plainText(clauses: readonly Conjuncts[]): string {
  if (clauses.length === 1) return clauses[0]!.join(' and ');
  return clauses
    .map((clause) => (clause.length > 1 ? `(${clause.join(' and ')})` : clause.join('')))
    .join(' or ');
}

function groupedByFirst(clauses: readonly Conjuncts[]): readonly Group[] {
  const byFirst = new Map<string, Conjuncts[]>();
  for (const clause of clauses) {
    const known = byFirst.get(clause[0]!);
    if (known) known.push(clause);
    else byFirst.set(clause[0]!, [clause]);
  }
  return [...byFirst.values()].map((group) => {
    const length = group.length === 1 ? 1 : commonLength(group);
    return { heads: [group[0]!.slice(0, length)], rests: group.map((clause) => clause.slice(length)) };
  });
}

function commonLength([first, ...others]: readonly Conjuncts[]): number {
  let length = 0;
  while (
    length < first!.length &&
    others.every((clause) => length < clause.length && clause[length] === first![length])
  )
    length++;
  return length;
}

/** Groups that go on alike become one, at the place of the first. */
function groupedByRest(groups: readonly Group[]): readonly Group[] {
  const merged = new Map<string, Group>();
  for (const { heads, rests } of groups) {
    const key = JSON.stringify(rests);
    const known = merged.get(key);
    if (known) for (const item of heads) known.heads.push(item);
    else merged.set(key, { heads: [...heads], rests });
  }
  return [...merged.values()];
}

function groupText({ heads, rests }: Group): string {
  const [rest = []] = rests;
  if (rests.length === 1 && rest.length === 0) return plainText(heads);
  const parts = [heads, rests].map((clauses) => {
    const text = plainText(clauses);
    return clauses.length > 1 ? `(${text})` : text;
  });
  return parts.join(' and ');
}
