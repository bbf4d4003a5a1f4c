/**
 * A minimal set of lines that cannot hold together, by deletion: each line is left out in turn, and stays out if the
 * rest still cannot hold. The proof of each step names the lines it used, and only those go on.
 */
import type { ResolveRequest } from '../resolver/engine.ts';
import { proofFacts, type ImpossibilityProof, type Proof } from '../resolver/prover/proof.ts';

/** Whether the guilty lines were shown to be all needed, by solving without each. */
export type Minimality =
  /** Each line left out in turn gives a solution; `solves` runs were made to know. */
  | { readonly status: 'minimal'; readonly solves: number }
  /** The lines cannot hold together, but whether all are needed was not found out. */
  | { readonly status: 'not-minimal'; readonly solves: number }
  /** Nothing was checked: the lines are what the tool named. */
  | { readonly status: 'not-checked' };

/** One requirement or constraint of a request, by position. */
export interface LineKey {
  readonly list: 'requirements' | 'constraints';
  readonly at: number;
}

/** Lines that cannot hold together, and a proof of it that uses only them. */
export interface MinimalLines {
  /** Positions in the request that was asked about. */
  readonly lines: readonly LineKey[];
  /** The request that `proof` is about, and whose positions it names. */
  readonly request: ResolveRequest;
  readonly proof: ImpossibilityProof;
  readonly minimality: Minimality;
}

/** Decides a request; certain when it says `possible` or `impossible`. */
export type Decide = (request: ResolveRequest) => Proof;

/** Starts from a proof for the whole request; makes at most `maxSolves` solves, that of the proof included. */
export function minimalLines(
  request: ResolveRequest,
  proof: ImpossibilityProof,
  decide: Decide,
  maxSolves: number,
): MinimalLines {
  let proved = { request, proof };
  let needed: readonly LineKey[] = [];
  let open = usedLines(proof);
  let solves = 1;
  let isCertain = true;
  for (let [first, ...others] = open; first !== undefined; [first, ...others] = open) {
    if (solves >= maxSolves)
      return { ...proved, lines: [...needed, ...open], minimality: notMinimal(solves) };
    const keys = [...needed, ...others];
    const smaller = withLines(request, keys);
    const answer = decide(smaller);
    solves += 1;
    if (answer.kind === 'impossible') {
      const used = usedLines(answer.proof).map((key) => originalKey(keys, key));
      proved = { request: smaller, proof: answer.proof };
      open = others.filter((key) => used.some((other) => isSame(key, other)));
      continue;
    }
    // Without it the rest can hold, so every smaller set needs it too.
    if (answer.kind !== 'possible') isCertain = false;
    needed = [...needed, first];
    open = others;
  }
  const minimality: Minimality = isCertain ? { status: 'minimal', solves } : notMinimal(solves);
  return { ...proved, lines: [...needed].sort(byPosition), minimality };
}

function notMinimal(solves: number): Minimality {
  return { status: 'not-minimal', solves };
}

/** The lines that a proof rests on, in order; positions are those of the request that was proved. */
export function usedLines(proof: ImpossibilityProof): readonly LineKey[] {
  const keys = new Map<string, LineKey>();
  for (const fact of [...proofFacts(proof.root), ...(proof.company ?? [])]) {
    if (fact.kind !== 'line' && fact.kind !== 'constraint') continue;
    const list = fact.kind === 'line' ? 'requirements' : 'constraints';
    keys.set(`${list} ${fact.line}`, { list, at: fact.line });
  }
  return [...keys.values()].sort(byPosition);
}

/** The request with only these lines, in their order. */
export function withLines(request: ResolveRequest, keys: readonly LineKey[]): ResolveRequest {
  const chosen = (list: LineKey['list']): ResolveRequest[LineKey['list']] =>
    keys
      .filter((key) => key.list === list)
      .sort(byPosition)
      .map((key) => request[list][key.at]!);
  return { ...request, requirements: chosen('requirements'), constraints: chosen('constraints') };
}

/** The request without one line. */
export function withoutLine(request: ResolveRequest, { list, at }: LineKey): ResolveRequest {
  return { ...request, [list]: request[list].filter((_user, place) => place !== at) };
}

/** Lines of the request without `left`, as lines of the whole one. */
export function originalKeys(minimal: MinimalLines, left: LineKey): MinimalLines {
  const lines = minimal.lines.map(({ list, at }) => ({
    list,
    at: list === left.list && at >= left.at ? at + 1 : at,
  }));
  return { ...minimal, lines };
}

/** A line of the smaller request `withLines(request, keys)`, as a line of `request`. */
function originalKey(keys: readonly LineKey[], { list, at }: LineKey): LineKey {
  return keys.filter((key) => key.list === list).sort(byPosition)[at]!;
}

function isSame(a: LineKey, b: LineKey): boolean {
  return a.list === b.list && a.at === b.at;
}

function byPosition(a: LineKey, b: LineKey): number {
  return Number(a.list === 'constraints') - Number(b.list === 'constraints') || a.at - b.at;
}
