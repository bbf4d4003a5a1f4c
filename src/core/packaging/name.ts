/** Project and extra names. */

/** Names that normalising leaves as they are; most are. */
const NORMAL_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const VALID_NAME = /^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i;

/**
 * The normalised form of a project or extra name: lower case, every run of `-`, `_` and `.` one hyphen. Any text has
 * one, valid or not. PEP 503 ("Normalized Names"), PEP 685 for extras; `packaging.utils.canonicalize_name`.
 */
export function normalizeName(text: string): string {
  if (NORMAL_NAME.test(text)) return text;
  // Lower case first, as packaging 26 does: a Greek sigma is written otherwise before a hyphen than before a dot.
  return text.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Whether core metadata allows this as a `Name`: ASCII letters, digits, `.`, `_`, `-`, beginning and ending in one of the first two. */
export function isValidName(text: string): boolean {
  return VALID_NAME.test(text);
}
