/** The options of a Problem that say something: those that differ from their defaults. */
import { OPTION_RULES, type OptionName } from './option-rules.ts';
import { makeProblem, type Problem } from './problem.ts';

/** An option with a value that is not its default. */
export interface SaidOption {
  readonly name: OptionName;
  readonly value: Problem['options'][OptionName];
}

const DEFAULTS = makeProblem({ requirements: '' }).options;

/** In the order of `OPTION_RULES`; options that need another one are left out while that is off. */
export function saidOptions({ options }: Problem): readonly SaidOption[] {
  return (Object.keys(OPTION_RULES) as OptionName[])
    .filter((name) => {
      const { needs } = OPTION_RULES[name];
      return !isDefaultOption(name, options[name]) && (needs === undefined || options[needs]);
    })
    .map((name) => ({ name, value: options[name] }));
}

/** Whether a value is that of a Problem which says nothing about the option. */
export function isDefaultOption(name: OptionName, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(DEFAULTS[name]);
}

/** `--pre`, `--resolution lowest`, `--only-binary a,b`. */
export function writtenOption(flag: string, value: SaidOption['value']): string {
  return value === true ? flag : `${flag} ${Array.isArray(value) ? value.join(',') : String(value)}`;
}
