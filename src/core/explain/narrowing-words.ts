/** Each step of a narrowing as a clause, for the numbered proof and for the chains. */
import { allBits, type ConflictFact, type VersionBits } from './conflict-facts.ts';
import { leftBefore, packageAt, type ConflictView } from './narrowing-view.ts';
import type { Needs } from './narrowing.ts';
import { needsVerb, packageVersions } from './version-words.ts';
import { capitalized, code, lineName, listOf } from './words.ts';

/** Requirements that are named one by one where versions need different ones. */
const NAMED_NEEDS = 3;

/** A step as one sentence that says what is ruled out, or needed, and why. */
export function stepSentence(view: ConflictView, at: number): string {
  const step = view.slice.steps[at]!;
  const clause = capitalized(stepClause(view, at));
  if (step.used === 0n || step.reason.kind !== 'needed') return `${clause}.`;
  const { identifier, versions } = packageAt(view, step.package);
  if (step.used === allBits(versions)) return `${clause}: no version of ${code(identifier)} fits.`;
  return `${clause}, so ${packageVersions(identifier, versions, step.used)} is ruled out.`;
}

/** A step as a clause in the middle of a sentence: ``line 3 asks for `urllib3<1.21` ``. */
export function stepClause(view: ConflictView, at: number): string {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'fact') return factClause(view, reason.fact);
  if (reason.kind === 'needed') {
    const left = leftBefore(view, reason.by, at);
    const { identifier, versions } = packageAt(view, reason.by);
    return `${packageVersions(identifier, versions, left)} ${neededClause(view, reason.facts, left)}`;
  }
  const { identifier, versions } = packageAt(view, step.package);
  const subject = packageVersions(identifier, versions, step.used);
  const need = needClause(view, reason.fact, needsVerb(versions, step.used));
  return `${subject} ${need}, ${absenceClause(view, reason.fact)}`;
}

/** What a line, a constraint or the index says. */
export function factClause(view: ConflictView, fact: Exclude<ConflictFact, Needs>): string {
  const { identifier, versions } = packageAt(view, fact.package);
  if (fact.kind === 'unusable')
    return `${packageVersions(identifier, versions, fact.versions)} cannot be used here: ${fact.detail}`;
  const asked = code(fact.text);
  if (fact.kind === 'limit')
    return fact.source === null
      ? `a constraint allows only ${asked}`
      : `${lineName(fact.source)} allows only ${asked}`;
  const part = /\[.*,.*\]/u.test(fact.text) ? `, which includes ${code(identifier)}` : '';
  return fact.source === null
    ? `you ask for ${asked}${part}`
    : `${lineName(fact.source)} asks for ${asked}${part}`;
}

/** `needs …` with the requirement's own text, or with the versions in words where texts differ. */
export function needClause(view: ConflictView, fact: Needs, verb = 'needs'): string {
  return `${verb} ${neededThing(view, fact)}`;
}

function neededThing(view: ConflictView, fact: Needs): string {
  const { identifier, versions } = packageAt(view, fact.dependency);
  if (identifier === 'Python') return `Python ${code(fact.text)}`;
  if (fact.text !== '') return code(fact.text);
  if (fact.allowed === 0n || fact.allowed === allBits(versions)) return code(identifier);
  return packageVersions(identifier, versions, fact.allowed);
}

/** Why what a version needs cannot be had. */
export function absenceClause(view: ConflictView, fact: Needs): string {
  const { identifier, versions } = packageAt(view, fact.dependency);
  if (identifier === 'Python') return `but Python is ${versions.join(' ')} here`;
  if (versions.length === 0) return 'which the index does not have';
  if (fact.allowed === 0n) return 'and there is no such version';
  return 'which is ruled out';
}

/** ``needs `dropdown>=1,<2` or `dropdown>=2,<3` ``: what the versions that are left need of one package. */
export function neededClause(view: ConflictView, facts: readonly Needs[], left: VersionBits): string {
  const { versions } = packageAt(view, facts[0]!.package);
  const verb = needsVerb(versions, left);
  const things = [...new Set(facts.map((fact) => neededThing(view, fact)))];
  const { identifier } = packageAt(view, facts[0]!.dependency);
  if (things.length > NAMED_NEEDS) return `${verb} ${code(identifier)}, each in its own range`;
  const isShared = facts.every((fact) => (left & ~fact.versions) === 0n);
  return `${verb} ${listOf(things, isShared ? 'and' : 'or')}`;
}
