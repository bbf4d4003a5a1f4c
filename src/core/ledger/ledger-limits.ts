/**
 * The limits on a project's versions in a run, and whose they are: the user's lines, and what candidates ask.
 *
 *   solved, stopped   what the pins that stand at the end ask
 *   unsolvable        what the conflict's causes ask (pip), or the facts that the refutation rests on (uv)
 */
import type { LedgerAsker } from './ledger.ts';
import type { LedgerLimit } from './pip-ledger.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { parseRequirement } from '../packaging/requirement.ts';
import { parseSpecifierSet, type SpecifierSet } from '../packaging/specifier.ts';
import type { EngineFamily } from '../problem/engine-id.ts';
import type { ResolveRequest, UserRequirement } from '../resolver/engine.ts';
import { EVENT_CODE, NO_PARENT } from '../resolver/events.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import { rangeTextContains } from '../resolver/range-text.ts';

/** What a candidate asks of another project. */
export interface AskedLimit {
  readonly project: string;
  readonly specifier: SpecifierSet;
  readonly asker: Extract<LedgerAsker, { kind: 'candidate' }>;
}

function holds({ requirement }: UserRequirement, request: ResolveRequest): boolean {
  const { marker } = requirement;
  return request.options.universal || marker === null || evaluateMarker(marker, request.target.markers, '');
}

/** Lines that ask for a version of the project, their markers looked at. uv's overrides take the requirements' place. */
export function userLimits(
  request: ResolveRequest,
  project: string,
  family: EngineFamily,
): readonly LedgerLimit[] {
  const limitsOf = (lines: readonly UserRequirement[], isConstraint: boolean): readonly LedgerLimit[] =>
    lines
      .filter((line) => line.requirement.normalizedName === project && holds(line, request))
      .map(({ requirement, source }) => ({
        specifier: requirement.specifier,
        isConstraint,
        asker: { kind: 'line', pane: source.pane, line: source.line },
        reachesFinder: true,
      }));
  const overrides = family === 'uv' ? limitsOf(request.overrides, false) : [];
  const requirements = overrides.length > 0 ? overrides : limitsOf(request.requirements, false);
  return [...requirements, ...limitsOf(request.constraints, true)];
}

/** Whether an override of uv's speaks for the project, so that nobody else's requirement counts. */
export function isOverridden(request: ResolveRequest, project: string, family: EngineFamily): boolean {
  return (
    family === 'uv' &&
    request.overrides.some((line) => line.requirement.normalizedName === project && holds(line, request))
  );
}

/** A run as far as limits can be read from it. */
export interface EndedTrace {
  readonly outcome: Outcome;
  readonly trace: Trace;
}

/** What candidates ask at the end of a run, each limit once. */
export function candidateLimits({ outcome, trace }: EndedTrace): readonly AskedLimit[] {
  const limits =
    outcome.kind === 'unsolvable'
      ? outcome.incompatibility === undefined
        ? causeLimits(trace, outcome.causes)
        : factLimits(trace, outcome.incompatibility)
      : pinLimits(trace);
  const seen = new Set<string>();
  return limits.filter(({ project, specifier, asker }) => {
    const key = `${project} ${specifier.text} ${asker.name} ${asker.version}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Rows of the candidates that stand at the end, by their package's row. */
function standingCandidates(trace: Trace): ReadonlyMap<number, number> {
  const standing = new Map<number, number>();
  for (let step = 0; step < trace.length; step += 1) {
    const row = trace.first[step]!;
    const owner = trace.candidates[row]?.package;
    if (owner === undefined) continue;
    switch (trace.kinds[step]) {
      case EVENT_CODE.pin:
      case EVENT_CODE.decide:
      case EVENT_CODE.restore:
        standing.set(owner, row);
        break;
      case EVENT_CODE.unpin:
        if (standing.get(owner) === row) standing.delete(owner);
        break;
      default:
    }
  }
  return standing;
}

/** What the pins ask: `require` events of theirs, or the dependencies that PubGrub has learned of their versions. */
function pinLimits(trace: Trace): readonly AskedLimit[] {
  const standing = standingCandidates(trace);
  const rows = new Set(standing.values());
  const limits: AskedLimit[] = [];
  for (let step = 0; step < trace.length; step += 1) {
    const isRequire = trace.kinds[step] === EVENT_CODE.require && rows.has(trace.second[step]!);
    const text = isRequire ? trace.requirements[trace.first[step]!]?.text : undefined;
    const limit = text === undefined ? null : askedOf(trace, text, trace.second[step]!);
    if (limit !== null) limits.push(limit);
  }
  trace.incompatibilities.forEach((_, row) => {
    const limit = dependencyLimit(trace, row);
    const asking = trace.incompatibilities[row]?.terms.map((term) => trace.terms[term]!)[0];
    const pin = asking === undefined ? undefined : standing.get(asking.package);
    const version = pin === undefined ? undefined : trace.candidates[pin]?.version;
    if (limit === null || asking === undefined || version === undefined) return;
    if (rangeTextContains(asking.range, version))
      limits.push({ ...limit, asker: { ...limit.asker, version } });
  });
  return limits;
}

function causeLimits(trace: Trace, causes: number | undefined): readonly AskedLimit[] {
  const list = causes === undefined ? [] : (trace.causeLists[causes] ?? []);
  return list.flatMap(({ requirement, parent }) => {
    const text = trace.requirements[requirement]?.text ?? '';
    return askedOf(trace, text, parent) ?? [];
  });
}

/** Null for the user's own, for bonds between a project and its extras, and for what is no requirement. */
function askedOf(trace: Trace, text: string, parent: number): AskedLimit | null {
  const candidate = parent === NO_PARENT ? undefined : trace.candidates[parent];
  const asker = candidate === undefined ? undefined : trace.packages[candidate.package];
  const parsed = parseRequirement(text);
  if (candidate === undefined || asker === undefined || !parsed.ok) return null;
  const { normalizedName, specifier } = parsed.value;
  if (asker.name === normalizedName || asker.name === '') return null;
  const version = candidate.version;
  return { project: normalizedName, specifier, asker: { kind: 'candidate', name: asker.name, version } };
}

/** The dependencies among the facts that a refutation rests on; the asker's version is a range. */
function factLimits(trace: Trace, root: number): readonly AskedLimit[] {
  const limits: AskedLimit[] = [];
  const visited = new Set<number>();
  const waiting = [root];
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    const incompatibility = trace.incompatibilities[row];
    if (visited.has(row) || incompatibility === undefined) continue;
    visited.add(row);
    waiting.push(...(incompatibility.causes ?? []));
    const limit = dependencyLimit(trace, row);
    if (limit !== null) limits.push(limit);
  }
  return limits;
}

/** A dependency between projects as a limit; null for any other incompatibility. */
function dependencyLimit(trace: Trace, row: number): AskedLimit | null {
  const incompatibility = trace.incompatibilities[row];
  if (incompatibility?.reason !== 'dependency') return null;
  const [asking, asked] = incompatibility.terms.map((term) => trace.terms[term]);
  if (asking === undefined || asked === undefined) return null;
  const name = trace.packages[asking.package]?.name ?? '';
  const project = trace.packages[asked.package]?.name ?? '';
  const range = parseSpecifierSet(asked.range === '*' ? '' : asked.range);
  if (name === '' || project === '' || name === project || !range.ok) return null;
  const version = asking.range === '*' ? '' : asking.range.replace(/^==/u, '');
  return { project, specifier: range.value, asker: { kind: 'candidate', name, version } };
}

/**
 * The requirement with which the search first came upon a project, as text: the only one that pip's legacy resolver
 * heeds, and the one that zazo found candidates for. Null when it came upon none.
 */
export function firstRequirement(trace: Trace, project: string): string | null {
  for (let step = 0; step < trace.length; step += 1) {
    if (trace.kinds[step] !== EVENT_CODE.require) continue;
    const row = trace.requirements[trace.first[step]!];
    if (row !== undefined && trace.packages[row.package]?.name === project) return row.text;
  }
  return null;
}
