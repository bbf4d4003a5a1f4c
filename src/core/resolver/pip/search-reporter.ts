/** What the search tells, as events of the trace, and the counts at which pip has something to say. */
import { NO_PARENT } from '../events.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { Information } from '../backtracking/provider.ts';
import type { ComparedIdentifier, SearchReporter } from '../backtracking/reporter.ts';
import type { PipCandidate } from './candidate.ts';
import type { PipProvider } from './pip-provider.ts';
import type { PipNotice } from './report.ts';
import type { PipRequirement } from './requirement.ts';
import type { PipTextEra } from './text-era.ts';
import type { TraceRows } from './rows.ts';

/** Hands choices on to the recorder's listener, in names; undefined where nobody listens. */
export function choiceListener(
  recorder: TraceRecorder,
  provider: PipProvider,
): SearchReporter<PipRequirement, PipCandidate>['choosing'] {
  const { onChoice } = recorder;
  if (onChoice === undefined) return undefined;
  const name = (identifier: number): string => provider.identifierText(identifier);
  return (chosen, unsatisfied, compared) =>
    onChoice({
      step: recorder.length,
      chosen: name(chosen),
      unsatisfied: unsatisfied.map(name),
      among: compared.map(({ identifier, preference }: ComparedIdentifier) => ({
        identifier: name(identifier),
        key: preference === null ? [] : provider.preferenceParts(preference),
      })),
    });
}

export class PipSearchReporter implements SearchReporter<PipRequirement, PipCandidate> {
  readonly #recorder: TraceRecorder;
  readonly #rows: TraceRows;
  readonly #notify: (notice: PipNotice) => void;
  readonly #counts = new Map<string, number>();
  choosing: SearchReporter<PipRequirement, PipCandidate>['choosing'] = undefined;
  readonly #tellingCounts: readonly number[];

  constructor(
    recorder: TraceRecorder,
    rows: TraceRows,
    notify: (notice: PipNotice) => void,
    { tellingCounts }: PipTextEra,
  ) {
    this.#tellingCounts = tellingCounts;
    this.#recorder = recorder;
    this.#rows = rows;
    this.#notify = notify;
  }

  startingRound(index: number): void {
    this.#recorder.record('round', index);
  }

  addingRequirement(requirement: PipRequirement, parent: PipCandidate | null): void {
    this.#recorder.record('require', requirement.row, parent === null ? NO_PARENT : parent.row);
  }

  pinning(candidate: PipCandidate): void {
    this.#recorder.record('pin', candidate.row);
  }

  rejectingCandidate(
    information: readonly Information<PipRequirement, PipCandidate>[],
    candidate: PipCandidate,
  ): void {
    this.#recorder.record('reject', candidate.row, this.#rows.causes(information));
    this.#count(candidate);
  }

  backtracking(candidate: PipCandidate): void {
    this.#recorder.record('backtrack', candidate.row);
    this.#count(candidate);
  }

  resolvingConflicts(causes: readonly Information<PipRequirement, PipCandidate>[]): void {
    this.#recorder.record('conflict', this.#rows.causes(causes));
  }

  unpinning(candidate: PipCandidate): void {
    this.#recorder.record('unpin', candidate.row);
  }

  restoring(candidate: PipCandidate): void {
    this.#recorder.record('restore', candidate.row);
  }

  backjumping(
    fromDepth: number,
    toDepth: number,
    causes: readonly Information<PipRequirement, PipCandidate>[],
  ): void {
    this.#recorder.record('backjump', fromDepth, toDepth, this.#rows.causes(causes));
  }

  rollingBack(fromDepth: number, toDepth: number): void {
    this.#recorder.record('rollback', fromDepth, toDepth);
  }

  #count(candidate: PipCandidate): void {
    const count = (this.#counts.get(candidate.name) ?? 0) + 1;
    this.#counts.set(candidate.name, count);
    if (this.#tellingCounts.includes(count))
      this.#notify({
        kind: 'rejections',
        package: candidate.name,
        count,
        step: Math.max(0, this.#recorder.length - 1),
      });
  }
}
