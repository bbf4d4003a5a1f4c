/** Why a pin is not the newest release, in words: ``line 3 asks for `<2` ``, `newer ones were tried and given up`. */
import { isGivenUp, type Cap, type CapGroup } from '../diagnose/caps.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import type { CapNote } from './explanation.ts';
import { ledgerTarget, reasonWords } from './ledger-words.ts';
import { limitClause } from './limit-clause.ts';
import { sentenceForStep } from './sentence.ts';
import { versionWords } from './version-words.ts';
import { capitalized, code, count, listOf } from './words.ts';

/** Groups of newer releases that are told. */
const TOLD_GROUPS = 3;

export function capNote(cap: Cap, trace: Trace, request: ResolveRequest): CapNote {
  const { pin, newest, newer, groups } = cap;
  const told = groups.slice(0, TOLD_GROUPS).map((group) => groupWords(cap, group, trace, request));
  const rest = groups.slice(TOLD_GROUPS).reduce((sum, group) => sum + group.versions.length, 0);
  const more = rest === 0 ? [] : [`${count(rest, 'further release')} for other reasons`];
  return {
    package: pin.name,
    version: pin.version,
    newest,
    newer,
    isGivenUp: isGivenUp(cap),
    step: groups.find(({ reason }) => reason === null)?.step ?? null,
    text: `${code(pin.name)} ${pin.version} is ${count(newer, 'release')} older than ${newest}. ${[...told, ...more].map((clause) => `${capitalized(clause)}.`).join(' ')}`,
  };
}

function groupWords(cap: Cap, group: CapGroup, trace: Trace, request: ResolveRequest): string {
  const { reason, versions, step } = group;
  const chosen = new Set(versions);
  const bits = cap.all.reduce(
    (sum, version, at) => (chosen.has(version) ? sum | (1n << BigInt(at)) : sum),
    0n,
  );
  const which = `${code(cap.pin.name)} ${versionWords(cap.all, bits)}`;
  if (reason === null) return givenUpWords(which, versions.length === 1, step, trace);
  if (reason.kind === 'specifier' || reason.kind === 'constraint') {
    const limits = reason.limits.flatMap((at) =>
      cap.limits[at] ? [limitClause(cap.limits[at], cap.pin.name, request)] : [],
    );
    return `${listOf([...new Set(limits)])}, which leaves out ${which}`;
  }
  const one = `${which}: ${reasonWords(reason, cap.limits, ledgerTarget(request))}`;
  return versions.length === 1
    ? one
    : `${which}, each: ${reasonWords(reason, cap.limits, ledgerTarget(request))}`;
}

/** With the step that gave the newest of them up, and what was said there. */
function givenUpWords(which: string, isOne: boolean, step: number | null, trace: Trace): string {
  const given = `${which} ${isOne ? 'was' : 'were'} tried and given up`;
  if (step === null) return `${which} ${isOne ? 'was' : 'were'} not tried`;
  if (trace.kinds[step] !== EVENT_CODE.reject) return `${given}, first at step ${step + 1}`;
  const why = sentenceForStep(trace, step)
    .replace(/^Skipped/u, 'skipped')
    .replace(/\.$/u, '');
  return `${given}, first at step ${step + 1}: ${why}`;
}
