/** Puts pip's words to the facts that the pip engine hands back. */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import type { EngineResult, LogLine, Notice } from '../../resolver/outcome.ts';
import { type PipResult, resolvePip } from '../../resolver/pip/resolve.ts';
import type { TraceRecorder } from '../../resolver/trace-recorder.ts';
import { errorReportLines } from './error-text.ts';
import { pipLogLines } from './log-text.ts';
import { noticeOf } from './notice-text.ts';
import { RANDOM_ORDER } from './random-order.ts';

/** The same result with pip's error text and notices. */
export function tellPip(result: PipResult): PipResult {
  const { report, era, pipNotices } = result;
  const lines = report === null ? [] : errorReportLines(report, era);
  const notices = pipNotices
    .map((notice) => noticeOf(notice, era))
    .filter((notice): notice is Notice => notice !== null);
  const isRandom = pipNotices.some(({ kind }) => kind === 'random-order');
  return {
    ...result,
    message: lines.map((line) => line.text).join('\n'),
    notices,
    ...(isRandom ? { caveats: [RANDOM_ORDER] } : {}),
  };
}

/** What pip says of candidates that it skipped. */
function remarksOf({ pipNotices, era }: PipResult): readonly LogLine[] {
  return pipNotices.flatMap((notice) => {
    const told = notice.kind === 'rejections' ? noticeOf(notice, era) : null;
    return notice.kind === 'rejections' && told !== null ? [{ text: told.text, step: notice.step }] : [];
  });
}

/** The pip engine, telling what it does in pip's own words. */
export const resolvePipTelling: Engine = (request: ResolveRequest, recorder: TraceRecorder): EngineResult => {
  const result = resolvePip(request, recorder);
  const told = tellPip(result);
  const logSteps = (): readonly LogLine[] =>
    pipLogLines({ trace: recorder, index: request.index, outcome: told.outcome, remarks: remarksOf(result) });
  return { ...told, logSteps, log: () => logSteps().map(({ text }) => text) };
};
