/** The words beside the marks: names, versions, and why something failed. Wording itself is core/explain's. */
import { packageName } from '../../../core/explain/cause-words.ts';
import { incompatibilityStatement } from '../../../core/explain/incompatibility-words.ts';
import { stuckPackage } from '../../../core/explain/step-context.ts';
import { becauseForStep } from '../../../core/explain/step-words.ts';
import type { Trace } from '../../../core/resolver/trace.ts';
import type { PlacedTree } from '../../../core/search-tree/placed-tree.ts';
import { failureNode, reasonKey } from '../../../core/search-tree/reason.ts';
import {
  NEVER,
  NODE_CODE,
  nodeKind,
  NONE,
  ROOT_NODE,
  STATUS_CODE,
} from '../../../core/search-tree/search-tree.ts';
import { askersAt } from '../../../core/search-tree/stack.ts';
import { askerName } from '../../drawer/asker-name.ts';
import { endMark, type NodeWords } from '../../../render/scene.ts';

const END_WORDS = { solution: 'solution', conflict: 'does not fit', stopped: 'stopped' } as const;

/** Members of a run whose reasons are compared at most. */
const MOST_COMPARED = 2_000;

/** Makes the words of a placed tree's nodes, each once. */
export function describeNodes(placed: PlacedTree, trace: Trace): (node: number) => NodeWords {
  const known = new Map<number, NodeWords>();
  const repeats = repeatedReasons(placed, trace);
  return (node) => {
    let words = known.get(node);
    if (words === undefined) {
      words = nodeWords(placed, trace, node, repeats.has(node));
      known.set(node, words);
    }
    return words;
  };
}

/** Nodes that are shown and say what is searched for, or hold what does. */
export function findNodes(
  placed: PlacedTree,
  words: (node: number) => NodeWords,
  find: string,
): readonly number[] {
  const wanted = find.trim().toLowerCase();
  if (wanted === '') return [];
  const shown = new Set<number>();
  for (let node = 0; node < placed.owner.length; node++) {
    const { name, version } = words(node);
    if (`${name} ${version}`.toLowerCase().includes(wanted)) shown.add(placed.owner[node]!);
  }
  return [...shown];
}

/** Row of `packages` of a node; `NONE` for marks. */
export function packageOfNode(placed: PlacedTree, trace: Trace, node: number): number {
  const candidate = placed.tree.candidate.at(node);
  return candidate === NONE ? NONE : trace.candidates[candidate]!.package;
}

/** What the card of a node says: one fact a line. */
export interface NodeCard {
  readonly title: string;
  /** Who asked for it when it was tried. */
  readonly askedBy: readonly string[];
  /** What became of it, and why. */
  readonly end: string;
  /** From 0. */
  readonly step: number;
}

/** Askers that a card names; the others are counted. */
const MOST_ASKERS = 3;

/** The card of a node, whatever the cursor. */
export function cardOf(placed: PlacedTree, trace: Trace, node: number): NodeCard {
  const { tree } = placed;
  const { name, version, note } = nodeWords(placed, trace, node, false);
  const step = tree.bornAt.at(node);
  const candidate = tree.candidate.at(node);
  const row = candidate === NONE ? NONE : trace.candidates[candidate]!.package;
  const askers = row === NONE ? [] : (askersAt(tree, trace, Math.max(0, step - 1)).get(row) ?? []);
  const said = askers.slice(0, MOST_ASKERS).map((asker) => `${askerName(trace, asker)}: ${asker.text}`);
  if (askers.length > MOST_ASKERS) said.push(`and ${askers.length - MOST_ASKERS} more`);
  return { title: `${name} ${version}`.trim(), askedBy: said, end: endOf(placed, trace, node, note), step };
}

function endOf({ tree }: PlacedTree, trace: Trace, node: number, note: string): string {
  const settled = tree.settledAt.at(node);
  const kind = nodeKind(tree, node);
  if (kind === 'skip') return `Skipped: ${plain(becauseForStep(trace, tree.bornAt.at(node)))}`;
  if (kind !== 'pin') return note;
  if (settled === NEVER) return 'Stands to the end';
  const failure = failureNode(tree, node);
  const why = failure === NONE ? '' : `: ${plain(becauseForStep(trace, tree.bornAt.at(failure)))}`;
  const word = tree.status.at(node) === STATUS_CODE.jumped ? 'Jumped over' : 'Undone';
  return `${word} at step ${settled + 1}${why}`;
}

function nodeWords(placed: PlacedTree, trace: Trace, node: number, isRepeat: boolean): NodeWords {
  const { tree } = placed;
  const step = tree.bornAt.at(node);
  const mark = (name: string, note = ''): NodeWords => ({ name, version: '', note: plain(note) });
  switch (nodeKind(tree, node)) {
    case 'root':
      return mark('your lines');
    case 'conflict':
      return mark('conflict', conflictNote(trace, step));
    case 'learn':
      return mark('rule learned', incompatibilityStatement(trace, tree.reason.at(node)));
    case 'rollback':
      return mark('jump taken back', 'searches again from here without jumping');
    case 'end':
      return mark(END_WORDS[endMark(tree.reason.at(node))]);
    case 'build':
    case 'pin':
    case 'skip':
      return attemptWords(placed, trace, node, isRepeat);
  }
}

function attemptWords(placed: PlacedTree, trace: Trace, node: number, isRepeat: boolean): NodeWords {
  const { tree } = placed;
  const row = trace.candidates[tree.candidate.at(node)]!;
  const name =
    nodeKind(tree, node) === 'build'
      ? `build of ${packageName(trace, row.package)}`
      : packageName(trace, row.package);
  const run = placed.runLength[node]!;
  const version = run > 1 ? runVersions(placed, trace, node, run) : row.version;
  const note = isRepeat ? '' : failureNote(placed, trace, node, run);
  return { name, version, note: plain(note) };
}

/** Why what is shown here failed; a fold's members may have failed for different reasons. */
function failureNote(placed: PlacedTree, trace: Trace, node: number, run: number): string {
  const { tree } = placed;
  if (run === 1 && placed.isClosed[node] !== 1 && nodeKind(tree, node) !== 'skip') return '';
  const failure = failureNode(tree, node);
  if (failure === NONE) return '';
  const key = reasonKey(tree, trace, failure);
  let member = node;
  for (let count = 1; count < Math.min(run, MOST_COMPARED); count++) {
    member = tree.nextSibling.at(member);
    const other = failureNode(tree, member);
    if (other === NONE || reasonKey(tree, trace, other) !== key) return 'for several reasons';
  }
  return becauseForStep(trace, tree.bornAt.at(failure));
}

/** `3.22.0 … 3.18.0`, or how many versions where the run is of several packages. */
function runVersions(placed: PlacedTree, trace: Trace, head: number, length: number): string {
  const { tree } = placed;
  let last = head;
  for (let count = 1; count < length; count++) last = tree.nextSibling.at(last);
  const first = trace.candidates[tree.candidate.at(head)]!;
  const candidate = tree.candidate.at(last);
  const end = candidate === NONE ? undefined : trace.candidates[candidate];
  return end?.package === first.package ? `${first.version} … ${end.version}` : `${first.version} and others`;
}

function conflictNote(trace: Trace, step: number): string {
  const stuck = stuckPackage(trace, step);
  if (stuck !== null) return `no version of ${packageName(trace, stuck)} is left`;
  return becauseForStep(trace, step);
}

/** Skips that follow a sibling skipped for the same reason: the reason stands once, at the first. */
function repeatedReasons({ tree, order }: PlacedTree, trace: Trace): ReadonlySet<number> {
  const repeats = new Set<number>();
  let before: number = ROOT_NODE;
  for (const node of order) {
    const isSameKind = tree.kind.at(node) === NODE_CODE.skip && tree.kind.at(before) === NODE_CODE.skip;
    if (
      isSameKind &&
      tree.parent.at(node) === tree.parent.at(before) &&
      reasonKey(tree, trace, node) === reasonKey(tree, trace, before)
    )
      repeats.add(node);
    before = node;
  }
  return repeats;
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}
