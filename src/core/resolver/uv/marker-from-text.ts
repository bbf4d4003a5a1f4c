/** From PEP 508 markers to decision diagrams, with uv's reading of each comparison. */
import {
  parseMarker,
  type Marker,
  type MarkerComparison,
  type MarkerEnvironment,
} from '../../packaging/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import { parseSpecifier, type Specifier } from '../../packaging/specifier.ts';
import { releaseSpecifierRange } from '../../packaging/specifier-range.ts';
import { cutBefore, isAbove, LOWEST, withParts } from '../../packaging/version-cut.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import { VersionRange } from '../../packaging/version-range.ts';

import { LOWEST_TEXT, TRUTH_CUT, type MarkerCut, type TextCut } from './marker-cut.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';

/** uv asks for versions first, then for texts in the order of their names, then for extras. */
function rankOf(variable: string): string {
  if (variable === 'implementation_version') return '0';
  if (variable === 'python_full_version') return '1';
  return variable.startsWith('extra:') ? `9${variable}` : `5${variable}`;
}

/** The tree of a marker's text, or null when it cannot be read. */
export function readMarkerTree(algebra: MarkerAlgebra, text: string): MarkerTree | null {
  const marker = parseMarker(text);
  return marker.ok ? markerTree(algebra, marker.value) : null;
}

/** The tree of a whole marker; none is true. */
export function markerTree(algebra: MarkerAlgebra, marker: Marker | null): MarkerTree {
  if (marker === null) return TRUE_MARKER;
  return marker.alternatives.reduce<MarkerTree>(
    (result, atoms) =>
      algebra.or(
        result,
        atoms.reduce<MarkerTree>(
          (conjunction, atom) =>
            algebra.and(
              conjunction,
              atom.kind === 'group' ? markerTree(algebra, atom) : comparisonTree(algebra, atom),
            ),
          TRUE_MARKER,
        ),
      ),
    FALSE_MARKER,
  );
}

/** True inside the set that alternating cuts describe. */
function setTree(algebra: MarkerAlgebra, variable: string, cuts: readonly MarkerCut[]): MarkerTree {
  const startsInside = cuts[0] === LOWEST || cuts[0] === LOWEST_TEXT;
  const inner = startsInside ? cuts.slice(1) : cuts;
  const children = [startsInside, ...inner.map((_, index) => startsInside === (index % 2 === 1))];
  return algebra.node(
    variable,
    rankOf(variable),
    inner,
    children.map((isInside) => (isInside ? TRUE_MARKER : FALSE_MARKER)),
  );
}

/** True where the version variable lies in the range. */
export function versionTree(algebra: MarkerAlgebra, variable: string, range: VersionRange): MarkerTree {
  return setTree(algebra, variable, range.encoded);
}

/** A variable that is only true or false: `'win' in sys_platform`, an extra. */
function truthTree(algebra: MarkerAlgebra, variable: string, isTrue: boolean): MarkerTree {
  const children = isTrue ? [FALSE_MARKER, TRUE_MARKER] : [TRUE_MARKER, FALSE_MARKER];
  return algebra.node(variable, rankOf(variable), [TRUTH_CUT], children);
}

function comparisonTree(algebra: MarkerAlgebra, comparison: MarkerComparison): MarkerTree {
  const { variable, literal } = comparison;
  if (variable === null || variable === 'extras' || variable === 'dependency_groups') return FALSE_MARKER;
  if (variable === 'extra') {
    return truthTree(algebra, `extra:${normalizeName(literal)}`, comparison.operator !== '!=');
  }
  if (
    variable === 'python_version' ||
    variable === 'python_full_version' ||
    variable === 'implementation_version'
  ) {
    return versionComparison(algebra, comparison, variable);
  }
  return textComparison(algebra, comparison, variable);
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function versionComparison(
  algebra: MarkerAlgebra,
  comparison: MarkerComparison,
  variable: string,
): MarkerTree {
  const { operator, literal, isReversed } = comparison;
  const target = variable === 'python_version' ? 'python_full_version' : variable;
  if (operator === 'in' || operator === 'not in') {
    const tree = literal
      .split(/[\s,|]+/u)
      .filter((text) => text !== '')
      .reduce<MarkerTree>((result, text) => {
        const specifier = parseSpecifier(`==${text}`);
        if (!specifier.ok) return result;
        return algebra.or(result, versionTree(algebra, target, rangeOf(variable, specifier.value)));
      }, FALSE_MARKER);
    return operator === 'in' ? tree : algebra.not(tree);
  }
  const effective = isReversed ? (MIRRORED[operator] ?? operator) : operator;
  const specifier = parseSpecifier(`${effective}${literal}`);
  if (!specifier.ok) return TRUE_MARKER;
  return versionTree(algebra, target, rangeOf(variable, specifier.value));
}

/** Release numbers without the zeros at their end: `3.8.0` and `3.8` are one place on the line. */
function trimmed(specifier: Specifier): Specifier {
  const { version, isWildcard, operator } = specifier;
  if (version === null || isWildcard || operator === '~=') return specifier;
  const release = [...version.release];
  while (release.length > 1 && release.at(-1) === 0) release.pop();
  return { ...specifier, version: withParts(version, { release, pre: null, post: null, dev: null }) };
}

/** `python_version` is the first two numbers of the full version. */
function rangeOf(variable: string, specifier: Specifier): VersionRange {
  if (variable !== 'python_version' || specifier.version === null || specifier.isWildcard) {
    return releaseSpecifierRange(trimmed(specifier));
  }
  const { version, operator } = specifier;
  const [major = 0, minor = 0] = version.release;
  const isLonger = version.release.slice(2).some((part) => part > 0);
  const low = withParts(version, { release: [major, minor], pre: null, post: null, dev: null });
  const next = withParts(low, { release: [major, minor + 1] });
  const minorRange = VersionRange.from(low).intersection(VersionRange.below(next));
  switch (operator) {
    case '==':
    case '===':
      return isLonger ? VersionRange.EMPTY : minorRange;
    case '!=':
      return isLonger ? VersionRange.FULL : minorRange.complement();
    case '>':
      return VersionRange.from(next);
    case '>=':
      return VersionRange.from(isLonger ? next : low);
    case '<':
      return VersionRange.below(isLonger ? next : low);
    case '<=':
      return VersionRange.below(next);
    case '~=':
      return releaseSpecifierRange(specifier);
  }
}

function before(text: string): TextCut {
  return { text, isAfter: false };
}

function after(text: string): TextCut {
  return { text, isAfter: true };
}

function textComparison(algebra: MarkerAlgebra, comparison: MarkerComparison, variable: string): MarkerTree {
  const { operator, literal, isReversed } = comparison;
  if (operator === 'in' || operator === 'not in') {
    const question = isReversed ? `${variable}~contains~${literal}` : `${variable}~in~${literal}`;
    return truthTree(algebra, question, operator === 'in');
  }
  const effective = isReversed ? (MIRRORED[operator] ?? operator) : operator;
  switch (effective) {
    case '==':
    case '===':
      return setTree(algebra, variable, [before(literal), after(literal)]);
    case '!=':
      return algebra.not(setTree(algebra, variable, [before(literal), after(literal)]));
    case '<':
      return setTree(algebra, variable, [LOWEST_TEXT, before(literal)]);
    case '<=':
      return setTree(algebra, variable, [LOWEST_TEXT, after(literal)]);
    case '>':
      return setTree(algebra, variable, [after(literal)]);
    case '>=':
      return setTree(algebra, variable, [before(literal)]);
    default:
      return TRUE_MARKER;
  }
}

/** The Python versions a tree can hold for: everything that other variables could make true. */
export function pythonRange(tree: MarkerTree): VersionRange {
  if (tree === TRUE_MARKER) return VersionRange.FULL;
  if (tree.variable !== 'python_full_version') {
    return tree.children.reduce((range, child) => range.union(pythonRange(child)), VersionRange.EMPTY);
  }
  let range = VersionRange.EMPTY;
  tree.children.forEach((child, index) => {
    if (child === FALSE_MARKER) return;
    const lower = index === 0 ? null : tree.cuts[index - 1]!;
    const upper = tree.cuts[index] ?? null;
    if ((lower && 'text' in lower) || (upper && 'text' in upper)) return;
    range = range.union(VersionRange.fromSegments([{ lower, upper }]));
  });
  return range;
}

/**
 * The tree for those who know that Python is in `target` anyway: what it asks of other Pythons is left out, so that
 * `python_full_version >= '3.8'` is true where the target begins at 3.12.
 */
export function withinPython(algebra: MarkerAlgebra, tree: MarkerTree, target: VersionRange): MarkerTree {
  return algebra.rewrite(tree, (node) => {
    if (node.variable !== 'python_full_version') return null;
    const pieces = node.children.map((child, index) => {
      const lower = node.cuts[index - 1] ?? null;
      const upper = node.cuts[index] ?? null;
      if ((lower && 'text' in lower) || (upper && 'text' in upper)) return { child, isNeeded: true };
      return { child, isNeeded: !VersionRange.fromSegments([{ lower, upper }]).isDisjoint(target) };
    });
    const first = pieces.findIndex((piece) => piece.isNeeded);
    const last = pieces.findLastIndex((piece) => piece.isNeeded);
    if (first < 0) return null;
    const children = pieces.slice(first, last + 1).map((piece) => piece.child);
    return algebra.node(node.variable, node.rank, node.cuts.slice(first, last), children);
  });
}

/** True for the minor version of a Python: `python_version == '3.12'`. */
export function pythonVersionTree(algebra: MarkerAlgebra, python: Version): MarkerTree {
  const [major = 0, minor = 0] = python.release;
  const low = withParts(python, { release: [major, minor], pre: null, post: null, dev: null });
  const range = VersionRange.fromCuts([
    cutBefore(low),
    cutBefore(withParts(low, { release: [major, minor + 1] })),
  ]);
  return versionTree(algebra, 'python_full_version', range);
}

/** Whether a tree holds in an environment; extras count as not asked for. */
export function evaluateTree(tree: MarkerTree, environment: MarkerEnvironment): boolean {
  let node = tree;
  while (node.children.length > 0) {
    const [variable = '', question, literal = ''] = node.variable.split('~');
    const value = environment[variable as keyof MarkerEnvironment] as string | undefined;
    node = node.children[pieceOf(node, value ?? '', question, literal)]!;
  }
  return node === TRUE_MARKER;
}

/** The piece of a node's line that a value lies in. */
function pieceOf(node: MarkerTree, value: string, question: string | undefined, literal: string): number {
  if (question === 'in') return literal.includes(value) ? 1 : 0;
  if (question === 'contains') return value.includes(literal) ? 1 : 0;
  if (node.variable.startsWith('extra:')) return 0;
  const above = node.cuts.findIndex((cut) => {
    if ('text' in cut) return cut.isAfter ? value <= cut.text : value < cut.text;
    const version = parseVersion(value);
    return !version.ok || !isAbove(version.value, cut);
  });
  return above < 0 ? node.cuts.length : above;
}
