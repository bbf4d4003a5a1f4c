/** An incompatibility in Poetry's words, alone and with another. poetry 2.5, `mixology/incompatibility.py`. */
import { isAny } from '../../resolver/poetry/constraint/constraint.ts';
import { allowsAll } from '../../resolver/poetry/constraint/operations.ts';
import { constraintText } from '../../resolver/poetry/constraint/constraint-text.ts';
import { sameDependency } from '../../resolver/poetry/dependency.ts';
import { terseText } from '../../resolver/poetry/requirement-text.ts';
import type { PoetryIncompatibility, PoetryTerm } from '../../resolver/poetry/terms.ts';

export function isFailure({ terms }: PoetryIncompatibility): boolean {
  return terms.length === 0 || (terms.length === 1 && terms[0]!.versions.isRoot);
}

function terse({ versions }: PoetryTerm): string {
  return terseText(versions);
}

/** As the subject of a sentence. */
function subject(term: PoetryTerm): string {
  if (isAny(term.versions.constraint)) return `every version of ${term.versions.completeName}`;
  return terse(term);
}

export function incompatibilityText(incompatibility: PoetryIncompatibility): string {
  const { cause, terms } = incompatibility;
  const [first] = terms;
  switch (cause.kind) {
    case 'dependency':
      return `${subject(first!)} depends on ${terse(terms[1]!)}`;
    case 'unavailable':
      return `${subject(first!)} requires Python ${cause.reason.required}`;
    case 'no-versions':
      return `no versions of ${first!.versions.name} match ${constraintText(first!.versions.constraint)}`;
    case 'root':
      return `${first!.versions.name} is ${constraintText(first!.versions.constraint)}`;
    case 'derived':
      return isFailure(incompatibility) ? 'version solving failed' : conclusionText(terms);
  }
}

function conclusionText(terms: readonly PoetryTerm[]): string {
  const [one, two] = terms;
  if (terms.length === 1) return `${one!.versions.name} is ${one!.isPositive ? 'forbidden' : 'required'}`;
  if (terms.length === 2 && one!.isPositive === two!.isPositive) {
    if (!one!.isPositive) return `either ${terse(one!)} or ${terse(two!)}`;
    return `${nameOrTerse(one!)} is incompatible with ${nameOrTerse(two!)}`;
  }
  const positive = terms.filter(({ isPositive }) => isPositive);
  const negative = terms.filter(({ isPositive }) => !isPositive);
  if (positive.length === 0) return `one of ${alternatives(negative)} must be true`;
  if (negative.length === 0) return `one of ${alternatives(positive)} must be false`;
  if (positive.length === 1) return `${subject(positive[0]!)} requires ${alternatives(negative)}`;
  return `if ${positive.map(terse).join(' and ')} then ${alternatives(negative)}`;
}

function nameOrTerse(term: PoetryTerm): string {
  return isAny(term.versions.constraint) ? term.versions.name : terse(term);
}

function alternatives(terms: readonly PoetryTerm[]): string {
  return terms.map(terse).join(' or ');
}

/** A line number of the report in parentheses, or nothing. */
function numbered(line: number | null): string {
  return line === null ? '' : ` (${line})`;
}

export interface Numbered {
  readonly incompatibility: PoetryIncompatibility;
  /** Line of the report that says it; null when it is said here. */
  readonly line: number | null;
}

/** Two incompatibilities as one reason. */
export function bothText(one: Numbered, two: Numbered): string {
  const joined = requiresBoth(one, two) ?? requiresThrough(one, two) ?? requiresForbidden(one, two);
  if (joined !== null) return joined;
  const lines = [incompatibilityText(one.incompatibility)];
  if (one.line !== null) lines.push(` ${one.line}`);
  lines.push(` and ${incompatibilityText(two.incompatibility)}`);
  if (two.line !== null) lines.push(` ${two.line}`);
  return lines.join('\n');
}

function only(terms: readonly PoetryTerm[], isPositive: boolean): PoetryTerm | null {
  const found = terms.filter((term) => term.isPositive === isPositive);
  return found.length === 1 ? found[0]! : null;
}

function isDependency({ incompatibility }: Numbered): boolean {
  return incompatibility.cause.kind === 'dependency';
}

function negatives({ incompatibility }: Numbered): string {
  return alternatives(incompatibility.terms.filter(({ isPositive }) => !isPositive));
}

function requiresBoth(one: Numbered, two: Numbered): string | null {
  const [ours, theirs] = [one.incompatibility.terms, two.incompatibility.terms];
  if (ours.length === 1 || theirs.length === 1) return null;
  const [mine, other] = [only(ours, true), only(theirs, true)];
  if (mine === null || other === null || !sameDependency(mine.versions, other.versions)) return null;
  const verb = isDependency(one) && isDependency(two) ? 'depends on' : 'requires';
  const both = `${negatives(one)}${numbered(one.line)} and ${negatives(two)}${numbered(two.line)}`;
  return `${subject(mine)} ${verb} both ${both}`;
}

/** Whether choosing from the negative term's versions makes the positive one true. */
function leadsTo(negative: PoetryTerm, term: PoetryTerm): boolean {
  if (negative.versions.completeName !== term.versions.completeName) return false;
  return term.isPositive && allowsAll(term.versions.constraint, negative.versions.constraint);
}

/** Poetry sees this one way round only, the second one leading to the first. */
function requiresThrough(one: Numbered, two: Numbered): string | null {
  const [ours, theirs] = [one.incompatibility.terms, two.incompatibility.terms];
  if (ours.length === 1 || theirs.length === 1) return null;
  const through = only(theirs, false);
  const positive = only(ours, true);
  if (through === null || positive === null || !leadsTo(through, positive)) return null;
  const verb = isDependency(one) ? 'depends on' : 'requires';
  const end = `${terse(through)}${numbered(two.line)} which ${verb} ${negatives(one)}${numbered(one.line)}`;
  return startOf(two) + end;
}

/** `A depends on `, `A requires `, `if A or B then `. */
function startOf({ incompatibility }: Numbered): string {
  const positives = incompatibility.terms.filter(({ isPositive }) => isPositive);
  if (positives.length > 1) return `if ${alternatives(positives)} then `;
  return `${subject(positives[0]!)} ${incompatibility.cause.kind === 'dependency' ? 'depends on' : 'requires'} `;
}

function requiresForbidden(one: Numbered, two: Numbered): string | null {
  const [ours, theirs] = [one.incompatibility.terms, two.incompatibility.terms];
  if (ours.length !== 1 && theirs.length !== 1) return null;
  const [prior, latter] = ours.length === 1 ? [two, one] : [one, two];
  const negative = only(prior.incompatibility.terms, false);
  const last = latter.incompatibility.terms[0]!;
  if (negative === null || !leadsTo(negative, last)) return null;
  const line = prior.line === null ? '' : `(${prior.line}) `;
  return `${startOf(prior)}${terse(last)} ${line}which ${fate(latter)}${numbered(latter.line)}`;
}

function fate({ incompatibility: { cause } }: Numbered): string {
  if (cause.kind === 'unavailable') return `requires Python ${cause.reason.required}`;
  return cause.kind === 'no-versions' ? "doesn't match any versions" : 'is forbidden';
}
