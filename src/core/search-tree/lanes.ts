/**
 * A trace as stretches of steps in lanes: a lane for each depth of the stack (an icicle), or for each package (a
 * timeline). The stretches of a lane follow each other, so that a window of any width is found by halving.
 */
import type { Trace } from '../resolver/trace.ts';
import { NEVER, NODE_CODE, ROOT_NODE, STATUS_CODE, type SearchTree } from './search-tree.ts';

/** Slices of all lanes, lane by lane and by step within a lane. */
export interface Lanes {
  /** Lanes; lane `i` holds the slices from `start[i]` up to, not including, `start[i + 1]`. */
  readonly count: number;
  readonly start: Int32Array;
  /** By slice: first step, the step after its last, and the node of the tree. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly node: Int32Array;
}

/** A timeline's lanes, and whose each is. */
export interface PackageLanes extends Lanes {
  /** By lane: row of `packages`. */
  readonly packages: Int32Array;
}

/** In which order the lanes of a timeline stand. */
export const LANE_ORDERS = ['first pin', 'churn', 'name'] as const;
export type LaneOrder = (typeof LANE_ORDERS)[number];

/** One lane for each depth, the first pin's first. Linear in the nodes. */
export function depthLanes(tree: SearchTree): Lanes {
  const { values: depths } = tree.depth;
  const { values: kinds } = tree.kind;
  const laneOf = (node: number): number =>
    Math.max(0, depths[node]! - (kinds[node] === NODE_CODE.pin ? 1 : 0));
  const sizes: number[] = [];
  for (let node = ROOT_NODE + 1; node < tree.size; node++) {
    if (!isSliceKind(kinds[node]!)) continue;
    const lane = laneOf(node);
    while (sizes.length <= lane) sizes.push(0);
    sizes[lane]! += 1;
  }
  return gather(tree, sizes, laneOf);
}

/** One lane for each package that was tried. Linear in the nodes, with one look at each. */
export function packageLanes(tree: SearchTree, trace: Trace, order: LaneOrder): PackageLanes {
  const tried = attemptsByPackage(tree, trace);
  const nameOf = (row: number): string => trace.packages[row]!.identifier;
  if (order === 'churn') tried.sort((a, b) => b.attempts - a.attempts || a.package - b.package);
  if (order === 'name') tried.sort((a, b) => (nameOf(a.package) < nameOf(b.package) ? -1 : 1));
  const laneOf = new Int32Array(trace.packages.length).fill(-1);
  tried.forEach((spot, lane) => {
    laneOf[spot.package] = lane;
  });
  const laneOfCandidate = Int32Array.from(tree.attemptsOf, (attempts, candidate) =>
    attempts === 0 ? -1 : laneOf[trace.candidates[candidate]!.package]!,
  );
  const { values: candidates } = tree.candidate;
  const sizes = tried.map(({ attempts }) => attempts);
  const lanes = gather(tree, sizes, (node) => laneOfCandidate[candidates[node]!]!);
  return { ...lanes, packages: Int32Array.from(tried, (spot) => spot.package) };
}

/** The packages that were tried, by their first attempt. Linear in the candidates: the tree counted as it grew. */
function attemptsByPackage(tree: SearchTree, trace: Trace): HotSpot[] {
  const byPackage = new Map<number, { package: number; attempts: number; first: number }>();
  for (const [candidate, attempts] of tree.attemptsOf.entries()) {
    if (attempts === 0) continue;
    const row = trace.candidates[candidate]!.package;
    const first = tree.firstAttemptOf[candidate]!;
    const spot = byPackage.get(row);
    if (spot === undefined) {
      byPackage.set(row, { package: row, attempts, first });
      continue;
    }
    spot.attempts += attempts;
    spot.first = Math.min(spot.first, first);
  }
  return [...byPackage.values()].sort((a, b) => a.first - b.first);
}

/** A jump back over several pins: from the lane of the last of them to that of the first. */
export interface LaneJump {
  readonly step: number;
  readonly fromLane: number;
  readonly toLane: number;
}

/** The jumps of a timeline, by step. */
export function laneJumps(tree: SearchTree, trace: Trace, lanes: PackageLanes): readonly LaneJump[] {
  const laneOf = new Map([...lanes.packages].map((row, lane) => [row, lane]));
  const { step, from, to, passed, isRollback } = tree.jumps;
  const found: LaneJump[] = [];
  for (let jump = 0; jump < step.length; jump++) {
    if (passed.at(jump) < 2 || isRollback.at(jump) === 1) continue;
    const last = pinAbove(tree, from.at(jump));
    let first = last;
    for (let node = last; node > ROOT_NODE && node !== to.at(jump); node = tree.parent.at(node))
      if (isPin(tree, node)) first = node;
    const lane = (node: number): number | undefined =>
      node > ROOT_NODE ? laneOf.get(trace.candidates[tree.candidate.at(node)]!.package) : undefined;
    const [fromLane, toLane] = [lane(last), lane(first)];
    if (fromLane === undefined || toLane === undefined || fromLane === toLane) continue;
    found.push({ step: step.at(jump), fromLane, toLane });
  }
  return found;
}

function pinAbove(tree: SearchTree, node: number): number {
  let at = node;
  while (at > ROOT_NODE && !isPin(tree, at)) at = tree.parent.at(at);
  return at;
}

/** A package, and its part of all attempts. */
export interface HotSpot {
  /** Row of `packages`. */
  readonly package: number;
  readonly attempts: number;
  /** The node of its first attempt. */
  readonly first: number;
}

/** Attempts from which a search has something to find. */
const LEAST_WORK = 60;
/** Packages that are named, and the part of all attempts at which they suffice. */
const MOST_SPOTS = 3;
const ENOUGH = 0.8;

/** The few packages that most attempts were spent on, most first; none in a short search. */
export function hotSpots(
  tree: SearchTree,
  trace: Trace,
): { readonly spots: readonly HotSpot[]; readonly share: number } {
  const all = tree.attempts;
  if (all < LEAST_WORK) return { spots: [], share: 0 };
  const spots: HotSpot[] = [];
  let counted = 0;
  const byWork = attemptsByPackage(tree, trace).sort((a, b) => b.attempts - a.attempts || a.first - b.first);
  for (const spot of byWork) {
    if (spots.length === MOST_SPOTS || counted >= ENOUGH * all) break;
    spots.push(spot);
    counted += spot.attempts;
  }
  return { spots, share: counted / all };
}

/** The first slice of a lane that is not over at a step; the lane's end where all are. */
export function sliceAt({ start, from, to }: Lanes, lane: number, step: number): number {
  let low = start[lane]!;
  let high = start[lane + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  return before >= start[lane]! && to[before]! > step ? before : low;
}

function isPin(tree: SearchTree, node: number): boolean {
  return tree.kind.at(node) === NODE_CODE.pin;
}

function isSliceKind(kind: number): boolean {
  return kind === NODE_CODE.pin || kind === NODE_CODE.skip;
}

/** Step after the last at which a node stands. */
export function endOfNode(tree: SearchTree, node: number): number {
  if (!isPin(tree, node)) return tree.bornAt.at(node) + 1;
  const settled = tree.settledAt.at(node);
  return settled === NEVER ? tree.events : Math.max(settled, tree.bornAt.at(node) + 1);
}

/** Whether a pin was given up in the end. */
export function isGivenUp(tree: SearchTree, node: number): boolean {
  const status = tree.status.at(node);
  return isPin(tree, node) && status !== STATUS_CODE.standing && status !== STATUS_CODE.kept;
}

// Nodes are in the order of their birth, so counting sort by lane leaves each lane in the order of steps. This is what
// a drawing of a great run costs: the columns themselves are read, and each node once.
function gather(tree: SearchTree, sizes: readonly number[], laneOf: (node: number) => number): Lanes {
  const count = sizes.length;
  const start = new Int32Array(count + 1);
  for (let lane = 0; lane < count; lane++) start[lane + 1] = start[lane]! + sizes[lane]!;
  const next = start.slice();
  const from = new Int32Array(tree.attempts);
  const to = new Int32Array(tree.attempts);
  const nodes = new Int32Array(tree.attempts);
  const { values: kinds } = tree.kind;
  const { values: births } = tree.bornAt;
  for (let node = ROOT_NODE + 1; node < tree.size; node++) {
    if (!isSliceKind(kinds[node]!)) continue;
    const lane = laneOf(node);
    const at = next[lane]!++;
    from[at] = births[node]!;
    to[at] = endOfNode(tree, node);
    nodes[at] = node;
    // A pin that stands again later is drawn as far as the next one: one thing at a time in a lane.
    if (at > start[lane]!) to[at - 1] = Math.min(to[at - 1]!, Math.max(from[at], from[at - 1]! + 1));
  }
  return { count, start, from, to, node: nodes };
}
