/** Markers as uv writes them: alternatives of conjunctions, with what another alternative makes needless left out. */
import { compareCuts, type VersionCut } from '../../packaging/version-cut.ts';
import type { MarkerCut, TextCut } from './marker-cut.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerTree } from './marker-tree.ts';

interface MarkerTerm {
  readonly variable: string;
  readonly operator: string;
  readonly literal: string;
}

type Clause = readonly MarkerTerm[];

/** One stretch of a variable's line; null is unbounded. */
interface Stretch {
  readonly lower: MarkerCut | null;
  readonly upper: MarkerCut | null;
}

const NEGATIONS: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
};

/** The marker's text, `sys_platform == 'linux'`; null when it is always true. */
export function markerText(tree: MarkerTree): string | null {
  if (tree === TRUE_MARKER) return null;
  if (tree === FALSE_MARKER) return "python_version < '0'";
  const clauses: Clause[] = [];
  collectClauses(tree, [], clauses);
  const simplified = withoutNeedlessClauses(withoutNeedlessTerms(clauses));
  const texts = simplified.map((clause) => clause.map(termText).join(' and '));
  if (texts.length === 1) return texts[0]!;
  return texts.map((text, index) => (simplified[index]!.length > 1 ? `(${text})` : text)).join(' or ');
}

function collectClauses(tree: MarkerTree, path: Clause, clauses: Clause[]): void {
  if (tree === FALSE_MARKER) return;
  if (tree === TRUE_MARKER) {
    if (path.length > 0) clauses.push(path);
    return;
  }
  const stretches = new Map<MarkerTree, Stretch[]>();
  tree.children.forEach((child, index) => {
    const stretch = { lower: tree.cuts[index - 1] ?? null, upper: tree.cuts[index] ?? null };
    const known = stretches.get(child);
    if (known) known.push(stretch);
    else stretches.set(child, [stretch]);
  });
  for (const [child, pieces] of stretches) {
    for (const terms of stretchTerms(tree.variable, pieces))
      collectClauses(child, [...path, ...terms], clauses);
  }
}

/** The alternatives that say that the variable lies in one of the stretches. */
function stretchTerms(variable: string, stretches: readonly Stretch[]): Clause[] {
  if (variable.startsWith('extra:') || variable.includes('~')) {
    return [[truthTerm(variable, stretches[0]!.lower !== null)]];
  }
  const excluded = excludedPlaces(variable, stretches);
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

/** `!=` terms, when the stretches are everything but single places (or `==3.8.*` runs). */
function excludedPlaces(variable: string, stretches: readonly Stretch[]): Clause | null {
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

function isSame(a: MarkerTerm, b: MarkerTerm): boolean {
  return a.variable === b.variable && a.operator === b.operator && a.literal === b.literal;
}

function isNegation(a: MarkerTerm, b: MarkerTerm): boolean {
  return a.variable === b.variable && a.literal === b.literal && NEGATIONS[a.operator] === b.operator;
}

/**
 * A diagram writes `A or B` as `A or (not A and B)`. A term is needless where its negation, with the rest of its
 * clause, is what another clause allows anyway.
 */
function withoutNeedlessTerms(clauses: readonly Clause[]): Clause[] {
  const result = [...clauses];
  for (let index = 0; index < result.length; index++) {
    const clause = result[index]!;
    const dropped = new Set<MarkerTerm>();
    for (const term of clause) {
      const isNeedless = result.some(
        (other, position) =>
          position !== index &&
          other.every(
            (needed) =>
              !isSame(needed, term) &&
              (isNegation(needed, term) || clause.some((held) => isSame(held, needed) && !dropped.has(held))),
          ),
      );
      if (isNeedless) dropped.add(term);
    }
    result[index] = clause.filter((term) => !dropped.has(term));
  }
  return result;
}

/** Leaves out clauses that say no more than a shorter one. */
function withoutNeedlessClauses(clauses: readonly Clause[]): Clause[] {
  const dropped = new Set<number>();
  clauses.forEach((clause, index) => {
    const isNeedless = clauses.some(
      (other, position) =>
        position !== index &&
        !dropped.has(position) &&
        other.every((needed) => clause.some((held) => isSame(held, needed))),
    );
    if (isNeedless) dropped.add(index);
  });
  return clauses.filter((_, index) => !dropped.has(index));
}

function termText({ variable, operator, literal }: MarkerTerm): string {
  return variable.startsWith("'")
    ? `${variable} ${operator} ${literal}`
    : `${variable} ${operator} '${literal}'`;
}
