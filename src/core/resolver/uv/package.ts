/**
 * The packages that uv's search decides, most of which are no projects: the root, Python itself, a project with one
 * extra, and proxies that stand for a requirement with an extra or a marker (README.md#packages-and-proxies).
 */
import { assertNever } from '../../packaging/assert.ts';
import { TRUE_MARKER, type MarkerTree } from './marker-tree.ts';
import { markerText } from './marker-text.ts';

export type UvPackage =
  | { readonly kind: 'root' }
  /** `installed`: the interpreter; `target`: what `--python-version` or `requires-python` asks for. */
  | { readonly kind: 'python'; readonly role: 'installed' | 'target' }
  | {
      readonly kind: 'package';
      readonly name: string;
      readonly extra: string | null;
      readonly marker: MarkerTree;
    }
  | { readonly kind: 'extra'; readonly name: string; readonly extra: string; readonly marker: MarkerTree }
  | { readonly kind: 'marker'; readonly name: string; readonly marker: MarkerTree };

export const ROOT: UvPackage = { kind: 'root' };

/** The project itself, without extra or marker. */
export function basePackage(name: string): UvPackage {
  return { kind: 'package', name, extra: null, marker: TRUE_MARKER };
}

/** The package that a requirement on a project (with one extra) under a marker is turned into. */
export function packageOf(name: string, extra: string | null, marker: MarkerTree): UvPackage {
  if (extra !== null) return { kind: 'extra', name, extra, marker };
  return marker === TRUE_MARKER ? basePackage(name) : { kind: 'marker', name, marker };
}

/** The project's name; null for the root and Python. */
export function projectName(item: UvPackage): string | null {
  return item.kind === 'root' || item.kind === 'python' ? null : item.name;
}

export function isProxy(item: UvPackage): boolean {
  return item.kind === 'extra' || item.kind === 'marker';
}

/** As uv prints it: `root`, `Python`, `a`, `a[x]`, `a{sys_platform == 'linux'}`. */
export function packageText(item: UvPackage): string {
  switch (item.kind) {
    case 'root':
      return 'root';
    case 'python':
      return 'Python';
    case 'extra':
      // Of the two proxies only that of a marker tells its marker.
      return item.name + partText(item.extra);
    case 'package':
    case 'marker': {
      const extra = item.kind === 'marker' || item.extra === null ? '' : partText(item.extra);
      const marker = markerText(item.marker);
      return `${item.name}${extra}${marker === null ? '' : `{${marker}}`}`;
    }
    default:
      return assertNever(item);
  }
}

/** `[x]` for an extra, `:dev` for a group, whose name stands with its colon. */
function partText(part: string): string {
  return part.startsWith(':') ? part : `[${part}]`;
}

const KIND_ORDER = { root: 0, python: 1, package: 2, extra: 3, marker: 4 } as const;

/** uv's order of packages: by kind, then by name, extra and marker. */
export function comparePackages(a: UvPackage, b: UvPackage): number {
  const kinds = KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
  if (kinds !== 0) return kinds;
  const left = sortTexts(a);
  const right = sortTexts(b);
  for (const [index, text] of left.entries()) {
    if (text !== right[index]!) return text < right[index]! ? -1 : 1;
  }
  return 0;
}

function sortTexts(item: UvPackage): readonly string[] {
  switch (item.kind) {
    case 'root':
      return [];
    case 'python':
      return [item.role];
    case 'package':
    case 'extra':
      return [item.name, item.extra ?? '', markerText(item.marker) ?? ''];
    case 'marker':
      return [item.name, markerText(item.marker) ?? ''];
  }
}

/** Gives each package its number. Number 0 is the root. */
export class PackageTable {
  readonly packages: UvPackage[] = [ROOT];
  readonly #plain = new Map<string, number>();
  readonly #others = new Map<string, number>([['root', 0]]);

  /** The number of a package, a new one if it was not met before. */
  number(item: UvPackage): number {
    // Most packages asked for are plain projects: their names are keys enough.
    const isPlain = item.kind === 'package' && item.extra === null && item.marker === TRUE_MARKER;
    return isPlain
      ? this.#numbered(this.#plain, item.name, item)
      : this.#numbered(this.#others, identity(item), item);
  }

  #numbered(numbers: Map<string, number>, key: string, item: UvPackage): number {
    let number = numbers.get(key);
    if (number === undefined) {
      number = this.packages.push(item) - 1;
      numbers.set(key, number);
    }
    return number;
  }
}

function identity(item: UvPackage): string {
  switch (item.kind) {
    case 'root':
      return 'root';
    case 'python':
      return `python:${item.role}`;
    case 'package':
      return `package:${item.name}[${item.extra ?? ''}]${item.marker.id}`;
    case 'extra':
      return `extra:${item.name}[${item.extra}]${item.marker.id}`;
    case 'marker':
      return `marker:${item.name}:${item.marker.id}`;
    default:
      return assertNever(item);
  }
}
