/**
 * Which lists of releases cannot be whole: somebody asks for releases of a project, and no release that is held answers.
 *
 *   tensorflow   held: 0.12          keras 2.13 asks for tensorflow>=2.13     ⇒   remnant
 *
 * A requirement that no release ever answered (a withdrawn release, a slip of the pen) makes a list look partial too;
 * the price of that is a caution too many.
 */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import type { Facts } from './facts.ts';

/** A requirement that nothing that is held answers. */
export interface UnansweredRequirement {
  readonly project: string;
  /** As it was written first. */
  readonly text: string;
  /** Versions of projects that ask so, `keras 2.13.1`, in the facts' order. */
  readonly askedBy: string[];
  /** Whether nothing at all is held of the project. */
  readonly isUnheld: boolean;
}

/** Requirements, without those of extras, that no held release answers; by project and specifier. */
export function unansweredRequirements(facts: Facts): readonly UnansweredRequirement[] {
  const versions = heldVersions(facts);
  const asked = new Map<string, { name: string; specifier: SpecifierSet } | null>();
  const answered = new Map<string, boolean>();
  const found = new Map<string, UnansweredRequirement>();
  for (const [asker, releases] of Object.entries(facts.projects)) {
    for (const [version, { requires }] of Object.entries(releases)) {
      for (const text of requires) {
        let request = asked.get(text);
        if (request === undefined) asked.set(text, (request = readRequest(text)));
        if (request === null) continue;
        const { name, specifier } = request;
        const key = `${name} ${specifier.text}`;
        let isAnswered = answered.get(key);
        if (isAnswered === undefined)
          answered.set(key, (isAnswered = isAnsweredBy(specifier, versions.get(name) ?? [])));
        if (isAnswered) continue;
        const known = found.get(key);
        if (known === undefined)
          found.set(key, {
            project: name,
            text,
            askedBy: [`${asker} ${version}`],
            isUnheld: (versions.get(name)?.length ?? 0) === 0,
          });
        else known.askedBy.push(`${asker} ${version}`);
      }
    }
  }
  return [...found.values()];
}

/** Normalised names of held projects whose lists cannot be whole. */
export function remnantProjects(facts: Facts): ReadonlySet<string> {
  const unanswered = unansweredRequirements(facts).filter(({ isUnheld }) => !isUnheld);
  return new Set(unanswered.map(({ project }) => project));
}

function heldVersions(facts: Facts): ReadonlyMap<string, readonly Version[]> {
  const held = new Map<string, Version[]>();
  for (const [key, releases] of Object.entries(facts.projects)) {
    const name = normalizeName(key);
    const versions = held.get(name) ?? [];
    held.set(name, versions);
    for (const text of Object.keys(releases)) {
      const version = parseVersion(text);
      if (version.ok) versions.push(version.value);
    }
  }
  return held;
}

const OF_AN_EXTRA = /;[^]*\bextra\b/u;

function readRequest(text: string): { name: string; specifier: SpecifierSet } | null {
  if (OF_AN_EXTRA.test(text)) return null;
  const parsed = parseRequirement(text);
  if (!parsed.ok || parsed.value.url !== null) return null;
  return { name: parsed.value.normalizedName, specifier: parsed.value.specifier };
}

function isAnsweredBy(specifier: SpecifierSet, versions: readonly Version[]): boolean {
  if (specifier.specifiers.length === 0) return versions.length > 0;
  return versions.some((version) => specifierSetContains(specifier, version, { prereleases: true }));
}
