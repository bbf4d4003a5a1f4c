/**
 * A moment of a search, as a lesson names it: `first skip cup`, `undo foo 1.1.0`, `last conflict`, `end`. In every engine
 * the same words are looked up in its own trace.
 */
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import { normalizeName } from '../packaging/name.ts';
import type { Result } from '../packaging/result.ts';

/** What can happen at a moment, and the events that it may be. */
const KINDS = {
  pin: ['pin', 'decide'],
  choose: ['pin', 'decide'],
  skip: ['reject'],
  undo: ['unpin'],
  conflict: ['conflict', 'clash'],
  jump: ['backjump'],
  rollback: ['rollback'],
  learn: ['learn'],
  need: ['require'],
  derive: ['derive'],
  note: ['incompatibility'],
  restore: ['restore'],
  fork: ['fork'],
  reorder: ['reprioritize'],
  round: ['round'],
  end: ['done'],
} as const satisfies Readonly<Record<string, readonly (keyof typeof EVENT_CODE)[]>>;

export type MomentKind = keyof typeof KINDS;

export interface MomentPlace {
  readonly kind: MomentKind;
  /** '' for any. */
  readonly name: string;
  readonly version: string;
  /** From 1; -1 for the last. */
  readonly nth: number;
}

const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
};

export function parseMoment(text: string): Result<MomentPlace> {
  const match =
    /^(?:(?<nth>first|second|third|fourth|fifth|last|\d{1,6}(?:st|nd|rd|th)) )?(?<kind>[a-z]+)(?: (?<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?: (?<version>\d\S*))?)?$/u.exec(
      text.trim(),
    );
  const { nth, kind = '', name, version } = match?.groups ?? {};
  if (!Object.hasOwn(KINDS, kind))
    return {
      ok: false,
      error: {
        message: `“${text}” is no moment. Moments look like: first skip cup · pin shared 2.0 · undo foo 1.1.0 · last conflict · jump · learn · end`,
        span: { start: 0, end: 0 },
      },
    };
  return {
    ok: true,
    value: {
      kind: kind as MomentKind,
      name: name === undefined ? '' : normalizeName(name),
      version: version ?? '',
      nth: nth === undefined ? 1 : (ORDINALS[nth] ?? Number.parseInt(nth, 10)),
    },
  };
}

/** The step of a moment; null where the trace has none. */
export function momentStep(trace: Trace, { kind, name, version, nth }: MomentPlace): number | null {
  const codes = new Set<number>(KINDS[kind].map((event) => EVENT_CODE[event]));
  let seen = 0;
  let found: number | null = null;
  for (let step = 0; step < trace.length; step++) {
    if (!codes.has(trace.kinds[step]!) || !isAbout(trace, step, name, version)) continue;
    seen += 1;
    found = step;
    if (seen === nth) return step;
  }
  return nth === -1 ? found : null;
}

function isAbout(trace: Trace, step: number, name: string, version: string): boolean {
  if (name === '') return true;
  const row = trace.first[step]!;
  switch (trace.kinds[step]) {
    case EVENT_CODE.require:
      return (
        projectOf(trace, trace.requirements[row]?.package) === name &&
        (version === '' || trace.requirements[row]!.text.includes(version))
      );
    case EVENT_CODE.derive:
      return projectOf(trace, trace.terms[row]?.package) === name;
    case EVENT_CODE.reprioritize:
      return projectOf(trace, row) === name;
    case EVENT_CODE.learn:
    case EVENT_CODE.clash:
    case EVENT_CODE.incompatibility:
      return (trace.incompatibilities[row]?.terms ?? []).some(
        (term) => projectOf(trace, trace.terms[term]?.package) === name,
      );
    case EVENT_CODE.conflict:
      return (trace.causeLists[row] ?? []).some(
        ({ requirement }) => projectOf(trace, trace.requirements[requirement]?.package) === name,
      );
    default: {
      const candidate = trace.candidates[row];
      return (
        projectOf(trace, candidate?.package) === name && (version === '' || candidate?.version === version)
      );
    }
  }
}

function projectOf(trace: Trace, row: number | undefined): string {
  return row === undefined ? '' : (trace.packages[row]?.name ?? '');
}
