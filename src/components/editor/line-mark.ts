/** Lines that the page wants seen: those of the conflict's core, or of the step that is shown. */
export interface LineMark {
  /** From 1. */
  readonly line: number;
  readonly kind: 'conflict' | 'current';
  /** One or two words that stand above the line or in the margin; never colour alone. */
  readonly label: string;
  /** One sentence for hover, list and screen readers. */
  readonly message: string;
}

/** Margin glyphs, the same in both forms of the editor. */
export const MARK_GLYPHS: Readonly<Record<LineMark['kind'], string>> = { conflict: '✕', current: '▸' };

/** Lines that cannot hold together: one thing to say, however many lines it is about. */
export interface Clash {
  readonly lines: readonly number[];
  readonly label: string;
  readonly message: string;
}

/** Marks with the same words are about one clash. In the order of their first lines. */
export function clashesOf(marks: readonly LineMark[]): readonly Clash[] {
  const clashes = new Map<string, { lines: number[]; label: string; message: string }>();
  for (const { line, label, message } of marks) {
    const known = clashes.get(message);
    if (known === undefined) clashes.set(message, { lines: [line], label, message });
    else if (!known.lines.includes(line)) known.lines.push(line);
  }
  return [...clashes.values()];
}
