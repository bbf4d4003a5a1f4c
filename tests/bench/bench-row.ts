/** One measured figure of `npm run bench`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the project aims at, in the same unit; figures are printed beside it and never asserted. */
  readonly goal?: number;
  /** Whether a figure above the goal is the good side (`events/s`) or the bad one (`ms`, the default). */
  readonly higherIsBetter?: boolean;
}
