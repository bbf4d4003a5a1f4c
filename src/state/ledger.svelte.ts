/** What of the ledger is open: the summary of a run, or one project of it. Answers are kept as long as the run is shown. */
import type { WorkerClient } from '../client/worker-client.ts';
import type { LedgerSummary, ProjectLedger } from '../core/ledger/run-ledger.ts';

/** The questions that the ledger asks about the run that finished last. */
export type LedgerSource = Pick<WorkerClient, 'ledgerSummary' | 'ledger' | 'releaseLine'>;

/** `lost`: the worker that ran it is gone, so that only running again can tell. */
export type LedgerAnswer<Value> =
  { readonly kind: 'loading' } | { readonly kind: 'lost' } | { readonly kind: 'here'; readonly value: Value };

export class LedgerState {
  isOpen = $state(false);
  /** The project in view; null for all of them. */
  project: string | null = $state(null);
  summary: LedgerAnswer<LedgerSummary> = $state.raw({ kind: 'loading' });
  ledger: LedgerAnswer<ProjectLedger> = $state.raw({ kind: 'loading' });
  /** Takes back what the ledger put into the toy index last. */
  undo: () => void = () => undefined;

  readonly #source: LedgerSource;
  #run: object | null = null;
  #summaries: Promise<LedgerSummary | null> | null = null;
  /** By project; nothing is drawn from it. */
  #ledgers: Readonly<Record<string, Promise<ProjectLedger | null>>> = {};

  constructor(source: LedgerSource) {
    this.#source = source;
  }

  /** Another run is on screen: what is open is asked again, of that run. */
  follow(run: object | null): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#summaries = null;
    this.#ledgers = {};
    if (this.isOpen) this.show(this.project);
  }

  /** Opens the ledger at a project, or at all of them. */
  show(project: string | null): void {
    this.isOpen = true;
    this.project = project;
    if (project === null) void this.#loadSummary();
    else void this.#loadLedger(project);
  }

  close(): void {
    this.isOpen = false;
  }

  /** A version as a line of the toy index; null when the worker can no longer tell. */
  releaseLine(project: string, version: string): Promise<string | null> {
    return this.#source.releaseLine(project, version);
  }

  async #loadSummary(): Promise<void> {
    const asked = (this.#summaries ??= this.#source.ledgerSummary());
    this.summary = { kind: 'loading' };
    const value = await asked;
    if (asked === this.#summaries) this.summary = value === null ? { kind: 'lost' } : { kind: 'here', value };
  }

  async #loadLedger(project: string): Promise<void> {
    const asked = this.#ledgers[project] ?? this.#source.ledger(project);
    this.#ledgers = { ...this.#ledgers, [project]: asked };
    this.ledger = { kind: 'loading' };
    const value = await asked;
    if (asked !== this.#ledgers[project] || this.project !== project) return;
    this.ledger = value === null ? { kind: 'lost' } : { kind: 'here', value };
  }
}
