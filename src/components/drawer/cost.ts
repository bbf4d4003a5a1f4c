/** What a run cost, as counts with their units and what they count. */
import type { RunSummary } from '../../core/headless/resolver-service.ts';

export interface CostFact {
  readonly count: string;
  readonly unit: string;
  /** What is counted, after the unit. */
  readonly meaning: string;
}

/** The counts of a run, most telling first. */
export function costOf({ metrics, milliseconds }: RunSummary): readonly CostFact[] {
  const { rounds, pinned, rejected, undone, pages, metadata } = metrics;
  const fact = (count: number, one: string, many: string, meaning: string): CostFact => ({
    count: count.toLocaleString('en-US'),
    unit: count === 1 ? one : many,
    meaning,
  });
  return [
    fact(rounds, 'round', 'rounds', 'turns of the search’s main loop'),
    fact(pinned, 'pin', 'pins', 'versions chosen, for good or for a while'),
    fact(rejected, 'skipped', 'skipped', 'versions looked at and not taken'),
    fact(undone, 'undone', 'undone', 'pins taken back, jumped over ones included'),
    fact(pages, 'index page', 'index pages', 'that the tool would have fetched'),
    fact(metadata, 'metadata file', 'metadata files', 'that the tool would have fetched'),
    { count: durationText(milliseconds), unit: 'ms', meaning: 'measured in the worker, this run' },
  ];
}

/** Milliseconds to two figures where they are few. */
export function durationText(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds).toLocaleString('en-US');
}
