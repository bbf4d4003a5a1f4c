/**
 * Changes to the guilty lines that were tried and work: every one was resolved by the tool itself before it is named,
 * and what it would install is part of it. Loosening comes before removing: it changes less.
 */
import type { ResolveRequest, UserRequirement } from '../resolver/engine.ts';
import type { Outcome, Pin } from '../resolver/outcome.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { specifierContains, type Specifier } from '../packaging/specifier.ts';
import { parseVersion, type Version } from '../packaging/version.ts';
import type { Fix } from './explanation.ts';
import { readableRequirement, readableSpecifiers } from './requirement-text.ts';
import { withoutLine, type LineKey } from './minimal-lines.ts';
import { code, count, lineName, shortListOf } from './words.ts';

/** Resolves as the tool would; what it ends with is what the fix promises. */
export type Resolve = (request: ResolveRequest) => Outcome;

/** Fixes for as many lines as `maxSolves` runs allow, in the order of the lines. */
export function verifiedFixes(
  request: ResolveRequest,
  lines: readonly LineKey[],
  resolve: Resolve,
  maxSolves: number,
): readonly Fix[] {
  const loosened: Fix[] = [];
  const removed: Fix[] = [];
  let solves = 0;
  const run = (changed: ResolveRequest): readonly Pin[] | null => {
    solves += 1;
    const outcome = resolve(changed);
    return outcome.kind === 'solved' && outcome.broken.length === 0 ? outcome.pins : null;
  };
  for (const key of lines) {
    if (solves + 3 > maxSolves) break;
    const fixes = fixesOfLine(request, key, run);
    loosened.push(...fixes.filter(({ kind }) => kind === 'loosen'));
    removed.push(...fixes.filter(({ kind }) => kind === 'remove'));
  }
  return [...loosened, ...removed];
}

type Run = (request: ResolveRequest) => readonly Pin[] | null;

function fixesOfLine(request: ResolveRequest, key: LineKey, run: Run): readonly Fix[] {
  const user = request[key.list][key.at]!;
  const fixes: Fix[] = [];
  const loosest = looser(user.requirement, '');
  const wide = loosest === null ? null : run(withLine(request, key, loosest));
  const pin = wide?.find(({ name }) => name === user.requirement.normalizedName);
  const version = pin === undefined ? null : parseVersion(pin.version);
  if (version?.ok === true) {
    const specifier = specifierFor(user.requirement, version.value);
    const narrow = looser(user.requirement, specifier);
    const pins = narrow === null || specifier === '' ? wide : run(withLine(request, key, narrow));
    if (pins !== null && narrow !== null) fixes.push(loosenFix(user, narrow, pins));
  }
  const isAlone = request.requirements.length === 1 && key.list === 'requirements';
  const rest = isAlone ? null : run(withoutLine(request, key));
  if (rest !== null) fixes.push(removeFix(user, rest));
  return fixes;
}

/** The same wish with other specifiers; null for addresses, and where nothing would change. */
function looser(requirement: Requirement, specifier: string): Requirement | null {
  if (requirement.url !== null || requirement.specifier.specifiers.length === 0) return null;
  const extras = requirement.extras.length === 0 ? '' : `[${requirement.extras.join(',')}]`;
  const marker = /;.*$/su.exec(requirement.text)?.[0] ?? '';
  const parsed = parseRequirement(
    `${requirement.name}${extras}${specifier}${marker === '' ? '' : ` ${marker}`}`,
  );
  return parsed.ok ? parsed.value : null;
}

/** The line's own specifiers, each that stands against `version` moved just far enough. */
function specifierFor(requirement: Requirement, version: Version): string {
  const clauses = requirement.specifier.specifiers.flatMap((clause) => movedClause(clause, version));
  return readableSpecifiers([...new Set(clauses)].join(','));
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

function withLine(request: ResolveRequest, key: LineKey, requirement: Requirement): ResolveRequest {
  const list = request[key.list].map((user, at) =>
    at === key.at ? { ...user, requirement, hashes: [] } : user,
  );
  return { ...request, [key.list]: list };
}

function loosenFix(
  { requirement, source }: UserRequirement,
  changed: Requirement,
  pins: readonly Pin[],
): Fix {
  return {
    kind: 'loosen',
    source,
    text: `Change ${lineName(source)} from ${code(readableRequirement(requirement.text))} to ${code(readableRequirement(changed.text))}`,
    newLine: readableRequirement(changed.text),
    pins,
    note: noteOf(pins, requirement.normalizedName),
  };
}

function removeFix({ requirement, source }: UserRequirement, pins: readonly Pin[]): Fix {
  return {
    kind: 'remove',
    source,
    text: `Take out ${lineName(source)}, ${code(readableRequirement(requirement.text))}`,
    newLine: '',
    pins,
    note: noteOf(pins, requirement.normalizedName),
  };
}

/** What would be installed, the changed package first. */
function noteOf(pins: readonly Pin[], changed: string): string {
  const ordered = pins.toSorted((a, b) => Number(b.name === changed) - Number(a.name === changed));
  const names = ordered.map((pin) => `${code(pin.name)} ${pin.version}`);
  return `Tried: solves with ${count(pins.length, 'package')}${names.length === 0 ? '' : `, ${shortListOf(names, 3)}`}.`;
}
