/**
 * What the question was, and can be again: one history over texts, options, fixes, files and links that were opened.
 * Letters typed into one text in a row are one entry. Kept as long as the page is open; what outlives it are the
 * earlier texts (client/storage/drafts.ts).
 */
import type { Problem } from '../core/problem/problem.ts';
import { PANE_NAMES } from './pane-names.ts';

export interface HistoryEntry {
  readonly problem: Problem;
  /** What made it, as an entry of a list: `Typed in the requirements`. */
  readonly what: string;
}

const MOST_ENTRIES = 100;

export class History {
  /** Oldest first. */
  entries: readonly HistoryEntry[] = $state.raw([]);
  /** Place of the entry that stands; -1 before the first. */
  place = $state(-1);
  readonly canUndo: boolean = $derived(this.place > 0);
  readonly canRedo: boolean = $derived(this.place < this.entries.length - 1);
  #isTyped = false;

  /** A question that stands from now on; what was undone before it is gone. `isTyped`: by one key. */
  record(problem: Problem, what: string, isTyped = false): void {
    const top = this.entries[this.place];
    if (top?.problem === problem) return;
    const goesOn = isTyped && this.#isTyped && top?.what === what && this.place === this.entries.length - 1;
    const kept = this.entries.slice(0, goesOn ? this.place : this.place + 1);
    this.entries = [...kept, { problem, what }].slice(-MOST_ENTRIES);
    this.place = this.entries.length - 1;
    this.#isTyped = isTyped;
  }

  /** Goes to an entry; null where there is none there. */
  goTo(place: number): Problem | null {
    const entry = this.entries[place];
    if (entry === undefined) return null;
    this.place = place;
    this.#isTyped = false;
    return entry.problem;
  }
}

const FIELDS: Readonly<Partial<Record<keyof Problem, string>>> = {
  ...PANE_NAMES,
  buildConstraints: 'Build constraints',
  excludes: 'Excludes',
  lock: 'the lock file',
};

/** What an edit did, from what differs. */
export function whatChanged(before: Problem, after: Problem, isTyped: boolean): string {
  const fields = (Object.keys(after) as (keyof Problem)[]).filter((field) =>
    differs(before[field], after[field]),
  );
  const said = fields.flatMap((field) => changeOf(field, before, after));
  if (said.length === 0) return 'Changed nothing';
  return `${isTyped ? 'Typed in' : 'Changed'} ${said.slice(0, 3).join(', ')}${said.length > 3 ? ' and more' : ''}`;
}

function differs(before: unknown, after: unknown): boolean {
  return before !== after && JSON.stringify(before) !== JSON.stringify(after);
}

function changeOf(field: keyof Problem, before: Problem, after: Problem): readonly string[] {
  switch (field) {
    case 'engine':
      return [`the tool to ${after.engine.replace('@', ' ')}`];
    case 'environment': {
      const { python, platform } = after.environment;
      return [
        ...(before.environment.python === python ? [] : [`Python to ${python}`]),
        ...(before.environment.platform === platform ? [] : [`the platform to ${platform}`]),
        ...(before.environment.python === python && before.environment.platform === platform
          ? ['the environment']
          : []),
      ];
    }
    case 'options':
      return ['the options'];
    case 'index': {
      const { snapshot, overlay, live } = after.index;
      if (before.index.overlay !== overlay) return [PANE_NAMES.overlay];
      if (before.index.snapshot !== snapshot) return [`the index to ${snapshot ?? 'none'}`];
      return [live === true && before.index.live !== true ? 'the index to live' : 'the index'];
    }
    default:
      return [FIELDS[field] ?? field];
  }
}
