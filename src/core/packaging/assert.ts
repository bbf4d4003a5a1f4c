/** Fails fast on a broken invariant. Expected failures are values (`Result`, `Outcome`), never this. */
export function assert(condition: unknown, message: string): asserts condition {
  if (condition === false || condition === undefined || condition === null)
    throw new Error(`[bug] ${message}`);
}

/** Closes an exhaustive switch over a union. */
export function assertNever(value: never): never {
  throw new Error(`[bug] unexpected value ${JSON.stringify(value)}`);
}
