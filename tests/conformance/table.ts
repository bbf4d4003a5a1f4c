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
  /** Same rounds, index pages and metadata files; absent where they are not recorded. */
  readonly metrics?: number | null;
}

export interface ConformanceTable {
  readonly title: string;
  readonly rows: readonly ConformanceRow[];
  /** One line for each that differs, with the reason. */
  readonly differences: readonly string[];
}

const COUNTS = ['outcome', 'pins', 'events', 'text', 'metrics'] as const;

/** The table as lines; families and engines left, counts right. */
export function tableLines({ title, rows }: ConformanceTable): readonly string[] {
  const head = ['family', 'engine', 'cases', ...COUNTS];
  const cells = rows.map((row) => {
    const counts = COUNTS.map((column) => String(row[column] ?? '–'));
    return [row.family, row.engine, String(row.total), ...counts];
  });
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]): string => {
    const padded = row.map((cell, column) => {
      return column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
    });
    return padded.join('  ').trimEnd();
  };
  return [title, '', line(head), ...cells.map(line)];
}
