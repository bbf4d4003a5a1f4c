/** Mends facts of one source with another's: releases that it lacks or does not know, and Pythons that it states wrongly. */
import { mergeFacts } from '../../core/package-index/facts/merge-facts.ts';
import { remnantProjects } from '../../core/package-index/facts/remnants.ts';
import type { Facts, ProjectFacts, ReleaseFacts } from '../../core/package-index/facts/facts.ts';
import type { PartialSense } from '../../core/package-index/package-index.ts';
import { normalizeName } from '../../core/packaging/name.ts';
import { compareVersions, parseVersion } from '../../core/packaging/version.ts';

/**
 * Adds what fills know of releases that are unknown or lacking, and nothing about known ones. Where releases come in
 * between others, the project's are put in the order of their versions.
 */
export function fillFacts(facts: Facts, fills: Facts): Facts {
  const useful = Object.entries(fills.projects).map(([name, releases]): [string, ProjectFacts] => {
    const known = facts.projects[name] ?? {};
    return [
      name,
      Object.fromEntries(Object.entries(releases).filter(([version]) => !isKnown(known[version]))),
    ];
  });
  const merged = mergeFacts(facts, { projects: Object.fromEntries(useful) });
  const projects = Object.entries(merged.projects).map(([name, releases]): [string, ProjectFacts] => {
    const isLonger = Object.keys(releases).length > Object.keys(facts.projects[name] ?? {}).length;
    return [name, isLonger ? inVersionOrder(releases) : releases];
  });
  return { ...merged, projects: Object.fromEntries(projects) };
}

function isKnown(release: ReleaseFacts | undefined): boolean {
  return release !== undefined && release.unknown !== true;
}

function inVersionOrder(releases: ProjectFacts): ProjectFacts {
  const rows = Object.entries(releases).map(([text, facts]) => ({
    text,
    facts,
    version: parseVersion(text),
  }));
  // Texts that are no versions stay in front, in their order: no tool looks at them.
  const sorted = rows.toSorted((a, b) => {
    if (a.version.ok && b.version.ok) return compareVersions(a.version.value, b.version.value);
    return Number(a.version.ok) - Number(b.version.ok);
  });
  return Object.fromEntries(sorted.map(({ text, facts }) => [text, facts]));
}

/**
 * Takes over `requires_python` from a source that states all of it, where these facts state none, or some clauses of a
 * longer list. Everything else is left as it is.
 */
export function mendPythons(facts: Facts, witness: Facts): Facts {
  const witnesses = new Map(
    Object.entries(witness.projects).map(([name, releases]) => [normalizeName(name), releases]),
  );
  const projects = Object.entries(facts.projects).map(([name, releases]): [string, ProjectFacts] => {
    const other = witnesses.get(normalizeName(name));
    if (other === undefined) return [name, releases];
    const mended = Object.entries(releases).map(([version, release]): [string, ReleaseFacts] => {
      const stated = other[version]?.requires_python ?? null;
      if (stated === null || !isPartOf(release.requires_python ?? '', stated)) return [version, release];
      return [version, { ...release, requires_python: stated }];
    });
    return [name, Object.fromEntries(mended)];
  });
  return { ...facts, projects: Object.fromEntries(projects) };
}

/** Whether a list of clauses is a part of another, and not all of it. */
function isPartOf(part: string, whole: string): boolean {
  const clausesOf = (text: string) =>
    text
      .split(',')
      .map((clause) => clause.replace(/\s/gu, ''))
      .filter((clause) => clause !== '');
  const all = new Set(clausesOf(whole));
  const some = clausesOf(part);
  return some.length < all.size && some.every((clause) => all.has(clause));
}

/** Upload times to the second; of a release whose upload is known, when it was first seen says nothing more. */
export function tidyTimes(facts: Facts): Facts {
  const projects = Object.entries(facts.projects).map(([name, releases]): [string, ProjectFacts] => [
    name,
    Object.fromEntries(
      Object.entries(releases).map(([version, { seen, ...release }]): [string, ReleaseFacts] => {
        const uploaded = toTheSecond(release['upload-time']);
        if (uploaded !== undefined) return [version, { ...release, 'upload-time': uploaded }];
        const bound = toTheSecond(seen);
        return [version, bound === undefined ? release : { ...release, seen: bound }];
      }),
    ),
  ]);
  return { ...facts, projects: Object.fromEntries(projects) };
}

function toTheSecond(time: string | undefined): string | undefined {
  return time?.replace(/\.\d+Z$/u, 'Z');
}

/** Says of which projects the list cannot be whole, where the facts do not say it of all. */
export function markRemnants(facts: Facts): Facts {
  if (facts.partial?.all !== undefined) return facts;
  const remnants = [...remnantProjects(facts)].map((name): [string, PartialSense] => [name, 'remnant']);
  if (remnants.length === 0) return facts;
  return { ...facts, partial: { projects: Object.fromEntries(remnants) } };
}

/** Without projects of which no release is known: nothing is known of them. */
export function withoutEmpty(facts: Facts): Facts {
  const projects = Object.entries(facts.projects).filter(([, releases]) => Object.keys(releases).length > 0);
  return { ...facts, projects: Object.fromEntries(projects) };
}
