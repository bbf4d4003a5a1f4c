/**
 * What the reader typed survives a reload. There is one draft, and one that was set aside when a link, a lesson or a
 * file took its place, so that nothing typed is ever lost by opening something.
 */
import { parseProblem, withoutDefaults, type Problem } from '../../core/problem/problem.ts';
import { readStoredJson, writeStored, type Lasting } from './safe-storage.ts';

const KEYS = { current: 'backjump.draft', setAside: 'backjump.draft.aside' } as const;

export type DraftSlot = keyof typeof KEYS;

/** The draft of a slot; null when there is none, or when what is stored is no longer a Problem. */
export function readDraft(slot: DraftSlot): Problem | null {
  const problem = parseProblem(readStoredJson(KEYS[slot]));
  return problem.ok ? problem.value : null;
}

/** Keeps a draft; null forgets it. */
export function writeDraft(slot: DraftSlot, draft: Problem | null): Lasting {
  return writeStored(KEYS[slot], draft === null ? null : JSON.stringify(withoutDefaults(draft)));
}
