/** Why versions that exist cannot be used here, as what follows their name. */
import { assertNever } from '../packaging/assert.ts';
import type { UnusableReason } from '../resolver/prover/proof.ts';
import type { Surroundings } from './conflict-facts.ts';
import { code } from './words.ts';

/** Which Python has to do, as the end of "needs Python …": `and this is 3.11.7`. */
export function pythonHere({ target, options }: Surroundings): string {
  return options.pythonVersion === null
    ? `and this is ${target.pythonVersion}`
    : `and \`--python-version\` is ${options.pythonVersion}`;
}

/**
 * A clause without its subject: ``needs Python `>=3.12`, and this is 3.11.7``. `isOne`: whether the subject is one
 * version, or "every version".
 */
export function unusableWords(
  { kind, detail }: UnusableReason,
  around: Surroundings,
  isOne: boolean,
): string {
  const { target, options } = around;
  const [is, was, has, needs] = isOne ? ['is', 'was', 'has', 'needs'] : ['are', 'were', 'have', 'need'];
  switch (kind) {
    case 'requires-python':
      return `${needs} Python ${code(detail)}, ${pythonHere(around)}`;
    case 'tags':
      return `${has} no file for ${target.platform} and Python ${options.pythonVersion ?? target.pythonVersion}`;
    case 'format':
      return `${has} no file of a kind that your options allow`;
    case 'too-new':
      return `${was} uploaded after the cut-off date`;
    case 'yanked':
      return `${was} withdrawn by ${isOne ? 'its' : 'their'} authors (yanked), and nothing that fits here pins ${isOne ? 'it' : 'them'}`;
    case 'prerelease':
      return isOne
        ? `${is} a pre-release, and nothing that fits here asks for one`
        : `${is} pre-releases, and nothing that fits here asks for one`;
    case 'invalid-metadata':
      return `${has} metadata that cannot be read`;
    case 'unknown-metadata':
      return `${has} dependencies that nobody recorded here`;
    default:
      return assertNever(kind);
  }
}
