/** What the headless command prints of pasted texts: what was read, the Problem, and the run's own object. */
import { withoutDefaults, type ProblemInput } from '../../problem/problem.ts';
import type { RunReport } from '../report.ts';
import type { Paste, PasteReading } from './read-paste.ts';

export type PasteReport = { readonly read: PasteReading; readonly problem: ProblemInput | null } & (
  | RunReport
  | {
      readonly outcome: 'unreadable';
      /** The sentence that the page shows. */
      readonly message: string;
      /** What the rebuilt question gave, where the text tells of a failure and this is none. */
      readonly rebuilt?: RunReport;
      readonly events?: RunReport['events'];
    }
);

/** Nothing can be rebuilt. */
export function reportUnreadable(paste: Paste): PasteReport {
  const { read, unreadable } = paste;
  return { read, problem: null, outcome: 'unreadable', message: unreadable, ...eventsOf(paste) };
}

/** Of debug output the events are those of the run that was recorded, not of the question that is rebuilt from it. */
function eventsOf({ events }: Paste): Pick<RunReport, 'events'> {
  return events.length === 0 ? {} : { events };
}

/**
 * A run of the rebuilt question. Where the text tells of a failure and the question has a solution, what made it fail
 * is not in the text: that is what is said, and the solution is no answer.
 */
export function reportPaste(paste: Paste, ended: RunReport): PasteReport {
  const { read, problem, ending } = paste;
  const run = { ...ended, ...eventsOf(paste) };
  const input = problem === null ? null : withoutDefaults(problem);
  if (ending === null) return { read, problem: input, ...run };
  // The tool went on; what is wrong with the environment is what the text is about.
  if (ending.kind === 'broken') {
    const message = [ending.wanted, run.message].filter((part) => part !== '').join('\n\n');
    return { read, problem: input, ...run, message };
  }
  if (run.outcome !== 'solved') {
    const message = [ending.first ?? '', run.message].filter((part) => part !== '').join('\n\n');
    return { read, problem: input, ...run, message };
  }
  return {
    read,
    problem: input,
    outcome: 'unreadable',
    message: ending.wanted,
    rebuilt: ended,
    ...eventsOf(paste),
  };
}
