/**
 * The options that pip 26.2 knows inside requirements files (`_internal/req/req_file.py`: `SUPPORTED_OPTIONS` and
 * `SUPPORTED_OPTIONS_REQ`), read as Python's `optparse` reads them: `-rFILE`, `-r FILE`, `--option=value`,
 * `--option value`, unambiguous abbreviations of long options, and everything after `--` as plain arguments.
 */
import type { Span } from '../../packaging/result.ts';
import type { ShellWord } from '../command/shell-words.ts';

/** Long name of an option, as the page and the command line spell it. */
export type FileOptionFlag =
  | '--index-url'
  | '--extra-index-url'
  | '--no-index'
  | '--constraint'
  | '--requirement'
  | '--editable'
  | '--find-links'
  | '--no-binary'
  | '--only-binary'
  | '--prefer-binary'
  | '--require-hashes'
  | '--no-require-hashes'
  | '--pre'
  | '--all-releases'
  | '--only-final'
  | '--trusted-host'
  | '--use-feature'
  | '--hash'
  | '--config-settings'
  | '--global-option';

/** One option as written. `value` is '' for switches; the span covers the option and its value. */
export interface FileOption {
  readonly flag: FileOptionFlag;
  readonly value: string;
  readonly span: Span;
}

interface OptionRule {
  readonly flag: FileOptionFlag;
  readonly spellings: readonly string[];
  readonly takesValue: boolean;
}

const RULES: readonly OptionRule[] = [
  { flag: '--index-url', spellings: ['-i', '--index-url', '--pypi-url'], takesValue: true },
  { flag: '--extra-index-url', spellings: ['--extra-index-url'], takesValue: true },
  { flag: '--no-index', spellings: ['--no-index'], takesValue: false },
  { flag: '--constraint', spellings: ['-c', '--constraint'], takesValue: true },
  { flag: '--requirement', spellings: ['-r', '--requirement'], takesValue: true },
  { flag: '--editable', spellings: ['-e', '--editable'], takesValue: true },
  { flag: '--find-links', spellings: ['-f', '--find-links'], takesValue: true },
  { flag: '--no-binary', spellings: ['--no-binary'], takesValue: true },
  { flag: '--only-binary', spellings: ['--only-binary'], takesValue: true },
  { flag: '--prefer-binary', spellings: ['--prefer-binary'], takesValue: false },
  { flag: '--require-hashes', spellings: ['--require-hashes'], takesValue: false },
  { flag: '--no-require-hashes', spellings: ['--no-require-hashes'], takesValue: false },
  { flag: '--pre', spellings: ['--pre'], takesValue: false },
  { flag: '--all-releases', spellings: ['--all-releases'], takesValue: true },
  { flag: '--only-final', spellings: ['--only-final'], takesValue: true },
  { flag: '--trusted-host', spellings: ['--trusted-host'], takesValue: true },
  { flag: '--use-feature', spellings: ['--use-feature'], takesValue: true },
  { flag: '--hash', spellings: ['--hash'], takesValue: true },
  { flag: '--config-settings', spellings: ['-C', '--config-settings', '--config-setting'], takesValue: true },
  { flag: '--global-option', spellings: ['--global-option'], takesValue: true },
];

const RULE_BY_SPELLING: ReadonlyMap<string, OptionRule> = new Map(
  RULES.flatMap((rule) => rule.spellings.map((spelling) => [spelling, rule] as const)),
);

/** Every spelling, for completion and for "did you mean". */
export const FILE_OPTION_SPELLINGS: readonly string[] = [...RULE_BY_SPELLING.keys()];

/** What could not be read among options, and what was read before it. */
export interface OptionFailure {
  readonly kind: 'unknown' | 'ambiguous' | 'needs-value' | 'takes-no-value';
  /** The option as written, without its value. */
  readonly option: string;
  readonly span: Span;
}

export interface OptionsReading {
  readonly options: readonly FileOption[];
  /** Words that are neither options nor their values; pip drops them without a word. */
  readonly leftover: readonly ShellWord[];
  /** The first failure; optparse stops there and pip refuses the file. */
  readonly failure: OptionFailure | null;
}

/** Reads a line's words, the way pip's line parser does. */
export function readFileOptions(words: readonly ShellWord[]): OptionsReading {
  const options: FileOption[] = [];
  const leftover: ShellWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word.text === '--') {
      for (const item of words.slice(index + 1)) leftover.push(item);
      break;
    }
    if (!word.text.startsWith('-') || word.text === '-') {
      leftover.push(word);
      continue;
    }
    const found = word.text.startsWith('--') ? matchLongOption(word) : matchShortOption(word);
    if ('kind' in found) return { options, leftover, failure: found };
    const { rule, attached, written } = found;
    if (!rule.takesValue) {
      if (attached !== null) {
        const failure: OptionFailure = { kind: 'takes-no-value', option: written, span: word };
        return { options, leftover, failure };
      }
      options.push({ flag: rule.flag, value: '', span: { start: word.start, end: word.end } });
      continue;
    }
    const next = attached === null ? words[++index] : undefined;
    const value = attached ?? next?.text;
    if (value === undefined)
      return { options, leftover, failure: { kind: 'needs-value', option: written, span: word } };
    options.push({ flag: rule.flag, value, span: { start: word.start, end: next?.end ?? word.end } });
  }
  return { options, leftover, failure: null };
}

interface MatchedOption {
  readonly rule: OptionRule;
  /** The value written in the same word; null when there is none. */
  readonly attached: string | null;
  readonly written: string;
}

function matchLongOption(word: ShellWord): MatchedOption | OptionFailure {
  const equals = word.text.indexOf('=');
  const written = equals < 0 ? word.text : word.text.slice(0, equals);
  const attached = equals < 0 ? null : word.text.slice(equals + 1);
  const exact = RULE_BY_SPELLING.get(written);
  if (exact !== undefined) return { rule: exact, attached, written };
  const spellings = FILE_OPTION_SPELLINGS.filter((spelling) => spelling.startsWith(written));
  if (spellings.length === 1) return { rule: RULE_BY_SPELLING.get(spellings[0]!)!, attached, written };
  return { kind: spellings.length === 0 ? 'unknown' : 'ambiguous', option: written, span: word };
}

function matchShortOption(word: ShellWord): MatchedOption | OptionFailure {
  const written = word.text.slice(0, 2);
  const rule = RULE_BY_SPELLING.get(written);
  if (rule === undefined) return { kind: 'unknown', option: written, span: word };
  return { rule, attached: word.text.length > 2 ? word.text.slice(2) : null, written };
}
