/** How the slices of a timeline and of an icicle look: colour is the version, or what became of the pin. */
import { endOfNode, isGivenUp } from '../../../core/search-tree/lanes.ts';
import { NODE_CODE, type SearchTree } from '../../../core/search-tree/search-tree.ts';
import type { Trace } from '../../../core/resolver/trace.ts';
import { packageLabel } from '../../drawer/asker-name.ts';
import type { SliceLook } from '../../../render/lane-painter.ts';

const VERSION_COLOURS = 6;

/** Of a timeline: the version is the label, and each version of a package has a colour of its own, as far as they go. */
export function timelineLooks(tree: SearchTree, trace: Trace): (node: number) => SliceLook {
  const numbers = new Map<number, number>();
  const counts = new Map<number, number>();
  return (node) => {
    const row = tree.candidate.at(node);
    const candidate = trace.candidates[row]!;
    let number = numbers.get(row);
    if (number === undefined) {
      number = counts.get(candidate.package) ?? 0;
      counts.set(candidate.package, number + 1);
      numbers.set(row, number);
    }
    const isSkip = tree.kind.at(node) === NODE_CODE.skip;
    return {
      label: isSkip ? '' : candidate.version,
      fill: isSkip ? '--wash-skip' : '--sunken',
      edge: isSkip ? '--state-skip' : `--version-${(number % VERSION_COLOURS) + 1}`,
      isGivenUp: isGivenUp(tree, node),
    };
  };
}

/** Of an icicle: name and version, coloured by what became of the pin. */
export function icicleLooks(tree: SearchTree, trace: Trace): (node: number) => SliceLook {
  return (node) => {
    const candidate = trace.candidates[tree.candidate.at(node)]!;
    const label = `${packageLabel(trace.packages[candidate.package]!.identifier)} ${candidate.version}`;
    if (tree.kind.at(node) === NODE_CODE.skip)
      return { label, fill: '--wash-skip', edge: '--state-skip', isGivenUp: false };
    return isGivenUp(tree, node)
      ? { label, fill: '--wash-undo', edge: '--state-undo', isGivenUp: true }
      : { label, fill: '--wash-pin', edge: '--state-pin', isGivenUp: false };
  };
}

/** One line on a slice: what it is, when it stood, how it ended. */
export function sliceWords(tree: SearchTree, trace: Trace, node: number): string {
  const candidate = trace.candidates[tree.candidate.at(node)];
  if (candidate === undefined) return '';
  const name = `${packageLabel(trace.packages[candidate.package]!.identifier)} ${candidate.version}`;
  const [first, last] = [tree.bornAt.at(node) + 1, endOfNode(tree, node)];
  if (tree.kind.at(node) === NODE_CODE.skip) return `${name}: skipped at step ${first}`;
  const end = isGivenUp(tree, node) ? 'given up' : 'stands to the end';
  return `${name}: steps ${first.toLocaleString('en-US')} to ${last.toLocaleString('en-US')}, ${end}`;
}
