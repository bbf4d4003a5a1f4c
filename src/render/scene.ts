/** Placed tree + frame + window of rows → the list of things to draw, with everything decided but the painting. */
import { nodeStateIn, type Frame } from '../core/search-tree/frame.ts';
import type { PlacedTree } from '../core/search-tree/placed-tree.ts';
import { BROKEN_END, nodeKind, NONE, STATUS_CODE, type SearchTree } from '../core/search-tree/search-tree.ts';
import { clipOf, jumpPath, linkPath, type Clip } from './curves.ts';
import type { MarkName } from './marks.ts';
import {
  LABEL_OFFSET,
  LABEL_ROW,
  labelWidth,
  LONGEST_LABEL,
  MARK_ROW,
  NOTE_GAP,
  rowY,
  type Measures,
} from './measures.ts';
import { fitName, fitText, type TextMeter } from './text-meter.ts';

/** The words of a node. None of them depends on the step. */
export interface NodeWords {
  /** Package, or what a mark says. */
  readonly name: string;
  /** '' for marks. */
  readonly version: string;
  /** Why it failed, in a few words; '' for none. */
  readonly note: string;
}

export interface SceneNode {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly mark: MarkName;
  readonly name: string;
  readonly version: string;
  readonly note: string;
  /** The note without its end cut off; '' where nothing was cut. */
  readonly wholeNote: string;
  /** Where the search jumped from here, once it has: `↶ jumped back over 3 pins`; '' otherwise. */
  readonly tag: string;
  /** What is folded into it, `×5` or `214 attempts`; '' when nothing is. */
  readonly fold: string;
  /** Whether it can be opened or closed. */
  readonly isFoldable: boolean;
  /** How many siblings it stands for. */
  readonly runLength: number;
  readonly isLive: boolean;
  readonly isCurrent: boolean;
  readonly isFaded: boolean;
  /** Later than the cursor. */
  readonly isGhost: boolean;
  readonly isSelected: boolean;
  /** Among what the reader searched for. */
  readonly isFound: boolean;
  /** Row of `packages`; `NONE` for marks. */
  readonly packageRow: number;
  /** Package chosen to be followed. */
  readonly isFollowed: boolean;
  /** Where the label ends. */
  readonly labelEnd: number;
}

export interface SceneLink {
  /** The node that it leads to. */
  readonly node: number;
  readonly path: string;
  readonly isLive: boolean;
  /** Leads to something later than the cursor. */
  readonly isGhost: boolean;
}

export interface SceneJump {
  /** Row of the tree's `jumps`. */
  readonly jump: number;
  readonly path: string;
  readonly isRollback: boolean;
  readonly isCurrent: boolean;
  readonly passed: number;
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly jumps: readonly SceneJump[];
  /** Whether marks are plain dots: seen from afar. */
  readonly isFar: boolean;
}

/** What a scene is made of. `followed` is a row of `packages`, or `NONE`. */
export interface SceneInput {
  readonly placed: PlacedTree;
  readonly measures: Measures;
  readonly frame: Frame;
  readonly describe: (node: number) => NodeWords;
  readonly packageOf: (node: number) => number;
  readonly followed: number;
  /** Node that the reader has chosen; `NONE` for none. */
  readonly selected?: number;
  readonly found?: ReadonlySet<number>;
  readonly meter: TextMeter;
  /** Where the window ends to the right, in the drawing's pixels: notes end there too. */
  readonly rightEdge?: number;
}

/** Rows from `first` up to, not including, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Everything to draw in a window of rows. */
export function makeScene(input: SceneInput, window: RowWindow): Scene {
  const { placed } = input;
  const from = placed.rowStart[window.first] ?? 0;
  const to = placed.rowStart[Math.min(window.end, placed.rows)] ?? placed.order.length;
  const clip = clipOf(window, input.measures);
  const nodes: SceneNode[] = [];
  const links: SceneLink[] = [];
  for (let place = from; place < to; place++) {
    const node = placed.order[place]!;
    const next = placed.order[place + 1];
    const isLast = next === undefined || placed.row[next] !== placed.row[node];
    nodes.push(sceneNode(input, node, isLast ? NONE : next));
    if (node > 0) links.push(sceneLink(input, node, clip));
  }
  for (const node of passingNodes(input, window)) links.push(sceneLink(input, node, clip));
  return { nodes, links, jumps: sceneJumps(input, window), isFar: input.measures.rowHeight < MARK_ROW };
}

/** The mark of a node at a frame. */
export function markOf(tree: SearchTree, frame: Frame, node: number): MarkName {
  const kind = nodeKind(tree, node);
  switch (kind) {
    case 'root':
    case 'skip':
    case 'conflict':
    case 'rollback':
    case 'build':
      return node > frame.lastBorn ? 'trying' : kind;
    case 'learn':
      return 'learned';
    case 'end':
      return endMark(tree.reason.at(node));
    case 'pin':
      break;
  }
  if (node > frame.lastBorn) return 'trying';
  if (frame.standing.has(node)) return 'pin';
  const status = tree.status.at(node);
  if (status === STATUS_CODE.kept && tree.settledAt.at(node) <= frame.step) return 'kept';
  const wasPassed = status === STATUS_CODE.jumped || tree.settledAt.at(node) > frame.step;
  return wasPassed ? 'jump' : 'undo';
}

/** The mark of a run's end, by its reason: what does not fit together is no solution. */
export function endMark(reason: number): 'solution' | 'conflict' | 'stopped' {
  if (reason === BROKEN_END) return 'conflict';
  return reason === 0 ? 'solution' : 'stopped';
}

function sceneNode(input: SceneInput, node: number, next: number): SceneNode {
  const { placed, measures, frame, meter } = input;
  const isLastInRow = next === NONE;
  const words = input.describe(node);
  const x = measures.columnX[placed.column[node]!]!;
  const fold = foldText(placed, node);
  const room =
    labelRoom(input, node, next) - (fold === '' ? 0 : NOTE_GAP + meter.width(`${fold} ▸`, 'label'));
  const { name, version } = labelOf(words, room, meter);
  const labelEnd = x + LABEL_OFFSET + labelWidth(name, version, name === '' ? '' : fold, meter);
  const isBorn = node <= frame.lastBorn;
  const hasNote = isLastInRow && name !== '' && isBorn;
  const tag = hasNote ? jumpTag(placed.tree, frame, node) : '';
  const wholeNote = hasNote ? words.note : '';
  const note = endNote(wholeNote, noteRoom(input, labelEnd, tag), meter);
  const packageRow = input.packageOf(node);
  return {
    node,
    x,
    y: rowY(measures, placed.row[node]!),
    mark: isBorn || node === frame.trying ? markOf(placed.tree, frame, node) : ghostMark(placed.tree, node),
    name,
    version,
    note,
    wholeNote: note === wholeNote ? '' : wholeNote,
    tag,
    fold: name === '' ? '' : fold,
    isFoldable: fold !== '',
    runLength: placed.runLength[node]!,
    isLive: frame.standing.has(node) || isEndOfLive(placed.tree, frame, node),
    isCurrent: placed.owner[frame.current] === node,
    isFaded: isFaded(placed.tree, frame, node),
    isGhost: !isBorn && node !== frame.trying,
    isSelected:
      input.selected !== undefined && input.selected !== NONE && placed.owner[input.selected] === node,
    isFound: input.found?.has(node) === true,
    packageRow,
    isFollowed: input.followed !== NONE && packageRow === input.followed,
    labelEnd,
  };
}

/** Least room in which a name says something. */
const LEAST_LABEL = 22;
/** Between a label and the next mark of its row. */
const BEFORE_MARK = 16;

/** Pixels for a node's label: up to the next mark of its row, or the longest. Rows that are too low have no room. */
function labelRoom({ placed, measures }: SceneInput, node: number, next: number): number {
  if (measures.rowHeight < LABEL_ROW) return 0;
  if (next === NONE) return LONGEST_LABEL * 1.6;
  const gap = measures.columnX[placed.column[next]!]! - measures.columnX[placed.column[node]!]!;
  return Math.min(LONGEST_LABEL, gap - LABEL_OFFSET - BEFORE_MARK);
}

/** Name and version as far as there is room: the version is what differs from row to row, so the name is cut first. */
function labelOf(
  { name, version }: NodeWords,
  room: number,
  meter: TextMeter,
): { readonly name: string; readonly version: string } {
  if (room < LEAST_LABEL) return { name: '', version: '' };
  const versionWidth = version === '' ? 0 : meter.width(` ${version}`, 'strong');
  const cut = fitName(name, room - versionWidth, 'label', meter);
  if (cut !== '') return { name: cut, version };
  return { name: fitText(version === '' ? name : version, room, 'strong', meter), version: '' };
}

/** Pixels of a note that are worth reading; with room for fewer it is left out. */
const LEAST_NOTE = 40;

/** Ends a note where the room for it ends: `it needs urllib3>=1.25.4, but…`. */
function endNote(note: string, room: number, meter: TextMeter): string {
  return room < LEAST_NOTE ? '' : fitText(note, room, 'note', meter);
}

/** Between a label and the window's edge, without what the tag takes of it; the gaps are those of svg-painter.ts. */
function noteRoom({ rightEdge = Infinity, meter }: SceneInput, labelEnd: number, tag: string): number {
  return rightEdge - labelEnd - NOTE_GAP - (tag === '' ? 0 : NOTE_GAP + meter.width(tag, 'note')) - EDGE;
}

/** Kept free at the window's edge. */
const EDGE = 4;

/** What an attempt later than the cursor will be born as; it is drawn hollow. */
function ghostMark(tree: SearchTree, node: number): MarkName {
  const kind = nodeKind(tree, node);
  if (kind === 'learn') return 'learned';
  return kind === 'end' ? endMark(tree.reason.at(node)) : kind;
}

function isEndOfLive(tree: SearchTree, frame: Frame, node: number): boolean {
  return nodeKind(tree, node) === 'end' && node <= frame.lastBorn;
}

function isFaded(tree: SearchTree, frame: Frame, node: number): boolean {
  const state = nodeStateIn(frame, tree, node);
  return state === 'given-up' || state === 'skipped' || state === 'trying';
}

function jumpTag(tree: SearchTree, frame: Frame, node: number): string {
  const { step, from, passed, isRollback } = tree.jumps;
  const jump = step.lastNotAbove(tree.bornAt.at(node)) + 1;
  if (jump >= step.length || from.at(jump) !== node || step.at(jump) > frame.step) return '';
  const count = passed.at(jump);
  return count < 2 || isRollback.at(jump) === 1
    ? ''
    : `↶ jumped back over ${count.toLocaleString('en-US')} pins`;
}

/** What is folded into a node, whatever the step. */
export function foldText(placed: PlacedTree, node: number): string {
  const chain = placed.chainLength[node]!;
  if (chain > 1) return `+${(chain - 1).toLocaleString('en-US')} pins`;
  const runLength = placed.runLength[node]!;
  if (runLength > 1) return `×${runLength.toLocaleString('en-US')}`;
  if (placed.isClosed[node] !== 1) return '';
  const inside = placed.attempts[node]! - 1;
  return `${inside.toLocaleString('en-US')} ${inside === 1 ? 'attempt' : 'attempts'}`;
}

function sceneLink(input: SceneInput, node: number, clip: Clip): SceneLink {
  const { placed, measures, frame } = input;
  const parent = placed.tree.parent.at(node);
  const at = (which: number): { x: number; y: number } => ({
    x: measures.columnX[placed.column[which]!]!,
    y: rowY(measures, placed.row[which]!),
  });
  const isLive = frame.standing.has(node) || isEndOfLive(placed.tree, frame, node);
  const isGhost = node > frame.lastBorn && node !== frame.trying;
  return { node, path: linkPath(at(parent), at(node), clip), isLive, isGhost };
}

/** Nodes below the window whose link begins above it: their trunks run through it. */
function passingNodes(input: SceneInput, window: RowWindow): number[] {
  const { placed } = input;
  if (window.end >= placed.rows) return [];
  const { tree } = placed;
  const passing: number[] = [];
  const below = placed.order[placed.rowStart[window.end]!]!;
  for (let node = tree.parent.at(below); node !== NONE; node = tree.parent.at(node)) {
    if (placed.row[node]! >= window.first) continue;
    let last: number = NONE;
    for (let child = tree.firstChild.at(node); child !== NONE; child = tree.nextSibling.at(child)) {
      if (placed.owner[child] === child && placed.row[child]! >= window.end) last = child;
    }
    if (last !== NONE) passing.push(last);
  }
  return passing;
}

/** Quiet arcs are drawn where they begin in the window; more than this many would be a thicket. */
const MOST_ARCS = 40;

function sceneJumps(input: SceneInput, window: RowWindow): SceneJump[] {
  const { placed, frame } = input;
  const { jumps } = placed.tree;
  const shown: SceneJump[] = [];
  const last = jumps.step.lastNotAbove(frame.step);
  for (let jump = last; jump >= 0 && shown.length < MOST_ARCS && last - jump < 4_000; jump--) {
    const from = placed.owner[jumps.from.at(jump)]!;
    const row = placed.row[from]!;
    const isCurrent = jump === frame.jump;
    const isInside = row >= window.first && row < window.end;
    if (from !== jumps.from.at(jump) && !isCurrent) continue;
    if (isInside || isCurrent) shown.push(...sceneJump(input, jump, from, clipOf(window, input.measures)));
  }
  return shown;
}

function sceneJump(input: SceneInput, jump: number, from: number, clip: Clip): SceneJump[] {
  const { placed, measures, frame } = input;
  const isCurrent = jump === frame.jump;
  const { jumps } = placed.tree;
  const to = placed.owner[jumps.to.at(jump)]!;
  const passed = jumps.passed.at(jump);
  const isRollback = jumps.isRollback.at(jump) === 1;
  if (from === to || (passed < 2 && !isCurrent)) return [];
  const start = { x: measures.columnX[placed.column[from]!]!, y: rowY(measures, placed.row[from]!) };
  const end = { x: measures.columnX[placed.column[to]!]!, y: rowY(measures, placed.row[to]!) };
  return [{ jump, path: jumpPath(start, end, clip), isRollback, isCurrent, passed }];
}
