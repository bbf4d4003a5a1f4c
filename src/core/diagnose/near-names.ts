/** Names that are one slip of the keyboard away from one that no project has. */
import { isMissing, type PackageIndex } from '../package-index/package-index.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-';
/** Longer names have more neighbours than are worth asking for. */
const MAX_LENGTH = 40;

/** Projects with releases whose normalised name is one edit or one transposition away, those with most releases first. */
export function nearNames(index: PackageIndex, name: string): readonly string[] {
  if (name.length < 3 || name.length > MAX_LENGTH) return [];
  const found = new Map<string, number>();
  for (const other of neighbours(name)) {
    if (found.has(other) || other === name) continue;
    const page = index.page(other);
    if (isMissing(page) || page.distributions.length === 0) continue;
    found.set(other, new Set(page.distributions.map(({ version }) => version)).size);
  }
  return [...found].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([other]) => other);
}

function* neighbours(name: string): Generator<string> {
  for (let at = 0; at <= name.length; at += 1) {
    const before = name.slice(0, at);
    const after = name.slice(at);
    if (after !== '') yield before + after.slice(1);
    if (after.length > 1) yield before + after[1]! + after[0]! + after.slice(2);
    for (const letter of LETTERS) {
      if (after !== '') yield before + letter + after.slice(1);
      yield before + letter + after;
    }
  }
}
