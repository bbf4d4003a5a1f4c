/** What `pdm.lock` says of each package: groups and markers are inherited from what asks for it. PDM 2.29. */
import type { Information } from '../backtracking/provider.ts';
import type { Marker } from '../poetry/marker/marker.ts';
import type { PdmMarkers } from './markers.ts';
import type { PdmProject } from './project.ts';
import type { PdmCandidate, PdmProvider } from './provider.ts';
import { coversPythons, type PythonRange } from './python-set.ts';
import type { PdmRequirement } from './requirement.ts';

type PdmInformation = Information<PdmRequirement, PdmCandidate>;

export interface PdmLockEntry {
  readonly name: string;
  readonly version: string;
  readonly extras?: readonly string[];
  readonly requires_python?: string;
  readonly groups: readonly string[];
  readonly marker?: string;
  readonly dependencies?: readonly string[];
}

export function lockedPackages(
  pins: readonly PdmCandidate[],
  information: readonly PdmInformation[],
  provider: PdmProvider,
  project: PdmProject,
  markers: PdmMarkers,
): readonly PdmLockEntry[] {
  const asked = new Map<number, PdmInformation[]>();
  const seen = new Map<PdmRequirement, Set<PdmCandidate | null>>();
  for (const each of information) {
    const parents = seen.get(each.requirement) ?? new Set<PdmCandidate | null>();
    seen.set(each.requirement, parents);
    if (parents.has(each.parent)) continue;
    parents.add(each.parent);
    const { identifier } = each.requirement;
    asked.set(identifier, [...(asked.get(identifier) ?? []), each]);
  }
  const packages = pins.filter(({ release }) => release !== null);
  const inherited = new InheritedMarkers(markers, asked, packages);
  const ordered = [...packages].sort((a, b) => {
    const [left, right] = [provider.identifierText(a.identifier), provider.identifierText(b.identifier)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return ordered.flatMap((pin) => {
    const marker = inherited.of(pin);
    if (marker === markers.empty) return [];
    return [entryOf(pin, groupsOf(pin, asked), marker, provider, project, markers)];
  });
}

function entryOf(
  pin: PdmCandidate,
  groups: readonly string[],
  inherited: Marker,
  provider: PdmProvider,
  project: PdmProject,
  markers: PdmMarkers,
): PdmLockEntry {
  const { listed, python } = provider.dependenciesOf(pin);
  const { requirement, release } = pin;
  const isLocal = requirement.isPinned && requirement.specifier.text.includes('+');
  const version = isLocal ? release!.version.text : release!.version.text.replace(/\+.*/, '');
  const marker = coversPythons(python, project.python)
    ? inherited
    : markers.and(inherited, pythonMarker(markers, python));
  const dependencies = listed.map(({ text }) => text).sort();
  return {
    name: requirement.key,
    version,
    ...(requirement.extras.length === 0 ? {} : { extras: requirement.extras }),
    ...(python.text === '' ? {} : { requires_python: python.written ?? python.text }),
    groups,
    ...(marker === markers.any ? {} : { marker: marker.text }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
  };
}

/** A range as a marker, clause by clause. */
function pythonMarker(markers: PdmMarkers, { text }: PythonRange): Marker {
  let marker: Marker = markers.any;
  const clauses = text.split(',').map((clause) => /^([<>=!~]+)(.*)$/.exec(clause)!);
  clauses.sort((a, b) => (a[2]! < b[2]! ? -1 : 1));
  for (const [, operator, version] of clauses) {
    const parts = version!.replace('.*', '').split('.').length;
    const name = parts > 2 ? 'python_full_version' : 'python_version';
    const clause = markers.parse(`${name} ${operator!} "${version!}"`);
    if (clause !== null) marker = markers.and(marker, clause);
  }
  return marker;
}

class InheritedMarkers {
  readonly #markers: PdmMarkers;
  readonly #asked: ReadonlyMap<number, readonly PdmInformation[]>;
  readonly #built = new Map<PdmCandidate, Marker>();

  constructor(
    markers: PdmMarkers,
    asked: ReadonlyMap<number, readonly PdmInformation[]>,
    pins: readonly PdmCandidate[],
  ) {
    this.#markers = markers;
    this.#asked = asked;
    const excused = new Map<PdmCandidate, ReadonlySet<PdmCandidate>>();
    const open = new Set(pins);
    while (open.size > 0) {
      let isStuck = true;
      for (const pin of [...open]) {
        if (
          this.#parents(pin).some((parent) => open.has(parent) && !(excused.get(pin)?.has(parent) ?? false))
        )
          continue;
        this.#build(pin, excused.get(pin));
        open.delete(pin);
        isStuck = false;
      }
      if (!isStuck) continue;
      const next = [...open].find((pin) => !excused.has(pin));
      if (next === undefined) break;
      excused.set(next, new Set(this.#parents(next).filter((parent) => open.has(parent) && parent !== next)));
    }
    for (const pin of excused.keys()) this.#build(pin, undefined);
  }

  of(pin: PdmCandidate): Marker {
    return this.#built.get(pin) ?? this.#markers.any;
  }

  #parents({ identifier }: PdmCandidate): readonly PdmCandidate[] {
    return (this.#asked.get(identifier) ?? []).flatMap(({ parent }) => parent ?? []);
  }

  #build(pin: PdmCandidate, excused: ReadonlySet<PdmCandidate> | undefined): void {
    const information = this.#asked.get(pin.identifier) ?? [];
    let marker: Marker = information.length === 0 ? this.#markers.any : this.#markers.empty;
    for (const { requirement, parent } of information) {
      const outer = parent === null ? this.#markers.any : this.#built.get(parent);
      if (outer === undefined || (parent !== null && (excused?.has(parent) ?? false))) continue;
      marker = this.#markers.or(marker, this.#markers.and(requirement.marker ?? this.#markers.any, outer));
    }
    this.#built.set(pin, marker);
  }
}

/** `default` first, then by name. */
function groupsOf(
  pin: PdmCandidate,
  asked: ReadonlyMap<number, readonly PdmInformation[]>,
): readonly string[] {
  const groups = new Set<string>();
  const seen = new Set<PdmCandidate>([pin]);
  const open = [pin];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { requirement, parent } of asked.get(current.identifier) ?? []) {
      for (const group of requirement.groups) groups.add(group);
      if (parent === null || seen.has(parent)) continue;
      seen.add(parent);
      open.push(parent);
    }
  }
  return [...groups].sort((a, b) => (a === 'default' ? -1 : b === 'default' ? 1 : a < b ? -1 : 1));
}
