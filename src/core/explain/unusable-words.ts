/** Why versions that exist cannot be used here, as the end of "it exists, but …". */
import { assertNever } from '../packaging/assert.ts';
import type { TargetEnvironment } from '../packaging/target-environment.ts';
import type { ResolverOptions } from '../resolver/engine.ts';
import type { UnusableReason } from '../resolver/prover/proof.ts';
import { code } from './words.ts';

/** What decides on a file besides itself: the environment, and uv's `--python-version` where it is given. */
export interface Surroundings {
  readonly target: Pick<TargetEnvironment, 'pythonVersion' | 'platform'>;
  readonly options: Pick<ResolverOptions, 'pythonVersion'>;
}

/** Which Python has to do, as the end of "needs Python …": `and this is 3.11.7`. */
export function pythonHere({ target, options }: Surroundings): string {
  return options.pythonVersion === null
    ? `and this is ${target.pythonVersion}`
    : `and \`--python-version\` is ${options.pythonVersion}`;
}

/** A clause without a subject: ``needs Python `>=3.12`, and this is 3.11.7``. */
export function unusableWords({ kind, detail }: UnusableReason, surroundings: Surroundings): string {
  const { target } = surroundings;
  switch (kind) {
    case 'requires-python':
      return `needs Python ${code(detail)}, ${pythonHere(surroundings)}`;
    case 'tags':
      return `has no file for ${target.platform} and Python ${target.pythonVersion}`;
    case 'format':
      return 'has no file of a kind that your options allow';
    case 'too-new':
      return 'was uploaded after the cut-off date';
    case 'yanked':
      return 'was withdrawn by its authors (yanked), and nothing that fits here pins it';
    case 'prerelease':
      return 'is a pre-release, and nothing that fits here asks for one';
    case 'invalid-metadata':
      return 'has metadata that cannot be read';
    case 'unknown-metadata':
      return 'has dependencies that this snapshot does not know';
    default:
      return assertNever(kind);
  }
}
