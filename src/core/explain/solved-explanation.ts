/** A solved run: how many packages, and what about them is worth a second look. */
import { isPrerelease, parseVersion } from '../packaging/version.ts';
import type { Outcome, Pin } from '../resolver/outcome.ts';
import { toolText, type EndedRun } from './ended-run.ts';
import { makeExplanation, type CapNote, type Explanation, type Surprise } from './explanation.ts';
import { readableRequirement } from './requirement-text.ts';
import { code, count, nameAtVersion } from './words.ts';

type Solved = Extract<Outcome, { kind: 'solved' }>;

/** Releases that a search may give up before that is the first thing to be said. */
const FEW_RELEASES = 2;

/** `caps`, those that the search gave up first, and `further` surprises need an index: they come with the checked answer. */
export function solvedExplanation(
  run: EndedRun,
  outcome: Solved,
  caps: readonly CapNote[] = [],
  further: readonly Surprise[] = [],
): Explanation {
  const broken = brokenSurprises(outcome);
  const tool = toolText(run);
  const old = caps.filter(({ isGivenUp }) => isGivenUp);
  const surprises = [
    ...broken,
    ...old.map(({ package: name, text }): Surprise => ({ kind: 'old', package: name, text })),
    ...outcome.pins.flatMap(pinSurprises),
    ...further,
  ];
  return makeExplanation({
    kind: broken.length > 0 ? 'broken' : 'solved',
    sentence:
      broken.length > 0
        ? brokenSentence(run, broken)
        : solvedSentence(outcome.pins.length, surprises, old[0]),
    tool,
    // Where the tool prints nothing, no part of the answer would show what is to be known.
    remarks: tool.text === '' ? tool.notes : [],
    surprises,
    caps,
  });
}

/** What is surprising comes first: a withdrawn release, one that is much older than need be, a missing extra. */
function solvedSentence(pins: number, surprises: readonly Surprise[], oldest: CapNote | undefined): string {
  if (pins === 0) return 'There is nothing to install.';
  const yanked = surprises.find(({ kind }) => kind === 'yanked' || kind === 'no-extra');
  if (yanked !== undefined) return `Solved, but ${yanked.text}`;
  if (oldest !== undefined && oldest.newer > FEW_RELEASES)
    return `Solved, but ${code(oldest.package)} ${oldest.version} is ${count(oldest.newer, 'release')} older than ${oldest.newest}: newer ones were tried and given up.`;
  return `Solved: ${count(pins, 'package')}, and everything that ${pins === 1 ? 'it needs' : 'they need'} fits together.`;
}

function brokenSentence(run: EndedRun, broken: readonly Surprise[]): string {
  const first = broken[0]!.text.replace(/\.$/u, '');
  const rest = broken.length > 1 ? ` (and ${broken.length - 1} more)` : '';
  return `${run.tool} installs this, and it is broken: ${first}${rest}.`;
}

function brokenSurprises(outcome: Solved): readonly Surprise[] {
  return outcome.broken.map(({ requirement, requiredBy, found }) => {
    const who = requiredBy === null ? 'your list asks' : `${nameOf(requiredBy)} asks`;
    const instead = found === null ? 'nothing is chosen for it' : `${found} is chosen`;
    return {
      kind: 'broken',
      package: requiredBy?.split(' ', 1)[0] ?? '',
      text: `${who} for ${code(readableRequirement(requirement))}, and ${instead}.`,
    };
  });
}

function nameOf(pin: string): string {
  const [name = '', version = ''] = pin.split(' ');
  return nameAtVersion(name, version);
}

function pinSurprises(pin: Pin): readonly Surprise[] {
  const name = nameAtVersion(pin.name, pin.version);
  const surprise = (kind: Surprise['kind'], text: string): Surprise => ({ kind, package: pin.name, text });
  const found: Surprise[] = [];
  const version = parseVersion(pin.version);
  if (version.ok && isPrerelease(version.value))
    found.push(surprise('pre-release', `${name} is a pre-release.`));
  if (pin.yanked !== false) {
    const reason = pin.yanked === '' ? 'without a reason' : `with the reason “${pin.yanked}”`;
    found.push(surprise('yanked', `${name} was withdrawn by its authors, ${reason}.`));
  }
  if (pin.origin === 'index' && pin.filename !== null && !pin.filename.endsWith('.whl'))
    found.push(surprise('source-only', `${name} comes as source only: it is built on your machine.`));
  return found;
}
