/** Paints a scene as SVG. A step moves only what it changes: what is new grows in, what changed cross-fades. */
import { select, type Selection } from 'd3-selection';
import 'd3-transition';
import { MARKS, type MarkName } from './marks.ts';
import { LABEL_OFFSET, NOTE_GAP, ROW_HEIGHT } from './measures.ts';
import type { TextMeter } from './text-meter.ts';
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
  readonly meter: TextMeter;
  /** Pixels from one row to the next; what can be hit is as high, up to `ROW_HEIGHT`. */
  readonly rowHeight?: number;
}

/** Paints into one group; keeps what is the same between scenes, by node. */
export class SvgPainter {
  readonly #links: Group;
  readonly #jumps: Group;
  readonly #nodes: Group;
  /** Nodes that were ghosts in the last scene. */
  #ghosts: ReadonlySet<number> = new Set();

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
      .attr('class', (link) => (link.isLive ? 'link live' : link.isGhost ? 'link ghost' : 'link'));
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
      .join((enter) => enter.append('g').call(buildNode))
      .classed('new', ({ node, isGhost }) => isCut && !isGhost && this.#ghosts.has(node));
    this.#ghosts = new Set(nodes.flatMap(({ node, isGhost }) => (isGhost ? [node] : [])));
    joined
      .attr('transform', (item) => `translate(${round(item.x)},${round(item.y)})`)
      .attr('data-node', (item) => item.node)
      .attr('data-state', (item) => item.mark)
      .classed('node', true)
      .classed('live', (item) => item.isLive)
      .classed('faded', (item) => item.isFaded)
      .classed('current', (item) => item.isCurrent)
      .classed('ghost', (item) => item.isGhost)
      .classed('selected', (item) => item.isSelected)
      .classed('found', (item) => item.isFound)
      .attr('data-package', (item) => (item.packageRow < 0 ? null : item.packageRow))
      .classed('followed', (item) => item.isFollowed)
      .classed('foldable', (item) => item.isFoldable);
    paintMarks(joined, options);
    paintWords(joined, options);
    joined.each(function newness() {
      span(select(this).select('text'), 'newness', this.classList.contains('new') ? 'new' : '', NOTE_GAP);
    });
  }
}

function buildNode(entering: Selection<SVGGElement, SceneNode, SVGGElement, unknown>): void {
  entering.attr('class', 'node');
  entering.append('rect').attr('class', 'hit').attr('x', -LABEL_OFFSET);
  entering
    .append('rect')
    .attr('class', 'wash')
    .attr('x', LABEL_OFFSET - 6)
    .attr('y', -9)
    .attr('height', 18)
    .attr('rx', 2);
  entering.append('g').attr('class', 'mark');
  entering.append('text').attr('x', LABEL_OFFSET).attr('dy', '0.34em');
}

/** One part of a label: there when it says something. */
function span(
  text: Selection<SVGTextElement, unknown, null, undefined>,
  name: string,
  words: string,
  gap = 0,
): void {
  const found = text.select<SVGTSpanElement>(`tspan.${name}`);
  if (words === '') found.remove();
  else if (!found.empty()) found.text(words);
  else {
    const made = text.append('tspan').attr('class', name).text(words);
    if (gap > 0) made.attr('dx', gap);
  }
}

function paintMarks(nodes: NodeGroups, options: PaintOptions): void {
  nodes.each(function paintMark(item) {
    const group = select(this).select<SVGGElement>('g.mark');
    const key = `${item.runLength > 1 ? `${item.mark} run` : item.mark}${item.isCurrent ? ' ring' : ''}`;
    const before = group.node()!.getAttribute('data-mark');
    if (before === key) return;
    group.attr('data-mark', key).selectAll('*').remove();
    if (item.runLength > 1)
      group.append('path').call(shape, item.mark, 'line').attr('transform', 'translate(3,3)');
    drawMark(group, item.mark);
    if (item.isCurrent) group.append('circle').attr('class', 'ring').attr('r', 8.75);
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

/** What stands in each group. */
const written = new WeakMap<SVGGElement, string>();

function paintWords(nodes: NodeGroups, { meter, rowHeight = ROW_HEIGHT }: PaintOptions): void {
  nodes.each(function words(item) {
    const group = select(this);
    const text = group.select<SVGTextElement>('text');
    // In the order in which they stand; a part that came later would stand last.
    const key = [item.name, item.version, item.fold, item.note, item.tag].join('\n');
    if (written.get(this) !== key) {
      text.selectAll('tspan').remove();
      written.set(this, key);
      span(text, 'name', item.name);
      span(text, 'version', item.version === '' ? '' : ` ${item.version}`);
      span(text, 'fold', item.fold === '' ? '' : `${item.fold} ▸`, NOTE_GAP);
      span(text, 'note', item.note, NOTE_GAP);
      span(text, 'tag', item.tag, NOTE_GAP);
    }
    const label = item.labelEnd - item.x - LABEL_OFFSET;
    const note = item.note === '' ? 0 : NOTE_GAP + meter.width(item.note, 'note');
    group.select('rect.wash').attr('width', item.name === '' ? 0 : round(label + 10));
    const height = Math.min(rowHeight, ROW_HEIGHT);
    group
      .select('rect.hit')
      .attr('y', round(-height / 2))
      .attr('height', round(height))
      .attr(
        'width',
        round(item.name === '' ? ROW_HEIGHT : Math.max(ROW_HEIGHT, label + note + 2 * LABEL_OFFSET)),
      );
    const fold = item.fold === '' ? 0 : meter.width(`${item.fold} ▸`, 'label');
    paintFold(group, round(LABEL_OFFSET + label - fold), round(fold), height);
  });
  nodes.each(paintWholeNote);
}

/** What is pressed to open a fold. */
function paintFold(
  group: Selection<SVGGElement, unknown, null, undefined>,
  x: number,
  width: number,
  height: number,
): void {
  const found = group.select<SVGRectElement>('rect.fold-hit');
  if (width === 0) {
    found.remove();
    return;
  }
  const rect = found.empty() ? group.insert('rect', '.wash').attr('class', 'fold-hit') : found;
  rect
    .attr('x', x - 4)
    .attr('y', round(-height / 2))
    .attr('width', Math.max(24, width + 8))
    .attr('height', round(height));
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
