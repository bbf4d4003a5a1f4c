/** Draws a specimen's search tree at a step, as the text of an SVG file. Needs a DOM. */
import type { Trace } from '../../src/core/resolver/trace.ts';
import { firstFolding, type Folding } from '../../src/core/search-tree/fold.ts';
import { frameAt } from '../../src/core/search-tree/frame.ts';
import { placeSearchTree } from '../../src/core/search-tree/placed-tree.ts';
import { buildSearchTree } from '../../src/core/search-tree/search-tree-builder.ts';
import { describeNodes, packageOfNode } from '../../src/components/stage/search/node-words.ts';
import { labelWidth, measureTree } from '../../src/render/measures.ts';
import { FIXED_METER } from '../../src/render/text-meter.ts';
import { foldText, makeScene, type Scene } from '../../src/render/scene.ts';
import { SvgPainter } from '../../src/render/svg-painter.ts';

export interface Drawing {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
}

/** The scene of a whole tree at a step. */
export function sceneOf(trace: Trace, step: number, folding?: Folding): Drawing {
  const tree = buildSearchTree(trace);
  const placed = placeSearchTree(tree, trace, folding ?? firstFolding(tree, trace));
  const describe = describeNodes(placed, trace);
  const measures = measureTree(placed, (node) => {
    const { name, version, note } = describe(node);
    return {
      label: labelWidth(name, version, foldText(placed, node), FIXED_METER),
      note: FIXED_METER.width(note, 'note'),
    };
  });
  const input = {
    placed,
    measures,
    frame: frameAt(tree, trace, step),
    describe,
    packageOf: (node: number) => packageOfNode(placed, trace, node),
    followed: -1,
    meter: FIXED_METER,
  };
  const scene = makeScene(input, { first: 0, end: placed.rows });
  return { scene, width: measures.width, height: measures.height };
}

/** One element a line; numbers are cut to three decimals. */
export function drawSpecimen(trace: Trace, step: number): string {
  const { scene, width, height } = sceneOf(trace, step);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  svg.append(group);
  new SvgPainter(group).paint(scene, { motion: 0, isStep: false, meter: FIXED_METER });
  return `${svg.outerHTML}\n`
    .replaceAll(/(\.\d{3})\d+/gu, '$1')
    .replaceAll(/<tspan[^>]*><\/tspan>/gu, '')
    .replaceAll(/(<\/?(?:g|svg|path|text|circle|rect)\b)/gu, '\n$1')
    .replace(/^\n/u, '');
}
