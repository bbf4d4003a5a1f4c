/** Several runs of pip in one text (a comment that tells of every try): the last one that failed is the one to read. */
import type { LogLine } from '../output/log-line.ts';

/** Ends a report. */
const END =
  /ResolutionImpossible|No matching distribution found for \S|resolution-too-deep|DistributionNotFound/;
/** Begins a run after that. */
const START =
  /^[ \t]*(?:ERROR: )?(?:Cannot install \S|Could not find a version that)|^[ \t]*(?:Collecting \S|Looking in indexes:|Requirement already satisfied: |Processing \S)|(?:^|[$>%#] ?|-m )(?:pip[\d.]*|uv) +(?:pip +)?install /;
/** What a report says: pipenv prints the same one twice, with a traceback between. */
const SAID = /Cannot install \S|The user requested |\S depends on |Could not find a version that satisfies/;

interface PipRun {
  readonly lines: LogLine[];
  readonly said: Set<string>;
}

/** Lines of the run to read, and how many different ones there are. */
export function lastFailedRun(lines: readonly LogLine[]): {
  readonly lines: readonly LogLine[];
  readonly runs: number;
} {
  const runs: PipRun[] = [{ lines: [], said: new Set() }];
  let hasEnded = false;
  for (const line of lines) {
    if (hasEnded && START.test(line.text)) {
      runs.push({ lines: [], said: new Set() });
      hasEnded = false;
    }
    const run = runs.at(-1)!;
    run.lines.push(line);
    if (SAID.test(line.text)) run.said.add(line.text.trim());
    hasEnded ||= END.test(line.text);
  }
  const failed = runs.filter(({ said }) => said.size > 0);
  const last = failed.at(-1);
  if (failed.length < 2 || last === undefined) return { lines, runs: failed.length };
  // The same report once more, whole or cut: they belong together.
  const same = failed.filter((run) => isPart(run.said, last.said) || isPart(last.said, run.said));
  const others = failed.length - same.length;
  if (others === 0) return { lines, runs: 1 };
  return { lines: same.flatMap((run) => run.lines), runs: others + 1 };
}

function isPart(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const text of part) if (!whole.has(text)) return false;
  return true;
}
