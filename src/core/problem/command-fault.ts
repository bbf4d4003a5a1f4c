/**
 * Why no command can be given for a question: something in it is not what a command line may hold. Whatever a link can
 * set is checked here against its own grammar, before anything is quoted.
 */
import { findHiddenCharacter } from '../packaging/hidden-characters.ts';
import { isValidName } from '../packaging/name.ts';
import { readOptionalVersion, readPlatform, readPython } from './option-text.ts';
import type { Problem } from './problem.ts';

/** The texts that a command carries, with what the page calls them. */
const TEXTS = {
  requirements: 'requirements',
  constraints: 'constraints',
  overrides: 'overrides',
  buildConstraints: 'build constraints',
} as const satisfies Partial<Record<keyof Problem, string>>;

const NAME_OPTIONS = ['allReleases', 'onlyFinal', 'onlyBinary', 'noBinary', 'update'] as const;

/** A sentence for the reader; null where commands can be given. */
export function commandFault(problem: Problem): string | null {
  return textFault(problem) ?? environmentFault(problem) ?? optionFault(problem);
}

function textFault(problem: Problem): string | null {
  for (const [field, name] of Object.entries(TEXTS) as [keyof typeof TEXTS, string][]) {
    const hidden = findHiddenCharacter(problem[field] ?? '');
    if (hidden !== null)
      return `No command: the ${name} hold the control character ${hidden}, which a terminal would act on.`;
  }
  return null;
}

function environmentFault({ environment, index }: Problem): string | null {
  if (!readPython(environment.python).ok || !/^[0-9a-z.]+$/.test(environment.python))
    return 'No command: the Python is not a version.';
  if (!readPlatform(environment.platform).ok) return 'No command: the platform is not one that is known.';
  const isAddress = (index.urls ?? []).every((url) => /^https?:\/\/[!-~]+$/.test(url) && !/["'`]/.test(url));
  return isAddress ? null : 'No command: an index has no plain address.';
}

function optionFault({ options }: Problem): string | null {
  for (const option of NAME_OPTIONS)
    for (const name of options[option])
      if (!/^:(?:all|none):$/.test(name) && !isValidName(name))
        return 'No command: an option names what is no project.';
  const { uploadedPriorTo, pythonVersion } = options;
  if (uploadedPriorTo !== null && !/^[0-9][0-9TtZz :.,+-]{7,40}$/.test(uploadedPriorTo))
    return 'No command: the date is none.';
  if (pythonVersion !== null && !readOptionalVersion(pythonVersion).ok)
    return 'No command: the Python version of the options is none.';
  return null;
}
