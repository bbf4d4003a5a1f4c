/** Texts by row, each once, numbered in the order of their first use. */
export interface TextTable {
  readonly texts: readonly string[];
  /** The row of `text`, made when it is new. */
  row(text: string): number;
  /** The row of `text`, or null when it has none. */
  find(text: string): number | null;
}

export function makeTextTable(): TextTable {
  const texts: string[] = [];
  const rows = new Map<string, number>();
  return {
    texts,
    find: (text) => rows.get(text) ?? null,
    row(text) {
      let row = rows.get(text);
      if (row === undefined) {
        row = texts.push(text) - 1;
        rows.set(text, row);
      }
      return row;
    },
  };
}
