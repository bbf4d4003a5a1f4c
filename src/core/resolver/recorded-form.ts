/**
 * Events in the form of the recordings of the real tool: `["require", requirement, parent|null]`, `["round", i]`,
 * `["pin", candidate]`, `["reject", candidate, [[requirement, parent|null]…]]`, `["backtrack", candidate]`. Events that
 * only this program tells (pages, jumps, undone pins …) are left out. PubGrub's own events, which nobody has recorded,
 * are `["select", candidate]` (as uv prints it: `Selecting: name==version`), `["decide", candidate, level]` (`["restore", …]` for one that was chosen before), `["derive", term, incompatibility]`, `["incompatibility", number, terms, reason]`,
 * `["learn", number, terms, [cause, cause]]`, `["clash", incompatibility]`, `["reprioritize", package, class]`.
 */
import { NO_PARENT, PRIORITY_CLASSES } from './events.ts';
import { eventAt, type Trace } from './trace.ts';

export type RecordedCause = readonly [requirement: string, parent: string | null];
export type RecordedEvent =
  | readonly ['require', string, string | null]
  | readonly ['round', number]
  | readonly ['pin' | 'backtrack' | 'select', string]
  | readonly ['reject', string, readonly RecordedCause[]]
  | readonly ['decide' | 'restore', string, number]
  | readonly ['derive', string, number]
  | readonly ['incompatibility', number, readonly string[], string]
  | readonly ['learn', number, readonly string[], readonly number[]]
  | readonly ['clash', number]
  | readonly ['reprioritize', string, string];

/** pip's own spelling of a requirement of the interpreter is `Python >=3.8`; recordings say where it comes from. */
function requirementText(trace: Trace, row: number): string {
  const requirement = trace.requirements[row]!;
  const isPython = trace.packages[requirement.package]!.identifier.startsWith('<Python');
  return isPython ? `Requires-${requirement.text}` : requirement.text;
}

function parentLabel(trace: Trace, row: number): string | null {
  return row === NO_PARENT ? null : trace.candidates[row]!.label;
}

/** `a>=1`, `not a>=1`. */
function termText(trace: Trace, row: number): string {
  const { package: packageRow, isPositive, range } = trace.terms[row]!;
  return `${isPositive ? '' : 'not '}${trace.packages[packageRow]!.identifier}${range === '*' ? '' : range}`;
}

/** uv prints the project that is chosen of, whichever extra or marker it is chosen for. */
function selectedText(trace: Trace, row: number): string {
  const candidate = trace.candidates[row]!;
  return `${trace.packages[candidate.package]!.name}==${candidate.version}`;
}

function termTexts(trace: Trace, incompatibility: number): readonly string[] {
  return trace.incompatibilities[incompatibility]!.terms.map((row) => termText(trace, row));
}

/** The recorded form of the event at a step; null for events that recordings do not have. */
export function recordedEvent(trace: Trace, step: number): RecordedEvent | null {
  const event = eventAt(trace, step);
  switch (event.kind) {
    case 'require':
      return ['require', requirementText(trace, event.requirement), parentLabel(trace, event.parent)];
    case 'round':
      return ['round', event.index];
    case 'pin':
    case 'backtrack':
      return [event.kind, trace.candidates[event.candidate]!.label];
    case 'reject': {
      const causes = trace.causeLists[event.causes]!.map(({ requirement, parent }): RecordedCause => {
        return [requirementText(trace, requirement), parentLabel(trace, parent)];
      });
      return ['reject', trace.candidates[event.candidate]!.label, causes];
    }
    case 'select':
      return ['select', selectedText(trace, event.candidate)];
    case 'decide':
      return [event.isRestored ? 'restore' : 'decide', trace.candidates[event.candidate]!.label, event.level];
    case 'derive':
      return ['derive', termText(trace, event.term), event.incompatibility];
    case 'incompatibility': {
      const { reason } = trace.incompatibilities[event.incompatibility]!;
      return ['incompatibility', event.incompatibility, termTexts(trace, event.incompatibility), reason];
    }
    case 'learn': {
      const { causes = [] } = trace.incompatibilities[event.incompatibility]!;
      return ['learn', event.incompatibility, termTexts(trace, event.incompatibility), causes];
    }
    case 'clash':
      return ['clash', event.incompatibility];
    case 'reprioritize':
      return ['reprioritize', trace.packages[event.package]!.identifier, PRIORITY_CLASSES[event.priority]!];
    default:
      return null;
  }
}

/** All events of a trace that recordings have. Nested runs for build requirements are left out. */
export function recordedEvents(trace: Trace): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let nesting = 0;
  for (let step = 0; step < trace.length; step += 1) {
    const { kind } = eventAt(trace, step);
    if (kind === 'build-begin') nesting += 1;
    else if (kind === 'build-end') nesting -= 1;
    if (nesting > 0) continue;
    const event = recordedEvent(trace, step);
    if (event !== null) events.push(event);
  }
  return events;
}
