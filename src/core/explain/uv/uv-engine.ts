/** The uv engine with its own words: the search of `resolver/uv/`, and the report on its failure. */
import type { Engine } from '../../resolver/engine.ts';
import { resolveWithUv } from '../../resolver/uv/resolve.ts';
import { reportFailure } from './report.ts';

/** `message` is uv's report without its header; the hints are notices that begin with `hint: `. */
export const resolveUv: Engine = (request, recorder) => {
  const { failure, ...result } = resolveWithUv(request, recorder);
  if (failure === null) return result;
  const { report, hints } = reportFailure(failure);
  const notices = hints.map((hint) => ({ level: 'info' as const, text: `hint: ${hint}` }));
  return { ...result, message: report, notices: [...result.notices, ...notices] };
};
