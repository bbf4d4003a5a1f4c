/** How a word of the glossary opens its lesson, wherever on the page it stands. */
import { getContext, setContext } from 'svelte';

const KEY = Symbol('lesson opener');

export function provideLessonOpener(open: (id: string) => void): void {
  setContext(KEY, open);
}

/** Null where no lessons are at hand. */
export function lessonOpener(): ((id: string) => void) | null {
  return getContext<((id: string) => void) | undefined>(KEY) ?? null;
}
