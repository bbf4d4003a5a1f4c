/**
 * Ways in which a run ends from deep inside a lazy sequence. They are thrown by the pip engine's own parts, caught
 * in resolve.ts and nowhere else, and become an Outcome there; nothing of them leaves the engine.
 */
import type { MissingFact } from '../../package-index/package-index.ts';
import type { AbortReport } from './report.ts';

/** A fact that no layer of the index has. */
export class MissingFactSignal extends Error {
  readonly fact: MissingFact;

  constructor(fact: MissingFact) {
    super(`missing ${fact.missing} of ${fact.project}`);
    this.fact = fact;
  }
}

/** pip gives up with an error that is not about the search. */
export class AbortSignal extends Error {
  readonly report: AbortReport;

  constructor(report: AbortReport) {
    super(report.kind);
    this.report = report;
  }
}

/** pip itself crashes here. `said` is what its exception says, '' for those that are worded by their kind. */
export class CrashSignal extends Error {
  readonly exception: string;
  readonly said: string;

  constructor(exception: string, said = '') {
    super(exception);
    this.exception = exception;
    this.said = said;
  }
}
