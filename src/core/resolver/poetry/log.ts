/** What Poetry's solver says at `-vvv`, as values. Words are made of them in explain/poetry. */
import type { Overrides } from './overrides.ts';
import type { NamedRequirement } from './provider/overlap.ts';
import type { PoetryIncompatibility, PoetryTerm } from './terms.ts';

export type LogEntry =
  | {
      readonly kind: 'fact' | 'conflict' | 'caused' | 'thus';
      readonly incompatibility: PoetryIncompatibility;
    }
  /** The term holds now. */
  | { readonly kind: 'derived'; readonly term: PoetryTerm }
  | {
      readonly kind: 'satisfied';
      readonly term: PoetryTerm;
      readonly by: PoetryTerm;
      readonly isPartial: boolean;
    }
  | { readonly kind: 'selecting'; readonly completeName: string; readonly version: string }
  | { readonly kind: 'duplicates' | 'merging' | 'none-relevant' | 'one-relevant'; readonly name: string }
  | { readonly kind: 'different'; readonly requirements: readonly NamedRequirement[] }
  | { readonly kind: 'orphan'; readonly completeName: string; readonly version: string }
  | { readonly kind: 'retrying'; readonly overrides: Overrides }
  | { readonly kind: 'run-ended'; readonly tries: number }
  | { readonly kind: 'all-ended'; readonly overrides: readonly Overrides[] };

/** A message with the attempt of its run, 0 for those of no attempt, and the length of the trace when it came. */
export interface LogLine {
  readonly attempt: number;
  readonly step: number;
  readonly entry: LogEntry;
}
