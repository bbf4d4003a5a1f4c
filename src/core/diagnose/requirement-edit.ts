/** A requirement with other specifiers, another name or fewer extras; everything else stays as it was written. */
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { specifierContains, type Specifier } from '../packaging/specifier.ts';
import type { Version } from '../packaging/version.ts';

interface Parts {
  readonly name?: string;
  readonly extras?: readonly string[];
  readonly specifier?: string;
}

/** Null for addresses, and where the result is no requirement. */
export function editedRequirement(requirement: Requirement, parts: Parts): Requirement | null {
  if (requirement.url !== null) return null;
  const { name = requirement.name, extras = requirement.extras } = parts;
  const specifier =
    parts.specifier ?? requirement.specifier.specifiers.map((clause) => clause.text).join(',');
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const marker = /;.*$/su.exec(requirement.text)?.[0] ?? '';
  const parsed = parseRequirement(`${name}${bracket}${specifier}${marker === '' ? '' : ` ${marker}`}`);
  return parsed.ok ? parsed.value : null;
}

/** The line's own specifiers, each that stands against `version` moved just far enough. */
export function specifierFor(requirement: Requirement, version: Version): string {
  const clauses = requirement.specifier.specifiers.flatMap((clause) => movedClause(clause, version));
  return [...new Set(clauses)].join(',');
}

function movedClause(clause: Specifier, version: Version): readonly string[] {
  if (specifierContains(clause, version)) return [clause.text];
  switch (clause.operator) {
    case '<':
    case '<=':
      return [`<=${version.text}`];
    case '>':
    case '>=':
      return [`>=${version.text}`];
    case '~=':
      return [version.release.length > 1 ? `~=${version.text}` : `==${version.text}`];
    case '!=':
      return [];
    case '==':
    case '===':
      return [`==${version.text}`];
  }
}

/** The specifiers with a lower bound that names a pre-release, so that it is asked for. */
export function specifierNaming(requirement: Requirement, version: Version): string {
  const others = requirement.specifier.specifiers.filter(
    (clause) => !['>', '>=', '~='].includes(clause.operator) && specifierContains(clause, version),
  );
  return [`>=${version.text}`, ...others.map((clause) => clause.text)].join(',');
}
