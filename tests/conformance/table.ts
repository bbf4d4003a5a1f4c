/** What a conformance run prints: how many recordings or scenarios of the real tool ours agrees with. */

export interface ConformanceRow {
  readonly family: string;
  readonly engine: string;
  readonly total: number;
  /** Same outcome. */
  readonly outcome: number;
  /** Same pins too. */
  readonly pins: number;
  /** Same events too; null where none were recorded. */
  readonly events: number | null;
  /** Same text, to the character; null where there is none. */
  readonly text: number | null;
}

export interface ConformanceTable {
  readonly title: string;
  readonly rows: readonly ConformanceRow[];
  /** One line for each that differs, with the reason. */
  readonly differences: readonly string[];
}
