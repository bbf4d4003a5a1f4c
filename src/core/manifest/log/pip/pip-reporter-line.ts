/** Lines of pip's `PIP_RESOLVER_DEBUG` reporter (`_internal/resolution/resolvelib/reporter.py`): Python reprs. */
import type { Span } from '../../../packaging/result.ts';
import type { Evidence } from '../evidence.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { releaseOfFilename } from '../../release-filename.ts';

/** Reads what follows `Reporter.`. */
export function readReporterLine(
  evidence: Evidence,
  builder: ManifestBuilder,
  text: string,
  span: Span,
): void {
  const [method = '', rest = ''] = text.split(/\((.*)/s);
  if (method === 'adding_requirement') readAddedRequirement(evidence, builder, rest, span);
  else if (method === 'pinning' || method === 'rejecting_candidate' || method === 'backtracking') {
    const candidate = readCandidate(method === 'rejecting_candidate' ? lastArgument(rest) : rest);
    if (candidate !== null) evidence.exists(candidate.name, candidate.version);
  }
}

function readAddedRequirement(evidence: Evidence, builder: ManifestBuilder, rest: string, span: Span): void {
  const match = /^(\w+)\(((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\), (.*)$/.exec(rest);
  if (match === null) return;
  const requirement = unquote(match[2]!);
  const parent = match[3]!.replace(/\)$/, '');
  if (match[1] === 'RequiresPythonRequirement') {
    const candidate = readCandidate(parent);
    if (candidate !== null)
      evidence.exists(candidate.name, candidate.version, { requiresPython: requirement });
  } else if (match[1]!.startsWith('Specifier')) {
    if (parent === 'None') {
      evidence.ask(builder, requirement, span);
      return;
    }
    const candidate = readCandidate(parent);
    if (candidate !== null)
      evidence.depends(candidate.name + candidate.extras, candidate.version, requirement);
  }
}

export interface ReportedCandidate {
  readonly name: string;
  readonly version: string;
  /** `[a,b]` or ''. */
  readonly extras: string;
}

/** `LinkCandidate('https://…/name-1.0-py3-none-any.whl (from …)')`, also inside an `ExtrasCandidate`. */
export function readCandidate(text: string): ReportedCandidate | null {
  const extras = /extras=(?:frozenset\()?[{([]([^})\]]*)/.exec(text)?.[1] ?? '';
  const names = [...extras.matchAll(/'([^']*)'/g)].map((match) => match[1]!);
  const bracket = names.length === 0 ? '' : `[${names.sort().join(',')}]`;
  const address = /(?:Link|Editable)Candidate\(['"]([^'"\s]+)/.exec(text)?.[1];
  if (address !== undefined) {
    const release = releaseOfFilename(address);
    return release === null ? null : { ...release, extras: bracket };
  }
  // Other programs: `<name==1.6 wheel=True>`, `<Candidate name@1.0 from …>`, `name==1.0`.
  const other = /^<?(?:Candidate )?([A-Za-z0-9][\w.-]*)(\[[^\]]*\])?(?:==|@| )(v?\d[^\s>]*)/.exec(text);
  if (other !== null) return { name: other[1]!, version: other[3]!, extras: other[2] ?? '' };
  const installed = /AlreadyInstalledCandidate\(.*?([A-Za-z0-9._-]+) (\d[^\s)>'"]*)/.exec(text);
  return installed === null ? null : { name: installed[1]!, version: installed[2]!, extras: bracket };
}

/** The candidate is the last argument of `rejecting_candidate(criterion, candidate)`. */
function lastArgument(text: string): string {
  const at = Math.max(
    text.lastIndexOf(', LinkCandidate('),
    text.lastIndexOf(', ExtrasCandidate('),
    text.lastIndexOf(', AlreadyInstalledCandidate('),
  );
  return at < 0 ? '' : text.slice(at + 2);
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}
