/** Typed-array columns that grow by doubling: the storage of a search tree while its trace still arrives. */

/** Append-only 32-bit integers. `values` may be longer than `length`; what lies beyond is not defined. */
export class IntegerColumn {
  values: Int32Array;
  length = 0;

  constructor(capacity = 256) {
    this.values = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.values.length) {
      const bigger = new Int32Array(this.values.length * 2);
      bigger.set(this.values);
      this.values = bigger;
    }
    this.values[this.length] = value;
    return this.length++;
  }

  at(row: number): number {
    return this.values[row]!;
  }

  /** Row of the last value not greater than `value`, in a column that never falls; -1 when all are greater. */
  lastNotAbove(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.values[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
