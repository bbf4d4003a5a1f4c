/** Output of conda, mamba and pixi's solvers: recognised, and said not to be read here. */
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';

const MESSAGE =
  'This is the output of conda (or mamba), whose solver chooses builds of conda packages by rules of its own. It is not read here: this page shows what pip and uv do with Python packages. Paste an `environment.yml` to have its pip section and its Python packages tried with them.';

/** Gives nothing but the sentence. */
export function readCondaReport(text: string): Manifest {
  const builder = new ManifestBuilder('conda-log', text);
  builder.group('main', 'requirements', 'requirements', true);
  builder.unreadable = MESSAGE;
  return builder.build();
}
