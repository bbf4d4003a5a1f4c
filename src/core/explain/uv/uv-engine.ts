/** The uv engine with its own words: the search of `resolver/uv/`, and the report on its failure. */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import type { EngineResult, LogLine, Notice, Pin } from '../../resolver/outcome.ts';
import { resolveWithUv } from '../../resolver/uv/resolve.ts';
import { exportLines, installedWhere, lockDocument } from '../../resolver/uv/lock-document.ts';
import type { UvLock } from '../../resolver/uv/lock-graph.ts';
import { markerText } from '../../resolver/uv/marker-text.ts';
import type { UvProject } from '../../resolver/uv/project.ts';
import type { UvLane, UvResult } from '../../resolver/uv/uv-result.ts';
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
  const result = resolveWithUv(request, recorder);
  const { log, table } = result.search;
  const member = request.uvProject?.member.name ?? null;
  const logSteps = (): readonly LogLine[] => uvLogLines(log.entries, { packages: table.packages, member });
  return { ...tell(request, result), logSteps, log: () => logSteps().map(({ text }) => text) };
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
    const caveat = lanesText(lanes);
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
