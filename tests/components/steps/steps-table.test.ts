import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideFolded, listSteps, withFold } from '../../../src/components/stage/steps/listed-steps.ts';
import {
  contentHeight,
  ROW_PIXELS,
  scrollToRow,
  visibleRows,
} from '../../../src/components/ui/row-window.ts';
import { stepRow } from '../../../src/components/stage/steps/step-row.ts';
import { filterSteps, NO_FILTER } from '../../../src/core/search-tree/package-steps.ts';
import { depthsAt } from '../../../src/core/search-tree/search-state.ts';
import { buildSearchTree } from '../../../src/core/search-tree/search-tree-builder.ts';
import { backjump, rollback, skipNotBacktrack } from '../../specimens/small-searches.ts';

describe('rows in view', () => {
  const tables = fc.record({
    rows: fc.integer({ min: 1, max: 4_000_000 }),
    height: fc.integer({ min: 90, max: 2_000 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  test('cover the window at every scroll position, of tables of any length', () => {
    fc.assert(
      fc.property(tables, ({ rows, height, at }) => {
        const scrollTop = at * Math.max(0, contentHeight(rows) - height);
        const { first, end, shift } = visibleRows(rows, scrollTop, height);
        expect(first * ROW_PIXELS - shift).toBeLessThanOrEqual(scrollTop);
        const bottom = Math.min(scrollTop + height, contentHeight(rows));
        if (end < rows) expect(end * ROW_PIXELS - shift).toBeGreaterThanOrEqual(bottom);
        expect(end - first).toBeLessThan(height / ROW_PIXELS + 20);
      }),
    );
  });

  test('every row can be brought into view', () => {
    fc.assert(
      fc.property(tables, ({ rows, height, at }) => {
        const row = Math.floor(at * (rows - 1));
        const scrollTop = scrollToRow(rows, row, 0, height);
        const { shift } = visibleRows(rows, scrollTop, height);
        const y = row * ROW_PIXELS - shift;
        expect(y).toBeGreaterThanOrEqual(scrollTop - 1);
        expect(y + ROW_PIXELS).toBeLessThanOrEqual(scrollTop + height + 1);
      }),
    );
  });

  test('nothing scrolls for a row that is in view', () => {
    expect(scrollToRow(1_000, 12, 300, 300)).toBe(300);
  });

  test('no table is taller than browsers allow', () => {
    expect(contentHeight(4_000_000)).toBeLessThan(17_000_000);
  });
});

describe('folding a choice', () => {
  const trace = backjump();
  const tree = buildSearchTree(trace);

  test('hides what it cost, and nothing else', () => {
    const node = 1;
    const folded = withFold(new Set(), node, true);
    const shown = hideFolded(trace.length, null, tree, folded)!;
    const hidden = tree.settledAt.at(node) - tree.bornAt.at(node);
    expect(shown).toHaveLength(trace.length - hidden);
    expect([...shown]).toContain(tree.bornAt.at(node));
    expect([...shown]).not.toContain(tree.settledAt.at(node));
    expect(hideFolded(trace.length, null, tree, withFold(folded, node, false))).toBeNull();
  });

  test('goes together with a filter', () => {
    const changes = filterSteps(trace, { ...NO_FILTER, show: 'changes' })!;
    const shown = hideFolded(trace.length, changes, tree, new Set([1]))!;
    expect(shown.length).toBeLessThan(changes.length);
    expect([...shown].every((step) => changes.includes(step))).toBe(true);
  });

  test('a step that is not listed is found at the one before it', () => {
    const listed = listSteps(trace.length, Int32Array.of(3, 7, 20));
    expect([2, 3, 8, 99].map((step) => listed.rowOf(step))).toEqual([-1, 0, 1, 2]);
    expect(listSteps(5, null).rowOf(9)).toBe(4);
  });
});

describe('rows', () => {
  const rowsOf = (trace: ReturnType<typeof backjump>) => {
    const tree = buildSearchTree(trace);
    const steps = Array.from({ length: trace.length }, (_, step) => step);
    const depths = depthsAt(
      tree,
      trace,
      steps.map((step) => step - 1),
    );
    return steps.map((step) => stepRow(tree, trace, step, depths[step]!));
  };

  test('levels are the depth of choices: a pin stands in the pins before it', () => {
    const pins = rowsOf(skipNotBacktrack()).filter(({ mark }) => mark === 'pin');
    expect(pins.map(({ level, package: name }) => `${level} ${name}`)).toEqual(['1 tea', '2 spoon', '3 cup']);
  });

  test('undone and jumped over carry different marks', () => {
    const undone = rowsOf(backjump()).filter(({ action }) => action === 'undone');
    expect(undone.map(({ mark, package: name }) => `${mark} ${name}`)).toEqual([
      'jump theme',
      'jump log',
      'undo web',
    ]);
  });

  test('a choice that was given up says how many steps went into it, and can be folded', () => {
    const [web] = rowsOf(backjump())
      .filter(({ version }) => version === '5.0')
      .filter(({ mark }) => mark === 'pin');
    expect(web!.cost).toMatch(/^\d+ steps, given up$/u);
    expect(web!.foldNode).toBe(1);
    const kept = rowsOf(backjump()).find(({ version, mark }) => version === '4.0' && mark === 'pin');
    expect(kept).toMatchObject({ cost: '', foldNode: -1 });
  });

  test('what would have been fetched is a cost', () => {
    const costs = rowsOf(skipNotBacktrack()).map(({ cost }) => cost);
    expect(costs.filter((cost) => cost === '1 page')).toHaveLength(1);
    expect(costs.filter((cost) => cost === '1 file')).toHaveLength(8);
  });

  test('a rollback and the pins that it brings back are rows of their own', () => {
    const rows = rowsOf(rollback());
    const at = rows.findIndex(({ mark }) => mark === 'rollback');
    expect(at).toBeGreaterThan(0);
    expect(rows[at + 1]).toMatchObject({ package: 'x', version: '2', mark: 'pin' });
  });
});
