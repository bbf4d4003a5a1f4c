/** A line of PEP 508 as a dependency. poetry-core 2.5, `Dependency.create_from_pep_508`. */
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import { isEmpty, type Constraint } from './constraint/constraint.ts';
import { parseConstraint } from './constraint/parse-constraint.ts';
import { PoetryDependency, type DependencyParts } from './dependency.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import type { Marker } from './marker/marker.ts';
import { markerParts } from './marker/parse-marker.ts';

export type RequirementReading =
  | { readonly kind: 'dependency'; readonly dependency: PoetryDependency }
  /** A path, an address or a repository, which no index knows. */
  | { readonly kind: 'address'; readonly name: string; readonly url: string }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Of packages a senseless marker is cut off, as Poetry does; in a project it is an error. */
export function readRequirement(
  algebra: MarkerAlgebra,
  line: string,
  cutsMarkers: boolean,
  parts: Partial<DependencyParts> = {},
): RequirementReading {
  const parsed = parseRequirement(line.trim(), 'packaging-24');
  if (!parsed.ok) return { kind: 'unreadable', message: parsed.error.message };
  const { name, url, extras } = parsed.value;
  if (url !== null) return { kind: 'address', name, url };
  if (/,\s*\)?\s*(?:;|$)/.test(line)) return { kind: 'unreadable', message: 'a comma at the end' };
  const constraint = constraintOf(parsed.value);
  if (constraint === null)
    return { kind: 'unreadable', message: `Could not parse version constraint: ${line}` };
  const marker = markerOf(algebra, parsed.value, cutsMarkers);
  if (marker === null) return { kind: 'unreadable', message: `Invalid marker: ${line}` };
  const dependency = new PoetryDependency({ ...parts, name, constraint, extras, marker: algebra.any });
  if (marker !== algebra.any) dependency.setMarker(algebra, marker);
  return { kind: 'dependency', dependency };
}

function constraintOf({ specifier }: Requirement): Constraint | null {
  const { specifiers } = specifier;
  const text = specifiers.length === 0 ? '*' : specifiers.map((each) => each.text).join(',');
  const constraint = parseConstraint(text, 'packages');
  return constraint.ok ? constraint.value : null;
}

function markerOf(algebra: MarkerAlgebra, { marker }: Requirement, cutsMarkers: boolean): Marker | null {
  if (marker === null) return algebra.any;
  const read = markerParts(algebra.space, marker);
  if (read.kind === 'parts') return algebra.union(read.parts);
  return read.kind === 'senseless' && cutsMarkers ? algebra.any : null;
}

/** Whether metadata's line counts for Poetry: one that nothing can meet is passed over. */
export function canBeMet({ constraint }: PoetryDependency): boolean {
  return !isEmpty(constraint);
}
