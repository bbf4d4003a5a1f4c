/** A dependency as Poetry spells it: as a term, and as a line of PEP 508. poetry-core 2.5, `Dependency`. */
import { isAny } from './constraint/constraint.ts';
import { constraintText } from './constraint/constraint-text.ts';
import { parseConstraint } from './constraint/parse-constraint.ts';
import type { PoetryDependency } from './dependency.ts';

function completePrettyName({ prettyName, extras }: PoetryDependency): string {
  return extras.length === 0 ? prettyName : `${prettyName}[${extras.join(',')}]`;
}

/** `Name[extras] (constraint)`, as typed; the root is just its name. */
export function terseText(dependency: PoetryDependency): string {
  if (dependency.isRoot) return dependency.prettyName;
  return `${completePrettyName(dependency)} (${dependency.pretty})`;
}

/** `Name[extras] (==1.0)`, in one spelling; without brackets when every version will do. */
export function fullText(dependency: PoetryDependency): string {
  if (dependency.isRoot) return dependency.prettyName;
  const { constraint } = dependency;
  const name = completePrettyName(dependency);
  if (isAny(constraint)) return name;
  if (constraint.kind === 'version') return `${name} (==${constraint.version.text})`;
  const text = constraintText(constraint);
  if (constraint.kind !== 'union' || constraint.hole !== null || text.startsWith('!='))
    return `${name} (${text.replaceAll(' ', '')})`;
  const parts = dependency.pretty.split(',').map((part) => {
    const read = parseConstraint(part, 'packages');
    return read.ok ? constraintText(read.value) : part;
  });
  return `${name} (${parts.join(',')})`;
}

/** `Name[extras] (constraint) ; marker`. */
export function requirementText(dependency: PoetryDependency): string {
  const { marker, inExtras } = dependency;
  const markers: string[] = [];
  if (marker.kind !== 'any' && marker.kind !== 'empty') markers.push(marker.text);
  if (inExtras.length > 0 && !/\bextra [!=i]/.test(marker.text))
    markers.push(inExtras.map((extra) => `extra == "${extra}"`).join(' or '));
  const text = markers.length > 1 ? markers.map((each) => `(${each})`).join(' and ') : (markers[0] ?? '');
  return `${fullText(dependency)}${text === '' ? '' : ` ; ${text}`}`;
}
