/** A dependency of `[tool.poetry]`: a constraint, or a table. poetry-core 2.5, `Factory.create_dependency`. */
import { nestedMarkerText } from '../marker/python-of-marker.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import { parseConstraint } from '../constraint/parse-constraint.ts';
import { PoetryDependency } from '../dependency.ts';
import { isTable, listIn, textIn, valueIn, type TomlTable, type TomlValue } from './project-text.ts';

/** What Poetry says of a project that it cannot read. */
export class InvalidProject extends Error {
  /** Our words besides, where the tool's say too little. */
  readonly note: string | undefined;

  constructor(message: string, note?: string) {
    super(message);
    this.note = note;
  }
}

/** A dependency that no index knows: a path, an address, a repository. */
export interface UnknownSource {
  readonly name: string;
  readonly source: string;
}

export type TableReading =
  | { readonly kind: 'dependency'; readonly dependency: PoetryDependency }
  | { readonly kind: 'unknown'; readonly source: UnknownSource };

const SOURCES = ['git', 'file', 'path', 'url'] as const;

export function readTableDependency(
  algebra: MarkerAlgebra,
  name: string,
  value: TomlValue,
  group: string,
): TableReading {
  if (typeof value === 'string') return dependencyOf(algebra, name, value, group, {});
  if (!isTable(value)) throw new InvalidProject(`Invalid dependency: ${name}`);
  for (const source of SOURCES) {
    const place = textIn(value, source);
    if (place !== null) return { kind: 'unknown', source: { name, source: place } };
  }
  return dependencyOf(algebra, name, textIn(value, 'version') ?? '*', group, value);
}

function dependencyOf(
  algebra: MarkerAlgebra,
  name: string,
  text: string,
  group: string,
  table: TomlTable,
): TableReading {
  const constraint = parseConstraint(text, 'packages');
  if (!constraint.ok) throw new InvalidProject(constraint.error.message);
  const allowed = valueIn(table, 'allow-prereleases');
  const dependency = new PoetryDependency({
    name,
    constraint: constraint.value,
    pretty: text,
    groups: [group],
    extras: listIn(table, 'extras').filter((extra) => typeof extra === 'string'),
    isOptional: valueIn(table, 'optional') === true,
    allowsPrereleases: typeof allowed === 'boolean' ? allowed : null,
    marker: algebra.any,
  });
  const marker = markerOf(algebra, table);
  if (marker !== algebra.any) dependency.setMarker(algebra, marker);
  return { kind: 'dependency', dependency };
}

function markerOf(algebra: MarkerAlgebra, table: TomlTable): Marker {
  let marker = read(algebra, textIn(table, 'markers') ?? '');
  const python = textIn(table, 'python');
  if (python !== null) {
    const constraint = parseConstraint(python, 'pythons');
    if (!constraint.ok) throw new InvalidProject(constraint.error.message);
    marker = algebra.and(marker, read(algebra, nestedMarkerText(constraint.value)));
  }
  const platform = textIn(table, 'platform');
  if (platform !== null) marker = algebra.and(marker, read(algebra, platformText(platform)));
  return marker;
}

function read(algebra: MarkerAlgebra, text: string): Marker {
  const marker = algebra.parse(text);
  if (marker === null) throw new InvalidProject(`Invalid marker: ${text}`);
  return marker;
}

/** `linux`, `!=win32`, `linux || darwin` as a marker. */
function platformText(text: string): string {
  const alternatives = text.split(/\s*\|\|?\s*/).map((part) => part.split(/\s*,\s*/).map(platformClause));
  if (alternatives.length === 1) return alternatives[0]!.join(' and ');
  return alternatives
    .map((clauses) => (clauses.length > 1 ? `(${clauses.join(' and ')})` : clauses[0]))
    .join(' or ');
}

function platformClause(clause: string): string {
  const match = /^\s*(==|!=|=)?\s*(.*?)\s*$/.exec(clause);
  return `sys_platform ${match?.[1] === '!=' ? '!=' : '=='} "${match?.[2] ?? ''}"`;
}
