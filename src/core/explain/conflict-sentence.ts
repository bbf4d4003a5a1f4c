/** The one sentence: which lines cannot hold together, and over which package. At most 40 words. */
import type { LineSource } from '../resolver/trace.ts';
import { boundClause, boundSide } from './bound-words.ts';
import { conflictKind } from './conflict-kind.ts';
import { boundsOf, linesOf, orderedBounds, packageAt, type ConflictView } from './narrowing-view.ts';
import { factClause } from './narrowing-words.ts';
import { versionWords } from './version-words.ts';
import { capitalized, code, lineNames, listOf, SENTENCE_WORDS, wordCount } from './words.ts';

/** `Lines 1 and 3 cannot both hold`, `Line 2 cannot be met`. */
export function leadClause(lines: readonly LineSource[]): string {
  if (lines.length === 0) return 'What you ask for cannot be had';
  const names = capitalized(lineNames(lines));
  if (lines.length === 1) return `${names} cannot be met`;
  return `${names} cannot ${lines.length === 2 ? 'both' : 'all'} hold`;
}

/** The sentence for a conflict that needs cases to prove: nothing shorter than the proof would be true. */
export function casesSentence(lines: readonly LineSource[]): string {
  return `${leadClause(lines)}: every combination of versions that they allow is ruled out.`;
}

/** The sentence for a conflict that narrowing proves. */
export function conflictSentence(view: ConflictView): string {
  const { identifier } = packageAt(view, view.slice.emptied);
  const lead = leadClause(linesOf(view));
  const clashes = clashNames(view);
  const attempts = [
    ...absenceSentences(view, lead),
    `${lead}: ${boundClauses(view).join(', ')}.`,
    ...(clashes.length === 0
      ? []
      : [`${lead}: every version of ${code(identifier)} clashes with ${listOf(clashes, 'or')}.`]),
  ];
  return (
    attempts.find((attempt) => wordCount(attempt) <= SENTENCE_WORDS) ??
    `${lead}: together they leave no version of ${code(identifier)}.`
  );
}

/** What is missing rather than contradictory has its own, shorter wording. */
function absenceSentences(view: ConflictView, lead: string): readonly string[] {
  if (conflictKind(view) === 'conflict') return [];
  const { identifier, versions } = packageAt(view, view.slice.emptied);
  const steps = boundsOf(view).map((at) => view.slice.steps[at]!);
  const needed = boundsOf(view).find((at) => view.slice.steps[at]!.reason.kind === 'needed');
  if (needed !== undefined && steps.length === 1)
    return [`${lead}: ${boundClause(view, needed, { side: 'both', isNamed: false })}, ${missing(view)}.`];
  const asked = steps.find(({ reason }) => reason.kind === 'fact' && reason.fact.kind === 'line');
  if (asked?.reason.kind !== 'fact') return [];
  const demand = capitalized(factClause(view, asked.reason.fact));
  const details = steps.flatMap(({ reason, used }) =>
    reason.kind === 'fact' && reason.fact.kind === 'unusable'
      ? [`${versionWords(versions, used)} exists, but ${reason.fact.detail}`]
      : [],
  );
  if (details.length > 0) return [`${demand}: ${details.join('; ')}.`, `${demand}: ${details[0]!}.`];
  if (versions.length === 0) return [`${demand}, but the index has no project of that name.`];
  const newest = `the newest ${code(identifier)} is ${versions.at(-1)!}`;
  return asked.reason.fact.kind === 'line' && asked.reason.fact.allowed === 0n
    ? [`${demand}, but there is no such version: ${newest}.`]
    : [];
}

/** Why a package that is needed has nothing to offer. */
function missing(view: ConflictView): string {
  const { identifier, versions } = packageAt(view, view.slice.emptied);
  if (identifier === 'Python') return `but Python is ${versions.join(' ')} here`;
  return versions.length === 0 ? 'which the index does not have' : 'and there is no such version';
}

/** One clause for each thing that takes versions of the emptied package away. */
function boundClauses(view: ConflictView): readonly string[] {
  const bounds = orderedBounds(view);
  return bounds.map((at, place) =>
    boundClause(view, at, { side: boundSide(view, at, bounds), isNamed: place > 0 }),
  );
}

/** The packages that the emptied one clashes with. */
function clashNames(view: ConflictView): readonly string[] {
  const rows = boundsOf(view).flatMap((at) => {
    const { reason } = view.slice.steps[at]!;
    return reason.kind === 'clash' ? [reason.fact.dependency] : [];
  });
  return [...new Set(rows)].map((row) => code(packageAt(view, row).identifier));
}
