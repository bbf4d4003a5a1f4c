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
