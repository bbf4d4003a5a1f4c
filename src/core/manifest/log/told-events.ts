/**
 * The debug output of a real run as events, in the form of the recordings (resolver/recorded-form.ts): pip's
 * `PIP_RESOLVER_DEBUG` reporter (20.3 and later, `_internal/resolution/resolvelib/reporter.py`) and what uv prints with
 * `-v` and `RUST_LOG` while it solves. No index is needed: what is not in the text is not told.
 */
import { logLines } from './output/log-line.ts';
import { labelOf, readReporterCall, type ReportedNeed } from './pip/pip-reporter-line.ts';

export type ToldEvent =
  | readonly ['require', string, string | null]
  | readonly ['round', number]
  | readonly ['pin' | 'backtrack' | 'select', string]
  | readonly ['reject', string, readonly (readonly [string, string | null])[]];

/** So many are kept; longer runs are told from their beginning. */
const MOST_EVENTS = 200_000;

const REPORTER =
  /(?:^|[\s:])Reporter\.((?:adding_requirement|starting_round|pinning|backtracking|rejecting_candidate)\(.*)$/;
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
  const call = match === null ? null : readReporterCall(match[1]!);
  switch (call?.method) {
    case 'starting_round':
      return ['round', call.round];
    case 'adding_requirement':
      return ['require', ...informationOf(call)];
    case 'rejecting_candidate':
      return ['reject', labelOf(call.candidate), call.causes.map(informationOf)];
    case 'pinning':
      return ['pin', labelOf(call.candidate)];
    case 'backtracking':
      return ['backtrack', labelOf(call.candidate)];
    default:
      return null;
  }
}

/** A requirement and who asks, as the recordings write them. */
function informationOf({ kind, requirement, parent }: ReportedNeed): readonly [string, string | null] {
  const written = kind === 'RequiresPython' ? `Requires-Python ${requirement}` : requirement;
  return [written, parent === null ? null : labelOf(parent)];
}

function uvEvent(line: string): ToldEvent | null {
  const selected = SELECTING.exec(line);
  if (selected !== null) return ['select', `${selected[1]!}==${selected[2]!}`];
  const direct = DIRECT.exec(line);
  if (direct !== null) return ['require', direct[1]!, null];
  const transitive = TRANSITIVE.exec(line);
  return transitive === null ? null : ['require', transitive[2]!, transitive[1]!];
}
