/**
 * pip's resolver before 20.3: no search at all. A queue, first come first served; each requirement takes the best
 * version for its own specifier, whatever others ask for. See resolver/README.md#legacy.
 *
 *   queue   [ a ] [ b ] │ [ a's c<2 ] [ b's c>=2 ]        the second c is ignored: c is there already
 */
import { evaluateMarker, formatMarker } from '../../packaging/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { compareVersions, parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { NO_PARENT } from '../events.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import {
  type CandidateMetadata,
  MetadataReader,
  type MetadataText,
  NO_METADATA,
} from '../pip/candidate-metadata.ts';
import { CrashSignal } from '../pip/stop-signals.ts';
import { LEGACY_ERA } from '../pip/era.ts';
import { extraNaming, shownExtras } from '../pip/extra-name.ts';
import { IdentifierTable } from '../pip/identifiers.ts';
import { withoutMarker } from '../pip/install-requirement.ts';
import { findDirectFile } from '../pip/direct-files.ts';
import { linkText } from '../pip/link-text.ts';
import type { FoundFile } from '../pip/finder/project-files.ts';
import { ProjectStore } from '../pip/project-store.ts';
import { TraceRows } from '../pip/rows.ts';
import { dependenciesByExtra } from '../pip/dependency-order.ts';
import type { LegacyNotice, LegacyReport } from './report.ts';
import {
  type LegacyChoice,
  type LegacyRequirement,
  legacyText,
  makeLegacyRequirement,
  RequirementSet,
} from './requirement-set.ts';

export class LegacyRun {
  readonly #request: ResolveRequest;
  readonly #recorder: TraceRecorder;
  readonly #identifiers: IdentifierTable;
  readonly #rows: TraceRows;
  readonly projects: ProjectStore;
  readonly #metadata = new MetadataReader(LEGACY_ERA.policy, extraNaming(LEGACY_ERA), true);
  readonly #nameExtra = extraNaming(LEGACY_ERA);
  readonly #set = new RequirementSet();
  readonly notices: LegacyNotice[] = [];
  /** Requirements that were resolved, in order. */
  readonly resolved: LegacyRequirement[] = [];

  constructor(request: ResolveRequest, recorder: TraceRecorder) {
    this.#request = request;
    this.#recorder = recorder;
    this.#identifiers = new IdentifierTable(recorder);
    this.#rows = new TraceRows(recorder, this.#identifiers);
    this.projects = new ProjectStore(request, LEGACY_ERA, recorder, this.#identifiers);
  }

  /** Null when everything was resolved. May throw the signals of pip/stop-signals.ts. */
  run(): LegacyReport | null {
    const refused = this.#addRoots();
    if (refused !== null) return refused;
    const queue: LegacyRequirement[] = [...this.#set.all];
    // The queue grows while it is gone through: that makes the order breadth-first.
    for (const [index, requirement] of queue.entries()) {
      if (requirement.isConstraint || requirement.isPrepared) continue;
      this.#recorder.record('round', index);
      const report = this.#resolve(requirement, queue);
      if (report !== null) return report;
    }
    return null;
  }

  /** What would be installed, dependencies first. */
  installOrder(): readonly LegacyRequirement[] {
    const order: LegacyRequirement[] = [];
    const scheduled = new Set<LegacyRequirement>();
    const schedule = (requirement: LegacyRequirement): void => {
      if (requirement.isConstraint || requirement.choice?.installed || scheduled.has(requirement)) return;
      scheduled.add(requirement);
      for (const dependency of requirement.discovered) schedule(dependency);
      order.push(requirement);
    };
    for (const requirement of this.#set.all) schedule(requirement);
    return order;
  }

  #addRoots(): LegacyReport | null {
    const { constraints, requirements } = this.#request;
    for (const [index, entry] of [...constraints, ...requirements].entries()) {
      const isConstraint = index < constraints.length;
      const { marker } = entry.requirement;
      if (marker !== null && !this.#holds(entry.requirement, [])) {
        this.#notify({ kind: 'ignored-marker', name: entry.requirement.name, marker: formatMarker(marker) });
        continue;
      }
      const { requirement } = withoutMarker({
        requirement: entry.requirement,
        comesFrom: null,
        hashes: null,
      });
      const origin = isConstraint ? `-c constraints.txt (line ${entry.source.line})` : null;
      const added = makeLegacyRequirement(requirement, origin, entry.source, isConstraint);
      if (isConstraint) this.#rows.constraint(requirement.normalizedName, requirement.text, entry.source);
      else this.#recordRequire(added, NO_PARENT);
      const addition = this.#set.add(added);
      if ('refused' in addition) return addition.refused;
    }
    return null;
  }

  #resolve(requirement: LegacyRequirement, queue: LegacyRequirement[]): LegacyReport | null {
    requirement.isPrepared = true;
    const choice = this.#choose(requirement);
    if ('kind' in choice) return choice;
    requirement.choice = choice;
    this.resolved.push(requirement);
    const row = this.#candidateRow(requirement, choice);
    this.#recorder.record('pin', row);
    const refused = this.#refusePython(requirement, choice);
    if (refused !== null) return refused;
    if (this.#request.options.noDeps) return null;
    if (choice.metadata.unreadable !== null) throw new CrashSignal('InvalidRequirement');
    return this.#addDependencies(requirement, choice, row, queue);
  }

  #addDependencies(
    parent: LegacyRequirement,
    { metadata, version }: LegacyChoice,
    row: number,
    queue: LegacyRequirement[],
  ): LegacyReport | null {
    const asked = [...new Set(parent.extras.map(this.#nameExtra))].sort();
    for (const extra of asked.filter((name) => !metadata.providesExtra.has(name))) {
      const candidate = `${parent.requirement.normalizedName} ${version}`;
      this.#notify({ kind: 'missing-extra', candidate, extra });
    }
    const extras = asked.filter((name) => metadata.providesExtra.has(name));
    const written = extras.flatMap((name) => metadata.providesExtra.get(name) ?? []);
    const holds = (
      requirement: CandidateMetadata['dependencies'][number],
      names: readonly string[],
    ): boolean => {
      return this.#holds(requirement, names);
    };
    const ordered = dependenciesByExtra(metadata.dependencies, written, holds, true);
    if (ordered.isRandom) this.#notify({ kind: 'random-order' });
    for (const requirement of ordered.dependencies) {
      // What was read for an extra as it is written is used for the extra as it is compared.
      if (!holds(requirement, extras)) continue;
      const added = makeLegacyRequirement(requirement, parent, null);
      this.#recordRequire(added, row);
      const addition = this.#set.add(added);
      if ('refused' in addition) return addition.refused;
      parent.discovered.push(addition.counts);
      if (addition.scan !== null) queue.push(addition.scan);
    }
    return null;
  }

  /** What is installed, if it will do; else the best file for this one specifier. */
  #choose(requirement: LegacyRequirement): LegacyChoice | LegacyReport {
    const installed = this.#installed(requirement);
    if (installed !== null) return installed;
    const { normalizedName, specifier, url } = requirement.requirement;
    if (url !== null) {
      const table = this.projects.table(normalizedName);
      return this.#chooseFile(requirement, findDirectFile(this.#request, url, normalizedName, table));
    }
    const identifier = this.#identifiers.of(normalizedName);
    const combination = this.projects.combination(identifier).and(this.projects.intern(specifier));
    const file = firstOfBest(combination.applicable(null));
    if (file === undefined) {
      const versions = this.projects.files(normalizedName).ascending.map((found) => found.version);
      return {
        kind: 'no-matching-version',
        requirement: legacyText(requirement),
        versions: [...new Set(versions.toSorted(compareVersions).map((version) => version.text))],
      };
    }
    return this.#chooseFile(requirement, file);
  }

  #chooseFile(requirement: LegacyRequirement, file: FoundFile): LegacyChoice {
    const { distribution, version } = file;
    if (distribution.yanked !== false) {
      this.#notify({
        kind: 'yanked-selected',
        name: requirement.requirement.normalizedName,
        version: version.text,
        link: linkText(distribution),
        reason: distribution.yanked,
      });
    }
    const identifier = this.#identifiers.of(distribution.project);
    const { url } = requirement.requirement;
    const row = this.#rows.candidate(identifier, distribution.version, url === null ? 'index' : 'url');
    const text = this.projects.metadata(file.original ?? distribution, row);
    const read = text === null ? null : this.#metadata.read(text);
    const metadata = text === null || read === null ? NO_METADATA : this.#readable(text, read);
    return { version: distribution.version, file, installed: null, metadata };
  }

  #installed(requirement: LegacyRequirement): LegacyChoice | null {
    const { options, installed } = this.#request;
    if (options.ignoreInstalled || options.forceReinstall) return null;
    const { normalizedName, specifier } = requirement.requirement;
    const distribution = installed.find(({ name }) => normalizeName(name) === normalizedName);
    if (distribution === undefined) return null;
    const version = parseVersion(distribution.version);
    const rules = { prereleases: true, policy: LEGACY_ERA.policy };
    if (!version.ok || !specifierSetContains(specifier, version.value, rules)) return null;
    const mayUpgrade = options.upgrade && (options.upgradeStrategy === 'eager' || requirement.isDirect);
    if (mayUpgrade) {
      const identifier = this.#identifiers.of(normalizedName);
      const combination = this.projects.combination(identifier).and(this.projects.intern(specifier));
      const best = firstOfBest(combination.applicable(null));
      if (best !== undefined && compareVersions(best.version, version.value) > 0) return null;
    }
    const read = this.#metadata.read(distribution);
    const metadata = this.#readable(distribution, read);
    return { version: distribution.version, file: null, installed: distribution, metadata };
  }

  /** pip dies of a dependency that it cannot read, but not before it needs it. */
  #readable(text: MetadataText, read: ReturnType<MetadataReader['read']>): CandidateMetadata {
    return 'invalid' in read ? this.#metadata.unreadable(text, read.invalid) : read.metadata;
  }

  /** The metadata of the chosen file forbids this Python: older files are not tried. */
  #refusePython(
    { requirement }: LegacyRequirement,
    { metadata, installed }: LegacyChoice,
  ): LegacyReport | null {
    const { options, target } = this.#request;
    const { requiresPython } = metadata;
    if (requiresPython === null || installed !== null || options.ignoreRequiresPython) return null;
    const python = parseVersion(target.pythonVersion);
    if (!python.ok || specifierSetContains(requiresPython, python.value, { policy: LEGACY_ERA.policy }))
      return null;
    return {
      kind: 'requires-python',
      name: requirement.normalizedName,
      python: target.pythonVersion,
      specifier: requiresPython.text,
    };
  }

  #holds({ marker }: CandidateMetadata['dependencies'][number], extras: readonly string[]): boolean {
    if (marker === null) return true;
    const asked = extras.length === 0 ? [''] : extras;
    const { markers } = this.#request.target;
    return asked.some((extra) => evaluateMarker(marker, markers, extra, LEGACY_ERA.policy));
  }

  #recordRequire({ requirement, source }: LegacyRequirement, parent: number): void {
    const identifier = this.#identifiers.of(
      requirement.normalizedName,
      shownExtras(requirement.extras, this.#nameExtra),
    );
    this.#recorder.record(
      'require',
      this.#rows.requirement(identifier, requirement.text, source ?? undefined),
      parent,
    );
  }

  #candidateRow({ requirement }: LegacyRequirement, { version, installed }: LegacyChoice): number {
    const identifier = this.#identifiers.of(requirement.normalizedName);
    const found = requirement.url === null ? 'index' : 'url';
    return this.#rows.candidate(identifier, version, installed === null ? found : 'installed');
  }

  #notify(notice: LegacyNotice): void {
    this.notices.push(notice);
  }
}

/** pip took the maximum, and Python's `max` returns the first of equals; the files come best first, last listed first. */
function firstOfBest(files: readonly FoundFile[]): FoundFile | undefined {
  const [best] = files;
  if (best === undefined) return undefined;
  return files.findLast((file) => {
    return (
      file.versionIndex === best.versionIndex &&
      file.tagRank === best.tagRank &&
      file.isYanked === best.isYanked &&
      file.distribution.build === best.distribution.build
    );
  });
}
