/**
 * The candidates that an index and the environment offer for one identifier, in pip's order. Nothing is read before it
 * is looked at: the first test for emptiness reads the first file that is left.
 */
import { compareVersions } from '../../packaging/version.ts';
import type { ExcludedCandidates } from '../backtracking/excluded-candidates.ts';
import type { Matches } from '../backtracking/provider.ts';
import type { PipCandidate } from './candidate.ts';
import type { CandidateStore } from './candidate-store.ts';
import type { Combination } from './combination.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { FoundFile } from './finder/project-files.ts';
import type { PipNotice } from './report.ts';
import { AbortSignal } from './stop-signals.ts';

/** Answers remembered at most for a combination, so that memory does not grow with the number of rounds. */
const MAX_REMEMBERED = 5_000;

export interface CandidateSource {
  readonly store: CandidateStore;
  readonly identifier: number;
  readonly combination: Combination;
  /** Hashes that the user allows; null: any. */
  readonly hashes: readonly string[] | null;
  readonly template: InstallRequirement;
  /** What is installed, if it may be used. */
  readonly installed: PipCandidate | null;
  /** Whether what is installed goes first, or is put where its version belongs. */
  readonly prefersInstalled: boolean;
  /** Whether it is offered before every version that is not newer, or once and instead of files of its version. */
  readonly repeatsInstalled: boolean;
  readonly excluded: ExcludedCandidates<PipCandidate>;
  readonly notify: (notice: PipNotice) => void;
}

export class FoundCandidates implements Matches<PipCandidate> {
  readonly #source: CandidateSource;
  #isEmpty: boolean | null = null;
  #metInvalid = false;

  constructor(source: CandidateSource) {
    this.#source = source;
  }

  isEmpty(): boolean {
    this.#isEmpty ??= this.#findIsEmpty();
    return this.#isEmpty;
  }

  *candidates(): Generator<PipCandidate> {
    const { excluded } = this.#source;
    for (const candidate of this.#sequence()) if (!excluded.members.has(candidate)) yield candidate;
  }

  #sequence(): Generator<PipCandidate> {
    const { installed, prefersInstalled, repeatsInstalled } = this.#source;
    if (installed === null) return this.#built();
    if (!repeatsInstalled) return this.#once(installed);
    return prefersInstalled ? this.#prepended(installed) : this.#inserted(installed);
  }

  /** What is left of a combination follows from what is excluded, unless looking at it makes pip print something. */
  #findIsEmpty(): boolean {
    const { combination, excluded, installed, prefersInstalled, hashes } = this.#source;
    if (prefersInstalled && installed !== null) return false;
    if (installed !== null || hashes !== null) return isSequenceEmpty(this.candidates());
    const known = combination.firstByExcluded.get(excluded.id);
    if (known !== undefined) return known === -1;
    const isEmpty = isSequenceEmpty(this.candidates());
    if (this.#metInvalid) return isEmpty;
    if (combination.firstByExcluded.size >= MAX_REMEMBERED) combination.firstByExcluded.clear();
    combination.firstByExcluded.set(excluded.id, isEmpty ? -1 : 0);
    return isEmpty;
  }

  /** The candidate of a file; null when there is none. `mayWarn`: invalid metadata is a warning, not the end. */
  #build(file: FoundFile, mayWarn: boolean): PipCandidate | 'invalid' | null {
    const { store, identifier, template, notify } = this.#source;
    const candidate = store.fromFile(file, identifier, template);
    if (candidate === null || candidate.kind !== 'invalid') return candidate;
    const { requested, error } = candidate;
    if (!mayWarn) throw new AbortSignal({ kind: 'invalid-metadata', requested, error });
    this.#metInvalid = true;
    const { name } = template.requirement;
    notify({ kind: 'invalid-metadata', version: file.version.text, name, requested, error });
    return 'invalid';
  }

  /** Of several files of a version the others are passed over once one was offered. */
  *#built(): Generator<PipCandidate> {
    const { combination, hashes } = this.#source;
    const seen = new Set<number>();
    for (const file of combination.applicable(hashes)) {
      if (seen.has(file.versionIndex)) continue;
      const candidate = this.#build(file, true);
      if (candidate === null) continue;
      if (candidate !== 'invalid') yield candidate;
      seen.add(file.versionIndex);
    }
  }

  *#prepended(installed: PipCandidate): Generator<PipCandidate> {
    const { combination, hashes } = this.#source;
    yield installed;
    const seen = new Set([installed.versionIndex]);
    for (const file of combination.applicable(hashes)) {
      if (seen.has(file.versionIndex)) continue;
      const candidate = this.#build(file, false);
      if (candidate === null || candidate === 'invalid') continue;
      yield candidate;
      seen.add(file.versionIndex);
    }
  }

  /** pip offers what is installed again before every version that is not newer. */
  *#inserted(installed: PipCandidate): Generator<PipCandidate> {
    const { combination, hashes } = this.#source;
    const seen = new Set<number>();
    for (const file of combination.applicable(hashes)) {
      if (seen.has(file.versionIndex)) continue;
      if (compareVersions(installed.version, file.version) >= 0) {
        yield installed;
        seen.add(installed.versionIndex);
      }
      const candidate = this.#build(file, false);
      if (candidate === null || candidate === 'invalid') continue;
      yield candidate;
      seen.add(file.versionIndex);
    }
    if (!seen.has(installed.versionIndex)) yield installed;
  }

  /** Until pip 21.0: files of the installed version are looked at, but never offered. */
  *#once(installed: PipCandidate): Generator<PipCandidate> {
    let isOffered = this.#source.prefersInstalled;
    if (isOffered) yield installed;
    for (const candidate of this.#built()) {
      if (candidate.versionIndex === installed.versionIndex) continue;
      if (!isOffered && compareVersions(installed.version, candidate.version) >= 0) {
        yield installed;
        isOffered = true;
      }
      yield candidate;
    }
    if (!isOffered) yield installed;
  }
}

function isSequenceEmpty(sequence: Generator<PipCandidate>): boolean {
  return sequence.next().done === true;
}
