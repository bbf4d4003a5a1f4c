/** Why versions that exist cannot be used here, as the end of "it exists, but …". */
import { assertNever } from '../packaging/assert.ts';
import type { TargetEnvironment } from '../packaging/target-environment.ts';
import type { UnusableReason } from '../resolver/prover/proof.ts';
import { code } from './words.ts';

type Target = Pick<TargetEnvironment, 'pythonVersion' | 'platform'>;

/** A clause without a subject: ``needs Python `>=3.12`, and this is 3.11.7``. */
export function unusableWords({ kind, detail }: UnusableReason, target: Target): string {
  switch (kind) {
    case 'requires-python':
      return `needs Python ${code(detail)}, and this is ${target.pythonVersion}`;
    case 'tags':
      return `has no file for ${target.platform} and Python ${target.pythonVersion}`;
    case 'format':
      return 'has no file of a kind that your options allow';
    case 'too-new':
      return 'was uploaded after the cut-off date';
    case 'yanked':
      return 'was withdrawn by its authors (yanked)';
    case 'prerelease':
      return 'is a pre-release, and those are not asked for';
    case 'invalid-metadata':
      return 'has metadata that cannot be read';
    case 'unknown-metadata':
      return 'has dependencies that this snapshot does not know';
    default:
      return assertNever(kind);
  }
}
