/** What stands at a step, and what was tried for one package: the lists beside the picture. */
import { EVENT_CODE, NO_PARENT } from '../resolver/events.ts';
import type { LineSource, Trace } from '../resolver/trace.ts';
import { rangeTextContains } from '../resolver/range-text.ts';
import { NODE_CODE, NODE_STATUSES, ROOT_NODE, lastNodeBornAt, type SearchTree } from './search-tree.ts';
import { standingNodesAt } from './search-state.ts';

/** Who asked for a pin: a candidate, or a line of the user's. */
export interface Asker {
  /** What was asked, as the engine's tool prints it: `urllib3<1.27,>=1.21.1`; PubGrub: the range with the name. */
  readonly text: string;
  /** Row of `candidates`; `NO_PARENT` for the user's own. */
  readonly parent: number;
  /** Where the user's own requirement stands. */
  readonly source: LineSource | null;
}

/** A pin that stands, as a list of pins shows it. */
export interface StackEntry {
  readonly node: number;
  /** Row of `candidates`. */
  readonly candidate: number;
  /** The identifier: `flask`, `flask[async]`. */
  readonly package: string;
  readonly version: string;
  /** Everything that stands and asks for it, in the order in which it was asked. Repeats are left out. */
  readonly askedBy: readonly Asker[];
  /** Step of its `pin` or `decide`. */
  readonly pinnedAt: number;
}

/** The pins that stand at a step, oldest first. */
export function stackAt(tree: SearchTree, trace: Trace, step: number): StackEntry[] {
  const nodes = standingPins(tree, trace, step);
  const askers = askersAt(tree, trace, step);
  return nodes.map((node) => {
    const candidate = tree.candidate.at(node);
    const row = trace.candidates[candidate]!;
    return {
      node,
      candidate,
      package: trace.packages[row.package]!.identifier,
      version: row.version,
      askedBy: askers.get(row.package) ?? [],
      pinnedAt: tree.bornAt.at(node),
    };
  });
}

/** Who asks for what at a step, by row of `packages`: the user, and the pins that stand. */
export function askersAt(
  tree: SearchTree,
  trace: Trace,
  step: number,
): ReadonlyMap<number, readonly Asker[]> {
  const nodes = standingPins(tree, trace, step);
  return tree.reasonIsRule
    ? dependencyAskers(tree, trace, nodes, step)
    : requireAskers(tree, trace, nodes, step);
}

function standingPins(tree: SearchTree, trace: Trace, step: number): readonly number[] {
  return standingNodesAt(tree, trace, step).filter((node) => tree.kind.at(node) === NODE_CODE.pin);
}

/** What became of one version of a package, as far as a step knows. */
export interface CandidateEntry {
  /** Row of `candidates`. */
  readonly candidate: number;
  readonly version: string;
  readonly state: 'pinned' | 'skipped' | 'undone' | 'trying';
  /** Its latest attempt. */
  readonly node: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** Step of its latest attempt. */
  readonly step: number;
}

/** The versions of a package (a row of `packages`) that were tried up to a step, latest attempt last. */
export function candidatesAt(
  tree: SearchTree,
  trace: Trace,
  step: number,
  packageRow: number,
): CandidateEntry[] {
  const standing = new Set(standingNodesAt(tree, trace, step));
  const entries = new Map<number, CandidateEntry>();
  const last = Math.min(tree.size - 1, lastNodeBornAt(tree, step) + 1);
  for (let node = ROOT_NODE + 1; node <= last; node++) {
    const candidate = tree.candidate.at(node);
    if (candidate < 0 || trace.candidates[candidate]!.package !== packageRow) continue;
    if (tree.triedAt.at(node) > step) continue;
    const attempts = (entries.get(candidate)?.attempts ?? 0) + 1;
    entries.delete(candidate);
    entries.set(candidate, {
      candidate,
      version: trace.candidates[candidate]!.version,
      state: candidateState(tree, node, step, standing.has(node)),
      node,
      attempts,
      step: Math.min(step, tree.bornAt.at(node)),
    });
  }
  return [...entries.values()];
}

function candidateState(
  tree: SearchTree,
  node: number,
  step: number,
  isStanding: boolean,
): CandidateEntry['state'] {
  if (tree.bornAt.at(node) > step) return 'trying';
  if (tree.kind.at(node) === NODE_CODE.skip) return 'skipped';
  return isStanding ? 'pinned' : 'undone';
}

/** What became of a pin in the end, as a word. */
export function finalStatus(tree: SearchTree, node: number): (typeof NODE_STATUSES)[number] {
  return NODE_STATUSES[tree.status.at(node)]!;
}

type AskersByPackage = Map<number, Asker[]>;

function addAsker(askers: AskersByPackage, packageRow: number, asker: Asker): void {
  const list = askers.get(packageRow) ?? [];
  if (!list.some((other) => other.text === asker.text && other.parent === asker.parent)) list.push(asker);
  askers.set(packageRow, list);
}

/** Backtracking: `require` events of the user's, and of the trials that led to the pins that stand. */
function requireAskers(
  tree: SearchTree,
  trace: Trace,
  nodes: readonly number[],
  step: number,
): AskersByPackage {
  const askers: AskersByPackage = new Map();
  const note = (from: number, to: number, parent: number): void => {
    for (let at = from; at < to; at++) {
      if (trace.kinds[at] !== EVENT_CODE.require || trace.second[at] !== parent) continue;
      const row = trace.requirements[trace.first[at]!]!;
      addAsker(askers, row.package, { text: row.text, parent, source: row.source ?? null });
    }
  };
  const firstTrial = tree.size > 1 ? tree.bornAt.at(ROOT_NODE + 1) : tree.events;
  note(0, Math.min(step + 1, firstTrial), NO_PARENT);
  for (const node of nodes) note(tree.triedAt.at(node), tree.bornAt.at(node), tree.candidate.at(node));
  return askers;
}

/** PubGrub: the dependencies that were added as incompatibilities, of the versions that are pinned now. */
function dependencyAskers(
  tree: SearchTree,
  trace: Trace,
  nodes: readonly number[],
  step: number,
): AskersByPackage {
  const askers: AskersByPackage = new Map();
  const pinned = new Map(
    nodes.map((node) => {
      const candidate = tree.candidate.at(node);
      return [trace.candidates[candidate]!.package, candidate];
    }),
  );
  for (let at = 0; at <= step; at++) {
    if (trace.kinds[at] !== EVENT_CODE.incompatibility) continue;
    const { terms, reason } = trace.incompatibilities[trace.first[at]!]!;
    const [asking, asked] = terms.map((term) => trace.terms[term]!);
    if (reason !== 'dependency' || asking === undefined || asked === undefined) continue;
    const parent = isUsersLines(trace, asking.package) ? NO_PARENT : pinned.get(asking.package);
    if (parent === undefined) continue;
    if (parent !== NO_PARENT && !rangeTextContains(asking.range, trace.candidates[parent]!.version)) continue;
    const range = asked.range === '*' ? '' : asked.range;
    const text = `${trace.packages[asked.package]!.identifier}${range}`;
    addAsker(askers, asked.package, { text, parent, source: null });
  }
  return askers;
}

/** Whether a package is PubGrub's stand-in for what the user asks for. */
function isUsersLines(trace: Trace, packageRow: number): boolean {
  return trace.candidates.some(({ package: row, origin }) => row === packageRow && origin === 'root');
}
