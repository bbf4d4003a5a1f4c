/** Paints a scene as SVG. A step moves only what it changes: what is new grows in, what changed cross-fades. */
import { select, type Selection } from 'd3-selection';
import 'd3-transition';
import { MARKS, type MarkName } from './marks.ts';
import { LABEL_OFFSET, NOTE_CHARACTER_WIDTH, ROW_HEIGHT } from './measures.ts';
import type { Scene, SceneJump, SceneLink, SceneNode } from './scene.ts';

type Group = Selection<SVGGElement, unknown, null, undefined>;
type NodeGroups = Selection<SVGGElement, SceneNode, SVGGElement, unknown>;

/** Fast first, then settling. */
const easeOut = (time: number): number => 1 - (1 - time) ** 3;

/** How a scene is painted. */
export interface PaintOptions {
  /** Milliseconds of a step's motion; 0 cuts, and outlines what is new. */
  readonly motion: number;
  /** Whether this is another step of the same tree; only then something moves or is called new. */
  readonly isStep: boolean;
}

/** Paints into one group; keeps what is the same between scenes, by node. */
export class SvgPainter {
  readonly #links: Group;
  readonly #jumps: Group;
  readonly #nodes: Group;

  constructor(group: SVGGElement) {
    const root = select(group);
    this.#links = root.append('g').attr('class', 'links');
    this.#jumps = root.append('g').attr('class', 'jumps');
    this.#nodes = root.append('g').attr('class', 'nodes');
  }

  paint(scene: Scene, options: PaintOptions): void {
    this.#paintLinks(scene.links, options);
    this.#paintJumps(scene.jumps, options);
    this.#paintNodes(scene.nodes, options);
  }

  #paintLinks(links: readonly SceneLink[], options: PaintOptions): void {
    const joined = this.#links
      .selectAll<SVGPathElement, SceneLink>('path')
      .data(links, (link) => link.node)
      .join((enter) => appear(enter.append('path'), options))
      .attr('d', (link) => link.path)
      .attr('class', (link) => (link.isLive ? 'link live' : 'link'));
    joined.filter((link) => link.isLive).raise();
  }

  #paintJumps(jumps: readonly SceneJump[], options: PaintOptions): void {
    this.#jumps
      .selectAll<SVGPathElement, SceneJump>('path')
      .data(jumps, (jump) => jump.jump)
      .join((enter) => appear(enter.append('path'), options))
      .attr('d', (jump) => jump.path)
      .attr('class', (jump) =>
        ['arc', jump.isRollback ? 'rollback' : '', jump.isCurrent ? 'current' : ''].filter(Boolean).join(' '),
      );
  }

  #paintNodes(nodes: readonly SceneNode[], options: PaintOptions): void {
    const isCut = options.isStep && options.motion === 0;
    const joined = this.#nodes
      .selectAll<SVGGElement, SceneNode>('g.node')
      .data(nodes, (item) => item.node)
      .join(
        (enter) => enter.append('g').call(buildNode).classed('new', isCut),
        (update) => update.classed('new', false),
      );
    joined
      .attr('transform', (item) => `translate(${round(item.x)},${round(item.y)})`)
      .attr('data-node', (item) => item.node)
      .attr('data-state', (item) => item.mark)
      .classed('node', true)
      .classed('live', (item) => item.isLive)
      .classed('faded', (item) => item.isFaded)
      .classed('current', (item) => item.isCurrent)
      .classed('followed', (item) => item.isFollowed)
      .classed('foldable', (item) => item.isFoldable);
    paintMarks(joined, options);
    paintWords(joined);
    joined.select('tspan.newness').text(function newness() {
      return this instanceof Element && this.closest('.new') ? 'new' : '';
    });
  }
}

function buildNode(entering: Selection<SVGGElement, SceneNode, SVGGElement, unknown>): void {
  entering.attr('class', 'node');
  entering
    .append('rect')
    .attr('class', 'hit')
    .attr('x', -LABEL_OFFSET)
    .attr('y', -ROW_HEIGHT / 2)
    .attr('height', ROW_HEIGHT);
  entering
    .append('rect')
    .attr('class', 'wash')
    .attr('x', LABEL_OFFSET - 6)
    .attr('y', -9)
    .attr('height', 18)
    .attr('rx', 2);
  entering.append('circle').attr('class', 'ring').attr('r', 8.75);
  entering.append('g').attr('class', 'mark');
  const text = entering.append('text').attr('x', LABEL_OFFSET).attr('dy', '0.34em');
  text.append('tspan').attr('class', 'name');
  text.append('tspan').attr('class', 'version');
  text.append('tspan').attr('class', 'fold').attr('dx', 8);
  text.append('tspan').attr('class', 'note').attr('dx', 10);
  text.append('tspan').attr('class', 'tag').attr('dx', 10);
  text.append('tspan').attr('class', 'newness').attr('dx', 10);
}

function paintMarks(nodes: NodeGroups, options: PaintOptions): void {
  nodes.each(function paintMark(item) {
    const group = select(this).select<SVGGElement>('g.mark');
    const key = item.runLength > 1 ? `${item.mark} run` : item.mark;
    const before = group.node()!.getAttribute('data-mark');
    if (before === key) return;
    group.attr('data-mark', key).selectAll('*').remove();
    if (item.runLength > 1)
      group.append('path').call(shape, item.mark, 'line').attr('transform', 'translate(3,3)');
    drawMark(group, item.mark);
    if (!options.isStep || options.motion === 0) return;
    group
      .attr('transform', before === null ? 'scale(0.3)' : 'scale(1.35)')
      .transition('mark')
      .duration(options.motion)
      .ease(easeOut)
      .attr('transform', 'scale(1)');
  });
}

/** Appends the paths of a mark to a group. */
function drawMark(group: Selection<SVGGElement, unknown, null, undefined>, name: MarkName): void {
  if (MARKS[name].line !== '') group.append('path').call(shape, name, 'line');
  if (MARKS[name].solid !== '') group.append('path').call(shape, name, 'solid');
}

function shape(
  path: Selection<SVGPathElement, unknown, null, undefined>,
  name: MarkName,
  part: 'line' | 'solid',
): void {
  const mark = MARKS[name];
  const className = part === 'solid' ? 'solid' : mark.isHollow ? 'line hollow' : 'line';
  path
    .attr('class', `${className} ${name}`)
    .attr('d', (part === 'solid' ? mark.solid : mark.line) || mark.solid)
    .attr('stroke-dasharray', part === 'line' && mark.dash !== '' ? mark.dash : null);
}

function paintWords(nodes: NodeGroups): void {
  nodes.select('tspan.name').text((item) => item.name);
  nodes.select('tspan.version').text((item) => (item.version === '' ? '' : ` ${item.version}`));
  nodes.select('tspan.fold').text((item) => (item.fold === '' ? '' : `${item.fold} ▸`));
  nodes.select('tspan.note').text((item) => item.note);
  nodes.each(paintWholeNote);
  nodes.select('tspan.tag').text((item) => item.tag);
  nodes.select('rect.wash').attr('width', (item) => round(item.labelEnd - item.x - LABEL_OFFSET + 10));
  nodes.select('rect.hit').attr('width', (item) => {
    const note = item.note.length * NOTE_CHARACTER_WIDTH;
    return round(Math.max(ROW_HEIGHT, item.labelEnd - item.x + LABEL_OFFSET + note));
  });
}

/** What a cut note says in whole, for the pointer that rests on it. */
function paintWholeNote(this: SVGGElement, item: SceneNode): void {
  const group = select(this);
  if (item.wholeNote === '') group.select('title').remove();
  else
    group
      .selectAll('title')
      .data([item.wholeNote])
      .join('title')
      .text((note) => note);
}

function appear<Datum>(
  paths: Selection<SVGPathElement, Datum, SVGGElement, unknown>,
  options: PaintOptions,
): Selection<SVGPathElement, Datum, SVGGElement, unknown> {
  if (!options.isStep || options.motion === 0) return paths;
  paths.attr('opacity', 0).transition('appear').duration(options.motion).ease(easeOut).attr('opacity', 1);
  return paths;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
