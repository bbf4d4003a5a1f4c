/** A CycloneDX document (JSON), as `uv export --format cyclonedx1.5` and `cyclonedx-py` write it. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readJson } from '../syntax/json-value.ts';
import { itemsAt, textAt, valueAt } from '../syntax/spanned-value.ts';
import { InstalledWorld } from './installed-world.ts';

/** Reads components and who depends on whom; limits are not in such a document. */
export function readCycloneDx(text: string): Manifest {
  const builder = new ManifestBuilder('cyclonedx', text);
  const world = new InstalledWorld(builder);
  const json = readJson(text);
  builder.complainAll(json.complaints);
  const nameOf = new Map<string, string>();
  const root = valueAt(json.value, 'metadata', 'component');
  for (const component of [...(root === null ? [] : [root]), ...itemsAt(json.value, 'components')]) {
    const name = textAt(component, 'name');
    const version = textAt(component, 'version');
    const reference = textAt(component, 'bom-ref');
    if (name === null) continue;
    if (reference !== null) nameOf.set(reference.text, name.text);
    if (version !== null) world.has(name.text, version.text, { start: name.span.start, end: name.span.end });
  }
  for (const dependency of itemsAt(json.value, 'dependencies')) {
    const parent = nameOf.get(textAt(dependency, 'ref')?.text ?? '');
    if (parent === undefined) continue;
    for (const needed of itemsAt(dependency, 'dependsOn')) {
      const name = needed.kind === 'string' ? nameOf.get(needed.value) : undefined;
      if (name !== undefined) world.needs(parent, name);
    }
  }
  if (world.size > 0)
    builder.guess(
      'CycloneDX says who depends on whom, and not with which limits: they are unknown, not absent.',
    );
  world.finish();
  return builder.build();
}
