/**
 * A run as a file: the question, the answer in words, and every event, so that all views show it without an index, a
 * worker or an engine. `docs/trace-files.md` describes the format, `public/trace-1.schema.json` states it. Fields are
 * only ever added; what cannot be said that way raises the version. A file is read as what a stranger wrote.
 */
import * as v from 'valibot';
import type { Explanation } from '../../explain/explanation.ts';
import type { Diagnostic } from '../../manifest/syntax/diagnostic.ts';
import { failure, success, type Result } from '../../packaging/result.ts';
import { parseProblem, withoutDefaults, type Problem } from '../../problem/problem.ts';
import { EVENT_CODE, EVENT_KINDS, type EventKind } from '../../resolver/events.ts';
import type { EngineResult } from '../../resolver/outcome.ts';
import { TABLE_NAMES, type Trace, type TraceTables } from '../../resolver/trace.ts';
import { buildSearchTree } from '../../search-tree/search-tree-builder.ts';
import { mapTexts, redactCredentials } from '../redact.ts';
import { traceDigest } from '../trace-digest.ts';
import { answerSchema } from './answer-schema.ts';
import { MAX_TRACE_BYTES, MAX_TRACE_EVENTS } from './bounds.ts';
import { eventsSchema, referenceFault, tablesSchema } from './trace-schema.ts';

export const TRACE_FORMAT = 'backjump-trace';
const VERSION = 1;

/** The answer of a run, as far as a file holds it. */
export interface TracedSummary extends Pick<
  EngineResult,
  'outcome' | 'message' | 'notices' | 'metrics' | 'caveats'
> {
  readonly problem: Problem;
  readonly diagnostics: readonly Diagnostic[];
  readonly isRefused: boolean;
  /** Time the engine took; 0 where it was not measured. */
  readonly milliseconds: number;
  readonly explanation: Explanation;
}

/** What is written and read of a run. */
export interface TracedRun {
  readonly summary: TracedSummary;
  readonly trace: Trace;
}

const fileSchema = v.object({
  format: v.literal(TRACE_FORMAT),
  version: v.literal(VERSION),
  problem: v.unknown(),
  answer: answerSchema,
  tables: tablesSchema,
  events: eventsSchema,
  unrecorded: v.pipe(v.number(), v.integer(), v.minValue(0)),
  digest: v.pipe(v.string(), v.maxLength(100)),
});

/** Whether a text means to be a trace file; its first field says so. */
export function isTraceFile(text: string): boolean {
  return /^\s{0,100}\{\s{0,100}"format"\s{0,100}:\s{0,100}"backjump-trace"/u.test(text.slice(0, 500));
}

/** The file, ending in a newline, without passwords and tokens; null for a run of too many events. */
export function writeTraceFile({ summary, trace }: TracedRun, build = ''): string | null {
  if (trace.length > MAX_TRACE_EVENTS) return null;
  const { problem, outcome, message, notices, metrics, diagnostics, isRefused, caveats } = summary;
  const { milliseconds, explanation } = summary;
  const answer = {
    ...{ outcome, message, notices, metrics, diagnostics, isRefused, milliseconds, explanation },
    ...(caveats === undefined ? {} : { caveats }),
  };
  const said = mapTexts(
    {
      problem: withoutDefaults(problem),
      answer,
      tables: Object.fromEntries(TABLE_NAMES.map((name) => [name, trace[name]])),
    },
    redactCredentials,
  );
  const column = (values: Int32Array | Uint8Array): number[] => Array.from(values.subarray(0, trace.length));
  const file = {
    format: TRACE_FORMAT,
    version: VERSION,
    ...(build === '' ? {} : { build }),
    ...said,
    events: {
      kinds: EVENT_KINDS,
      kind: column(trace.kinds),
      first: column(trace.first),
      second: column(trace.second),
      third: column(trace.third),
    },
    unrecorded: trace.unrecorded,
    digest: traceDigest({
      ...{ length: trace.length, unrecorded: trace.unrecorded },
      ...{ kinds: trace.kinds, first: trace.first, second: trace.second, third: trace.third },
      ...(said.tables as unknown as TraceTables),
    }),
  };
  return `${JSON.stringify(file)}\n`;
}

/** The run of a file. The error is a sentence for the reader. */
export function readTraceFile(text: string): Result<TracedRun> {
  if (text.length > MAX_TRACE_BYTES) return fault('it is larger than 64 MiB');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault('it is not whole');
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  if (typeof version === 'number' && version > VERSION) return fault('a newer Backjump wrote it');
  const file = v.safeParse(fileSchema, value);
  if (!file.success) {
    const [issue] = file.issues;
    return fault(`field ${v.getDotPath(issue) ?? '(the whole file)'}: ${issue.message}`);
  }
  const problem = parseProblem(file.output.problem);
  if (!problem.ok) return fault(problem.error.message);
  const trace = traceOf(file.output);
  if (typeof trace === 'string') return fault(trace);
  if (traceDigest(trace) !== file.output.digest) return fault('its events are not those that were saved');
  if (!isDrawable(trace)) return fault('its events do not follow from one another');
  // The schema has checked every field; what it cannot say is that its lists of words are ours.
  const answer = file.output.answer as unknown as Omit<TracedSummary, 'problem'>;
  return success({ summary: { ...answer, problem: problem.value }, trace });
}

function fault(why: string): Result<never> {
  return failure(`This trace file cannot be opened: ${why}.`, 0, 0);
}

type FileParts = v.InferOutput<typeof fileSchema>;

/** The columns with this release's codes, or what is wrong with them. */
function traceOf({ tables, events, unrecorded }: FileParts): Trace | string {
  const { length } = events.kind;
  if ([events.first, events.second, events.third].some((column) => column.length !== length))
    return 'its columns are not of one length';
  const codes = events.kinds.map((name) =>
    Object.hasOwn(EVENT_CODE, name) ? EVENT_CODE[name as EventKind] : null,
  );
  const kinds = new Uint8Array(length);
  for (const [step, kind] of events.kind.entries()) {
    const code = codes[kind];
    if (code === undefined || code === null) return `step ${step} is of a kind that is not known here`;
    kinds[step] = code;
  }
  const trace: Trace = {
    ...tables,
    length,
    kinds,
    first: Int32Array.from(events.first),
    second: Int32Array.from(events.second),
    third: Int32Array.from(events.third),
    unrecorded,
  };
  return referenceFault(trace) ?? trace;
}

/** Whether the views can be made of it: a search that undoes what was never done is none. */
function isDrawable(trace: Trace): boolean {
  try {
    buildSearchTree(trace);
    return true;
  } catch {
    return false;
  }
}
