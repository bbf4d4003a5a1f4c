/** Conditions on one variable, as uv prints them. */
import { compareCuts, type VersionCut } from '../../packaging/version-cut.ts';
import type { Stretch } from './marker-cover.ts';
import type { MarkerCut, TextCut } from './marker-cut.ts';

export interface MarkerTerm {
  readonly variable: string;
  readonly operator: string;
  readonly literal: string;
}

export type Clause = readonly MarkerTerm[];

type Excluder = (variable: string, stretches: readonly Stretch[]) => Clause | null;

/** The alternatives that say that the variable lies in one of the stretches; `excluder` may say it by `!=`. */
export function stretchTerms(variable: string, stretches: readonly Stretch[], excluder: Excluder): Clause[] {
  if (variable.startsWith('extra:') || isQuestion(variable)) {
    return [[truthTerm(variable, stretches[0]!.lower !== null)]];
  }
  const excluded = excluder(variable, stretches);
  if (excluded !== null) return [excluded];
  return stretches.map((stretch) => boundTerms(variable, stretch));
}

function truthTerm(variable: string, isTrue: boolean): MarkerTerm {
  if (variable.startsWith('extra:')) {
    return { variable: 'extra', operator: isTrue ? '==' : '!=', literal: variable.slice('extra:'.length) };
  }
  const [name = '', question = '', literal = ''] = variable.split('~');
  const operator = isTrue ? 'in' : 'not in';
  return question === 'in'
    ? { variable: name, operator, literal }
    : { variable: `'${literal}'`, operator, literal: name };
}

/** `'win' in sys_platform` and the like, which are true or false. */
function isQuestion(variable: string): boolean {
  return variable.includes('~in~') || variable.includes('~contains~');
}

/** `!=` terms, when the stretches are everything but single places, or but one `3.8.*` run (0.13). */
export function excludedAlone(variable: string, stretches: readonly Stretch[]): Clause | null {
  const terms = excludedPlaces(variable, stretches);
  const isSingles = terms?.every(({ literal }) => !literal.endsWith('.*')) ?? false;
  return isSingles || terms?.length === 1 ? terms : null;
}

/** `!=` terms, when the stretches are everything but single places (or `==3.8.*` runs). */
export function excludedPlaces(variable: string, stretches: readonly Stretch[]): Clause | null {
  if (stretches.length < 2 || stretches[0]!.lower !== null || stretches.at(-1)!.upper !== null) return null;
  const terms: MarkerTerm[] = [];
  for (let index = 1; index < stretches.length; index++) {
    const gap = { lower: stretches[index - 1]!.upper!, upper: stretches[index]!.lower! };
    const single = singlePlace(gap) ?? minorRun(gap);
    if (single === null) return null;
    terms.push({ variable, operator: '!=', literal: single });
  }
  return terms;
}

function isText(cut: MarkerCut): cut is TextCut {
  return 'text' in cut;
}

function literalOf(cut: MarkerCut): string {
  return isText(cut) ? cut.text : cut.version.text;
}

/** The one text or version between two cuts, or null. */
function singlePlace({ lower, upper }: Stretch): string | null {
  if (lower === null || upper === null || lower.isAfter || !upper.isAfter) return null;
  if (isText(lower)) return lower.text === literalOf(upper) ? lower.text : null;
  return compareCuts({ ...lower, isAfter: true }, upper as VersionCut) === 0 ? lower.version.text : null;
}

/** `3.8.*` for everything from 3.8 up to 3.9, or null. */
function minorRun({ lower, upper }: Stretch): string | null {
  if (lower === null || upper === null || isText(lower) || isText(upper)) return null;
  if (lower.isAfter || upper.isAfter) return null;
  const low = lower.version.release;
  const high = upper.version.release;
  const [major = 0, minor = 0] = low;
  if (low.length > 2 || high.length > 2 || high[0] !== major || (high[1] ?? 0) !== minor + 1) return null;
  return `${major}.${minor}.*`;
}

function boundTerms(variable: string, stretch: Stretch): Clause {
  const single = singlePlace(stretch) ?? minorRun(stretch);
  if (single !== null) return [{ variable, operator: '==', literal: single }];
  const { lower, upper } = stretch;
  const terms: MarkerTerm[] = [];
  if (lower !== null)
    terms.push({ variable, operator: lower.isAfter ? '>' : '>=', literal: literalOf(lower) });
  if (upper !== null)
    terms.push({ variable, operator: upper.isAfter ? '<=' : '<', literal: literalOf(upper) });
  return terms;
}

export function termText({ variable: asked, operator, literal }: MarkerTerm): string {
  const variable = asked.replace('~version', '');
  return variable.startsWith("'")
    ? `${variable} ${operator} ${literal}`
    : `${variable} ${operator} '${literal}'`;
}
