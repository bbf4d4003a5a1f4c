/** Our run of a recorded case beside the recording. */
import { createHash } from 'node:crypto';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { recordedEvents } from '../../src/core/resolver/recorded-form.ts';
import type { Engine } from '../../src/core/resolver/engine.ts';
import type { EngineResult } from '../../src/core/resolver/outcome.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { type Recording, requestOf } from './pip-recording.ts';

/** Whether a run agrees, by what is compared; null where a recording has nothing to compare with. */
export interface Comparison {
  readonly recording: Recording;
  readonly outcome: boolean;
  readonly pins: boolean | null;
  readonly events: boolean | null;
  readonly metrics: boolean | null;
  readonly text: boolean | null;
  /** What differs, in words; '' when nothing does. */
  readonly difference: string;
  readonly milliseconds: number;
}

/** Runs pip's engine on a recorded case. */
export function compareWithRecording(recording: Recording, engine: Engine = resolvePipTelling): Comparison {
  const isTimeout = recording.outcome === 'timeout';
  const recorded = requestOf(recording);
  const options = { ...recorded.options, maxRounds: isTimeout ? TIMEOUT_ROUNDS : null };
  const request = { ...recorded, options };
  const recorder = new TraceRecorder();
  const start = performance.now();
  const result = engine(request, recorder);
  const milliseconds = performance.now() - start;
  if (isTimeout) return compareTimeout(recording, result, milliseconds);
  const events = recordedEvents(recorder);
  const differences: string[] = [];
  const note = (isEqual: boolean, difference: () => string): boolean => {
    if (!isEqual) differences.push(difference());
    return isEqual;
  };
  const outcome = outcomeName(result);
  return {
    recording,
    outcome: note(outcome === recording.outcome, () => `outcome ${outcome} instead of ${recording.outcome}`),
    pins: recording.pins === null ? null : comparePins(recording, result, note),
    events: compareEvents(recording, events, note),
    metrics: compareMetrics(recording, result, note),
    text: compareText(recording, result, note),
    difference: differences.join('; '),
    milliseconds,
  };
}

type NoteOf = (isEqual: boolean, difference: () => string) => boolean;

/** Where our run of a case stops on which pip spent a minute and more; some of them have millions of rounds. */
const TIMEOUT_ROUNDS = 20_000;
/** How much such a run has done at least when it ends by itself. */
const TIMEOUT_REQUIREMENTS = 10_000;

/** pip had not ended after a minute: nothing is known but that there is a lot to do. */
function compareTimeout(recording: Recording, result: EngineResult, milliseconds: number): Comparison {
  const isLong = result.outcome.kind === 'stopped' || result.metrics.requirements > TIMEOUT_REQUIREMENTS;
  return {
    recording,
    outcome: isLong,
    pins: null,
    events: null,
    metrics: null,
    text: null,
    difference: isLong ? '' : `pip timed out, we ended with ${outcomeName(result)}`,
    milliseconds,
  };
}

function outcomeName({ outcome }: EngineResult): string {
  if (outcome.kind === 'unsolvable') return 'failed';
  if (outcome.kind !== 'stopped') return outcome.kind;
  return outcome.reason === 'crash' ? 'crash' : `stopped (${outcome.reason})`;
}

function comparePins(recording: Recording, { outcome }: EngineResult, note: NoteOf): boolean {
  const ours =
    outcome.kind === 'solved' ? outcome.pins.map(({ name, version }) => `${name}==${version}`) : [];
  const theirs = Object.entries(recording.pins ?? {}).map(([name, version]) => `${name}==${version ?? ''}`);
  const isEqual = ours.toSorted().join() === theirs.toSorted().join();
  return note(isEqual, () => {
    const extra = ours.filter((pin) => !theirs.includes(pin));
    const missing = theirs.filter((pin) => !ours.includes(pin));
    return `pins: ours ${extra.join(' ')}, pip's ${missing.join(' ')}`;
  });
}

/** pip before 25.1 prints its candidate for Python with an address in memory, which no one can repeat. */
const PYTHON_OBJECT =
  /<pip\._internal\.resolution\.resolvelib\.candidates\.RequiresPythonCandidate object at 0x[0-9a-f]+>/gu;

/** The recorded events as JSON, without addresses in memory. */
export function repeatableEvents({ python, events = [] }: Recording): readonly string[] {
  return events.map((event) => JSON.stringify(event).replace(PYTHON_OBJECT, `<Python ${python}>`));
}

export function eventsHash(events: readonly string[]): string {
  return createHash('sha256').update(events.join('\n')).digest('hex');
}

function compareEvents(
  recording: Recording,
  events: readonly (readonly unknown[])[],
  note: NoteOf,
): boolean | null {
  if ((recording.events === undefined && recording.eventsSha256 === undefined) || isLegacy(recording))
    return null;
  const ours = events.map((event) => JSON.stringify(event));
  const python = `<Python ${recording.python}>`;
  const theirs = (recording.events ?? []).map((event) =>
    JSON.stringify(event).replace(PYTHON_OBJECT, python),
  );
  const count = recording.eventCount ?? theirs.length;
  const isWhole = theirs.length === count;
  const digest = eventsHash(ours);
  const isEqual = digest === recording.eventsSha256 || (isWhole && ours.join('\n') === theirs.join('\n'));
  return note(isEqual, () => firstDifference(ours, theirs, count));
}

function firstDifference(ours: readonly string[], theirs: readonly string[], count: number): string {
  const index = theirs.findIndex((event, place) => event !== ours[place]);
  const sizes = `${ours.length} events instead of ${count}`;
  if (index === -1) return `${sizes}; equal up to event ${theirs.length}`;
  return `${sizes}; event ${index}: ours ${ours[index] ?? 'none'}, pip's ${theirs[index] ?? 'none'}`;
}

/** Recordings of the legacy resolver, which has no rounds to report, hold no events. */
function isLegacy({ pip }: Recording): boolean {
  return pip.startsWith('19.');
}

/** Releases before 23.2 read wheels; later ones read metadata files, and wheels only to install them. */
function compareMetrics(recording: Recording, { metrics }: EngineResult, note: NoteOf): boolean | null {
  const theirs = recording.metrics;
  if (theirs === undefined) return null;
  const files = theirs.metadata === 0 ? theirs.wheels : theirs.metadata;
  const rounds = isLegacy(recording) ? 0 : metrics.rounds;
  const ours = [rounds, metrics.pages, metrics.metadata].join();
  const wanted = [theirs.rounds, theirs.pages, files].join();
  return note(ours === wanted, () => `rounds, pages, metadata: ours ${ours}, pip's ${wanted}`);
}

/** Lines of standard error that a recording keeps. */
const RECORDED_LINES = 60;

/** Blank lines are not recorded; of a crash only the exception's name is. */
function compareText(recording: Recording, result: EngineResult, note: NoteOf): boolean | null {
  if (recording.text === undefined || recording.errors === undefined) return null;
  if (recording.outcome === 'crash') return null;
  const warnings = result.notices
    .filter(({ level }) => level !== 'info')
    .flatMap(({ level, text }) => `${level === 'warning' ? 'WARNING' : 'ERROR'}: ${text}`.split('\n'));
  const isCut = recording.errors.length >= RECORDED_LINES;
  const lines = isCut ? warnings.slice(0, RECORDED_LINES) : [...warnings, ...result.message.split('\n')];
  const ours = lines.filter((line) => line !== '').toSorted();
  // pip indents what it says while it collects a package.
  const theirs = [...recording.text, ...recording.errors]
    .map((line) => line.replace(/^ +(?=WARNING|ERROR)/u, ''))
    .toSorted();
  return note(ours.join('\n') === theirs.join('\n'), () => {
    const index = ours.findIndex((line, place) => line !== theirs[place]);
    const place = index === -1 ? ours.length : index;
    return `text: ours ${JSON.stringify(ours[place] ?? 'none')}, pip's ${JSON.stringify(theirs[place] ?? 'none')}`;
  });
}
