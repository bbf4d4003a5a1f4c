/** Each step of a narrowing as a clause, for the numbered proof and for the chains. */
import { allBits, type ConflictFact } from './conflict-facts.ts';
import { leftBefore, packageAt, type ConflictView } from './narrowing-view.ts';
import type { Needs } from './narrowing.ts';
import { clashClause, needsClause } from './need-words.ts';
import { unusableWords } from './unusable-words.ts';
import { isSingular, packageVersions } from './version-words.ts';
import { capitalized, code, inPlaceOf, lineName } from './words.ts';

/** A step as one or two sentences that say what is ruled out, or needed, and why. */
export function stepSentence(view: ConflictView, at: number): string {
  const step = view.slice.steps[at]!;
  const clause = capitalized(stepClause(view, at));
  if (step.used === 0n || step.reason.kind !== 'needed') return `${clause}.`;
  const { identifier, versions, place } = packageAt(view, step.package);
  if (step.used === allBits(versions))
    return `${clause}. ${capitalized(place)} lists no such ${code(identifier)}.`;
  const verb = isSingular(versions, step.used) ? 'is' : 'are';
  return `${clause}. So ${packageVersions(identifier, versions, step.used)} ${verb} ruled out.`;
}

/** A step as a clause in the middle of a sentence: ``line 3 asks for `urllib3<1.21` ``. */
export function stepClause(view: ConflictView, at: number): string {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'fact') return factClause(view, reason.fact);
  if (reason.kind === 'needed')
    return needsClause(view, reason.by, step.package, leftBefore(view, reason.by, at), step.used);
  return clashClause(view, step.package, reason.fact, step.used);
}

/** What a line, a constraint or the index says. */
export function factClause(view: ConflictView, fact: Exclude<ConflictFact, Needs>): string {
  const { identifier, versions } = packageAt(view, fact.package);
  if (fact.kind === 'unusable')
    return `${packageVersions(identifier, versions, fact.versions)} ${unusableWords(fact.reason, view.facts.surroundings, isSingular(versions, fact.versions))}`;
  const asked = code(fact.text);
  if (fact.kind === 'limit')
    return fact.source === null
      ? `a constraint allows only ${asked}`
      : `${lineName(fact.source)} allows only ${asked}`;
  if (fact.override !== undefined)
    return inPlaceOf(
      fact.override,
      fact.text,
      fact.source === null ? 'you ask for' : `${lineName(fact.source)} asks for`,
    );
  const part = /\[.*,.*\]/u.test(fact.text) ? `, which includes ${code(identifier)}` : '';
  return fact.source === null
    ? `you ask for ${asked}${part}`
    : `${lineName(fact.source)} asks for ${asked}${part}`;
}
