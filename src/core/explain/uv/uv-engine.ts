/** The uv engine with its own words: the search of `resolver/uv/`, and the report on its failure. */
import type { Engine } from '../../resolver/engine.ts';
import type { Notice } from '../../resolver/outcome.ts';
import { resolveWithUv } from '../../resolver/uv/resolve.ts';
import { markerWords } from './marker-words.ts';
import { reportFailure } from './report.ts';
import { complaintText } from './url-words.ts';
import { warningText } from './warning-words.ts';

/** `message` is uv's report without its header; hints and warnings are notices that begin as uv's lines do. */
export const resolveUv: Engine = (request, recorder) => {
  const { outcome, metrics, failure, warnings, complaint } = resolveWithUv(request, recorder);
  const remarks = warnings.map((warning): Notice => ({
    level: 'warning',
    text: `warning: ${warningText(warning)}`,
  }));
  if (complaint !== undefined)
    return { outcome, metrics, message: complaintText(complaint), notices: remarks };
  if (failure === null) return { outcome, metrics, message: '', notices: remarks };
  const { header, report, hints } = reportFailure(failure);
  // Which fork failed stands in uv's header only.
  if (failure.split !== null) {
    remarks.push({ level: 'error', text: `${header} ${markerWords(failure.split)}` });
  }
  const notices = hints.map((hint): Notice => ({ level: 'info', text: `hint: ${hint}` }));
  return { outcome, metrics, message: report, notices: [...remarks, ...notices] };
};
