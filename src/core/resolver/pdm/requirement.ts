/** A requirement as PDM holds it: clauses as written, the marker in one form, its Pythons apart from the rest. */
import { normalizeName } from '../../packaging/name.ts';
import { formatParseError, parseRequirement } from '../../packaging/requirement.ts';
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease } from '../../packaging/version.ts';
import type { Marker } from '../poetry/marker/marker.ts';
import type { SearchRequirement } from '../backtracking/provider.ts';
import type { PdmMarkers } from './markers.ts';
import { EVERY_PYTHON, rangeOf, type PythonRange } from './python-set.ts';

export interface PdmRequirement extends SearchRequirement {
  /** As written, with runs of other characters as one hyphen. */
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  readonly marker: Marker | null;
  /** Pythons for which it counts. */
  readonly python: PythonRange;
  /** The marker without Pythons; null for none. */
  readonly rest: Marker | null;
  /** Groups of the project that it stands in; empty for what packages bring. */
  readonly groups: Set<string>;
  /** As PDM prints it. */
  readonly text: string;
  readonly isPinned: boolean;
  readonly namesPrerelease: boolean;
}

/** Numbers of identifiers, `name` or `name[a,b]`. */
export class Identifiers {
  readonly #numbers = new Map<string, number>();
  readonly texts: string[] = [];

  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

export function identifierText(key: string, extras: readonly string[]): string {
  return extras.length === 0 ? key : `${key}[${[...extras].sort().join(',')}]`;
}

interface RequirementParts {
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  readonly marker: Marker | null;
}

export class RequirementMaker {
  readonly markers: PdmMarkers;
  readonly identifiers: Identifiers;
  readonly #read = new Map<string, RequirementParts | null>();

  constructor(markers: PdmMarkers, identifiers: Identifiers) {
    this.markers = markers;
    this.identifiers = identifiers;
  }

  /** The parts of a line; null for what is no requirement, or one of an address. */
  parts(line: string): RequirementParts | null {
    let parts = this.#read.get(line);
    if (parts === undefined) this.#read.set(line, (parts = this.#parse(line)));
    return parts;
  }

  /** Why a line is no requirement; null where it is one, or names an address. */
  faultOf(line: string): string | null {
    if (this.parts(line) !== null) return null;
    const parsed = parseRequirement(line);
    return parsed.ok ? null : formatParseError(line, parsed.error);
  }

  #parse(line: string): RequirementParts | null {
    const parsed = parseRequirement(line);
    if (!parsed.ok || parsed.value.url !== null) return null;
    const { name, extras, specifier, marker: syntax } = parsed.value;
    const marker = syntax === null ? null : this.markers.read(syntax);
    if (syntax !== null && marker === null) return null;
    return { name: name.replace(/[^A-Za-z0-9]+/g, '-'), extras, specifier, marker };
  }

  make(parts: RequirementParts, groups: Set<string> = new Set()): PdmRequirement {
    const { name, extras, specifier, marker } = parts;
    const { python, rest } = marker === null ? NO_MARKER : this.#split(marker);
    const key = normalizeName(name);
    return {
      identifier: this.identifiers.of(identifierText(key, extras)),
      name,
      key,
      extras: [...new Set(extras)].sort(),
      specifier,
      marker,
      python,
      rest,
      groups,
      text: requirementText(name, extras, specifier, marker),
      isPinned: isPinned(specifier),
      namesPrerelease: namesPrerelease(specifier),
    };
  }

  #split(marker: Marker): { readonly python: PythonRange; readonly rest: Marker | null } {
    const { python, rest } = this.markers.splitPython(marker);
    return { python: rangeOf(python), rest: rest === this.markers.any ? null : rest };
  }

  /** `python` with a range, which packages ask for besides all else. */
  python(range: PythonRange): PdmRequirement {
    return {
      identifier: this.identifiers.of('python'),
      name: 'python',
      key: 'python',
      extras: [],
      specifier: { specifiers: [], text: range.text },
      marker: null,
      python: range,
      rest: null,
      groups: new Set(),
      text: `python${range.text}`,
      isPinned: false,
      namesPrerelease: false,
    };
  }
}

const NO_MARKER = { python: EVERY_PYTHON, rest: null } as const;

function requirementText(
  name: string,
  extras: readonly string[],
  { specifiers }: SpecifierSet,
  marker: Marker | null,
): string {
  const bracket = extras.length === 0 ? '' : `[${[...new Set(extras)].sort().join(',')}]`;
  const clauses = [...new Set(specifiers.map(({ text }) => text))].sort().join(',');
  const condition = marker === null || marker.kind === 'any' ? '' : `; ${marker.text}`;
  return `${name}${bracket}${clauses}${condition}`;
}

function isPinned({ specifiers }: SpecifierSet): boolean {
  const [only] = specifiers;
  if (specifiers.length !== 1 || only === undefined) return false;
  return only.operator === '===' || (only.operator === '==' && !only.isWildcard);
}

function namesPrerelease({ specifiers }: SpecifierSet): boolean {
  return specifiers.some(
    ({ operator, version, isWildcard }) =>
      operator !== '!=' && !isWildcard && version !== null && isPrerelease(version),
  );
}
