import { expect, test } from 'vitest';
import { sentenceForStep } from '../../../../src/core/explain/sentence.ts';
import { BROKEN_END, nodeKind } from '../../../../src/core/search-tree/search-tree.ts';
import { buildSearchTree } from '../../../../src/core/search-tree/search-tree-builder.ts';
import { endMark } from '../../../../src/render/scene.ts';
import { runToy } from '../../explain/toy-run.ts';

test('a set that does not fit together is never called a solution', () => {
  const toy = { root: ['a', 'b<2'], index: { a: { '1': ['b>=2'] }, b: { '1': [], '2': [] } } };
  const { trace, outcome } = runToy(toy, 'pip@19.3');
  expect(outcome).toMatchObject({ kind: 'solved', broken: [{}] });
  expect(sentenceForStep(trace, trace.length - 1)).toBe(
    'Done: each package has a version, but they do not all fit together.',
  );
  const tree = buildSearchTree(trace);
  const end = tree.size - 1;
  expect([nodeKind(tree, end), tree.reason.at(end)]).toEqual(['end', BROKEN_END]);
  expect(endMark(tree.reason.at(end))).toBe('conflict');
  const fine = runToy({ ...toy, root: ['a'] }, 'pip@19.3').trace;
  expect(sentenceForStep(fine, fine.length - 1)).toBe('Done: everything that is asked for fits together.');
});
