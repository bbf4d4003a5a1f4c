/**
 * The elements of pip's preference key, so that a choice can be told, and tried in another order. See preference.ts, whose
 * table of forms this spells out: a packed key is taken apart from its least important element.
 */
import type { PipEra } from './era-rules.ts';

export type PreferencePart =
  | 'promoted'
  | 'direct'
  | 'pinned'
  | 'upper-bound'
  | 'order'
  | 'operators'
  | 'python'
  | 'setuptools'
  | 'information'
  | 'cause'
  | 'depth'
  | 'rating'
  | 'transitive';

/** Room for the user's order: more than requirements fit into a problem. The greatest stands for "none". */
export const ORDERS = 0x100000;
/** Room for depths. */
export const DEPTHS = 0x4000;
/** Room for ratings: 0 to 3, and 4 more for setuptools. */
const RATINGS = 8;

/** Parts of the newest form (pip 25.1 and later), most important first: the order that can be edited. */
export const NEWEST_PREFERENCE = [
  'promoted',
  'direct',
  'pinned',
  'upper-bound',
  'order',
  'operators',
] as const satisfies readonly PreferencePart[];

/** Whether these are the parts of the newest form, each once. */
export function isPreferenceOrder(parts: readonly string[]): parts is readonly PreferencePart[] {
  return parts.length === NEWEST_PREFERENCE.length && NEWEST_PREFERENCE.every((part) => parts.includes(part));
}

/** How many values a part can have. */
export function roomOf(part: PreferencePart): number {
  if (part === 'order') return ORDERS;
  if (part === 'depth') return DEPTHS;
  return part === 'rating' ? RATINGS : 2;
}

/** Parts of an era's key, most important first. */
export function partsOfEra(era: PipEra): readonly PreferencePart[] {
  switch (era.preference) {
    case '25.1':
      return NEWEST_PREFERENCE;
    case '21.2':
      return [
        'python',
        ...(era.delaysSetuptools ? (['setuptools'] as const) : []),
        'information',
        'pinned',
        ...(era.prefersCauses ? (['cause'] as const) : []),
        'depth',
        'order',
        'operators',
      ];
    case '21.1':
      return ['rating', 'order'];
    case '20.3.2':
      return ['rating', 'transitive'];
    case '20.3':
      return ['transitive'];
  }
}

export interface PartValue {
  readonly part: PreferencePart;
  /** Smaller goes first. */
  readonly value: number;
}

/** Takes a packed key apart. */
export function unpackKey(key: number, parts: readonly PreferencePart[]): readonly PartValue[] {
  let rest = key;
  return parts
    .toReversed()
    .map((part) => {
      const room = roomOf(part);
      const value = rest % room;
      rest = Math.floor(rest / room);
      return { part, value };
    })
    .reverse();
}

/** What stood to be chosen in a round, and what was: heard by whoever wants to tell why. */
export interface SearchChoice {
  /** Events recorded before. */
  readonly step: number;
  readonly chosen: string;
  /** Identifiers that were not satisfied, in the search's order. */
  readonly unsatisfied: readonly string[];
  /** Those that were looked at, with their keys; a single one has none, since nothing had to be compared. */
  readonly among: readonly { readonly identifier: string; readonly key: readonly PartValue[] }[];
}
