/** What versions need of one package: quoted word for word of those that have it, said apart, or told by its effect. */
import { allBits, positionsOf, type VersionBits } from './conflict-facts.ts';
import { packageAt, type ConflictView } from './narrowing-view.ts';
import { needsOf, type Needs } from './narrowing.ts';
import { isSingular, needsVerb, packageVersions } from './version-words.ts';
import type { LineSource } from '../resolver/trace.ts';
import { code, inPlaceOf, listOf } from './words.ts';

/** Groups of versions with words of their own that are said apart; more are told by what they leave. */
const SAID_APART = 3;

/** Versions that have the same requirements on a package. */
export interface NeedGroup {
  readonly versions: VersionBits;
  /** Each as written; '' for an extra's need of its own project. */
  readonly texts: readonly string[];
  /** uv's override that says so in their place. */
  readonly override?: LineSource;
}

/** The versions among `subjects` by their requirements on `dependency`, lowest first. */
export function needGroups(
  view: ConflictView,
  row: number,
  dependency: number,
  subjects: VersionBits,
): readonly NeedGroup[] {
  const facts = needsOf(view.facts, row, dependency);
  const groups = new Map<
    string,
    { versions: VersionBits; texts: readonly string[]; override?: LineSource }
  >();
  for (const position of positionsOf(subjects)) {
    const bit = 1n << BigInt(position);
    const own = facts.filter((fact) => (fact.versions & bit) !== 0n);
    const texts = [...new Set(own.map(({ text }) => text))];
    const override = own.find((fact) => fact.override !== undefined)?.override;
    if (texts.length === 0) continue;
    const key = texts.toSorted().join('\n');
    const known = groups.get(key);
    if (known) known.versions |= bit;
    else groups.set(key, { versions: bit, texts, ...(override === undefined ? {} : { override }) });
  }
  return [...groups.values()];
}

/**
 * `` `a` 1.0 needs `b<2`, and `a` 2.0 needs `b==1` ``; by effect where there are too many: `` none of `a` 1.0 to 9.0
 * accepts `b` 3.0 ``. `excluded`: what of the dependency they rule out together.
 */
export function needsClause(
  view: ConflictView,
  row: number,
  dependency: number,
  subjects: VersionBits,
  excluded: VersionBits,
): string {
  const { identifier, versions } = packageAt(view, row);
  const groups = needGroups(view, row, dependency, subjects);
  if (groups.length <= SAID_APART)
    return listOf(groups.map((group) => groupClause(view, row, dependency, group)));
  const needed = packageAt(view, dependency);
  const all = packageVersions(identifier, versions, subjects);
  if (excluded === 0n)
    return `${all} ${needsVerb(versions, subjects)} some version of ${code(needed.identifier)}`;
  const none = subjects === allBits(versions) ? `no version of ${code(identifier)}` : `none of ${all}`;
  const refused =
    excluded === allBits(needed.versions)
      ? `any version of ${code(needed.identifier)} that ${needed.place} lists`
      : packageVersions(needed.identifier, needed.versions, excluded);
  return `${none} accepts ${refused}`;
}

function groupClause(view: ConflictView, row: number, dependency: number, group: NeedGroup): string {
  const { identifier, versions } = packageAt(view, row);
  const subject = packageVersions(identifier, versions, group.versions);
  if (group.texts.includes('')) return baseClause(view, row, dependency, group.versions);
  const verb = needsVerb(versions, group.versions);
  return group.override === undefined
    ? `${subject} ${verb} ${listOf(group.texts.map(code))}`
    : inPlaceOf(group.override, group.texts.join(' '), `${subject} ${verb}`);
}

/** `` `golf[x]` 2.0 is `golf` 2.0 with an extra ``. */
function baseClause(view: ConflictView, row: number, dependency: number, versions: VersionBits): string {
  const { identifier, versions: listed } = packageAt(view, row);
  const base = code(packageAt(view, dependency).identifier);
  const subject = packageVersions(identifier, listed, versions);
  return isSingular(listed, versions) && versions !== allBits(listed)
    ? `${subject} is ${base} ${listed[positionsOf(versions)[0]!]!} with an extra`
    : `${subject} needs ${base} at the same version`;
}

/** A need of versions that are ruled out because of it: ``needs `intl>=3,<4`, and the index has no `intl` ``. */
export function clashClause(view: ConflictView, row: number, fact: Needs, subjects: VersionBits): string {
  const { identifier, versions } = packageAt(view, row);
  const subject = packageVersions(identifier, versions, subjects);
  const need =
    fact.text === ''
      ? baseClause(view, row, fact.dependency, subjects)
      : needOf(`${subject} ${needsVerb(versions, subjects)}`, fact);
  return `${need}, ${absenceClause(view, fact)}`;
}

/** ``needs `intl>=3` `` behind its subject, or what an override says in its place. */
export function needOf(subject: string, { text, override }: Pick<Needs, 'text' | 'override'>): string {
  return override === undefined ? `${subject} ${code(text)}` : inPlaceOf(override, text, subject);
}

/** Why what a version needs cannot be had. */
export function absenceClause(view: ConflictView, fact: Pick<Needs, 'dependency' | 'allowed'>): string {
  const { identifier, versions, status, place } = packageAt(view, fact.dependency);
  if (identifier === 'Python') return `but Python is ${versions.join(' ')} here`;
  if (versions.length === 0) return `and ${nothingListed({ identifier, status, place })}`;
  if (fact.allowed === 0n) return `and ${place} lists no such version`;
  return 'which is ruled out';
}

/** ``the index has no project `lib` ``, ``the index lists no release of `lib` ``. */
export function nothingListed({
  identifier,
  status,
  place,
}: Pick<ReturnType<typeof packageAt>, 'identifier' | 'status' | 'place'>): string {
  return status === 'absent' && place === 'the index'
    ? `${place} has no project ${code(identifier)}`
    : `${place} lists no release of ${code(identifier)}`;
}
