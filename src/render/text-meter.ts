/** How wide words are: a port, so that the layout of a drawing never guesses and never needs a browser. */

/** The faces of the drawing; search-picture.css sets text in the same. */
export const FACES = {
  /** Names and versions. */
  label: { family: '--face-code', weight: 400, size: 12 },
  /** Versions that stand. */
  strong: { family: '--face-code', weight: 600, size: 12 },
  /** Reasons, tags, counts. */
  note: { family: '--face-text', weight: 400, size: 12 },
} as const;
export type Face = keyof typeof FACES;

/** Widths in pixels at scale 1. */
export interface TextMeter {
  readonly width: (text: string, face: Face) => number;
}

/** The same everywhere: for golden files and wherever there is no browser. A wide monospaced and a plain sans face. */
const ADVANCES: Readonly<Record<Face, number>> = { label: 7.25, strong: 7.25, note: 6.2 };
export const FIXED_METER: TextMeter = { width: (text, face) => text.length * ADVANCES[face] };

const ELLIPSIS = '…';

/** The longest beginning of a text that fits into so many pixels, with an ellipsis where it was cut; '' for no room. */
export function fitText(text: string, room: number, face: Face, meter: TextMeter): string {
  if (text === '' || meter.width(text, face) <= room) return text;
  let [least, most] = [0, text.length - 1];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (meter.width(text.slice(0, middle) + ELLIPSIS, face) <= room) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? '' : `${text.slice(0, least).trimEnd()}${ELLIPSIS}`;
}

/** Shortens in the middle, where names differ least: `very-long…-name`. */
export function fitName(text: string, room: number, face: Face, meter: TextMeter): string {
  if (meter.width(text, face) <= room) return text;
  for (let kept = text.length - 1; kept >= 3; kept--) {
    const head = Math.ceil(kept * 0.6);
    const cut = `${text.slice(0, head)}${ELLIPSIS}${text.slice(text.length - (kept - head))}`;
    if (meter.width(cut, face) <= room) return cut;
  }
  return '';
}
