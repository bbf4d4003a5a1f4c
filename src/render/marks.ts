/**
 * The one table of marks. Shape and word first, colour second; the picture, the legend, the Steps table and exported
 * pictures read it, so that a mark means the same everywhere. Shapes are centred on 0,0 in a box of 14 pixels.
 */
export const MARK_NAMES = [
  'root',
  'trying',
  'pin',
  'skip',
  'undo',
  'kept',
  'jump',
  'rollback',
  'learned',
  'conflict',
  'solution',
  'stopped',
  'build',
] as const;
export type MarkName = (typeof MARK_NAMES)[number];

/** How a mark looks and what it is called. */
export interface Mark {
  /** Path data of what is stroked. */
  readonly line: string;
  /** Path data of what is filled with the mark's colour; '' for none. */
  readonly solid: string;
  /** Whether the inside of `line` is filled with the paper's colour, so that links do not shine through. */
  readonly isHollow: boolean;
  /** Stroke dash pattern; '' for a full line. */
  readonly dash: string;
  /** Custom property that holds the colour. */
  readonly colour: string;
  /** The word for it, as legend and table say it. */
  readonly word: string;
}

const disc = (radius: number): string =>
  `M${radius},0A${radius},${radius} 0 1 1 ${-radius},0A${radius},${radius} 0 1 1 ${radius},0Z`;

const square = (half: number): string => `M${-half},${-half}H${half}V${half}H${-half}Z`;

const DIAMOND = 'M0,-7.44L4.3,0L0,7.44L-4.3,0Z';

/** Five points; the inner corners lie where the edges of a pentagram cross. */
const STAR =
  'M0,-9.25L2.08,-2.86L8.79,-2.86L3.36,1.09L5.44,7.48L0,3.53L-5.44,7.48L-3.36,1.09L-8.79,-2.86L-2.08,-2.86Z';

const base = { line: '', solid: '', isHollow: false, dash: '' };

export const MARKS: Readonly<Record<MarkName, Mark>> = {
  root: { ...base, solid: square(3.5), colour: '--ink', word: 'your lines' },
  trying: {
    ...base,
    line: disc(4.5),
    isHollow: true,
    dash: '1 2.2',
    colour: '--ink-soft',
    word: 'being tried',
  },
  pin: { ...base, solid: disc(5), colour: '--state-pin', word: 'pinned' },
  skip: {
    ...base,
    line: `${disc(4.5)}M-5.8,5.8L5.8,-5.8`,
    isHollow: true,
    colour: '--state-skip',
    word: 'skipped',
  },
  undo: {
    ...base,
    line: disc(4.5),
    isHollow: true,
    dash: '2.6 2.1',
    colour: '--state-undo',
    word: 'undone',
  },
  kept: {
    ...base,
    line: disc(4.5),
    isHollow: true,
    colour: '--state-pin',
    word: 'kept for a solved part',
  },
  jump: {
    ...base,
    line: 'M6,2A6,6 0 0 0 -5.6,-1.4M-6.4,-5L-5.8,-1.2L-2.2,-2.4',
    solid: disc(2),
    colour: '--state-jump',
    word: 'jumped over',
  },
  rollback: {
    ...base,
    line: 'M-4.9,-1.8A5.2,5.2 0 1 1 -4.2,3.1M-5.8,-5.6L-5,-1.6L-1.2,-2.6',
    colour: '--state-rollback',
    word: 'jump taken back',
  },
  learned: { ...base, solid: DIAMOND, colour: '--state-learned', word: 'rule learned' },
  conflict: {
    ...base,
    line: 'M-4.5,-4.5L4.5,4.5M-4.5,4.5L4.5,-4.5',
    colour: '--state-conflict',
    word: 'conflict',
  },
  solution: { ...base, solid: STAR, colour: '--state-solved', word: 'solution' },
  stopped: { ...base, solid: square(4.5), colour: '--state-undo', word: 'stopped' },
  build: { ...base, line: square(4.5), isHollow: true, colour: '--ink-soft', word: 'build' },
};
