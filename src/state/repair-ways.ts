/**
 * Where facts are missing, the ways on, one change of the question each:
 *
 *   other index  ask the newest snapshot, which may hold them
 *   fetch        ask the live index for these projects              leave out    go on without the releases concerned
 *   other lines  answer for the lines that need none of it          by hand      lines of the toy index, to be filled in
 */
import type { MissingFact } from '../core/package-index/package-index.ts';
import { parseRequirement } from '../core/packaging/requirement.ts';
import type { Problem } from '../core/problem/problem.ts';

/** A way that is no way here is null. */
export interface RepairWays {
  /** Names that would be sent to the live index, sorted. */
  readonly fetch: readonly string[] | null;
  readonly leaveOut: LeaveOut | null;
  readonly otherLines: OtherLines | null;
  /** Lines of the overlay language that state what is missing, to be corrected by the reader; '' where there are none. */
  readonly byHand: string;
}

export interface LeaveOut {
  /** Releases that the search would do without. */
  readonly releases: number;
  readonly changes: Pick<Problem, 'options' | 'index'>;
}

export interface OtherLines {
  /** Lines that stay. */
  readonly count: number;
  /** The requirements, the lines that need what is missing made comments. */
  readonly requirements: string;
}

const LINE = /^line (\d+)$/u;
const RELEASE = /^(?<name>\S+) (?<version>\S+)$/u;

export function repairWays(problem: Problem, missing: readonly MissingFact[]): RepairWays {
  const facts = missing.filter((fact) => !fact.loadable);
  const ofIndex = facts.filter((fact) => fact.missing !== 'metadata' || fact.isAddress !== true);
  const names = [...new Set(ofIndex.map(({ project }) => project))].sort();
  const canFetch = problem.index.live !== true && problem.index.facts === undefined && names.length > 0;
  return {
    fetch: canFetch ? names : null,
    leaveOut: leaveOutOf(problem, ofIndex),
    otherLines: otherLinesOf(problem, facts),
    byHand: facts.map(statementOf).join('\n'),
  };
}

/** A snapshot by its id, with its title. */
export interface NamedSnapshot {
  readonly id: string;
  readonly title: string;
}

/** The newest snapshot, where the question is asked of an older one; null where it is not. */
export function otherIndex({ index }: Problem, newest: NamedSnapshot | null): NamedSnapshot | null {
  const isOlder = index.snapshot !== undefined && index.live !== true;
  return isOlder && newest !== null && index.snapshot !== newest.id ? newest : null;
}

function askersOf(facts: readonly MissingFact[]): readonly string[] {
  return [...new Set(facts.flatMap(({ neededBy = [] }) => neededBy))];
}

/** Releases whose needs nobody knows are left out by an option, those that need what nobody knows are removed. */
function leaveOutOf({ options, index }: Problem, facts: readonly MissingFact[]): LeaveOut | null {
  const unknown = facts.filter(({ missing }) => missing === 'metadata').length;
  const removals = askersOf(facts).flatMap((asker) => {
    const { name, version } = RELEASE.exec(LINE.test(asker) ? '' : asker)?.groups ?? {};
    return name === undefined || version === undefined ? [] : [`remove ${name} ${version}`];
  });
  const isLeftOut = options.unknownMetadata === 'leave-out';
  const releases = (isLeftOut ? 0 : unknown) + removals.length;
  if (releases === 0) return null;
  return {
    releases,
    changes: {
      options: unknown === 0 ? options : { ...options, unknownMetadata: 'leave-out' },
      index: removals.length === 0 ? index : { ...index, overlay: withLines(index.overlay, removals) },
    },
  };
}

/** An overlay with further lines at its end. */
export function withLines(overlay: string | undefined, lines: readonly string[]): string {
  const text = overlay ?? '';
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${start}${lines.join('\n')}\n`;
}

function otherLinesOf({ requirements }: Problem, facts: readonly MissingFact[]): OtherLines | null {
  const guilty = new Set(
    askersOf(facts)
      .flatMap((asker) => LINE.exec(asker)?.[1] ?? [])
      .map(Number),
  );
  if (guilty.size === 0) return null;
  const lines = requirements.split('\n');
  const isAsking = (line: string): boolean => /^\s*[^#\s-]/u.test(line);
  const count = lines.filter((line, at) => isAsking(line) && !guilty.has(at + 1)).length;
  if (count === 0) return null;
  return { count, requirements: commentOut(lines, guilty).join('\n') };
}

/** A line that is continued goes with what continues it. */
function commentOut(lines: readonly string[], guilty: ReadonlySet<number>): readonly string[] {
  let isContinued = false;
  return lines.map((line, at) => {
    const isOut = guilty.has(at + 1) || isContinued;
    isContinued = isOut && line.trimEnd().endsWith('\\');
    return isOut ? `# ${line}` : line;
  });
}

function statementOf(fact: MissingFact): string {
  switch (fact.missing) {
    case 'page':
      return `${fact.project} 1.0`;
    case 'release':
      return `${fact.project} ${versionFor(fact.requirement)}`;
    default:
      if (fact.isAddress === true)
        return `${fact.project} ${fact.version === '' ? '1.0' : fact.version}; url ${fact.url ?? ''}`;
      return `${fact.project} ${fact.version}`;
  }
}

/** A version that answers a requirement, as far as its lower bounds tell. */
function versionFor(requirement: string): string {
  const parsed = parseRequirement(requirement);
  if (!parsed.ok) return '1.0';
  const { specifiers } = parsed.value.specifier;
  const bound = ['==', '===', '~=', '>=', '>'].flatMap((operator) =>
    specifiers.filter((specifier) => specifier.operator === operator),
  )[0];
  if (bound === undefined || bound.version === null) return '1.0';
  return bound.operator === '>' ? `${bound.version.text}.1` : bound.version.text;
}
