/** What an explanation is made from. The page has all of it but the request, which stays in the worker. */
import type { EngineResult } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import type { ToolText } from './explanation.ts';

/** A run that has ended, as far as words for it need to know. */
export interface EndedRun extends Pick<
  EngineResult,
  'outcome' | 'message' | 'metrics' | 'notices' | 'printed' | 'caveats'
> {
  readonly trace: Trace;
  /** What the tool is called in sentences: `pip`, `uv`, `zazo`. */
  readonly tool: string;
  /** Whether the tool would refuse the texts, so that the outcome is that of the lines that could be read. */
  readonly isRefused?: boolean;
  /** Complaints about the texts. */
  readonly diagnostics?: readonly RunComplaint[];
}

/** What is wrong with a text, as far as words for it need to know. */
export interface RunComplaint {
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly pane: string;
  readonly line: number;
}

/** The first complaint for which the tool would refuse the texts, as a clause: `line 2 cannot be read: …`. */
export function refusalClause({ isRefused = false, diagnostics = [] }: EndedRun): string | null {
  if (!isRefused) return null;
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error === undefined) return 'the texts cannot be read as they are';
  const pane = error.pane === 'requirements' ? '' : `${error.pane} `;
  return `${pane}line ${error.line} cannot be read: ${error.message}`;
}

/** What the tool prints, with notes: those given, and what is to be known of the run. */
export function toolText(run: EndedRun, notes: readonly string[] = []): ToolText {
  return { text: printedText(run), notes: [...notes, ...(run.caveats ?? [])] };
}

/** All that the tool prints, verbatim: what it says on the way, then its error. */
function printedText({ notices, message, printed }: EndedRun): string {
  if (printed !== undefined) return printed;
  return [...notices.map(({ text }) => text), message].filter((text) => text !== '').join('\n');
}
