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
import { cutBefore, isAbove, LOWEST, withParts, type VersionCut } from '../../packaging/version-cut.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import { VersionRange } from '../../packaging/version-range.ts';

import { LOWEST_TEXT, TRUTH_CUT, type MarkerCut, type TextCut } from './marker-cut.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';

/** The tree of a marker's text, or null when it cannot be read. */
export function readMarkerTree(algebra: MarkerAlgebra, text: string): MarkerTree | null {
  const marker = parseMarker(text);
  return marker.ok ? markerTree(algebra, marker.value) : null;
}

/** The tree of a whole marker; none is true, and so is one of which uv ignores every part. */
export function markerTree(algebra: MarkerAlgebra, marker: Marker | null): MarkerTree {
  return marker === null ? TRUE_MARKER : (groupTree(algebra, marker) ?? TRUE_MARKER);
}

/** Null where uv ignores all of it: what is ignored counts as absent. */
function groupTree(algebra: MarkerAlgebra, marker: Marker): MarkerTree | null {
  let any: MarkerTree | null = null;
  for (const atoms of marker.alternatives) {
    let all: MarkerTree | null = null;
    for (const atom of atoms) {
      const tree = atom.kind === 'group' ? groupTree(algebra, atom) : comparisonTree(algebra, atom);
      if (tree !== null) all = all === null ? tree : algebra.and(all, tree);
    }
    if (all !== null) any = any === null ? all : algebra.or(any, all);
  }
  return any;
}

/** True inside the set that alternating cuts describe. */
function setTree(algebra: MarkerAlgebra, variable: string, cuts: readonly MarkerCut[]): MarkerTree {
  const startsInside = cuts[0] === LOWEST || cuts[0] === LOWEST_TEXT;
  const inner = startsInside ? cuts.slice(1) : cuts;
  const children = [startsInside, ...inner.map((_, index) => startsInside === (index % 2 === 1))];
  return algebra.node(
    variable,
    inner,
    children.map((isInside) => (isInside ? TRUE_MARKER : FALSE_MARKER)),
  );
}

/** True where the version variable lies in the range. There are no versions below 0. */
export function versionTree(algebra: MarkerAlgebra, variable: string, range: VersionRange): MarkerTree {
  const cuts = range.encoded.map(withoutTrailingZeros);
  const [first, second] = cuts;
  if (first === LOWEST && second !== undefined && isZero(second))
    return setTree(algebra, variable, cuts.slice(2));
  if (first !== undefined && first !== LOWEST && isZero(first))
    return setTree(algebra, variable, [LOWEST, ...cuts.slice(1)]);
  return setTree(algebra, variable, cuts);
}

/** uv writes `3.9` for 3.9.0. */
function withoutTrailingZeros(cut: VersionCut): VersionCut {
  const { release } = cut.version;
  if (cut === LOWEST || release.length < 2 || release.at(-1) !== 0) return cut;
  const kept = release.slice(0, Math.max(1, release.findLastIndex((part) => part !== 0) + 1));
  return { ...cut, version: withParts(cut.version, { release: kept }) };
}

function isZero({ version, isAfter, sentinel }: VersionCut): boolean {
  const { release, pre, post, dev } = version;
  return (
    !isAfter &&
    sentinel === 'none' &&
    release.every((part) => part === 0) &&
    !pre &&
    post === null &&
    dev === null
  );
}

/** A variable that is only true or false: `'win' in sys_platform`, an extra. */
function truthTree(algebra: MarkerAlgebra, variable: string, isTrue: boolean): MarkerTree {
  const children = isTrue ? [FALSE_MARKER, TRUE_MARKER] : [TRUE_MARKER, FALSE_MARKER];
  return algebra.node(variable, [TRUTH_CUT], children);
}

/** Values of `platform_system` that uv takes for values of `sys_platform`. */
const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  Windows: 'win32',
  Darwin: 'darwin',
  Linux: 'linux',
  AIX: 'aix',
  Emscripten: 'emscripten',
  Android: 'android',
};

function comparisonTree(algebra: MarkerAlgebra, comparison: MarkerComparison): MarkerTree | null {
  const { variable, literal, left, right } = comparison;
  // Two texts, or two variables.
  if (left.kind === right.kind || variable === null) return null;
  if (variable === 'extras' || variable === 'dependency_groups') return FALSE_MARKER;
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
  const system = variable === 'platform_system' ? SYSTEM_NAMES[literal] : undefined;
  if (system !== undefined) return textComparison(algebra, comparison, 'sys_platform', system);
  if (variable === 'platform_release') return releaseComparison(algebra, comparison);
  return textComparison(algebra, comparison, variable, literal);
}

/** Two variables, `~=` on texts and the like: what `===` means, uv does not know and refuses. */
export function isUnknownToUv(marker: Marker): boolean {
  return marker.alternatives.some((atoms) =>
    atoms.some((atom) => (atom.kind === 'group' ? isUnknownToUv(atom) : atom.operator === '===')),
  );
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function versionComparison(
  algebra: MarkerAlgebra,
  comparison: MarkerComparison,
  variable: string,
): MarkerTree | null {
  const { operator, literal, isReversed } = comparison;
  const target = variable === 'python_version' ? 'python_full_version' : variable;
  if (operator === 'in' || operator === 'not in') {
    if (isReversed) return null;
    const range = listedVersions(variable, literal);
    if (range === null) return null;
    return versionTree(algebra, target, operator === 'in' ? range : range.complement());
  }
  const effective = isReversed ? (MIRRORED[operator] ?? operator) : operator;
  const specifier = parseSpecifier(`${effective}${literal}`);
  return specifier.ok ? versionTree(algebra, target, rangeOf(variable, specifier.value)) : null;
}

/** `3.8 3.9`: versions with blanks between them; null for anything else, which uv ignores. */
function listedVersions(variable: string, literal: string): VersionRange | null {
  let range = VersionRange.EMPTY;
  for (const text of literal.split(/\s+/u).filter((word) => word !== '')) {
    if (!parseVersion(text).ok) return null;
    const specifier = parseSpecifier(`==${text}`);
    if (!specifier.ok) return null;
    range = range.union(rangeOf(variable, specifier.value));
  }
  return range;
}

/** On macOS a version, elsewhere a text. */
function releaseComparison(algebra: MarkerAlgebra, comparison: MarkerComparison): MarkerTree | null {
  const { operator, literal, isReversed } = comparison;
  const text = textComparison(algebra, comparison, 'platform_release', literal);
  if (text === null || operator === 'in' || operator === 'not in') return text;
  const effective = isReversed ? (MIRRORED[operator] ?? operator) : operator;
  const specifier = parseSpecifier(`${effective}${literal}`);
  if (!specifier.ok) return text;
  const version = versionTree(
    algebra,
    'platform_release~version',
    releaseSpecifierRange(trimmed(specifier.value)),
  );
  const darwin = setTree(algebra, 'sys_platform', [before('darwin'), after('darwin')]);
  return algebra.or(algebra.and(darwin, version), algebra.and(algebra.not(darwin), text));
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
  if (variable !== 'python_version' || specifier.version === null) {
    return releaseSpecifierRange(trimmed(specifier));
  }
  const { version, operator } = specifier;
  if (specifier.isWildcard) {
    if (version.release.length < 3) return releaseSpecifierRange(specifier);
    return operator === '!=' ? VersionRange.FULL : VersionRange.EMPTY;
  }
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
      return version.release.length > 2 ? VersionRange.EMPTY : releaseSpecifierRange(specifier);
  }
}

function before(text: string): TextCut {
  return { text, isAfter: false };
}

function after(text: string): TextCut {
  return { text, isAfter: true };
}

/** Variables whose texts uv puts in an order. */
function isOrdered(variable: string): boolean {
  return variable === 'platform_release' || variable === 'platform_version';
}

/** Null for what uv ignores. */
function textComparison(
  algebra: MarkerAlgebra,
  comparison: MarkerComparison,
  variable: string,
  literal: string,
): MarkerTree | null {
  const { operator, isReversed } = comparison;
  if (operator === 'in' || operator === 'not in') {
    const question = isReversed ? `${variable}~contains~${literal}` : `${variable}~in~${literal}`;
    return truthTree(algebra, question, operator === 'in');
  }
  const effective = isReversed ? (MIRRORED[operator] ?? operator) : operator;
  const equal = setTree(algebra, variable, [before(literal), after(literal)]);
  switch (effective) {
    case '==':
    case '===':
      return equal;
    case '!=':
      return algebra.not(equal);
    case '<':
      return isOrdered(variable) ? setTree(algebra, variable, [LOWEST_TEXT, before(literal)]) : FALSE_MARKER;
    case '<=':
      return isOrdered(variable) ? setTree(algebra, variable, [LOWEST_TEXT, after(literal)]) : equal;
    case '>':
      return isOrdered(variable) ? setTree(algebra, variable, [after(literal)]) : FALSE_MARKER;
    case '>=':
      return isOrdered(variable) ? setTree(algebra, variable, [before(literal)]) : equal;
    default:
      return null;
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
    return algebra.node(node.variable, node.cuts.slice(first, last), children);
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
