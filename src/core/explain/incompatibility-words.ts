/** PubGrub's incompatibilities as plain statements: ``every `menu` `>=1.1` needs `dropdown` `>=2` ``. */
import { assert, assertNever } from '../packaging/assert.ts';
import type { IncompatibilityRow, TermRow, Trace } from '../resolver/trace.ts';
import { isPython } from './cause-words.ts';
import { code, listOf, wordCount } from './words.ts';

/** The tables that wording of incompatibilities reads. */
export type ProofTables = Pick<Trace, 'packages' | 'terms' | 'incompatibilities'>;

const SINGLE_VERSION = /^={2,3}\s*([^*,|\s]+)$/u;

/** The pseudo-package that stands for what the user asked for. */
export function isRoot(trace: ProofTables, term: TermRow): boolean {
  const row = trace.packages[term.package];
  assert(row, `no package ${term.package}`);
  return row.name === '' && !isPython(row.identifier);
}

/** `` `a` 1.0 ``, `` `a` `>=2` ``, `` `a` `` for every version; Python is called Python. The sign is left out. */
export function termName(trace: ProofTables, term: TermRow): string {
  const identifier = trace.packages[term.package]!.identifier;
  const name = isPython(identifier) ? 'Python' : isRoot(trace, term) ? 'your list' : code(identifier);
  if (isRoot(trace, term) || term.range === '*' || term.range === '') return name;
  const single = SINGLE_VERSION.exec(term.range);
  return single ? `${name} ${single[1]!}` : `${name} ${code(term.range)}`;
}

/** A whole incompatibility as one clause that is true by itself. */
export function incompatibilityStatement(trace: ProofTables, incompatibility: number): string {
  const row = trace.incompatibilities[incompatibility];
  assert(row, `no incompatibility ${incompatibility}`);
  const terms = row.terms.map((term) => trace.terms[term]!);
  switch (row.reason) {
    case 'root':
      return 'your list has to hold';
    case 'no-versions':
      return `there is no ${positiveNames(trace, terms)}`;
    case 'unavailable':
      return `${positiveNames(trace, terms)} cannot be used${row.detail ? `: ${row.detail}` : ''}`;
    case 'dependency':
    case 'derived':
      return implication(trace, terms);
    default:
      return assertNever(row.reason);
  }
}

/** Why an incompatibility holds, for steps that rest on it; '' for those that need no reason. */
export function incompatibilityReason(trace: ProofTables, incompatibility: number): string {
  const row: IncompatibilityRow | undefined = trace.incompatibilities[incompatibility];
  return row === undefined || row.reason === 'root' ? '' : incompatibilityStatement(trace, incompatibility);
}

/** A learned incompatibility with the two that it follows from; `maxWords` is where the two are left out. */
export function learnedStatement(trace: ProofTables, incompatibility: number, maxWords = Infinity): string {
  const statement = incompatibilityStatement(trace, incompatibility);
  const causes = trace.incompatibilities[incompatibility]?.causes;
  if (causes === undefined) return statement;
  const [first, second] = causes.map((cause) => incompatibilityStatement(trace, cause));
  const whole = `${statement}, because ${first!}, and ${second!}`;
  return wordCount(whole) > maxWords ? statement : whole;
}

/** The two rules that a learned one follows from; none of what was not learned. */
export function learnedCauses(trace: ProofTables, incompatibility: number): readonly string[] {
  const causes = trace.incompatibilities[incompatibility]?.causes ?? [];
  return causes.map((cause) => incompatibilityStatement(trace, cause));
}

function positiveNames(trace: ProofTables, terms: readonly TermRow[]): string {
  return listOf(
    terms.filter((term) => term.isPositive && !isRoot(trace, term)).map((term) => termName(trace, term)),
  );
}

/** "Not all of these" read as "if these are chosen, then one of those". */
function implication(trace: ProofTables, terms: readonly TermRow[]): string {
  const others = terms.filter((term) => !isRoot(trace, term));
  const name = (term: TermRow): string => termName(trace, term);
  return implicationWords(
    others.filter((term) => term.isPositive).map(name),
    others.filter((term) => !term.isPositive).map(name),
    others.length < terms.length,
  );
}

/** ``  `a` 1.0 needs `b` or `c`  ``; `isForRoot`: what the user asks for is among what cannot hold. */
export function implicationWords(
  chosen: readonly string[],
  needed: readonly string[],
  isForRoot: boolean,
  isPlural = false,
): string {
  if (needed.length === 0) return contradiction(chosen, isForRoot);
  if (chosen.length === 0) return `your list needs ${listOf(needed, 'or')}`;
  const verb = chosen.length > 1 ? 'together need' : isPlural ? 'need' : 'needs';
  return `${listOf(chosen)} ${verb} ${listOf(needed, 'or')}`;
}

function contradiction(names: readonly string[], isForRoot: boolean): string {
  if (names.length === 0) return 'your list cannot be satisfied';
  if (names.length > 1) return `${listOf(names)} cannot be installed together`;
  return isForRoot ? `your list rules out ${names[0]!}` : `${names[0]!} cannot be used`;
}
