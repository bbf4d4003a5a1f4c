/** A line that pip prints. It prefixes only the first line of a message, and only for errors and warnings. */
export interface ConsoleLine {
  readonly stream: 'out' | 'error';
  readonly text: string;
}

/** Lines of an information message. */
export function informationLines(text: string): readonly ConsoleLine[] {
  return text.split('\n').map((line) => ({ stream: 'out', text: line }));
}

/** Lines of an error message: `ERROR: ` before the first. */
export function errorLines(text: string): readonly ConsoleLine[] {
  return `ERROR: ${text}`.split('\n').map((line) => ({ stream: 'error', text: line }));
}
