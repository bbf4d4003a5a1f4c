/** Progress on standard error: a line that is overwritten in a terminal, and nothing where nobody watches. */

/** Shows a share of 0 to 1; 1 ends the line. */
export function showProgress(what: string, share: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${what} ${Math.round(share * 100)} %`);
  if (share >= 1) process.stderr.write('\n');
}

/** Shows what was counted so far, on a line that the next overwrites; '' clears it. */
export function showCounts(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
