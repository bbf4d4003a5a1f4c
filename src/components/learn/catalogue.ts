/** The lessons and the gallery of this page, read from their plain files. Part of what is loaded when Learn is opened. */
import { readGallery, type GalleryEntry } from '../../core/lesson/gallery.ts';
import { readLesson, type Lesson, type Route } from '../../core/lesson/lesson.ts';
import gallery from '../../lessons/gallery.yaml?raw';

const FILES = import.meta.glob<string>('../../lessons/core/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const LESSONS: readonly Lesson[] = Object.entries(FILES)
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .flatMap(([, text]) => {
    const reading = readLesson(text);
    return reading.ok ? [reading.lesson] : [];
  });

export const ROUTE_NAMES: Readonly<Record<Route, string>> = {
  unblock: 'Unblock me',
  understand: 'Understand it',
  maintain: 'Maintain a resolver',
};

let entries: readonly GalleryEntry[] | null = null;

/** Read when first asked for: reports that were pasted take a while. */
export function galleryEntries(): readonly GalleryEntry[] {
  return (entries ??= readGallery(gallery));
}
