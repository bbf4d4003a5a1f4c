/** The ledgers of a run: of every project whose page it read, with what the run chose and tried. */
import type { Ledger, LedgerReasonKind } from './ledger.ts';
import { printOverlay } from '../package-index/overlay/overlay-print.ts';
import type { LedgerLimit } from './pip-ledger.ts';
import { statementInIndex } from '../package-index/overlay/release-statement.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement } from '../packaging/requirement.ts';
import { readVersion } from '../packaging/legacy-version.ts';
import type { EngineId } from '../problem/engine-id.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import { ledgerMaker, ledgerPage, type LedgerMaker } from './problem-ledger.ts';
import {
  candidateLimits,
  firstRequirement,
  isOverridden,
  userLimits,
  type AskedLimit,
} from './ledger-limits.ts';

/** A project's ledger, and what became of its candidates. */
export interface ProjectLedger extends Ledger {
  /** What the solution takes, or what stood when the run stopped; several in a universal resolution. */
  readonly chosen: readonly string[];
  /** The step at which each version was first tried, pinned or skipped. */
  readonly tried: Readonly<Record<string, number>>;
}

/** One project of a run, counted. */
export interface LedgerProject {
  readonly project: string;
  readonly versions: number;
  readonly files: number;
  readonly chosen: readonly string[];
  readonly counts: Readonly<Record<LedgerReasonKind | 'candidate', number>>;
}

export interface LedgerSummary {
  /** By name. */
  readonly projects: readonly LedgerProject[];
}

/** What of a run the ledgers are made of. */
export interface LedgerRun {
  readonly request: ResolveRequest;
  readonly outcome: Outcome;
  readonly trace: Trace;
}

/** Versions are compared as they are read, not as they are spelled. */
function canonical(version: string): string {
  return readVersion(version, 'packaging-20')?.text ?? version;
}

export class RunLedgers {
  readonly #run: LedgerRun;
  readonly #id: EngineId;
  readonly #ledgers = new Map<string, ProjectLedger | null>();
  readonly #make: LedgerMaker;
  readonly #asked: readonly AskedLimit[];
  readonly #tried = new Map<string, Record<string, number>>();

  constructor(run: LedgerRun, id: EngineId) {
    this.#run = run;
    this.#id = id;
    this.#make = ledgerMaker(id, run.request);
    this.#asked = candidateLimits(run);
    this.#noteTries();
  }

  /** Projects whose pages were read, or that a line names, by name. */
  projects(): readonly string[] {
    const { request, trace } = this.#run;
    const names = new Set(request.requirements.map(({ requirement }) => requirement.normalizedName));
    for (let step = 0; step < trace.length; step += 1)
      if (trace.kinds[step] === EVENT_CODE.page) names.add(trace.packages[trace.first[step]!]?.name ?? '');
    names.delete('');
    return [...names].sort();
  }

  /** Null while the project's page is not known. */
  ledger(name: string): ProjectLedger | null {
    const project = normalizeName(name);
    let ledger = this.#ledgers.get(project);
    if (ledger === undefined) this.#ledgers.set(project, (ledger = this.#makeLedger(project)));
    return ledger;
  }

  /** A release as a line of the overlay language; null where the index has no such version. */
  statement(name: string, version: string): string | null {
    const { request } = this.#run;
    const page = ledgerPage(request, normalizeName(name));
    const files = page?.distributions.filter((file) => canonical(file.version) === version) ?? [];
    const statement = statementInIndex(request.index, files);
    return statement === null ? null : printOverlay({ statements: [statement] });
  }

  summary(): LedgerSummary {
    const projects = this.projects().flatMap((name) => {
      const ledger = this.ledger(name);
      if (ledger === null) return [];
      const { project, versions, entries, chosen, counts } = ledger;
      return [{ project, versions: versions.length, files: entries.length, chosen, counts }];
    });
    return { projects };
  }

  #makeLedger(project: string): ProjectLedger | null {
    const { outcome, request } = this.#run;
    const page = ledgerPage(request, project);
    if (page === null) return null;
    const pins = 'pins' in outcome ? outcome.pins : [];
    const chosen = pins.filter(({ name }) => name === project).map(({ version }) => canonical(version));
    const tried = this.#tried.get(project) ?? {};
    return { ...this.#make(page, this.#limits(project)), chosen, tried };
  }

  #limits(project: string): readonly LedgerLimit[] {
    const { request, trace } = this.#run;
    const { family } = this.#id;
    const users = userLimits(request, project, family);
    if (isOverridden(request, project, family)) return users;
    const asked = this.#asked
      .filter((limit) => limit.project === project)
      .map(({ specifier, asker }): LedgerLimit => ({
        specifier,
        isConstraint: false,
        asker,
        reachesFinder: true,
      }));
    const limits = [...users, ...asked];
    if (family !== 'legacy' && family !== 'zazo') return limits;
    const first = parseRequirement(firstRequirement(trace, project) ?? '');
    if (!first.ok) return limits;
    const isFirst = ({ specifier }: LedgerLimit): boolean => specifier.text === first.value.specifier.text;
    if (family === 'zazo')
      return limits.map((limit) => ({ ...limit, reachesFinder: limit.isConstraint || isFirst(limit) }));
    // The first who asks is heeded, and a constraint speaks in the place of whoever asks.
    const heeded = limits.find(({ isConstraint }) => isConstraint) ?? limits.find(isFirst);
    return heeded === undefined ? [] : [heeded];
  }

  #noteTries(): void {
    const { trace } = this.#run;
    const tries: ReadonlySet<number> = new Set([EVENT_CODE.pin, EVENT_CODE.reject, EVENT_CODE.decide]);
    for (let step = 0; step < trace.length; step += 1) {
      if (!tries.has(trace.kinds[step]!)) continue;
      const row = trace.candidates[trace.first[step]!];
      const project = row === undefined ? undefined : trace.packages[row.package]?.name;
      if (row === undefined || project === undefined) continue;
      const tried = this.#tried.get(project) ?? {};
      tried[canonical(row.version)] ??= step;
      this.#tried.set(project, tried);
    }
  }
}
