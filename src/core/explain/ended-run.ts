/** What an explanation is made from. The page has all of it but the request, which stays in the worker. */
import type { EngineResult } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';

/** A run that has ended, as far as words for it need to know. */
export interface EndedRun extends Pick<EngineResult, 'outcome' | 'message' | 'metrics' | 'notices'> {
  readonly trace: Trace;
  /** What the tool is called in sentences: `pip`, `uv`, `zazo`. */
  readonly tool: string;
}

/** All that the tool prints, verbatim: what it says on the way, then its error. */
export function printedText({ notices, message }: EndedRun): string {
  return [...notices.map(({ text }) => text), message].filter((text) => text !== '').join('\n');
}
