/** Lines of pip's `PIP_RESOLVER_DEBUG` reporter (`_internal/resolution/resolvelib/reporter.py`): Python reprs. */
import { normalizeName } from '../../../packaging/name.ts';
import type { Span } from '../../../packaging/result.ts';
import type { Evidence } from '../evidence.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { releaseOfFilename } from '../../release-filename.ts';

/** A requirement as the reporter prints it, and who asks. */
export interface ReportedNeed {
  /** pip's class without `Requirement`: `Specifier`, `SpecifierWithoutExtras`, `RequiresPython`, `Explicit` … */
  readonly kind: string;
  /** Its text; `name==version` where a file or an address was asked for. */
  readonly requirement: string;
  /** Null: the user. */
  readonly parent: ReportedCandidate | null;
}

/** A call of the reporter. */
export type ReporterCall =
  | ({ readonly method: 'adding_requirement' } & ReportedNeed)
  | { readonly method: 'pinning' | 'backtracking'; readonly candidate: ReportedCandidate }
  | {
      readonly method: 'rejecting_candidate';
      readonly candidate: ReportedCandidate;
      readonly causes: readonly ReportedNeed[];
    }
  | { readonly method: 'starting_round'; readonly round: number };

/** Reads what follows `Reporter.`; null where it is no call that tells anything. */
export function readReporterCall(text: string): ReporterCall | null {
  const [, method = '', rest = ''] = /^(\w+)\((.*)\)\s*$/s.exec(text) ?? [];
  switch (method) {
    case 'starting_round':
      return /^(?:index=)?\d+$/.test(rest) ? { method, round: Number(rest.replace('index=', '')) } : null;
    case 'adding_requirement': {
      const need = readNeed(rest, ', ');
      return need === null ? null : { method, ...need };
    }
    case 'pinning':
    case 'backtracking': {
      const candidate = readCandidate(rest);
      return candidate === null ? null : { method, candidate };
    }
    default:
      return method === 'rejecting_candidate' ? readRejection(rest) : null;
  }
}

const CANDIDATES = ['Link', 'Extras', 'AlreadyInstalled', 'Editable'];

/** `Criterion((SpecifierRequirement('a>=2'), via=None), …), LinkCandidate('…')`: the candidate is the last argument. */
function readRejection(rest: string): ReporterCall | null {
  const at = Math.max(...CANDIDATES.map((kind) => rest.lastIndexOf(`), ${kind}Candidate(`)));
  const candidate = at < 0 ? null : readCandidate(rest.slice(at + 3));
  if (candidate === null) return null;
  const causes = rest
    .slice(0, at)
    .split(/\((?=(?:Specifier|RequiresPython|Explicit|Unsatisfiable)\w*Requirement\()/)
    .slice(1)
    .flatMap((part) => readNeed(part, ', via=') ?? []);
  return { method: 'rejecting_candidate', candidate, causes };
}

/** A requirement and who asks, as reprs with `between` between them. */
function readNeed(text: string, between: string): ReportedNeed | null {
  const literal = /^(\w+)Requirement\(('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)/.exec(text);
  if (literal !== null) {
    const requirement = literal[2]!.slice(1, -1).replace(/\\(.)/g, '$1');
    const after = text.slice(literal[0].length);
    const parent = after.startsWith(between) ? readCandidate(after.slice(between.length)) : null;
    return { kind: literal[1]!, requirement, parent };
  }
  const at = text.indexOf(`)${between}`);
  const asked = text.startsWith('ExplicitRequirement(') && at >= 0 ? readCandidate(text.slice(20, at)) : null;
  if (asked === null) return null;
  const parent = readCandidate(text.slice(at + 1 + between.length));
  return { kind: 'Explicit', requirement: labelOf(asked), parent };
}

/** `name==version`, `name[extra]==version`. */
export function labelOf({ name, extras, version }: ReportedCandidate): string {
  return `${normalizeName(name)}${extras}==${version}`;
}

/** Notes what a call tells of the index. */
export function noteReporterCall(
  evidence: Evidence,
  builder: ManifestBuilder,
  call: ReporterCall,
  span: Span,
): void {
  if (call.method === 'starting_round') return;
  if (call.method !== 'adding_requirement') {
    evidence.exists(call.candidate.name, call.candidate.version);
    return;
  }
  const { kind, requirement, parent } = call;
  if (kind === 'RequiresPython') {
    if (parent !== null) evidence.exists(parent.name, parent.version, { requiresPython: requirement });
  } else if (!kind.startsWith('Specifier')) return;
  else if (parent === null) evidence.ask(builder, requirement, span);
  else evidence.depends(parent.name + parent.extras, parent.version, requirement);
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
