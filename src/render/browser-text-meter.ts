/** The browser's own measurement of the page's real faces, on canvas; one cache, forgotten when fonts arrive. */
import { FACES, type Face, type TextMeter } from './text-meter.ts';

/** Texts kept of each face at most. */
const MOST_KEPT = 50_000;

class BrowserTextMeter implements TextMeter {
  readonly #context = document.createElement('canvas').getContext('2d');
  readonly #known = new Map<Face, Map<string, number>>();
  readonly #fonts = new Map<Face, string>();
  readonly #listeners = new Set<() => void>();

  constructor() {
    document.fonts.addEventListener('loadingdone', () => this.#forget());
  }

  readonly width = (text: string, face: Face): number => {
    const widths = this.#widthsOf(face);
    const known = widths.get(text);
    if (known !== undefined) return known;
    const width = this.#measure(text, face);
    if (widths.size >= MOST_KEPT) widths.clear();
    widths.set(text, width);
    return width;
  };

  /** Tells when what was measured no longer holds; returns how to stop. */
  onForget(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #widthsOf(face: Face): Map<string, number> {
    let widths = this.#known.get(face);
    if (widths === undefined) this.#known.set(face, (widths = new Map<string, number>()));
    return widths;
  }

  #measure(text: string, face: Face): number {
    if (this.#context === null) return text.length * FACES[face].size * 0.62;
    this.#context.font = this.fontOf(face);
    return this.#context.measureText(text).width;
  }

  /** A face in the form that a canvas takes. */
  fontOf(face: Face): string {
    let font = this.#fonts.get(face);
    if (font === undefined) {
      const { family, weight, size } = FACES[face];
      const families = getComputedStyle(document.documentElement).getPropertyValue(family).trim();
      font = `${weight} ${size}px ${families || 'monospace'}`;
      this.#fonts.set(face, font);
    }
    return font;
  }

  #forget(): void {
    this.#known.clear();
    this.#fonts.clear();
    for (const listener of this.#listeners) listener();
  }
}

let meter: BrowserTextMeter | null = null;

/** The page's one meter. */
export function pageMeter(): BrowserTextMeter {
  return (meter ??= new BrowserTextMeter());
}
