/** Makes candidates, each once. */
import { normalizeName } from '../../packaging/name.ts';
import type { Version } from '../../packaging/version.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { InstalledDistribution, ResolveRequest } from '../engine.ts';
import type {
  BaseCandidate,
  ExtrasCandidate,
  InstalledCandidate,
  LinkCandidate,
  PipCandidate,
  PythonCandidate,
} from './candidate.ts';
import { type CandidateMetadata, type MetadataReader, NO_METADATA } from './candidate-metadata.ts';
import type { Combination } from './combination.ts';
import type { PipEra } from './era.ts';
import { extraNaming } from './extra-name.ts';
import type { IdentifierTable } from './identifiers.ts';
import { checkHashes } from './hash-check.ts';
import { type InstallRequirement, pinnedTo, withoutMarker } from './install-requirement.ts';
import { fileAddress, linkText, requestedText } from './link-text.ts';
import type { FoundFile } from './finder/project-files.ts';
import type { ProjectStore } from './project-store.ts';
import type { PipNotice } from './report.ts';
import type { TraceRows } from './rows.ts';
import { AbortSignal, CrashSignal } from './stop-signals.ts';
import { isMarkerUndefined } from './undefined-marker.ts';

/** What the store works with; shared by all parts of one run. */
export interface StoreContext {
  readonly request: ResolveRequest;
  readonly era: PipEra;
  readonly identifiers: IdentifierTable;
  readonly projects: ProjectStore;
  readonly rows: TraceRows;
  readonly metadata: MetadataReader;
  readonly notify: (notice: PipNotice) => void;
  /**
   * Called before an sdist's metadata can be known: it would be built. `row` is its candidate's. False: the build fails,
   * pass the file over.
   */
  readonly build: (file: FoundFile, row: number, ireq: InstallRequirement) => boolean;
}

/** A file whose metadata breaks the rules: its version is passed over, with a warning each time it is met. */
export interface InvalidFile {
  readonly kind: 'invalid';
  readonly requested: string;
  readonly error: string;
}

/** How a file came to be looked at. */
export interface FileUse {
  /** By its address. */
  readonly isDirect?: boolean;
  /** What pip took for its project's name, where that is not its name. */
  readonly nameTaken?: string;
}

export class CandidateStore {
  readonly #context: StoreContext;
  readonly python: PythonCandidate;
  readonly #links = new Map<FoundFile, LinkCandidate | { readonly invalid: string } | null>();
  readonly #installed = new Map<string, InstalledCandidate>();
  readonly #extras = new Map<string, ExtrasCandidate>();
  readonly #distributions: ReadonlyMap<string, InstalledDistribution>;
  #nextSerial = 0;
  /** Projects of files that were left out because nobody knows their metadata; one entry a file. */
  readonly leftOut: string[] = [];

  constructor(context: StoreContext) {
    this.#context = context;
    const { request, identifiers } = context;
    const installed = request.options.ignoreInstalled ? [] : request.installed;
    this.#distributions = new Map(installed.map((entry) => [normalizeName(entry.name), entry]));
    const python = parseVersion(request.target.pythonVersion);
    const version = python.ok ? python.value : request.target.python;
    this.python = {
      kind: 'python',
      ...this.#common(identifiers.python(), version, version.text, 'python'),
    };
  }

  /** The candidate of a file for an identifier; null when the file was discarded. */
  fromFile(
    file: FoundFile,
    identifier: number,
    template: InstallRequirement,
    { isDirect = false, nameTaken }: FileUse = {},
  ): LinkCandidate | ExtrasCandidate | InvalidFile | null {
    let base = this.#links.get(file);
    if (base === undefined) {
      base = this.#makeLink(file, withoutMarker(template), isDirect, nameTaken);
      this.#links.set(file, base);
    }
    if (base === null) return null;
    if ('invalid' in base) {
      const requested = requestedText(withoutMarker(template), file.distribution);
      return { kind: 'invalid', requested, error: base.invalid };
    }
    const { extras } = this.#context.identifiers.entry(identifier);
    if (extras.length === 0) return base;
    return this.withExtras(base, identifier, template, template.requirement.extras);
  }

  /** The candidate of what is installed; null when nothing is, or another version than `combination` admits. */
  fromInstalled(
    identifier: number,
    template: InstallRequirement,
    combination: Combination,
  ): PipCandidate | null {
    const { identifiers, projects } = this.#context;
    const { project, extras, base: baseIdentifier } = identifiers.entry(identifier);
    const distribution = this.#distributions.get(project);
    if (distribution === undefined) return null;
    const version = parseVersion(distribution.version);
    if (!version.ok || !combination.admits(projects.table(project).indexOf(version.value))) return null;
    let base = this.#installed.get(project);
    if (base === undefined) {
      const read = this.#context.metadata.read(distribution);
      base = {
        kind: 'installed',
        ...this.#common(baseIdentifier, version.value, version.value.text, 'installed'),
        installed: distribution,
        ireq: withoutMarker(template),
        metadata: 'invalid' in read ? this.#unreadable(distribution, read.invalid) : read.metadata,
      };
      this.#installed.set(project, base);
    }
    if (extras.length === 0) return base;
    return this.withExtras(base, identifier, template, template.requirement.extras);
  }

  /** Of what is installed and cannot be read: until 24.0 pip dies when it needs it, later it needs nothing here. */
  #unreadable(distribution: InstalledDistribution, error: string): CandidateMetadata {
    const { era, metadata } = this.#context;
    return era.ignoresInvalidMetadata ? NO_METADATA : metadata.unreadable(distribution, error);
  }

  /**
   * `base` with extras: those that were `written`, or those that `identifier` shows. The first requirement that leads
   * here is remembered.
   */
  withExtras(
    base: BaseCandidate,
    identifier: number,
    comesFrom: InstallRequirement,
    written?: readonly string[],
  ): ExtrasCandidate {
    const { identifiers, era } = this.#context;
    const named =
      written === undefined ? identifiers.entry(identifier).extras : written.map(extraNaming(era));
    const extras = [...new Set(named)].sort();
    const key = `${base.serial} ${identifier} ${extras.join()}`;
    let candidate = this.#extras.get(key);
    if (candidate === undefined) {
      const origin = base.kind === 'installed' ? 'installed' : base.isDirect ? 'url' : 'index';
      candidate = {
        kind: 'extras',
        ...this.#common(identifier, base.version, base.spelling, origin),
        base,
        extras,
        comesFrom,
      };
      this.#extras.set(key, candidate);
    }
    return candidate;
  }

  #common(
    identifier: number,
    version: Version,
    spelling: string,
    origin: 'index' | 'installed' | 'url' | 'python',
  ) {
    const { identifiers, projects, rows } = this.#context;
    const { text, project } = identifiers.entry(identifier);
    this.#nextSerial += 1;
    return {
      identifier,
      serial: this.#nextSerial,
      row: rows.candidate(identifier, spelling, origin),
      name: text,
      project,
      version,
      spelling,
      versionIndex: projects.table(project).indexOf(version),
      dependencies: null,
    };
  }

  #makeLink(
    file: FoundFile,
    template: InstallRequirement,
    isDirect: boolean,
    nameTaken?: string,
  ): LinkCandidate | { readonly invalid: string } | null {
    const { era, identifiers, request } = this.#context;
    const { distribution } = file;
    const identifier = identifiers.of(distribution.project);
    const common = this.#common(identifier, file.version, distribution.version, isDirect ? 'url' : 'index');
    const ireq = era.hashesPin && template.hashes !== null ? pinnedTo(template, file.version) : template;
    // Until 24.0 the finder took such a wheel for a version, and what was made of it did not (`Version(wheel.version)`).
    if (file.version.legacy !== null && distribution.kind === 'wheel' && !isDirect)
      throw new CrashSignal('InvalidVersion');
    checkHashes(file, ireq, { requireHashes: request.options.requireHashes, isDirect });
    const candidate: LinkCandidate = { kind: 'link', ...common, file, isDirect, ireq, metadata: null };
    if (era.readsMetadataLate) return candidate;
    const read = this.#readMetadata(candidate, nameTaken);
    if (read === null || 'invalid' in read) return read;
    return { ...candidate, metadata: read.metadata };
  }

  /** A candidate's metadata, read now if that was put off. */
  metadataOf(candidate: BaseCandidate): CandidateMetadata {
    if (candidate.metadata !== null) return candidate.metadata;
    const read = candidate.kind === 'link' ? this.#readMetadata(candidate) : null;
    const metadata = read === null || 'invalid' in read ? NO_METADATA : read.metadata;
    if (candidate.kind === 'link') candidate.metadata = metadata;
    return metadata;
  }

  /** Null when the file is discarded. */
  #readMetadata(
    candidate: LinkCandidate,
    nameTaken?: string,
  ): { readonly metadata: CandidateMetadata } | { readonly invalid: string } | null {
    const { era, projects, metadata, build } = this.#context;
    const { file, ireq, row } = candidate;
    const { distribution } = file;
    if (distribution.kind === 'sdist' && !build(file, row, ireq)) return null;
    const text = projects.metadata(file.original ?? distribution, row);
    if (text === null) {
      this.leftOut.push(distribution.project);
      return null;
    }
    if (this.#isInconsistent(candidate, text, nameTaken)) return null;
    const read = metadata.read(text);
    if (!('invalid' in read)) this.#refuseUndefinedMarkers(read.metadata);
    if (!('invalid' in read) || era.ignoresInvalidMetadata) return read;
    return { metadata: metadata.unreadable(text, read.invalid) };
  }

  /** pip evaluates all markers once to see that it can; what it then raises, it does not catch. */
  #refuseUndefinedMarkers({ dependencies }: CandidateMetadata): void {
    const { policy } = this.#context.era;
    const isUndefined = dependencies.some(
      ({ marker }) => marker !== null && isMarkerUndefined(marker, policy),
    );
    if (isUndefined) throw new CrashSignal('UndefinedComparison');
  }

  /**
   * Whether the metadata is of something else than the file name says; pip says so and discards the file. Releases that
   * read it late are past that, and give up.
   */
  #isInconsistent(
    { file: { distribution, version }, ireq, isDirect }: LinkCandidate,
    text: { readonly name?: string; readonly version?: string },
    expectedName = distribution.project,
  ): boolean {
    const { notify, era } = this.#context;
    const name = text.name === undefined ? distribution.project : normalizeName(text.name);
    const parsed = text.version === undefined ? null : parseVersion(text.version);
    const versionText = parsed === null ? version.text : parsed.ok ? parsed.value.text : (text.version ?? '');
    if (name === expectedName && versionText === version.text) return false;
    const isName = name !== expectedName;
    const facts = {
      kind: 'inconsistent-metadata',
      requested: requestedText(ireq, distribution),
      field: isName ? 'name' : 'version',
      expected: isName ? expectedName : version.text,
      found: isName ? name : versionText,
    } as const;
    if (era.readsMetadataLate) throw new AbortSignal(facts);
    notify({ ...facts, link: isDirect ? fileAddress(distribution) : linkText(distribution) });
    return true;
  }
}
