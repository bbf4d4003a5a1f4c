/**
 * How the guilty lines lead to the package in which a conflict ends: for each line the shortest chain there is, and one
 * more for each bound on that package that none of those reaches, so that the chains together leave nothing of it.
 */
import type { LineSource } from '../resolver/trace.ts';
import { boundSide, boundWords } from './bound-words.ts';
import type { Chain, ChainLink, Clash } from './explanation.ts';
import {
  allowedAt,
  boundsOf,
  lineOf,
  orderedBounds,
  packageAt,
  type ConflictView,
} from './narrowing-view.ts';
import { stepClause } from './narrowing-words.ts';
import { nothingListed } from './need-words.ts';
import { packageVersions, runsOf } from './version-words.ts';
import { capitalized, code } from './words.ts';

/** After every line. */
const NO_LINE = Number.MAX_SAFE_INTEGER;

/** The chains of a conflict in the order of the lines, then what the index alone rules out. */
export function chainsOf(view: ConflictView): readonly Chain[] {
  const bounds = boundsOf(view);
  const reached = new Set<number>();
  const chains = view.slice.steps.flatMap((step, at): readonly Chain[] => {
    if (step.reason.kind !== 'fact' || step.reason.fact.kind === 'unusable') return [];
    const path = pathToBound(view, at, bounds);
    if (path === null) return [];
    reached.add(path.at(-1)!);
    return [chainAlong(view, path, lineOf(step))];
  });
  const further = bounds
    .filter((at) => !reached.has(at))
    .map((bound) => {
      const path = shortestPathTo(view, bound);
      return chainAlong(view, path, lineOf(view.slice.steps[path[0]!]!));
    });
  return [...chains, ...further].toSorted((a, b) => (a.line?.line ?? NO_LINE) - (b.line?.line ?? NO_LINE));
}

function chainAlong(view: ConflictView, path: readonly number[], line: LineSource | null): Chain {
  const bound = path.at(-1)!;
  return {
    line,
    links: path
      .flatMap((place) => [...unusableBefore(view, place, path), place])
      .map((place) => linkAt(view, place)),
    bound: boundAt(view, bound),
    left: runsOf(allowedAt(view, bound)),
  };
}

/** Why other versions of the package that needs something cannot be used: part of what every one that is left needs. */
function unusableBefore(view: ConflictView, at: number, path: readonly number[]): readonly number[] {
  const { reason, because } = view.slice.steps[at]!;
  if (reason.kind !== 'needed') return [];
  return because.filter((place) => {
    const step = view.slice.steps[place]!;
    const isUnusable = step.reason.kind === 'fact' && step.reason.fact.kind === 'unusable';
    return isUnusable && step.package === reason.by && !path.includes(place);
  });
}

/** The package in which the chains meet, and why nothing is left of it. */
export function clashOf(view: ConflictView): Clash {
  const { identifier, versions } = packageAt(view, view.slice.emptied);
  const bounds = orderedBounds(view);
  const words = bounds
    .map((at) => boundWords(view, at, boundSide(view, at, bounds)))
    .filter((part) => part !== '');
  const hasOnlyDemands = bounds.every((at) => {
    const { reason } = view.slice.steps[at]!;
    return reason.kind === 'needed' || (reason.kind === 'fact' && reason.fact.kind !== 'unusable');
  });
  const name = code(identifier);
  const gap =
    versions.length === 0
      ? nothingListed(packageAt(view, view.slice.emptied))
      : hasOnlyDemands && bounds.length === 2 && words.length === 2
        ? `no version of ${name} is both ${words[0]!} and ${words[1]!}`
        : `every version of ${name} is ruled out`;
  return { package: identifier, gap, versions };
}

/** Steps from a line to a step on the emptied package, each resting on the one before; null when it leads elsewhere. */
function pathToBound(view: ConflictView, from: number, bounds: readonly number[]): readonly number[] | null {
  const paths: (readonly number[])[] = [[from]];
  const seen = new Set([from]);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    const last = path.at(-1)!;
    if (bounds.includes(last)) return path;
    view.slice.steps.forEach((step, at) => {
      if (seen.has(at) || !step.because.includes(last)) return;
      seen.add(at);
      paths.push([...path, at]);
    });
  }
  return null;
}

/** The shortest way from a line to one bound, else from a fact of the index; the bound alone if it needs no other. */
function shortestPathTo(view: ConflictView, bound: number): readonly number[] {
  const paths = view.slice.steps.flatMap((step, at) => {
    const path = step.reason.kind === 'fact' ? pathToBound(view, at, [bound]) : null;
    return path === null ? [] : [{ path, rank: lineOf(step) === null ? 1 : 0 }];
  });
  const [best] = paths.toSorted((a, b) => a.rank - b.rank || a.path.length - b.path.length);
  return best?.path ?? [bound];
}

function linkAt(view: ConflictView, at: number): ChainLink {
  return { text: capitalized(stepClause(view, at)), source: lineOf(view.slice.steps[at]!) };
}

function boundAt(view: ConflictView, at: number): string {
  const { identifier, versions } = packageAt(view, view.slice.emptied);
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'clash' || (reason.kind === 'fact' && reason.fact.kind === 'unusable'))
    return `rules out ${packageVersions(identifier, versions, step.used)}`;
  const words = boundWords(view, at, boundSide(view, at, boundsOf(view)));
  if (versions.length === 0) return `asks for ${code(identifier)}`;
  return words === '' ? `leaves every version of ${code(identifier)}` : `leaves ${code(identifier)} ${words}`;
}
