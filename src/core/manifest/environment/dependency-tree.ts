/**
 * Trees of what is installed or locked: `pipdeptree` (also `--reverse` and its warnings), `uv pip tree`, `uv tree`,
 * `poetry show --tree`, `pdm list --tree`, `pipenv graph`. Every line is a package; its depth says who asks for it.
 */
import type { Span } from '../../packaging/result.ts';
import { parseSpecifierSet } from '../../packaging/specifier.ts';
import { logLines } from '../log/output/log-line.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { translatePoetryConstraint } from '../project/poetry-constraint.ts';
import { InstalledWorld } from './installed-world.ts';

/** What is drawn before a name, and how deep that is. */
const DRAWING = /^((?:[│|] {1,3}| {2,4})*)(?:[├└╰][─-]{1,3} ?|\+-- |`-- |[-*] )?/u;
const DRAWN = /^(?:[│|] | {2})*(?:[├└╰][─-]|\+-- |`-- |[-*] )/u;
const NAME = String.raw`([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(\[[\w.,-]*\])?`;
/** pipdeptree and pipenv graph: a root, and what it needs. */
const PIN = new RegExp(
  String.raw`^${NAME}==(\S+)(?: \[requires: ([^\]]*(?:\[[^\]]*\][^\]]*)?)\])?(?: \(\*\))?$`,
);
const NEED = new RegExp(String.raw`^${NAME} \[required: ([^\]]*?), installed: ([^\]]*)\](?: \(\*\))?$`);
/** uv: `name v1.0 [required: >=1] (extra: cli) (group: dev) (*)`. */
const UV = new RegExp(
  String.raw`^${NAME} v(\d\S*)(?: \[required: ([^\]]*)\])?((?: \((?:extra|group|extras|groups): [^)]*\))*)(?: \([^)]*\))*$`,
);
/** poetry: a root with its version and summary; below it a constraint. */
const POETRY_ROOT = new RegExp(String.raw`^${NAME} (\d[\w.+!-]*)(?: .*)?$`);
const POETRY_NEED = new RegExp(String.raw`^${NAME} ([*^~<>=!\d][^()]*)$`);
/** pdm: `name 1.0 [ required: >=1 ]`. */
const PDM = new RegExp(String.raw`^${NAME} (\d\S*) \[ required: (.*?) \]$`);

interface Entry {
  readonly name: string;
  readonly bracket: string;
  /** null where the line has none. */
  readonly version: string | null;
  /** A specifier set; '' for any or where nothing is told. */
  readonly limit: string;
  /** Extra of the root through which it comes; ''. */
  readonly extra: string;
  /** A reversed tree: what this package needs of the one above it. */
  readonly requires: string | null;
}

/** Reads a tree. */
export function readDependencyTree(text: string): Manifest {
  const builder = new ManifestBuilder('dependency-tree', text);
  const world = new InstalledWorld(builder);
  const parents: { readonly depth: number; readonly name: string }[] = [];
  let hasLimits = false;
  for (const { text: line, span } of logLines(text)) {
    const drawn = DRAWING.exec(line)![0];
    const entry = readEntry(line.slice(drawn.length).trimEnd());
    if (entry === null) continue;
    const depth = DRAWN.test(line) ? drawn.length : 0;
    while (parents.length > 0 && parents.at(-1)!.depth >= depth) parents.pop();
    const parent = parents.at(-1)?.name;
    hasLimits ||= entry.limit !== '' || entry.requires !== null;
    addEntry(world, entry, parent, span);
    parents.push({ depth, name: entry.name });
  }
  if (world.size === 0)
    builder.unreadable =
      'There is no package of a tree here. Paste the whole output of `pipdeptree`, `uv tree` or `poetry show --tree`.';
  if (!hasLimits && world.size > 0)
    builder.guess(
      'The tree says who asks for what, and not with which limits: they are unknown, not absent.',
    );
  world.finish();
  return builder.build();
}

function addEntry(world: InstalledWorld, entry: Entry, parent: string | undefined, span: Span): void {
  const { name, bracket, version, limit, extra, requires } = entry;
  if (version !== null) world.has(name, version, span);
  if (parent === undefined) return;
  if (requires !== null) world.needs(name, requires);
  else world.needs(parent, `${name}${bracket}${limit}${extra === '' ? '' : ` ; extra == "${extra}"`}`);
}

function readEntry(text: string): Entry | null {
  const need = NEED.exec(text);
  if (need !== null) {
    const installed = /^\d/.test(need[4]!) ? need[4]! : null;
    return entryOf(need[1]!, need[2], installed, limitOf(need[3]!));
  }
  const pin = PIN.exec(text);
  if (pin !== null) return { ...entryOf(pin[1]!, pin[2], pin[3]!, ''), requires: pin[4] ?? null };
  const uv = UV.exec(text);
  if (uv !== null) {
    const extra = /\(extras?: ([\w.-]+)/.exec(uv[5] ?? '')?.[1] ?? '';
    return { ...entryOf(uv[1]!, uv[2], uv[3]!, limitOf(uv[4] ?? '')), extra };
  }
  const pdm = PDM.exec(text);
  if (pdm !== null) return entryOf(pdm[1]!, pdm[2], pdm[3]!, limitOf(pdm[4]!));
  const root = POETRY_ROOT.exec(text);
  if (root !== null) return entryOf(root[1]!, root[2], root[3]!, '');
  const poetry = POETRY_NEED.exec(text);
  const translated = poetry === null ? null : translatePoetryConstraint(poetry[3]!.trim());
  if (poetry === null || translated === null) return null;
  return entryOf(poetry[1]!, poetry[2], null, translated.specifiers);
}

function entryOf(name: string, bracket: string | undefined, version: string | null, limit: string): Entry {
  return { name, bracket: bracket ?? '', version, limit, extra: '', requires: null };
}

/** `Any` is no limit. */
function limitOf(text: string): string {
  const plain = text.trim();
  return /^(?:any|\*|none|)$/i.test(plain) || !parseSpecifierSet(plain).ok ? '' : plain;
}
