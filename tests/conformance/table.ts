/** The table that `npm run conformance` prints. */
export interface ConformanceRow {
  readonly engine: string;
  readonly family: string;
  /** `12/12`, or `–` where there is nothing to compare. */
  readonly outcome: string;
  readonly pins: string;
  readonly events: string;
  readonly text: string;
  readonly metrics: string;
  /** One line for each case that differs. */
  readonly differences: readonly string[];
}

const COLUMNS = ['engine', 'family', 'outcome', 'pins', 'events', 'text', 'metrics'] as const;
const WIDTHS = { engine: 12, family: 24, outcome: 9, pins: 9, events: 9, text: 9, metrics: 9 } as const;

export function tableHead(): string {
  return COLUMNS.map((column) => column.padEnd(WIDTHS[column])).join(' ').trimEnd();
}

export function tableRow(row: ConformanceRow): string {
  return COLUMNS.map((column) => row[column].padEnd(WIDTHS[column])).join(' ').trimEnd();
}
