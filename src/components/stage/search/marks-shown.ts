/** Which marks a tree holds: the legend explains those and no others. */
import {
  NODE_KINDS,
  STATUS_CODE,
  type NodeKind,
  type SearchTree,
} from '../../../core/search-tree/search-tree.ts';
import { endMark } from '../../../render/scene.ts';
import { MARK_NAMES, type MarkName } from '../../../render/marks.ts';

const MARK_OF_KIND: Readonly<Record<NodeKind, MarkName | null>> = {
  root: null,
  pin: 'pin',
  skip: 'skip',
  conflict: 'conflict',
  learn: 'learned',
  rollback: 'rollback',
  build: 'build',
  end: null,
};

/** Marks that occur in the tree at some step, in the table's order. */
export function marksShown(tree: SearchTree): MarkName[] {
  const shown = new Set<MarkName>();
  for (let node = 1; node < tree.size; node++) {
    const kind = NODE_KINDS[tree.kind.at(node)]!;
    const mark = MARK_OF_KIND[kind];
    if (mark !== null) shown.add(mark);
    if (kind === 'end') shown.add(endMark(tree.reason.at(node)));
    const status = tree.status.at(node);
    if (status === STATUS_CODE.jumped) shown.add('jump');
    else if (status === STATUS_CODE.kept) shown.add('kept');
    else if (status !== STATUS_CODE.standing) shown.add('undo');
  }
  return MARK_NAMES.filter((name) => shown.has(name));
}

/** The glossary's word for a mark. */
export const MARK_TERMS: Readonly<Partial<Record<MarkName, string>>> = {
  pin: 'pin',
  skip: 'skip',
  undo: 'undo',
  jump: 'backjump',
  rollback: 'rollback',
  learned: 'learn',
  conflict: 'conflict',
  build: 'sdist',
  kept: 'fork',
};
