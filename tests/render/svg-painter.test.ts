// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { MARK_NAMES, MARKS } from '../../src/render/marks.ts';
import { fitName, FIXED_METER } from '../../src/render/text-meter.ts';
import { SvgPainter } from '../../src/render/svg-painter.ts';
import { skipNotBacktrack } from '../specimens/small-searches.ts';
import { sceneOf } from './draw-specimen.ts';

let group: SVGGElement;
beforeEach(() => {
  group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
});

describe('stepping', () => {
  const trace = skipNotBacktrack();
  const firstSkip = trace.kinds.indexOf(8);

  test('keeps the elements of what does not change', () => {
    const painter = new SvgPainter(group);
    painter.paint(sceneOf(trace, firstSkip).scene, { motion: 0, isStep: false, meter: FIXED_METER });
    const before = [...group.querySelectorAll('g.node')];
    painter.paint(sceneOf(trace, trace.length - 1).scene, { motion: 0, isStep: true, meter: FIXED_METER });
    const after = [...group.querySelectorAll('g.node')];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(before.length);
  });

  test('going back takes nothing away: what is not born yet is a ghost', () => {
    const painter = new SvgPainter(group);
    painter.paint(sceneOf(trace, trace.length - 1).scene, { motion: 0, isStep: false, meter: FIXED_METER });
    painter.paint(sceneOf(trace, 0).scene, { motion: 0, isStep: true, meter: FIXED_METER });
    const nodes = sceneOf(trace, 0).scene.nodes.length;
    expect(group.querySelectorAll('g.node')).toHaveLength(nodes);
    expect(group.querySelectorAll('g.node.ghost')).toHaveLength(nodes - 1);
    expect(group.querySelectorAll('path.link:not(.ghost)')).toHaveLength(0);
  });

  test('without motion, what is new is outlined for one step, and called so', () => {
    const painter = new SvgPainter(group);
    painter.paint(sceneOf(trace, firstSkip - 3).scene, { motion: 0, isStep: false, meter: FIXED_METER });
    expect(group.querySelectorAll('.new')).toHaveLength(0);
    painter.paint(sceneOf(trace, firstSkip).scene, { motion: 0, isStep: true, meter: FIXED_METER });
    expect(group.querySelectorAll('.new')).toHaveLength(1);
    expect(group.querySelector('.new .newness')!.textContent).toBe('new');
    painter.paint(sceneOf(trace, trace.length - 3).scene, { motion: 0, isStep: true, meter: FIXED_METER });
    expect(group.querySelectorAll('.new').length).toBeGreaterThan(1);
    painter.paint(sceneOf(trace, trace.length - 2).scene, { motion: 0, isStep: true, meter: FIXED_METER });
    expect(group.querySelectorAll('.new')).toHaveLength(0);
    expect([...group.querySelectorAll('.newness')].every(({ textContent }) => textContent === '')).toBe(true);
  });

  test('what can be hit is at least 24 pixels in both directions', () => {
    new SvgPainter(group).paint(sceneOf(trace, trace.length - 1).scene, {
      motion: 0,
      isStep: false,
      meter: FIXED_METER,
    });
    for (const hit of group.querySelectorAll('rect.hit')) {
      expect(Number(hit.getAttribute('width'))).toBeGreaterThanOrEqual(24);
      expect(Number(hit.getAttribute('height'))).toBeGreaterThanOrEqual(24);
    }
  });
});

describe('marks', () => {
  test('no two have one shape, or one word', () => {
    const shapes = MARK_NAMES.map((name) => `${MARKS[name].line}/${MARKS[name].solid}/${MARKS[name].dash}`);
    expect(new Set(shapes).size).toBe(MARK_NAMES.length);
    expect(new Set(MARK_NAMES.map((name) => MARKS[name].word)).size).toBe(MARK_NAMES.length);
  });
});

test('long names are shortened in the middle, to the room', () => {
  const long = 'opentelemetry-instrumentation-botocore';
  const room = FIXED_METER.width('x'.repeat(20), 'label');
  expect(fitName(long, room, 'label', FIXED_METER)).toHaveLength(20);
  expect(fitName(long, room, 'label', FIXED_METER)).toMatch(/^opentelemetr….*core$/u);
  expect(fitName('six', room, 'label', FIXED_METER)).toBe('six');
  expect(fitName(long, 10, 'label', FIXED_METER)).toBe('');
});
