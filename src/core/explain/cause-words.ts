/** One requirement with who brings it, as a clause: ``line 3 asks for `urllib3<1.21` ``. */
import { NO_PARENT } from '../resolver/events.ts';
import type { CandidateRow, Cause, RequirementRow, Trace } from '../resolver/trace.ts';
import { assert } from '../packaging/assert.ts';
import { readableRequirement, readableSpecifiers, withoutMarker } from './requirement-text.ts';
import { code, lineName, listOf, nameAtVersion } from './words.ts';

/** The tables that wording reads; a whole trace will do. */
export type TraceNames = Pick<Trace, 'packages' | 'requirements' | 'candidates' | 'causeLists'>;

const REQUIRES_PYTHON = /^Requires-Python\s*/u;

/** A candidate as people call it: `` `requests[security]` 2.24.0 ``, `Python 3.11.7`. */
export function candidateName(trace: TraceNames, candidate: number): string {
  const row = trace.candidates[candidate];
  assert(row, `no candidate ${candidate}`);
  if (row.origin === 'python') return pythonName(row);
  if (row.origin === 'root') return 'your list';
  const name = nameAtVersion(packageName(trace, row.package), row.version);
  return row.origin === 'installed' ? `the installed ${name}` : name;
}

function pythonName(row: CandidateRow): string {
  const version = row.version === '' ? /[\d.]+/u.exec(row.label)?.[0] : row.version;
  return version === undefined ? 'Python' : `Python ${version}`;
}

/** The identifier of a package; Python itself is called Python. */
export function packageName(trace: Pick<Trace, 'packages'>, row: number): string {
  const found = trace.packages[row];
  assert(found, `no package ${row}`);
  return isPython(found.identifier) ? 'Python' : found.identifier;
}

/** pip's and uv's pseudo-package for the interpreter. */
export function isPython(identifier: string): boolean {
  return /^<?python\b/iu.test(identifier) && /[< ]|^python$/iu.test(identifier);
}

/** What a requirement asks for, as literal text without its marker: `` `urllib3<1.21` ``, ``Python `>=3.8` ``. */
export function requirementName(row: RequirementRow): string {
  if (REQUIRES_PYTHON.test(row.text))
    return `Python ${code(readableSpecifiers(row.text.replace(REQUIRES_PYTHON, '')))}`;
  return code(readableRequirement(withoutMarker(row.text)));
}

/** A clause for one cause. `subject` replaces the parent's name, as in `it needs …`. */
export function causeClause(trace: TraceNames, cause: Cause, subject?: string): string {
  const row = trace.requirements[cause.requirement];
  assert(row, `no requirement ${cause.requirement}`);
  const asked = requirementName(row);
  const base = ownBaseClause(trace, cause, row, subject);
  if (base !== null) return base;
  if (subject !== undefined) return `${subject} needs ${asked}`;
  if (row.isConstraint === true)
    return row.source === undefined
      ? `a constraint allows only ${asked}`
      : `${lineName(row.source)} allows only ${asked}`;
  if (row.source !== undefined) return `${lineName(row.source)} asks for ${asked}`;
  if (cause.parent === NO_PARENT) return `you ask for ${asked}`;
  return `${candidateName(trace, cause.parent)} needs ${asked}`;
}

/** pip gives a candidate with extras a requirement of its own making, on its own project at its own version. */
function ownBaseClause(
  trace: TraceNames,
  { parent }: Cause,
  row: RequirementRow,
  subject: string | undefined,
): string | null {
  const candidate = parent === NO_PARENT ? undefined : trace.candidates[parent];
  if (candidate === undefined || row.source !== undefined) return null;
  const own = packageName(trace, candidate.package);
  const asked = packageName(trace, row.package);
  if (!own.includes('[') || own.replace(/\[.*$/u, '') !== asked) return null;
  if (!new RegExp(`==\\s*${escaped(candidate.version)}$`, 'u').test(withoutMarker(row.text))) return null;
  return `${subject ?? candidateName(trace, parent)} is ${nameAtVersion(asked, candidate.version)} with extras`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** Causes without repetition, the user's own first, then in the given order. */
export function distinctCauses(trace: TraceNames, causes: readonly Cause[]): readonly Cause[] {
  const seen = new Set<string>();
  const kept: Cause[] = [];
  for (const cause of causes) {
    const key = `${trace.requirements[cause.requirement]?.text ?? ''} ${cause.parent}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(cause);
  }
  return kept.sort((a, b) => Number(a.parent !== NO_PARENT) - Number(b.parent !== NO_PARENT));
}

/** At most `limit` clauses and the number of the others: ``line 3 asks for `a<1`, and 4 more``. */
export function causeClauses(trace: TraceNames, causes: readonly Cause[], limit: number): string {
  const distinct = distinctCauses(trace, causes);
  const shown = distinct.slice(0, limit).map((cause) => causeClause(trace, cause));
  const rest = distinct.length - shown.length;
  return rest === 0 ? listOf(shown) : `${shown.join(', ')}, and ${rest} more`;
}
