/** How much a trace file may hold. */

/** Characters of one text in it. */
export const VIEW_TEXT = 1_048_576;
/** Bytes of a file that is opened at all. */
export const MAX_TRACE_BYTES = 64 * 1_048_576;
/** Events of a run that is saved as one: more make a file that nobody sends. */
export const MAX_TRACE_EVENTS = 500_000;
