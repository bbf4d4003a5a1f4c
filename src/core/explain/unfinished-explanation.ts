/** Runs that ended without an answer: stopped, incomplete, invalid. Each says what is known and how to go on. */
import { assertNever } from '../packaging/assert.ts';
import type { MissingFact } from '../package-index/package-index.ts';
import type { Outcome } from '../resolver/outcome.ts';
import { unknownReasonText } from './live-basis.ts';
import { toolText, type EndedRun } from './ended-run.ts';
import { makeExplanation, type Explanation } from './explanation.ts';
import { code, count, nameAtVersion, shortListOf } from './words.ts';

/** Facts that are named one by one. */
const NAMED_FACTS = 3;

/** Poetry's runs multiply; so many ended. */
const OVERRIDES = /^overrides: (\d+)$/;

type Stopped = Extract<Outcome, { kind: 'stopped' }>;

/** What is certain although a run was stopped: whether there is a solution. */
export type Certainty = 'possible' | 'impossible' | 'unknown';

/** A run that was stopped, by a limit or by hand, or that ended in the tool's own failure. */
export function stoppedExplanation(
  run: EndedRun,
  outcome: Stopped,
  certainty: Certainty = 'unknown',
): Explanation {
  const pins =
    outcome.pins.length === 0
      ? 'No package was chosen when it stopped.'
      : OVERRIDES.test(outcome.detail)
        ? `What the runs that ended chose is known: ${count(outcome.pins.length, 'version')} of all of them together. A narrower \`python\`, or fewer dependencies that stand several times with different markers, makes fewer runs.`
        : `When it stopped, ${count(outcome.pins.length, 'package')} stood chosen; they need not fit together.`;
  return makeExplanation({
    kind: 'stopped',
    sentence: `${stoppedClause(run, outcome)}${certaintyEnding(outcome, certainty)}.`,
    remarks: [pins],
    tool: toolText(run),
  });
}

function certaintyEnding(outcome: Stopped, certainty: Certainty): string {
  switch (certainty) {
    case 'possible':
      return '; there is a solution';
    case 'impossible':
      return '; there is no solution';
    case 'unknown':
      return isCutShort(outcome) ? ': whether there is a solution is not known' : '';
  }
}

/** Whether the search might have come to an answer later. */
function isCutShort({ reason }: Stopped): boolean {
  return reason !== 'livelock' && reason !== 'crash';
}

function stoppedClause({ tool, metrics }: EndedRun, { reason, detail }: Stopped): string {
  const rounds = count(Math.max(metrics.rounds, metrics.pinned), 'round');
  switch (reason) {
    case 'limit':
      return `${tool} gives up after ${rounds}, its own limit`;
    case 'budget':
      if (detail === 'conflicts')
        return 'Stopped: the declared conflicts make too many combinations to resolve each, and each part was resolved without the others';
      if (detail === 'markers') return 'Stopped: the conditions (markers) are too many to be combined here';
      if (detail === 'packages') return 'Stopped: too many packages wait for a decision at once';
      if (detail === 'requirements') return 'Stopped: too many requirements stand side by side';
      if (OVERRIDES.test(detail))
        return `Stopped after ${count(Number(OVERRIDES.exec(detail)![1]), 'run')} that found versions: dependencies of one name under different markers are solved one by one, which doubles the runs each time, and there are more than are made here`;
      return `Stopped after ${rounds}, the limit set here`;
    case 'livelock':
      return `${tool} would go round in circles here until it reaches its own limit: the same state came back after ${rounds}`;
    case 'crash':
      return `${tool} itself crashes here${detail === '' ? '' : ` with ${code(detail)}`}; that is a bug of the tool, and is shown as it is`;
    case 'cancelled':
      return `You stopped the search after ${rounds}`;
    default:
      return assertNever(reason);
  }
}

/** A run that lacks facts. `remarks` tell what can be done about it. */
export function incompleteExplanation(run: EndedRun, missing: readonly MissingFact[]): Explanation {
  const isLoadable = missing.some(({ loadable }) => loadable);
  const sentence =
    missing.length === 0
      ? 'The search stopped, because a fact that it needs is missing.'
      : wantSentence(missing);
  return makeExplanation({
    kind: 'incomplete',
    sentence,
    remarks: isLoadable
      ? []
      : [
          ...missing.flatMap((fact) =>
            fact.missing === 'metadata' && fact.reason !== undefined
              ? [unknownReasonText(fact.reason, fact.filename)]
              : [],
          ),
          ...missing.flatMap(statingRemark),
          wayOn(missing),
        ],
    tool: toolText(run),
    missing,
  });
}

/** What is wanted and not there. Projects that a snapshot lacks may well exist; that is said, too. */
function wantSentence(missing: readonly MissingFact[]): string {
  const pages = missing.filter((fact) => fact.missing === 'page' && !fact.loadable);
  const others = missing.filter((fact) => !pages.includes(fact));
  const rest =
    others.length === 0
      ? ''
      : `The search has to know ${shortListOf(others.map(missingName), NAMED_FACTS)}, and ${whyMissing(others)}.`;
  if (pages.length === 0) return rest;
  const names = shortListOf(
    pages.map(({ project }) => code(project)),
    NAMED_FACTS,
  );
  const isOne = pages.length === 1;
  const absence = `${names} ${isOne ? 'is' : 'are'} not in this snapshot. ${isOne ? 'It' : 'They'} may well exist on PyPI.`;
  return rest === '' ? absence : `${absence} ${rest}`;
}

/** The sentence of a run's last step, where it ended because something is not known. */
export function wantAtTheEnd(missing: readonly MissingFact[]): string {
  const [first] = missing;
  if (first === undefined) return '';
  const others = missing.length === 1 ? '' : `, and ${count(missing.length - 1, 'fact')} more`;
  if (first.missing === 'page') return `Stopped: ${code(first.project)} is not in this snapshot${others}.`;
  if (first.missing === 'release' || isAddress(first))
    return `Stopped: ${missingName(first)} is not known here${others}.`;
  return `Stopped: the dependencies of ${nameAtVersion(first.project, first.version)} are not recorded${others}.`;
}

function whyMissing(missing: readonly MissingFact[]): string {
  if (missing.some(({ loadable }) => loadable)) return 'that is not loaded yet';
  return missing.every(isAddress) ? 'nothing here says it' : 'this snapshot does not say';
}

function wayOn(missing: readonly MissingFact[]): string {
  if (missing.length > 0 && missing.every(isAddress)) return 'No index is asked about addresses.';
  if (missing.some((fact) => fact.missing === 'metadata'))
    return 'You can leave out releases whose needs are unknown, choose another snapshot, or allow the live index.';
  return 'You can choose another snapshot, or allow the live index. A missing page does not mean that there is no such project.';
}

function isAddress(fact: MissingFact): boolean {
  return fact.missing === 'metadata' && fact.isAddress === true;
}

/** How to say what is at an address. */
function statingRemark(fact: MissingFact): readonly string[] {
  if (fact.missing !== 'metadata' || fact.isAddress !== true) return [];
  const version = fact.version === '' ? '1.0' : fact.version;
  const statement = `${fact.project} ${version}; url ${fact.url ?? ''}; depends other >=1`;
  return [`Say in the toy index what is there, with its version and what it needs: ${code(statement)}.`];
}

function missingName(fact: MissingFact): string {
  if (fact.missing === 'metadata' && fact.isAddress === true) return `what is at ${code(fact.url ?? '')}`;
  if (fact.missing === 'release') return `a release that answers ${code(fact.requirement)}`;
  return fact.missing === 'page'
    ? `which versions ${code(fact.project)} has`
    : `what ${nameAtVersion(fact.project, fact.version)} needs`;
}

/** Input that the tool refuses before it searches. */
export function invalidExplanation(run: EndedRun): Explanation {
  const first = run.message.split('\n').find((line) => line.trim() !== '') ?? '';
  const reason = first.replace(/^ERROR:\s*/u, '').replace(/[.:]$/u, '');
  return makeExplanation({
    kind: 'invalid',
    sentence: `${run.tool} refuses this input before it searches${reason === '' ? '' : `: ${reason}`}.`,
    tool: toolText(run),
  });
}

/** Texts of which nothing could be read. */
export function refusedExplanation(run: EndedRun, refusal: string): Explanation {
  return makeExplanation({
    kind: 'invalid',
    sentence: `${run.tool} refuses these texts before it searches: ${refusal}.`,
    tool: toolText(run),
  });
}
