/**
 * The debug output of a real run as events, in the form of the recordings (resolver/recorded-form.ts): pip's
 * `PIP_RESOLVER_DEBUG` reporter (20.3 and later, `_internal/resolution/resolvelib/reporter.py`) and what uv prints with
 * `-v` and `RUST_LOG` while it solves. No index is needed: what is not in the text is not told.
 */
import { normalizeName } from '../../packaging/name.ts';
import { logLines } from './output/log-line.ts';
import { readCandidate } from './pip/pip-reporter-line.ts';

export type ToldEvent =
  | readonly ['require', string, string | null]
  | readonly ['round', number]
  | readonly ['pin' | 'backtrack' | 'select', string]
  | readonly ['reject', string, readonly (readonly [string, string | null])[]];

/** So many are kept; longer runs are told from their beginning. */
const MOST_EVENTS = 200_000;

const REPORTER =
  /(?:^|[\s:])Reporter\.(adding_requirement|starting_round|pinning|backtracking|rejecting_candidate)\((.*)\)\s*$/;
const DIRECT = /(?:^|\s)Adding direct dependency: (\S.*)$/;
const TRANSITIVE = /(?:^|\s)Adding transitive dependency for (\S+?): (\S.*)$/;
const SELECTING = /(?:^|\s)Selecting: ([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)==(\S+)/;

/** The events of a text; empty where it is no debug output. */
export function toldEvents(text: string): readonly ToldEvent[] {
  if (!/Reporter\.|Selecting: |Adding (?:direct|transitive) dependency/.test(text)) return [];
  const events: ToldEvent[] = [];
  for (const { text: line } of logLines(text)) {
    if (events.length >= MOST_EVENTS) break;
    const event = reporterEvent(line) ?? uvEvent(line);
    if (event !== null) events.push(event);
  }
  return events;
}

function reporterEvent(line: string): ToldEvent | null {
  const match = REPORTER.exec(line);
  if (match === null) return null;
  const [, method = '', rest = ''] = match;
  switch (method) {
    case 'starting_round':
      return /^(?:index=)?\d+$/.test(rest) ? ['round', Number(rest.replace('index=', ''))] : null;
    case 'adding_requirement': {
      const [requirement, parent] = informationOf(rest, ', ');
      return requirement === null ? null : ['require', requirement, parent];
    }
    case 'rejecting_candidate':
      return rejectEvent(rest);
    default: {
      const label = labelOf(rest);
      return label === null ? null : [method === 'pinning' ? 'pin' : 'backtrack', label];
    }
  }
}

/** `Criterion((SpecifierRequirement('a>=2'), via=None), …), LinkCandidate('…')`. */
function rejectEvent(rest: string): ToldEvent | null {
  const at = Math.max(
    ...['Link', 'Extras', 'AlreadyInstalled', 'Editable'].map((kind) =>
      rest.lastIndexOf(`), ${kind}Candidate(`),
    ),
  );
  const label = at < 0 ? null : labelOf(rest.slice(at + 3));
  if (label === null) return null;
  const causes = rest
    .slice(0, at)
    .split(/\((?=(?:Specifier|RequiresPython|Explicit|Unsatisfiable)\w*Requirement\()/)
    .slice(1)
    .flatMap((part): (readonly [string, string | null])[] => {
      const [requirement, parent] = informationOf(part, ', via=');
      return requirement === null ? [] : [[requirement, parent]];
    });
  return ['reject', label, causes];
}

/** A requirement and who asks, as reprs with `between` between them. */
function informationOf(text: string, between: string): readonly [string | null, string | null] {
  const literal = /^(\w+)Requirement\(('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)/.exec(text);
  if (literal !== null) {
    const told = literal[2]!.slice(1, -1).replace(/\\(.)/g, '$1');
    const requirement = literal[1] === 'RequiresPython' ? `Requires-Python ${told}` : told;
    const after = text.slice(literal[0].length);
    return [requirement, after.startsWith(between) ? labelOf(after.slice(between.length)) : null];
  }
  const at = text.indexOf(`)${between}`);
  if (!text.startsWith('ExplicitRequirement(') || at < 0) return [null, null];
  return [labelOf(text.slice(20, at)), labelOf(text.slice(at + 1 + between.length))];
}

/** `name==version`, `name[extra]==version`; null for `None`, and for what is no candidate. */
function labelOf(text: string): string | null {
  const candidate = readCandidate(text);
  if (candidate === null) return null;
  return `${normalizeName(candidate.name)}${candidate.extras}==${candidate.version}`;
}

function uvEvent(line: string): ToldEvent | null {
  const selected = SELECTING.exec(line);
  if (selected !== null) return ['select', `${selected[1]!}==${selected[2]!}`];
  const direct = DIRECT.exec(line);
  if (direct !== null) return ['require', direct[1]!, null];
  const transitive = TRANSITIVE.exec(line);
  return transitive === null ? null : ['require', transitive[2]!, transitive[1]!];
}
