/** What of Learn, Compare and the gallery is asked for, by the header, a link or a file. */
export interface TeachRequest {
  readonly part: 'learn' | 'lesson-text' | 'compare' | 'gallery';
  /** Id of a lesson, its text, or what a link says of a comparison; '' for none. */
  readonly detail: string;
}

/** Ids of messages. */
export const TEACH_IDS = { lesson: 'lesson' } as const;

/** Longest file that is looked at. */
const MAX_BYTES = 200_000;

/** The text of a file that means to be a lesson: its first field says so. Null for all other files. */
export async function lessonTextOf(files: readonly File[]): Promise<string | null> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0 || file.size > MAX_BYTES) return null;
  if (!/\.(?:ya?ml|lesson|txt)$/iu.test(file.name)) return null;
  const text = await file.text();
  return /^(?:#[^\n]*\n|\s*\n)*lesson:\s*\S/u.test(text) ? text : null;
}
