/** Packages that must be selected, in the order in which they came to wait. README.md#readings */
export class PendingOrder {
  readonly #packages = new Set<number>();

  add(packageId: number): void {
    this.#packages.add(packageId);
  }

  packages(): readonly number[] {
    return [...this.#packages];
  }

  /** Moves packages to the end, by the place at which each came to wait; null: it waits no longer. */
  requeue(touched: ReadonlySet<number>, placeOf: (packageId: number) => number | null): void {
    const again: { readonly packageId: number; readonly place: number }[] = [];
    for (const packageId of touched) {
      this.#packages.delete(packageId);
      const place = placeOf(packageId);
      if (place !== null) again.push({ packageId, place });
    }
    for (const { packageId } of again.sort((a, b) => a.place - b.place)) this.#packages.add(packageId);
  }
}
