/** What an explanation is made from. The page has all of it but the request, which stays in the worker. */
import type { EngineResult } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';

/** A run that has ended, as far as words for it need to know. */
export interface EndedRun extends Pick<EngineResult, 'outcome' | 'message' | 'metrics'> {
  readonly trace: Trace;
  /** What the tool is called in sentences: `pip`, `uv`, `zazo`. */
  readonly tool: string;
}
