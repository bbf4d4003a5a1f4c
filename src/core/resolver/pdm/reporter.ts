/** What PDM's search tells: events of the trace, and its own log as values. */
import type { Distribution } from '../../package-index/package-index.ts';
import { NO_PARENT } from '../events.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { Information } from '../backtracking/provider.ts';
import type { SearchReporter } from '../backtracking/reporter.ts';
import type { RepositoryListener } from '../poetry/repository.ts';
import type { MetadataFault, PdmCandidate } from './provider.ts';
import type { Identifiers, PdmRequirement } from './requirement.ts';

type PdmInformation = Information<PdmRequirement, PdmCandidate>;

export type PdmLogEntry =
  | { readonly kind: 'start'; readonly requirements: readonly PdmRequirement[] }
  | { readonly kind: 'round'; readonly index: number }
  | { readonly kind: 'require'; readonly requirement: PdmRequirement; readonly parent: PdmCandidate | null }
  | { readonly kind: 'pin'; readonly candidate: PdmCandidate }
  | {
      readonly kind: 'reject';
      readonly candidate: PdmCandidate;
      readonly information: readonly PdmInformation[];
    }
  | { readonly kind: 'conflict'; readonly causes: readonly PdmInformation[] }
  | { readonly kind: 'unreadable'; readonly candidate: PdmCandidate; readonly fault: MetadataFault }
  | { readonly kind: 'result'; readonly pins: readonly PdmCandidate[] };

/** An entry with the step of the trace that it comes with. */
export interface PdmLogLine {
  readonly step: number;
  readonly entry: PdmLogEntry;
}

export class PdmReporter implements SearchReporter<PdmRequirement, PdmCandidate>, RepositoryListener {
  readonly log: PdmLogLine[] = [];
  readonly #recorder: TraceRecorder;
  readonly #identifiers: Identifiers;
  readonly #packages = new Map<string, number>();
  readonly #requirements = new Map<PdmRequirement, number>();
  readonly #candidates = new Map<string, number>();
  /** Who asked for what, all through the search. */
  readonly #asked: PdmInformation[] = [];

  constructor(recorder: TraceRecorder, identifiers: Identifiers) {
    this.#recorder = recorder;
    this.#identifiers = identifiers;
  }

  #say(entry: PdmLogEntry): void {
    if (this.#recorder.keepsLog) this.log.push({ step: this.#recorder.length, entry });
  }

  starting(requirements: readonly PdmRequirement[]): void {
    this.#say({ kind: 'start', requirements });
  }

  solved(pins: readonly PdmCandidate[]): void {
    this.#say({ kind: 'result', pins });
  }

  unreadable(candidate: PdmCandidate, fault: MetadataFault): void {
    this.#say({ kind: 'unreadable', candidate, fault });
  }

  /** What the pins and the user ask for, in the order in which it was first said. */
  information(pins: readonly PdmCandidate[]): readonly PdmInformation[] {
    const standing = new Set(pins);
    return this.#asked.filter(({ parent }) => parent === null || standing.has(parent));
  }

  pageRead(project: string): void {
    this.#recorder.record('page', this.#package(project));
  }

  metadataRead(file: Distribution): void {
    this.#recorder.record('metadata', this.#row(file.project, file.version));
  }

  startingRound(index: number): void {
    this.#say({ kind: 'round', index });
    this.#recorder.record('round', index);
  }

  addingRequirement(requirement: PdmRequirement, parent: PdmCandidate | null): void {
    this.#say({ kind: 'require', requirement, parent });
    this.#asked.push({ requirement, parent });
    const row = this.#requirement(requirement);
    this.#recorder.record('require', row, parent === null ? NO_PARENT : this.#candidate(parent));
  }

  pinning(candidate: PdmCandidate): void {
    this.#say({ kind: 'pin', candidate });
    this.#recorder.record('pin', this.#candidate(candidate));
  }

  rejectingCandidate(information: readonly PdmInformation[], candidate: PdmCandidate): void {
    this.#say({ kind: 'reject', candidate, information });
    this.#recorder.record('reject', this.#candidate(candidate), this.causes(information));
  }

  backtracking(candidate: PdmCandidate): void {
    this.#recorder.record('backtrack', this.#candidate(candidate));
  }

  resolvingConflicts(causes: readonly PdmInformation[]): void {
    this.#say({ kind: 'conflict', causes });
    this.#recorder.record('conflict', this.causes(causes));
  }

  unpinning(candidate: PdmCandidate): void {
    this.#recorder.record('unpin', this.#candidate(candidate));
  }

  restoring(candidate: PdmCandidate): void {
    this.#recorder.record('restore', this.#candidate(candidate));
  }

  backjumping(fromDepth: number, toDepth: number, causes: readonly PdmInformation[]): void {
    this.#recorder.record('backjump', fromDepth, toDepth, this.causes(causes));
  }

  rollingBack(fromDepth: number, toDepth: number): void {
    this.#recorder.record('rollback', fromDepth, toDepth);
  }

  /** The row of a list of causes. */
  causes(information: readonly PdmInformation[]): number {
    return this.#recorder.addCauses(
      information.map(({ requirement, parent }) => ({
        requirement: this.#requirement(requirement),
        parent: parent === null ? NO_PARENT : this.#candidate(parent),
      })),
    );
  }

  #package(identifier: string): number {
    let row = this.#packages.get(identifier);
    if (row === undefined) {
      const name = identifier === 'python' ? '' : (/^[^[]*/.exec(identifier)?.[0] ?? '');
      row = this.#recorder.addPackage({ identifier, name });
      this.#packages.set(identifier, row);
    }
    return row;
  }

  #requirement(requirement: PdmRequirement): number {
    let row = this.#requirements.get(requirement);
    if (row === undefined) {
      const identifier = this.#identifiers.texts[requirement.identifier]!;
      row = this.#recorder.addRequirement({ package: this.#package(identifier), text: requirement.text });
      this.#requirements.set(requirement, row);
    }
    return row;
  }

  #candidate({ identifier, release }: PdmCandidate): number {
    return this.#row(this.#identifiers.texts[identifier]!, release?.version.text ?? '');
  }

  #row(identifier: string, version: string): number {
    const key = `${identifier}==${version}`;
    let row = this.#candidates.get(key);
    if (row === undefined) {
      const isPython = identifier === 'python';
      const label = isPython ? '<Python>' : key;
      row = this.#recorder.addCandidate({
        package: this.#package(identifier),
        version,
        label,
        origin: isPython ? 'python' : 'index',
      });
      this.#candidates.set(key, row);
    }
    return row;
  }
}
