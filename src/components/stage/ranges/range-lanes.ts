/** What each limit leaves of a package's versions, as stretches of the versions' positions. */
import { lineName } from '../../../core/explain/words.ts';
import type { Trace } from '../../../core/resolver/trace.ts';
import type { Bound } from '../../../core/search-tree/bounds.ts';
import { askerName } from '../../drawer/asker-name.ts';

/** First and last position of a stretch of versions. */
export type Stretch = readonly [first: number, last: number];

export interface RangeLane {
  /** Who sets the limit: `line 4`, `botocore 1.31.42`. */
  readonly source: string;
  /** The limit as it is written. */
  readonly specifier: string;
  readonly left: readonly Stretch[];
  /** How many versions it leaves. */
  readonly count: number;
  /** Of the candidate that is looked at just now. */
  readonly isTried: boolean;
}

export interface RangeLanes {
  /** Narrowest first; limits that leave everything stand last. */
  readonly lanes: readonly RangeLane[];
  /** What all of them leave together. */
  readonly left: readonly Stretch[];
}

/** The lanes of a package's limits over its versions, lowest first. */
export function rangeLanes(trace: Trace, bounds: readonly Bound[], versions: readonly string[]): RangeLanes {
  const together = new Uint8Array(versions.length).fill(1);
  const lanes = bounds.map((bound): RangeLane => {
    const flags = versions.map((version) => bound.allows(version));
    flags.forEach((isLeft, at) => {
      if (!isLeft) together[at] = 0;
    });
    return {
      source: bound.source === null ? askerName(trace, bound) : lineName(bound.source),
      specifier: bound.specifier === '' ? 'any' : bound.specifier,
      left: stretches(flags),
      count: flags.filter(Boolean).length,
      isTried: bound.isTried,
    };
  });
  return {
    lanes: lanes.toSorted((a, b) => a.count - b.count || Number(b.isTried) - Number(a.isTried)),
    left: stretches([...together].map((flag) => flag === 1)),
  };
}

function stretches(flags: readonly boolean[]): Stretch[] {
  const found: Stretch[] = [];
  let first = -1;
  for (let at = 0; at <= flags.length; at++) {
    if (flags[at] === true) {
      if (first < 0) first = at;
    } else if (first >= 0) {
      found.push([first, at - 1]);
      first = -1;
    }
  }
  return found;
}
