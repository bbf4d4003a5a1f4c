/** The uv engine with its own words: the search of `resolver/uv/`, and the report on its failure. */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import {
  OUTCOME_KINDS,
  type EngineResult,
  type LogLine,
  type Notice,
  type Pin,
} from '../../resolver/outcome.ts';
import { MAX_COMBINATIONS } from '../../resolver/uv/conflict-forks.ts';
import { resolveWithUv } from '../../resolver/uv/resolve.ts';
import { exportLines, installedWhere, lockDocument } from '../../resolver/uv/lock-document.ts';
import type { UvLock } from '../../resolver/uv/lock-graph.ts';
import { markerText } from '../../resolver/uv/marker-text.ts';
import type { UvProject } from '../../resolver/uv/project.ts';
import type { UvLane, UvResult } from '../../resolver/uv/uv-result.ts';
import type { TraceRecorder } from '../../resolver/trace-recorder.ts';
import { WorkSpent, type WorkKind } from '../../resolver/uv/work-meter.ts';
import { uvEra } from '../../resolver/uv/uv-era.ts';
import { framedFailure } from './frame.ts';
import { uvLogLines } from './log-text.ts';
import { markerWords } from './marker-words.ts';
import { reportFailure } from './report.ts';
import { complaintText } from './url-words.ts';
import { warningText } from './warning-words.ts';

/** The lanes of a solved universal resolution that are told one by one. */
const NAMED_LANES = 6;

/** What the search was divided into, in words; null when it was not. */
function lanesText(lanes: readonly UvLane[]): string | null {
  if (lanes.length < 2) return null;
  const words = lanes.slice(0, NAMED_LANES).map(({ marker }) => markerWords(marker));
  const rest = lanes.length - words.length;
  const named = rest === 0 ? words : [...words, `${rest} more`];
  return `uv searched ${lanes.length} times, for: ${named.join(' · ')}.`;
}

/** Why it was not brought to its end, where that is more than a limit of rounds; null where there is nothing to add. */
function stopText({ uvProject }: ResolveRequest, { outcome, lanes }: UvResult): string | null {
  if (outcome.kind !== 'stopped') return null;
  const sets = uvProject?.conflicts.length ?? 0;
  if (sets === 0) return null;
  if (outcome.detail === 'conflicts')
    return `The ${sets} declared conflicts make more than ${MAX_COMBINATIONS} combinations of extras and groups, and uv resolves each of them by itself. Here each part was resolved without the others (${lanes.length} runs): all of these can be met; whether every combination can is not known.`;
  return `The ${sets} declared conflicts divide the search, and ${lanes.length} of its parts were resolved when it stopped; none of them failed.`;
}

/** The bound on work may be reached anywhere: while the question is read, searched, or its answer written down. */
function withinWork<Result>(recorder: TraceRecorder, run: () => Result): Result | WorkSpent {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof WorkSpent)) throw error;
    if (recorder.count('done') === 0) recorder.record('done', OUTCOME_KINDS.indexOf('stopped'));
    return error;
  }
}

const SPENT_TEXTS: Readonly<Record<WorkKind, string>> = {
  markers: 'its conditions (markers) are too many to be combined',
  packages: 'too many packages wait for a decision at once',
  requirements: 'too many requirements stand side by side',
};

function spentResult({ what }: WorkSpent): EngineResult {
  const metrics = { rounds: 0, pinned: 0, rejected: 0, undone: 0, requirements: 0, pages: 0, metadata: 0 };
  return {
    outcome: { kind: 'stopped', reason: 'budget', detail: what, pins: [] },
    message: '',
    notices: [],
    metrics,
    caveats: [
      `This question is larger than what is worked through here: ${SPENT_TEXTS[what]}. Nothing is known of its answer.`,
    ],
  };
}

function printed(notices: readonly Notice[], rest: string): string {
  return [...notices.map(({ text }) => text), rest].join('\n');
}

function printedLine({ name, version, marker }: Pin): string {
  return `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`;
}

/** What uv writes of a solution. */
function lockedPart(
  request: ResolveRequest,
  { outcome, lock }: UvResult,
): Pick<EngineResult, 'locked' | 'packages' | 'exportable'> {
  if (outcome.kind !== 'solved') return {};
  const { uvProject: project } = request;
  if (project === undefined || lock === undefined)
    return { locked: { lines: outcome.pins.map((pin) => printedLine(pin)) } };
  const { packages, ...document } = lockDocument(lock);
  return {
    packages: packages.map((item) => ({ ...item })),
    locked: { ...document, export: exportLines(lock, project) },
    exportable: () => exportable(lock, project),
  };
}

function exportable(lock: UvLock, project: UvProject): readonly string[] {
  const installed =
    installedWhere(lock, { project, allExtras: true }) ?? installedWhere(lock, { project, allExtras: false });
  return (installed ?? []).map(({ node, marker }) => {
    const condition = markerText(marker);
    return `${node.name}==${node.version.text}${condition === null ? '' : ` ; ${condition}`}`;
  });
}

/** `message` is uv's report without its header; hints and warnings are notices that begin as uv's lines do. */
export const resolveUv: Engine = (request, recorder): EngineResult => {
  const result = withinWork(recorder, () => {
    const resolved = resolveWithUv(request, recorder);
    return { resolved, told: tell(request, resolved) };
  });
  if (result instanceof WorkSpent) return spentResult(result);
  const { log, table } = result.resolved.search;
  const member = request.uvProject?.member.name ?? null;
  const logSteps = (): readonly LogLine[] => uvLogLines(log.entries, { packages: table.packages, member });
  return { ...result.told, logSteps, log: () => logSteps().map(({ text }) => text) };
};

function tell(request: ResolveRequest, result: UvResult): EngineResult {
  const { outcome, metrics, failure, warnings, complaint, lanes } = result;
  const remarks = warnings.map((warning): Notice => ({
    level: 'warning',
    text: `warning: ${warningText(warning)}`,
  }));
  if (complaint !== undefined) {
    const message = complaintText(complaint);
    return { outcome, metrics, message, notices: remarks, printed: printed(remarks, `error: ${message}`) };
  }
  if (failure === null) {
    const caveat = outcome.kind === 'stopped' ? stopText(request, result) : lanesText(lanes);
    return {
      outcome,
      metrics,
      message: '',
      notices: remarks,
      ...lockedPart(request, result),
      ...(caveat === null ? {} : { caveats: [caveat] }),
    };
  }
  const { heading, report, hints: texts } = reportFailure(failure);
  const hints = texts.map((text): Notice => ({ level: 'info', text: `hint: ${text}` }));
  return {
    outcome,
    metrics,
    message: report,
    notices: [...remarks, ...hints],
    printed: printed(
      remarks,
      framedFailure(
        uvEra(request.toolVersion).frame,
        heading,
        report,
        hints.map(({ text }) => text),
      ),
    ),
    ...(failure.splitMarker === null
      ? {}
      : {
          caveats: [
            `uv divided the search, and this part of it failed: ${markerWords(failure.splitMarker)}.`,
          ],
        }),
  };
}
