/**
 * Constraints on the texts of markers (`sys_platform`, `extra` …): single items, all of several, one of several. An
 * extra can have many values at once, so its items exclude one another only where one is the other's opposite.
 * poetry-core 2.5, `constraints/generic`.
 */

export type TextOperator = '==' | '!=' | 'in' | 'not in';

export interface TextItem {
  readonly kind: 'item';
  readonly value: string;
  readonly operator: TextOperator;
}

export interface TextGroup {
  /** `all`: every item holds; `some`: at least one part does. */
  readonly kind: 'all' | 'some';
  /** Items; of `some` also `all` groups. */
  readonly parts: readonly TextConstraint[];
}

export type TextConstraint = TextItem | TextGroup | { readonly kind: 'any' } | { readonly kind: 'none' };

const ANY_TEXT: TextConstraint = { kind: 'any' };
const NO_TEXT: TextConstraint = { kind: 'none' };

export function textItem(value: string, operator: TextOperator): TextItem {
  return { kind: 'item', value, operator };
}

export function sameText(a: TextConstraint, b: TextConstraint): boolean {
  if (a === b) return true;
  if (a.kind === 'item') return b.kind === 'item' && a.value === b.value && a.operator === b.operator;
  if (a.kind === 'any' || a.kind === 'none' || b.kind === 'item') return a.kind === b.kind;
  if (a.kind !== b.kind || !('parts' in b) || a.parts.length !== b.parts.length) return false;
  return a.parts.every((part, index) => sameText(part, b.parts[index]!));
}

function includesText(list: readonly TextConstraint[], wanted: TextConstraint): boolean {
  return list.some((part) => sameText(part, wanted));
}

function hasSameParts(a: TextGroup, b: TextGroup): boolean {
  return a.parts.length === b.parts.length && a.parts.every((part) => includesText(b.parts, part));
}

/** Whether a value meets an item. */
export function itemAllows({ value, operator }: TextItem, text: string): boolean {
  switch (operator) {
    case '==':
      return text === value;
    case '!=':
      return text !== value;
    case 'in':
      return text.includes(value);
    case 'not in':
      return !text.includes(value);
  }
}

export function textAllows(constraint: TextConstraint, text: string): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'none':
      return false;
    case 'item':
      return itemAllows(constraint, text);
    case 'all':
      return constraint.parts.every((part) => textAllows(part, text));
    case 'some':
      return constraint.parts.some((part) => textAllows(part, text));
  }
}

const OPPOSITES = { '==': '!=', '!=': '==', in: 'not in', 'not in': 'in' } as const;

export function opposite(operator: TextOperator): TextOperator {
  return OPPOSITES[operator];
}

/** Whether whatever meets `a` meets `b`; `a` and `b` differ. */
function implies(a: TextItem, b: TextItem): boolean {
  if (a.operator === '==') return itemAllows(b, a.value);
  if (a.operator === 'in') {
    if (b.operator === 'in') return a.value.includes(b.value);
    return b.operator === '!=' && !b.value.includes(a.value);
  }
  if (a.operator === 'not in') {
    if (b.operator === 'not in') return b.value.includes(a.value);
    return b.operator === '!=' && b.value.includes(a.value);
  }
  return false;
}

function inverse({ value, operator }: TextItem): TextItem {
  return textItem(value, opposite(operator));
}

function contradict(a: TextItem, b: TextItem): boolean {
  return sameText(inverse(a), b) || implies(a, inverse(b));
}

function coverAll(a: TextItem, b: TextItem): boolean {
  return sameText(inverse(a), b) || implies(inverse(a), b);
}

export class TextAlgebra {
  readonly #isExtra: boolean;

  constructor(isExtra: boolean) {
    this.#isExtra = isExtra;
  }

  /** What both take. */
  intersect(a: TextConstraint, b: TextConstraint): TextConstraint {
    if (a.kind === 'any' || b.kind === 'none') return b;
    if (b.kind === 'any' || a.kind === 'none') return a;
    if (a.kind === 'some') return this.#intersectSome(a, b);
    if (b.kind === 'some') return this.#intersectSome(b, a);
    if (a.kind === 'item') return b.kind === 'item' ? this.#intersectItems(a, b) : this.#intersectAll(b, a);
    if (b.kind === 'item') return this.#intersectAll(a, b);
    let all: TextConstraint = a;
    for (const part of b.parts) all = this.intersect(all, part);
    return all;
  }

  #intersectItems(a: TextItem, b: TextItem): TextConstraint {
    if (sameText(a, b)) return a;
    if (this.#isExtra) return sameText(inverse(a), b) ? NO_TEXT : { kind: 'all', parts: [a, b] };
    if (contradict(a, b)) return NO_TEXT;
    if (implies(b, a)) return b;
    if (implies(a, b)) return a;
    return { kind: 'all', parts: [a, b] };
  }

  #intersectAll(all: TextGroup, item: TextItem): TextConstraint {
    if (includesText(all.parts, item)) return all;
    if (all.parts.some((part) => part.kind === 'item' && part.value === item.value)) return NO_TEXT;
    if (item.operator === '==' && !this.#isExtra) return item;
    return { kind: 'all', parts: [...all.parts, item] };
  }

  #intersectSome(some: TextGroup, other: TextConstraint): TextConstraint {
    const theirs = other.kind === 'some' ? other.parts : [other];
    if (other.kind === 'some') {
      if (some.parts.every((part) => includesText(theirs, part))) return some;
      if (theirs.every((part) => includesText(some.parts, part))) return other;
    } else if (includesText(some.parts, other)) return other;
    const found: TextConstraint[] = [];
    for (const part of some.parts) {
      for (const their of theirs) {
        const both = this.intersect(part, their);
        if (both.kind !== 'none' && !includesText(found, both)) found.push(both);
      }
    }
    if (found.length === 0) return NO_TEXT;
    return found.length === 1 ? found[0]! : { kind: 'some', parts: found };
  }

  /** What either takes. */
  unite(a: TextConstraint, b: TextConstraint): TextConstraint {
    if (a.kind === 'any' || b.kind === 'none') return a;
    if (b.kind === 'any' || a.kind === 'none') return b;
    if (a.kind === 'some') return this.#uniteSome(a, b);
    if (b.kind === 'some') return this.#uniteSome(b, a);
    if (a.kind === 'item') return b.kind === 'item' ? this.#uniteItems(a, b) : this.#uniteAll(b, a);
    if (b.kind === 'item') return this.#uniteAll(a, b);
    if (this.#isExtra) return hasSameParts(a, b) ? a : { kind: 'some', parts: [a, b] };
    const common = a.parts.filter((part) => includesText(b.parts, part));
    if (common.length === 0) return ANY_TEXT;
    return common.length === 1 ? common[0]! : { kind: 'all', parts: common };
  }

  #uniteItems(a: TextItem, b: TextItem): TextConstraint {
    if (sameText(a, b)) return a;
    if (this.#isExtra) return sameText(inverse(a), b) ? ANY_TEXT : { kind: 'some', parts: [a, b] };
    if (coverAll(a, b)) return ANY_TEXT;
    if (implies(b, a)) return a;
    if (implies(a, b)) return b;
    return { kind: 'some', parts: [a, b] };
  }

  #uniteAll(all: TextGroup, item: TextItem): TextConstraint {
    if (includesText(all.parts, item)) return item;
    const others = all.parts.filter((part) => part.kind !== 'item' || part.value !== item.value);
    if (others.length === all.parts.length) {
      if (this.#isExtra) return { kind: 'some', parts: [item, all] };
      return item.operator === '!=' ? ANY_TEXT : all;
    }
    return others.length === 1 ? others[0]! : { kind: 'all', parts: others };
  }

  #uniteSome(some: TextGroup, other: TextConstraint): TextConstraint {
    if (other.kind === 'all') {
      if (other.parts.some((part) => includesText(some.parts, part))) return some;
      const items = some.parts.filter((part) => part.kind === 'item');
      const needed = other.parts.filter(
        (part) => !items.some((item) => this.unite(item, part).kind === 'any'),
      );
      if (needed.length === 0) return ANY_TEXT;
      if (needed.length < other.parts.length) return this.unite(some, { kind: 'some', parts: needed });
      return { kind: 'some', parts: [...some.parts, other] };
    }
    const theirs = other.kind === 'some' ? other.parts : [other];
    const ours: TextConstraint[] = [];
    const kept: TextConstraint[] = [];
    const merged: TextConstraint[] = [];
    for (const their of theirs) {
      for (const part of some.parts) {
        const both = this.unite(part, their);
        if (both.kind === 'any') return ANY_TEXT;
        const isOne = both.kind === 'item';
        if (!isOne || sameText(both, part)) addOnce(ours, part);
        if (!isOne || (sameText(both, their) && !sameText(both, part))) addOnce(kept, their);
        if (isOne && !sameText(both, part) && !sameText(both, their)) addOnce(merged, both);
      }
    }
    return someOf(ours, kept, merged);
  }
}

/** Ours, theirs and what came of both, each once. */
function someOf(...lists: readonly (readonly TextConstraint[])[]): TextConstraint {
  const parts: TextConstraint[] = [];
  for (const part of lists.flat()) addOnce(parts, part);
  return parts.length === 1 ? parts[0]! : { kind: 'some', parts };
}

function addOnce(list: TextConstraint[], constraint: TextConstraint): void {
  if (!includesText(list, constraint)) list.push(constraint);
}
