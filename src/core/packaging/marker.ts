/** PEP 508 markers: whether one holds in an environment. Their text form is in `marker-syntax.ts`. */
import { type MarkerEnvironment, type MarkerVariable } from './marker-environment.ts';
import {
  type Marker,
  type MarkerComparison,
  type MarkerOperator,
  versionComparison,
} from './marker-syntax.ts';
import { normalizeName } from './name.ts';
import { isPackaging26, type PrereleasePolicy } from './prerelease-policy.ts';
import { containsArbitrary, type Specifier, specifierContains } from './specifier-clause.ts';
import { isPrerelease, parseVersion, type Version } from './version.ts';

export { formatMarker, parseMarker } from './marker-syntax.ts';
export type { Marker, MarkerComparison } from './marker-syntax.ts';
export { type MarkerEnvironment } from './marker-environment.ts';

/**
 * Whether a marker holds. `extra` is the extra whose dependencies are being read, '' for none. A comparison that
 * `packaging` cannot make (`os_name ~= "posix"`, `extras` outside lock files) counts as false here,
 * where Python raises. Rules of `Marker.evaluate`; before 26 every variable was compared as a version where that was
 * possible, and strings could be ordered.
 */
export function evaluateMarker(
  marker: Marker,
  environment: MarkerEnvironment,
  extra = '',
  policy: PrereleasePolicy = 'packaging-26',
): boolean {
  const { alternatives } = marker;
  for (let index = 0; index < alternatives.length; index++) {
    const atoms = alternatives[index]!;
    let holds = true;
    for (let position = 0; holds && position < atoms.length; position++) {
      const atom = atoms[position]!;
      holds =
        atom.kind === 'group'
          ? evaluateMarker(atom, environment, extra, policy)
          : evaluateComparison(atom, environment, extra, policy);
    }
    if (holds) return true;
  }
  return false;
}

function evaluateComparison(
  comparison: MarkerComparison,
  environment: MarkerEnvironment,
  extra: string,
  policy: PrereleasePolicy,
): boolean {
  const { variable } = comparison;
  if (variable === null) {
    const { left, right, literal } = comparison;
    return compareText(comparison, left.kind === 'string' ? right.text : left.text, literal, policy);
  }
  if (variable === 'extras' || variable === 'dependency_groups') return false;
  if (variable === 'extra') return evaluateExtra(comparison, extra, policy);
  const value = valueOf(environment, variable);
  if (!isPackaging26(policy) || comparesVersions(variable)) {
    const facts = environmentFacts(environment);
    const { operator, literal, isReversed } = comparison;
    const verdict = isReversed
      ? compareVersion(facts.specifier(operator, value), facts.version(literal), literal, policy)
      : compareVersion(comparison.specifier, facts.version(value), value, policy);
    if (verdict !== null) return verdict;
  }
  return compareText(comparison, value, comparison.literal, policy);
}

/** Python built from an untagged source calls itself `3.14.0a1+`, which is no version. `_repair_python_full_version`. */
function valueOf(environment: MarkerEnvironment, variable: keyof MarkerEnvironment): string {
  const value = environment[variable];
  return variable === 'python_full_version' && value.endsWith('+') ? `${value}local` : value;
}

/** The variables whose values are versions. `packaging.markers.MARKERS_REQUIRING_VERSION` (26). */
function comparesVersions(variable: MarkerVariable): boolean {
  return (
    variable === 'python_version' ||
    variable === 'python_full_version' ||
    variable === 'implementation_version' ||
    variable === 'platform_release'
  );
}

/** PEP 685: both sides are compared as normalised names. */
function evaluateExtra(comparison: MarkerComparison, extra: string, policy: PrereleasePolicy): boolean {
  if (policy === 'packaging-20')
    return compareExtraAsAny(comparison, extra, comparison.writtenLiteral, policy);
  const name = extra === '' ? '' : normalizeName(extra);
  if (isPackaging26(policy)) return compareText(comparison, name, comparison.literal, policy);
  return compareExtraAsAny(comparison, name, normalizeName(comparison.literal), policy);
}

/** Before 26 an extra whose name reads as a version was compared as one. */
function compareExtraAsAny(
  comparison: MarkerComparison,
  extra: string,
  literal: string,
  policy: PrereleasePolicy,
): boolean {
  const [left, right] = comparison.isReversed ? [literal, extra] : [extra, literal];
  const version = parseVersion(left);
  const specifier = versionComparison(comparison.operator, right);
  const verdict = compareVersion(specifier, version.ok ? version.value : null, left, policy);
  return verdict ?? compareText(comparison, extra, literal, policy);
}

/** Null when there is no specifier, so that strings must be compared. A text that is no version satisfies only `===`. */
function compareVersion(
  specifier: Specifier | null,
  version: Version | null,
  text: string,
  policy: PrereleasePolicy,
): boolean | null {
  if (specifier === null) return null;
  if (version === null) return containsArbitrary(specifier, text);
  if (policy === 'packaging-20' && isPrerelease(version) && !namesPrerelease(specifier)) return false;
  // `===` compares texts: since 26 as written, before that in their normal form.
  return specifierContains(specifier, version, policy, isPackaging26(policy) ? text : version.text);
}

function namesPrerelease({ operator, version }: Specifier): boolean {
  return version !== null && isPrerelease(version) && !['<', '>', '!='].includes(operator);
}

/** Before 26 strings that are no versions could be ordered; now `<` and `>` never hold, `<=` and `>=` mean `==`. */
function compareText(
  { operator, isReversed }: MarkerComparison,
  value: string,
  literal: string,
  policy: PrereleasePolicy,
): boolean {
  const left = isReversed ? literal : value;
  const right = isReversed ? value : literal;
  const isOrdered = !isPackaging26(policy);
  switch (operator) {
    case 'in':
      return right.includes(left);
    case 'not in':
      return !right.includes(left);
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return isOrdered && left < right;
    case '>':
      return isOrdered && left > right;
    case '<=':
      return left === right || (isOrdered && left < right);
    case '>=':
      return left === right || (isOrdered && left > right);
    case '~=':
    case '===':
      return false;
  }
}

/**
 * What has been parsed of an environment's values: derived from it alone, and forgotten with it. Markers are evaluated
 * millions of times against one environment.
 */
class EnvironmentFacts {
  readonly #versions = new Map<string, Version | null>();
  readonly #specifiers = new Map<MarkerOperator, Map<string, Specifier | null>>();

  /** A text as a version, or null. */
  version(text: string): Version | null {
    let version = this.#versions.get(text);
    if (version === undefined) {
      const parsed = parseVersion(text);
      version = parsed.ok ? parsed.value : null;
      this.#versions.set(text, version);
    }
    return version;
  }

  /** An operator and a value to its right as a specifier, or null. */
  specifier(operator: MarkerOperator, value: string): Specifier | null {
    let byValue = this.#specifiers.get(operator);
    if (byValue === undefined) {
      byValue = new Map<string, Specifier | null>();
      this.#specifiers.set(operator, byValue);
    }
    let specifier = byValue.get(value);
    if (specifier === undefined) byValue.set(value, (specifier = versionComparison(operator, value)));
    return specifier;
  }
}

const factsByEnvironment = new WeakMap<MarkerEnvironment, EnvironmentFacts>();

function environmentFacts(environment: MarkerEnvironment): EnvironmentFacts {
  let facts = factsByEnvironment.get(environment);
  if (facts === undefined) {
    facts = new EnvironmentFacts();
    factsByEnvironment.set(environment, facts);
  }
  return facts;
}
