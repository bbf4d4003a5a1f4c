/**
 * `conda list`, `conda list --export` and `@EXPLICIT` files: what an environment of conda holds. Only what came through
 * pip is a release of the index; conda's own packages are builds of other names and versions.
 */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { lineBlocks } from '../syntax/logical-line.ts';

const EXPORTED = /^([A-Za-z0-9][\w.-]*)=(\d[^=\s]*)=(\S+)$/;
const COLUMNS = /^([A-Za-z0-9][\w.-]*)\s+(\d\S*)\s+(\S+)(?:\s+(\S+))?$/;
const ADDRESS = /^https?:\/\/\S+\/([^/\s]+?)-(\d[^-/\s]*)-[^-/\s]+\.(?:conda|tar\.bz2)(?:#\S+)?$/;

/** Reads the list. */
export function readCondaList(text: string): Manifest {
  const builder = new ManifestBuilder('conda-list', text);
  builder.openPins('pip packages of conda list');
  let own = 0;
  let first: { start: number; end: number } | null = null;
  for (const { raw, start } of lineBlocks(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line === '@EXPLICIT') continue;
    const match = EXPORTED.exec(line) ?? COLUMNS.exec(line) ?? ADDRESS.exec(line);
    const span = { start, end: start + Math.max(1, line.length) };
    if (match === null) {
      builder.complain('warning', 'invalid-pin', 'Not a package of conda', span);
      continue;
    }
    const [, name = '', version = '', build = '', channel = ''] = match;
    if (name === 'python') {
      const python = /^\d+\.\d+(?:\.\d+)?/.exec(version)?.[0];
      if (python !== undefined) builder.environment = { ...builder.environment, python };
    } else if (/^pypi/.test(build) || channel === 'pypi') builder.addPin(name, version, span);
    else {
      own++;
      first ??= span;
    }
  }
  if (first !== null)
    builder.complain(
      'warning',
      'conda-packages',
      `Left out: ${own} of conda's own packages. Their names and versions are conda's, not the index's`,
      first,
    );
  if (own > 0 && builder.entriesOf('installed').length === 0)
    builder.unreadable =
      "This lists conda's own packages, whose names, versions and builds are conda's and not the index's; none came through pip. Paste `pip list` of the environment.";
  return builder.build();
}
