/** The one or two sentences: which lines cannot hold together, and over which package. At most 40 words. */
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import type { LineSource } from '../resolver/trace.ts';
import { boundClause, boundSide } from './bound-words.ts';
import { positionsOf, type ConflictFact, type ConflictFacts, type Surroundings } from './conflict-facts.ts';
import { conflictKind } from './conflict-kind.ts';
import {
  boundsOf,
  linesBelow,
  linesOf,
  orderedBounds,
  packageAt,
  type ConflictView,
} from './narrowing-view.ts';
import { gapSentence, noSuchVersion } from './listed-words.ts';
import { factClause } from './narrowing-words.ts';
import { nothingListed } from './need-words.ts';
import {
  capitalized,
  code,
  count,
  lineNames,
  listOf,
  SENTENCE_WORDS,
  shortListOf,
  wordCount,
} from './words.ts';

/** Packages that a sentence names where it cannot tell what each of them needs. */
const NAMED_PACKAGES = 4;

/** `Lines 1 and 3 cannot both hold`, `Line 2 cannot be met`. */
export function leadClause(lines: readonly LineSource[]): string {
  if (lines.length === 0) return 'What you ask for cannot be had';
  const names = capitalized(lineNames(lines));
  if (lines.length === 1) return `${names} cannot be met`;
  return `${names} cannot ${lines.length === 2 ? 'both' : 'all'} hold`;
}

/** The sentence for a conflict that needs cases to prove: over which packages, those that take part most first. */
export function casesSentence(lines: readonly LineSource[], facts: ConflictFacts): string {
  const parts = new Map<string, number>();
  for (const fact of facts.facts)
    for (const row of fact.kind === 'needs' ? [fact.package, fact.dependency] : [fact.package]) {
      const name = facts.packages[row]!.identifier.replace(/\[.*$/u, '');
      parts.set(name, (parts.get(name) ?? 0) + 1);
    }
  const names = [...parts].toSorted((a, b) => b[1] - a[1]).map(([name]) => code(name));
  if (names.length === 1)
    return `${leadClause(lines)}: no version of ${names[0]!} satisfies all that is needed of it.`;
  return `${leadClause(lines)}: no combination of versions of ${shortListOf(names, NAMED_PACKAGES)} satisfies what they need of each other.`;
}

/** The sentence for a conflict that narrowing proves. */
export function conflictSentence(view: ConflictView): string {
  const { identifier } = packageAt(view, view.slice.emptied);
  const lines = linesOf(view);
  const lead = leadClause(lines);
  const bounds = orderedBounds(view);
  const clauses = bounds.map((at) => boundClause(view, at, boundSide(view, at, bounds)));
  const told = new Set(bounds.flatMap((at) => linesBelow(view, at).map(keyOf)));
  const isToldWhole = lines.every((line) => told.has(keyOf(line)));
  const plain = withAlso(clauses.map((clause) => `${capitalized(clause)}.`)).join(' ');
  const clashes = clashNames(view);
  const gap = gapSentence(view, bounds);
  const withGap =
    gap === null ? [] : [`${bounds.length <= 2 && isToldWhole ? '' : `${lead}. `}${plain} ${gap}`];
  const attempts = [
    ...absenceSentences(view),
    ...withGap,
    ...(bounds.length <= 2 && isToldWhole ? [plain] : []),
    `${lead}. ${plain}`,
    ...(clashes.length === 0
      ? []
      : [
          `${lead}: every version of ${code(identifier)} clashes with ${shortListOf(clashes, NAMED_PACKAGES)}.`,
        ]),
  ];
  return (
    attempts.find((attempt) => wordCount(attempt) <= SENTENCE_WORDS) ??
    `${lead}: together they leave no version of ${code(identifier)}.`
  );
}

/** A line that is said to bring something in again brings it in “also”. */
function withAlso(clauses: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return clauses.map((clause) => {
    const lead = /^(Lines? [\d, and]+?) brings? in /u.exec(clause)?.[1];
    if (lead === undefined) return clause;
    const again = clause.replace(/^(Lines? [\d, and]+?) (brings?) in /u, '$1 also $2 in ');
    return seen.has(lead) ? again : (seen.add(lead), clause);
  });
}

function keyOf({ pane, line }: LineSource): string {
  return `${pane} ${line}`;
}

/** What is missing rather than contradictory has its own, shorter wording. */
function absenceSentences(view: ConflictView): readonly string[] {
  if (conflictKind(view) === 'conflict') return [];
  const emptied = packageAt(view, view.slice.emptied);
  const { identifier, versions, place } = emptied;
  const steps = boundsOf(view).map((at) => view.slice.steps[at]!);
  const needed = boundsOf(view).find((at) => view.slice.steps[at]!.reason.kind === 'needed');
  const nothing =
    versions.length === 0 ? nothingListed(emptied) : `${place} lists no such version of ${code(identifier)}`;
  if (needed !== undefined && steps.length === 1)
    return [absentNeed(capitalized(boundClause(view, needed, 'both')), nothing)];
  const asked = steps.find(({ reason }) => reason.kind === 'fact' && reason.fact.kind === 'line');
  if (asked?.reason.kind !== 'fact' || asked.reason.fact.kind !== 'line') return [];
  const demand = capitalized(factClause(view, asked.reason.fact));
  const unusable = steps.flatMap(({ reason }) =>
    reason.kind === 'fact' && reason.fact.kind === 'unusable' ? [reason.fact] : [],
  );
  if (unusable.length > 0)
    return [
      ...(unusable.length === 1 ? [`${demand}. ${capitalized(factClause(view, unusable[0]!))}.`] : []),
      `${demand}. ${unusableSummary(view, unusable)}.`,
    ];
  if (versions.length === 0) return [`${demand}. ${capitalized(nothing)}.`];
  if (asked.reason.fact.allowed !== 0n) return [];
  const { text } = asked.reason.fact;
  return [`${demand}${noSuchVersion(text, identifier.replace(/\[.*$/u, ''), versions, place)}.`];
}

/** A need that says itself that its thing is not listed says it once. */
function absentNeed(clause: string, nothing: string): string {
  return clause.includes(' does not list') ? `${clause}.` : `${clause}, and ${nothing}.`;
}

type Unusable = Extract<ConflictFact, { kind: 'unusable' }>;

/** `Of its 6 versions, 3 need a newer Python than 3.11.7, 2 need an older one and 1 has no file for linux-x86_64.` */
function unusableSummary(view: ConflictView, facts: readonly Unusable[]): string {
  const counts = new Map<string, number>();
  for (const fact of facts) {
    const reason = reasonGroup(fact.reason, view.facts.surroundings);
    counts.set(reason, (counts.get(reason) ?? 0) + positionsOf(fact.versions).length);
  }
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  const { identifier } = packageAt(view, view.slice.emptied);
  const python =
    view.facts.surroundings.options.pythonVersion ?? view.facts.surroundings.target.pythonVersion;
  const groups = [...counts].map(
    ([reason, number]) => `${number} ${groupWords(reason, number === 1, view, python)}`,
  );
  return `Of the ${count(total, 'version')} of ${code(identifier)} that would do, ${listOf(groups)}`;
}

const LATER_PYTHONS = ['3.10', '3.11', '3.12', '3.13', '3.14', '3.15', '3.20', '4.0'];

/** What to count together: all that need a newer Python, all that need an older one. */
function reasonGroup({ kind, detail }: Unusable['reason'], { target }: Surroundings): string {
  if (kind !== 'requires-python') return kind;
  const set = parseSpecifierSet(detail);
  const isLater = LATER_PYTHONS.some((text) => {
    const version = parseVersion(text);
    return (
      set.ok &&
      version.ok &&
      specifierSetContains(set.value, version.value, { prereleases: true }) &&
      (version.value.release[0]! > target.python.release[0]! ||
        (version.value.release[1] ?? 0) > (target.python.release[1] ?? 0))
    );
  });
  return isLater ? 'newer-python' : 'other-python';
}

function groupWords(reason: string, isOne: boolean, view: ConflictView, python: string): string {
  const { target } = view.facts.surroundings;
  switch (reason) {
    case 'newer-python':
      return `${isOne ? 'needs' : 'need'} a newer Python than ${python}`;
    case 'other-python':
      return `${isOne ? 'rules' : 'rule'} Python ${python} out`;
    case 'tags':
      return `${isOne ? 'has' : 'have'} no file for ${target.platform} and Python ${python}`;
    case 'format':
      return `${isOne ? 'has' : 'have'} no file of a kind that your options allow`;
    case 'too-new':
      return `${isOne ? 'was' : 'were'} uploaded after the cut-off date`;
    case 'yanked':
      return `${isOne ? 'was' : 'were'} withdrawn (yanked)`;
    case 'prerelease':
      return isOne ? 'is a pre-release' : 'are pre-releases';
    default:
      return `${isOne ? 'has' : 'have'} metadata that cannot be read`;
  }
}

/** The packages that the emptied one clashes with. */
function clashNames(view: ConflictView): readonly string[] {
  const rows = boundsOf(view).flatMap((at) => {
    const { reason } = view.slice.steps[at]!;
    return reason.kind === 'clash' ? [reason.fact.dependency] : [];
  });
  return [...new Set(rows)].map((row) => code(packageAt(view, row).identifier));
}
