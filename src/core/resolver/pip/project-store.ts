/** One project at a time: its page, its files, its versions, and the combinations that were asked for. */
import type { Distribution, DistributionMetadata, ProjectPage } from '../../package-index/package-index.ts';
import { isMissing } from '../../package-index/package-index.ts';
import { parseSpecifierSet, type SpecifierSet } from '../../packaging/specifier.ts';
import type { ResolveRequest } from '../engine.ts';
import { fileKey } from '../../package-index/facts/release-files.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { Combination } from './combination.ts';
import type { PipEra } from './era.ts';
import { finderRules, type FinderRules } from './finder/judge-files.ts';
import type { IdentifierTable } from './identifiers.ts';
import { findFiles, type ProjectFiles } from './finder/project-files.ts';
import { MissingFactSignal } from './stop-signals.ts';
import { VersionTable } from './version-table.ts';

export class ProjectStore {
  readonly #request: ResolveRequest;
  readonly #era: PipEra;
  readonly #recorder: TraceRecorder;
  readonly #identifiers: IdentifierTable;
  readonly #tables = new Map<string, VersionTable>();
  readonly #pages = new Map<string, ProjectPage>();
  readonly #rules = new Map<string, FinderRules>();
  readonly #files = new Map<string, ProjectFiles>();
  readonly #combinations = new Map<number, Combination>();
  readonly #specifiers = new Map<string, SpecifierSet>();
  readonly #readFiles = new Set<string>();

  constructor(request: ResolveRequest, era: PipEra, recorder: TraceRecorder, identifiers: IdentifierTable) {
    this.#request = request;
    this.#era = era;
    this.#recorder = recorder;
    this.#identifiers = identifiers;
  }

  /** Index pages that pip would have fetched; those that are not there do not count. */
  get pages(): number {
    let count = 0;
    for (const { status } of this.#pages.values()) if (status !== 'absent') count += 1;
    return count;
  }

  /** Metadata files (or wheels and sdists) that pip would have fetched. */
  get metadataFiles(): number {
    return this.#readFiles.size;
  }

  /** The same object for sets of the same text, so that they can be compared as objects. */
  intern(set: SpecifierSet): SpecifierSet {
    const known = this.#specifiers.get(set.text);
    if (known !== undefined) return known;
    this.#specifiers.set(set.text, set);
    return set;
  }

  table(project: string): VersionTable {
    let table = this.#tables.get(project);
    if (table === undefined) this.#tables.set(project, (table = new VersionTable(this.#era.policy)));
    return table;
  }

  /** Reads a page; the first time that is an event. Throws MissingFactSignal. */
  page(project: string): ProjectPage {
    let page = this.#pages.get(project);
    if (page === undefined) {
      const fact = this.#request.index.page(project);
      if (isMissing(fact)) throw new MissingFactSignal(fact);
      page = fact;
      this.#pages.set(project, page);
      this.#recorder.record('page', this.#identifiers.entry(this.#identifiers.of(project)).packageRow);
    }
    return page;
  }

  /** What decides about the project's files besides requirements. */
  rules(project: string): FinderRules {
    let rules = this.#rules.get(project);
    if (rules === undefined)
      this.#rules.set(project, (rules = finderRules(project, this.#request, this.#era)));
    return rules;
  }

  files(project: string): ProjectFiles {
    let files = this.#files.get(project);
    if (files === undefined) {
      const { distributions } = this.page(project);
      files = findFiles(distributions, this.table(project), this.rules(project));
      this.#files.set(project, files);
    }
    return files;
  }

  /** `2.0 Requires-Python >=3.20`, of all projects whose pages were read; sorted. */
  skippedPythons(sortsClauses: boolean): readonly string[] {
    const reasons = new Set<string>();
    for (const { skippedPythons } of this.#files.values()) {
      for (const { version, requiresPython } of skippedPythons) {
        reasons.add(
          `${version} Requires-Python ${sortsClauses ? sortClauses(requiresPython) : requiresPython}`,
        );
      }
    }
    return [...reasons].sort();
  }

  /** The empty combination of an identifier. */
  combination(identifier: number): Combination {
    let root = this.#combinations.get(identifier);
    if (root === undefined) {
      const { project } = this.#identifiers.entry(identifier);
      root = new Combination(
        {
          table: this.table(project),
          files: () => this.files(project),
          rules: this.rules(project),
        },
        [],
      );
      this.#combinations.set(identifier, root);
    }
    return root;
  }

  /** Reads a file's metadata; the first time that is an event. Null when nobody knows it and it is to be left out. */
  metadata(distribution: Distribution, candidateRow: number): DistributionMetadata | null {
    const fact = this.#request.index.metadata(distribution);
    if (isMissing(fact)) {
      if (this.#request.options.unknownMetadata === 'leave-out' && !fact.loadable) return null;
      throw new MissingFactSignal(fact);
    }
    const key = fileKey(distribution);
    if (!this.#readFiles.has(key)) {
      this.#readFiles.add(key);
      this.#recorder.record('metadata', candidateRow);
    }
    return fact;
  }
}

/** Clauses in the order of the numbers between their dots, which is how pip sorts them since SORTS_SINCE. */
function sortClauses(requiresPython: string): string {
  const set = parseSpecifierSet(requiresPython);
  if (!set.ok) return requiresPython;
  const numbersOf = (text: string): readonly number[] => {
    return text
      .split('.')
      .filter((part) => /^\d+$/u.test(part))
      .map(Number);
  };
  const texts = set.value.specifiers.map((specifier) => specifier.text);
  return texts.toSorted((a, b) => compareNumbers(numbersOf(a), numbersOf(b))).join(',');
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    if (left[index] !== right[index]) return left[index]! - right[index]!;
  }
  return left.length - right.length;
}
