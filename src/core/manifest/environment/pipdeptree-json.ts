/** `pipdeptree --json` (flat) and `--json-tree` (nested), `pipenv graph --json`. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readJson } from '../syntax/json-value.ts';
import { itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { InstalledWorld } from './installed-world.ts';

/** Reads either form. */
export function readPipdeptreeJson(text: string): Manifest {
  const builder = new ManifestBuilder('pipdeptree-json', text);
  const world = new InstalledWorld(builder);
  const json = readJson(text);
  builder.complainAll(json.complaints);
  // A list of its own instead of recursion: the reader of JSON bounds the depth, not the width.
  const open: SpannedValue[] = [...itemsAt(json.value)];
  for (let at = 0; at < open.length; at++) {
    const item = open[at]!;
    const own = valueAt(item, 'package') ?? item;
    const name = textAt(own, 'package_name') ?? textAt(own, 'key');
    const version = textAt(own, 'installed_version');
    if (name === null) continue;
    if (version !== null)
      world.has(name.text, version.text, { start: name.span.start, end: version.span.end });
    for (const dependency of itemsAt(item, 'dependencies')) {
      readNeed(world, name.text, dependency);
      open.push(dependency);
    }
  }
  world.finish();
  return builder.build();
}

function readNeed(world: InstalledWorld, parent: string, dependency: SpannedValue): void {
  const name = textAt(dependency, 'package_name') ?? textAt(dependency, 'key');
  if (name === null) return;
  const limit = textAt(dependency, 'required_version')?.text ?? '';
  world.needs(parent, `${name.text}${/^(?:any|)$/i.test(limit) ? '' : limit}`);
}
