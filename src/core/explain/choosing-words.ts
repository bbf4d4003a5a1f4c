/** Why an engine chose this and not that, and how it goes back: for comparisons, and for who drives by hand. */
import { assertNever } from '../packaging/assert.ts';
import type { PRIORITY_CLASSES } from '../resolver/events.ts';
import type { PreferencePart } from '../resolver/pip/preference-parts.ts';
import { code } from './words.ts';

/** A rule that made a move; core/compare/pair.ts finds it. */
export type RuleToTell =
  | {
      readonly kind: 'preference';
      readonly chosen: string;
      readonly rival: string;
      readonly deciding: PreferencePart | 'name';
      readonly chosenValue: number;
      readonly rivalValue: number;
    }
  | { readonly kind: 'narrowed'; readonly chosen: string; readonly rival: string }
  | { readonly kind: 'order'; readonly chosen: string; readonly parts: readonly PreferencePart[] }
  | {
      readonly kind: 'priority';
      readonly chosen: string;
      readonly class: (typeof PRIORITY_CLASSES)[number];
    }
  | { readonly kind: 'version'; readonly chosen: string; readonly version: string }
  | {
      readonly kind: 'retreat';
      readonly retreat: 'chronological' | 'to-dependency' | 'safe' | 'optimistic' | 'learns';
    }
  | { readonly kind: 'move' };

/** One sentence; '' where the move says it all. */
export function ruleWords(rule: RuleToTell): string {
  switch (rule.kind) {
    case 'preference':
      return `${code(rule.chosen)} comes before ${code(rule.rival)}, because ${decidingClause(rule)}.`;
    case 'narrowed':
      return `${code(rule.chosen)} was named by the last conflict, and such packages are looked at before ${code(rule.rival)}.`;
    case 'order':
      return rule.parts.length === 0
        ? `${code(rule.chosen)} is next in the order in which packages were met.`
        : `${code(rule.chosen)} is next by this order: ${rule.parts.map(preferencePartWords).join(', then ')}, then the name.`;
    case 'priority':
      return `${code(rule.chosen)} is next, because ${PRIORITY_CLAUSES[rule.class]}.`;
    case 'version':
      return `${code(rule.chosen)} ${rule.version} is the newest version that this engine still allows here.`;
    case 'retreat':
      return RETREAT_SENTENCES[rule.retreat];
    case 'move':
      return '';
    default:
      return assertNever(rule);
  }
}

/** What a part of pip's preference prefers, as a noun phrase: for the list that can be sorted. */
export function preferencePartWords(part: PreferencePart): string {
  return PART_WORDS[part];
}

const PART_WORDS: Readonly<Record<PreferencePart, string>> = {
  promoted: 'packages that several conflicts named',
  direct: 'packages given by an address',
  pinned: 'packages with an exact version (`==`)',
  'upper-bound': 'packages with an upper bound (`<`, `<=`, `~=`, `==*`)',
  order: 'the order of your lines',
  operators: 'packages with any bound',
  python: 'Python itself',
  setuptools: 'anything but `setuptools`',
  information: 'packages that somebody still asks for',
  cause: 'packages that the last conflict named',
  depth: 'packages near to your lines',
  rating: 'exact versions, then bounds, then none',
  transitive: 'your own lines before what they bring in',
};

function decidingClause({
  chosen,
  rival,
  deciding,
  chosenValue,
  rivalValue,
}: Extract<RuleToTell, { kind: 'preference' }>): string {
  switch (deciding) {
    case 'name':
      return 'all else is equal and its name comes first';
    case 'order':
      return chosenValue < rivalValue && rivalValue >= 0xfffff
        ? `you named ${code(chosen)} yourself`
        : `its line stands first`;
    case 'depth':
      return 'it is nearer to your lines';
    case 'pinned':
      return 'an exact version of it is asked for (`==`)';
    case 'upper-bound':
      return 'it has an upper bound';
    case 'operators':
      return 'it has a bound at all';
    case 'direct':
      return 'it is given by an address';
    case 'promoted':
      return 'several conflicts named it';
    case 'cause':
      return 'the last conflict named it';
    case 'rating':
      return 'its requirements are the stricter ones';
    case 'transitive':
      return 'it is one of your own lines';
    case 'setuptools':
      return `${code(rival)} is kept for the end`;
    case 'python':
    case 'information':
      return 'it comes before all others';
    default:
      return assertNever(deciding);
  }
}

const PRIORITY_CLAUSES: Readonly<Record<(typeof PRIORITY_CLASSES)[number], string>> = {
  unspecified: 'it was met first of those that are open',
  'conflict-late': 'nothing is left that did not rule out others',
  'conflict-early': 'its versions kept being ruled out',
  singleton: 'exactly one version is asked for',
  'direct-url': 'an address is given for it',
  root: 'it is what you ask for',
};

const RETREAT_SENTENCES: Readonly<
  Record<'chronological' | 'to-dependency' | 'safe' | 'optimistic' | 'learns', string>
> = {
  chronological: 'It undoes the last choice, and the one before if that does not help.',
  'to-dependency':
    'It undoes choices up to the first that asks for something in the conflict, and can pass the one that matters.',
  safe: 'It undoes one choice at a time as soon as a choice has nothing to do with the conflict.',
  optimistic:
    'It jumps back over choices that have nothing to do with the conflict, and comes back when that fails.',
  learns: 'It learns a rule from the conflict and goes back to where that rule decides something.',
};

/** What keeps a release from being installed, for a table of many: `kind` of an explanation, and the package it is about. */
export function failureCauseText({
  kind,
  package: name,
}: {
  readonly kind: string;
  readonly package: string;
}): string {
  const named = name === '' ? 'a package' : code(name);
  switch (kind) {
    case 'conflict':
      return name === '' ? 'Its dependencies conflict' : `Its dependencies conflict over ${named}`;
    case 'no-such-package':
      return `The index has no ${named}`;
    case 'no-version-in-range':
      return `The index has no version of ${named} in the range that is asked for`;
    case 'not-for-you':
      return name === 'Python' || name === ''
        ? 'It needs another Python'
        : `${named} has no file for this Python or platform`;
    case 'unknown':
      return `What ${named} needs is not in this snapshot`;
    case 'stopped':
      return 'The search did not end within its rounds';
    case 'wrong-answer':
      return 'The tool finds no solution, although there is one';
    case 'broken':
      return 'The tool ends with versions that do not fit together';
    default:
      return 'The tool refuses it';
  }
}
