/** `pip show NAME…`: versions, and the names that each package requires; their limits are not in it. */
import { logLines } from '../log/output/log-line.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { InstalledWorld } from './installed-world.ts';

/** Reads the blocks of one or many packages. */
export function readPipShow(text: string): Manifest {
  const builder = new ManifestBuilder('pip-show', text);
  const world = new InstalledWorld(builder);
  let name: string | null = null;
  for (const { text: line, span } of logLines(text)) {
    const [, key = '', value = ''] = /^(Name|Version|Requires|Required-by): ?(.*)$/.exec(line) ?? [];
    if (key === 'Name') name = value.trim();
    else if (name === null) continue;
    else if (key === 'Version') world.has(name, value.trim(), span);
    else if (key === 'Requires')
      for (const needed of value.split(',').slice(0, 2000))
        if (needed.trim() !== '') world.needs(name, needed.trim());
  }
  if (world.size > 0)
    builder.guess(
      '`pip show` names what each package requires, and not which versions: those limits are unknown, not absent.',
    );
  world.finish();
  return builder.build();
}
