/**
 * The search as one SVG file with real text: what was tried, in what order, and why it was given up, as it stood at a
 * step. What came later is drawn as a ghost. Caption and alternative text are part of it; nothing is loaded from
 * anywhere. Several steps beside each other make a storyboard.
 */
import { packageName } from '../../explain/cause-words.ts';
import { becauseForStep } from '../../explain/step-words.ts';
import { sentenceForStep } from '../../explain/sentence.ts';
import type { Trace } from '../../resolver/trace.ts';
import { firstFolding } from '../../search-tree/fold.ts';
import { frameAt, nodeStateIn, type Frame } from '../../search-tree/frame.ts';
import { placeSearchTree, type PlacedTree } from '../../search-tree/placed-tree.ts';
import { nodeKind, NONE } from '../../search-tree/search-tree.ts';
import { buildSearchTree } from '../../search-tree/search-tree-builder.ts';
import { cutText, textWidth, wrappedText, xmlText } from './svg-text.ts';

const ROW = 22;
const SIZE = 12;
const MARGIN = 16;
const MOST_ROWS = 240;
const MOST_COLUMNS = 40;
const LABEL_LENGTH = 60;
const NOTE_LENGTH = 90;
const CAPTION_LENGTH = 110;
/** Between the end of a label and the next column. */
const GAP = 28;

/** Marks as characters, so that they are text, too; shape first, colour second. */
const MARKS = {
  root: ['■', '#1a1a1a'],
  pin: ['●', '#1a5fa8'],
  skip: ['⊘', '#8a5a00'],
  undo: ['◌', '#7a4b9a'],
  conflict: ['✕', '#b3261e'],
  learn: ['◆', '#00695c'],
  rollback: ['⟲', '#7a4b9a'],
  build: ['□', '#444444'],
  end: ['★', '#1b6e3c'],
} as const;

export interface PictureWords {
  /** What the picture shows, above it. */
  readonly title: string;
  /** Below it: the run, its tool and its index. */
  readonly caption: string;
}

interface Panel {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

/** One picture of a trace at a step; -1 for before the first. */
export function searchSvg(trace: Trace, step: number, words: PictureWords): string {
  const panel = panelAt(trace, placedTreeOf(trace), step);
  return document([panel], words, stepText(trace, step));
}

/** Pictures of several steps below each other, each with its sentence. */
export function storyboardSvg(trace: Trace, steps: readonly number[], words: PictureWords): string {
  const placed = placedTreeOf(trace);
  const panels = steps.map((step) => titled(panelAt(trace, placed, step), stepText(trace, step)));
  return document(panels, words, steps.map((step) => stepText(trace, step)).join(' '));
}

function placedTreeOf(trace: Trace): PlacedTree {
  const tree = buildSearchTree(trace);
  return placeSearchTree(tree, trace, firstFolding(tree, trace));
}

function stepText(trace: Trace, step: number): string {
  if (step < 0 || step >= trace.length) return '';
  return `Step ${step + 1} of ${trace.length}. ${sentenceForStep(trace, step).replaceAll('`', '')}`;
}

function titled(panel: Panel, title: string): Panel {
  return {
    body: `${textAt(0, SIZE, cutText(title, CAPTION_LENGTH), '#1a1a1a', SIZE)}\n<g transform="translate(0,${ROW})">${panel.body}</g>`,
    width: Math.max(panel.width, textWidth(cutText(title, CAPTION_LENGTH), SIZE)),
    height: panel.height + ROW * 2,
  };
}

function document(panels: readonly Panel[], { title, caption }: PictureWords, alt: string): string {
  const head = wrappedText(title, CAPTION_LENGTH, 3);
  const foot = cutText(caption, CAPTION_LENGTH);
  const inner = panels.reduce(
    (width, panel) => Math.max(width, panel.width),
    Math.max(...head.map((line) => textWidth(line, 15)), textWidth(foot, SIZE)),
  );
  const parts = head.map((line, at) => textAt(MARGIN, MARGIN + 12 + at * ROW, line, '#1a1a1a', 15));
  let y = MARGIN + 10 + head.length * ROW;
  for (const panel of panels) {
    parts.push(`<g transform="translate(${MARGIN},${y})">${panel.body}</g>`);
    y += panel.height;
  }
  parts.push(textAt(MARGIN, y + 16, foot, '#555555', SIZE));
  const width = Math.ceil(inner + 2 * MARGIN);
  const height = y + 16 + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif">`,
    `<title id="title">${xmlText(title)}</title>`,
    `<desc id="desc">${xmlText(`${alt} ${caption}`.trim())}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

interface Cell {
  readonly node: number;
  readonly row: number;
  readonly column: number;
  readonly label: string;
  readonly note: string;
}

function panelAt(trace: Trace, placed: PlacedTree, step: number): Panel {
  const frame = frameAt(placed.tree, trace, step);
  const cells = cellsOf(trace, placed);
  const starts = columnStarts(cells);
  const at = new Map(cells.map((cell) => [cell.node, cell]));
  const drawn = cells.map((cell) => linkTo(cell, at.get(placed.tree.parent.at(cell.node)), starts, frame));
  const marks = cells.map((cell) => markOf(placed, cell, starts, frame));
  const rows = cells.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const isCut = placed.rows > MOST_ROWS || placed.columns > MOST_COLUMNS;
  const rest = isCut
    ? textAt(0, rows * ROW + 14, `… ${placed.rows} rows in all; the link shows the rest`, '#555555', SIZE)
    : '';
  const width = cells.reduce(
    (most, cell) =>
      Math.max(most, starts[cell.column]! + 32 + 1.05 * textWidth(`${cell.label}  ${cell.note}`, SIZE)),
    0,
  );
  return {
    body: `\n${[...drawn, ...marks, rest].filter((part) => part !== '').join('\n')}\n`,
    width,
    height: (rows + (isCut ? 1 : 0)) * ROW,
  };
}

function cellsOf(trace: Trace, placed: PlacedTree): readonly Cell[] {
  const cells: Cell[] = [];
  for (const node of placed.order) {
    const row = placed.row[node]!;
    const column = placed.column[node]!;
    if (row >= MOST_ROWS || column >= MOST_COLUMNS) continue;
    const { label, note } = wordsOf(trace, placed, node);
    // What another follows in its row has no room for a note.
    const before = cells.at(-1);
    if (before?.row === row && before.note !== '') cells[cells.length - 1] = { ...before, note: '' };
    cells.push({ node, row, column, label, note });
  }
  return cells;
}

function wordsOf(
  trace: Trace,
  placed: PlacedTree,
  node: number,
): { readonly label: string; readonly note: string } {
  const { tree } = placed;
  const kind = nodeKind(tree, node);
  const candidate = tree.candidate.at(node);
  const run = placed.runLength[node]!;
  const plain = {
    root: 'your lines',
    conflict: 'conflict',
    learn: 'rule learned',
    rollback: 'jump taken back',
    end: 'end',
  };
  const name =
    candidate === NONE ? ((plain as Record<string, string>)[kind] ?? kind) : candidateText(trace, candidate);
  const more = run > 1 ? ` and ${run - 1} more` : '';
  const because = kind === 'skip' || kind === 'conflict' ? becauseForStep(trace, tree.bornAt.at(node)) : '';
  return {
    label: cutText(`${name}${more}`, LABEL_LENGTH),
    note: cutText(because.replaceAll('`', ''), NOTE_LENGTH),
  };
}

function candidateText(trace: Trace, row: number): string {
  const candidate = trace.candidates[row]!;
  return `${packageName(trace, candidate.package)} ${candidate.version}`.trim();
}

/** Where each column begins: behind the longest label of the one before that something follows. */
function columnStarts(cells: readonly Cell[]): readonly number[] {
  const starts: number[] = [0];
  const columns = cells.reduce((most, { column }) => Math.max(most, column + 1), 1);
  for (let column = 1; column < columns; column++) {
    const widest = cells.reduce(
      (most, cell) => (cell.column === column - 1 ? Math.max(most, textWidth(cell.label, SIZE)) : most),
      0,
    );
    starts.push(starts[column - 1]! + 16 + widest + GAP);
  }
  return starts;
}

function linkTo(cell: Cell, parent: Cell | undefined, starts: readonly number[], frame: Frame): string {
  if (parent === undefined) return '';
  const from = { x: starts[parent.column]! + 5, y: parent.row * ROW + 11 };
  const to = { x: starts[cell.column]! - 3, y: cell.row * ROW + 11 };
  const isLive = frame.standing.has(cell.node);
  const path =
    from.y === to.y
      ? `M${Math.round(from.x + 16 + textWidth(parent.label, SIZE))},${from.y}H${Math.round(to.x)}`
      : `M${from.x},${from.y + 6}V${to.y}H${Math.round(to.x)}`;
  return `<path d="${path}" fill="none" stroke="${isLive ? '#1a1a1a' : '#b5b5b5'}" stroke-width="${isLive ? 2 : 1}"/>`;
}

function markOf(placed: PlacedTree, cell: Cell, starts: readonly number[], frame: Frame): string {
  const state = nodeStateIn(frame, placed.tree, cell.node);
  const kind = nodeKind(placed.tree, cell.node);
  const [glyph, colour] = MARKS[kind === 'pin' && state === 'given-up' ? 'undo' : kind];
  const isGhost = state === 'unborn';
  const x = Math.round(starts[cell.column]!);
  const y = cell.row * ROW + 15;
  const note =
    cell.note === '' || isGhost ? '' : `<tspan dx="8" fill="#555555">${xmlText(cell.note)}</tspan>`;
  const weight = cell.node === frame.current ? ' font-weight="700"' : '';
  return `<text x="${x}" y="${y}" font-size="${SIZE}"${weight}><tspan fill="${isGhost ? '#767676' : colour}">${glyph}</tspan><tspan dx="6" fill="${isGhost ? '#767676' : '#1a1a1a'}">${xmlText(cell.label)}</tspan>${note}</text>`;
}

function textAt(x: number, y: number, text: string, colour: string, size: number): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}">${xmlText(text)}</text>`;
}
