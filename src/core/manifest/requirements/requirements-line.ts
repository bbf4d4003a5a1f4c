/**
 * One logical line of a requirements file, read on its own. Everything here depends on the line's text and the pane
 * only, so that readings can be kept between keystrokes; places are relative to the line's block.
 */
import { isPackaging26, type PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';
import type { Complaint, Fix, Pane, Severity } from '../syntax/diagnostic.ts';
import { blockSpan, joinBlock, type LogicalLine } from '../syntax/logical-line.ts';
import { adviseRequirement } from './requirement-advice.ts';
import { readEditableText, readRequirementText, type RequirementReading } from './requirement-text.ts';
import { REQUIREMENTS_MESSAGES as SAY, type RequirementsCode } from './requirements-messages.ts';
import { complainAboutFailure, complainAboutFileOption } from './requirements-option-check.ts';
import { readFileOptions, type FileOption, type OptionsReading } from './requirements-option.ts';
import { splitShellWords } from '../command/shell-words.ts';

/** A requirement as a line of a file states it. */
export interface LineEntry {
  readonly requirement: Requirement;
  /** The stretch of the requirement itself, without options and comment. */
  readonly span: Span;
  /** `algorithm:digest`, lower case, in the order written. */
  readonly hashes: readonly string[];
  readonly isEditable: boolean;
  /** The options written after the requirement, those that pip ignores there included. */
  readonly options: readonly FileOption[];
}

/** What a line says: a requirement, or options for the whole file, or nothing that could be read. */
export interface LineReading {
  readonly entry: LineEntry | null;
  /** Options of a line without a requirement; they hold for the whole file. */
  readonly fileOptions: readonly FileOption[];
  readonly complaints: readonly Complaint[];
}

const NOTHING: LineReading = { entry: null, fileOptions: [], complaints: [] };
const NO_HASHES: readonly string[] = [];
const NO_OPTIONS: readonly FileOption[] = [];
const NO_READING: OptionsReading = { options: NO_OPTIONS, leftover: [], failure: null };
const VARIABLE = /\$\{[A-Z0-9_]+\}/g;

/** Reads a block of physical lines that pip takes for one line, as the pips of a policy do. */
export function readRequirementsLine(
  raw: string,
  pane: Pane,
  policy: PrereleasePolicy = 'packaging-26',
): LineReading {
  const line = joinBlock(raw);
  if (line === null) return NOTHING;
  const reader = new LineReader(line, pane, policy);
  return reader.read();
}

class LineReader {
  readonly #line: LogicalLine;
  readonly #pane: Pane;
  readonly #policy: PrereleasePolicy;
  readonly #complaints: Complaint[] = [];

  constructor(line: LogicalLine, pane: Pane, policy: PrereleasePolicy) {
    this.#line = line;
    this.#pane = pane;
    this.#policy = policy;
  }

  read(): LineReading {
    this.#noteVariables();
    const text = this.#line.text;
    const optionsStart = findOptions(text);
    const subject = text.slice(0, optionsStart).trimEnd();
    const reading = this.#readOptions(optionsStart);
    if (reading.failure !== null)
      for (const item of complainAboutFailure(reading.failure, (span) => this.#inBlock(span)))
        this.#complaints.push(item);
    const options =
      reading.options.length === 0
        ? NO_OPTIONS
        : reading.options.map(({ flag, value, span }) => ({ flag, value, span: this.#inBlock(span) }));
    for (const word of reading.leftover)
      this.#complain('warning', 'ignored-argument', SAY['ignored-argument'](word.text), word);
    // optparse refuses the whole line at the first bad option; the requirement before it is still shown and used.
    if (subject !== '') return this.#finish(this.#entryOf(subject, options), globalOptions(options));
    const editable = reading.options.findIndex((option) => option.flag === '--editable');
    if (editable >= 0)
      return this.#finish(this.#editableEntry(reading.options[editable]!, options), NO_OPTIONS);
    return this.#finish(null, inOrderOfTaking(options));
  }

  #finish(entry: LineEntry | null, fileOptions: readonly FileOption[]): LineReading {
    for (const option of fileOptions)
      for (const complaint of complainAboutFileOption(option, this.#policy)) this.#complaints.push(complaint);
    return { entry, fileOptions, complaints: this.#complaints };
  }

  #readOptions(start: number): OptionsReading {
    const text = this.#line.text;
    if (start >= text.length) return NO_READING;
    const words = splitShellWords(text.slice(start));
    if (!words.ok) {
      const span = { start: start + words.error.span.start, end: start + words.error.span.end };
      this.#complain('error', 'open-quotation', SAY['open-quotation'](words.error.message), span);
      return NO_READING;
    }
    return readFileOptions(
      words.value.map((word) => ({ text: word.text, start: word.start + start, end: word.end + start })),
    );
  }

  #entryOf(subject: string, options: readonly FileOption[]): LineEntry | null {
    const span = this.#inBlock({ start: 0, end: subject.length });
    const hashes = this.#checkEntryOptions(options);
    const requirement = this.#requirementOf(readRequirementText(subject, this.#policy), subject, 0, span);
    if (requirement === null) return null;
    this.#noteOutdated(subject);
    if (this.#pane === 'constraints' && requirement.extras.length > 0)
      this.#complain('error', 'constraint-with-extras', SAY['constraint-with-extras'](), {
        start: 0,
        end: subject.length,
      });
    return { requirement, span, hashes, isEditable: false, options };
  }

  /** What the newest pip would refuse is used all the same, with a word of warning. */
  #noteOutdated(subject: string): void {
    if (isPackaging26(this.#policy)) return;
    const today = readRequirementText(subject);
    if (today.kind !== 'invalid') return;
    const message = SAY['outdated-requirement'](today.error.message);
    this.#complain('warning', 'outdated-requirement', message, widen(today.error.span, subject.length));
  }

  #editableEntry(editable: FileOption, options: readonly FileOption[]): LineEntry | null {
    const span = this.#inBlock(editable.span);
    const hashes = this.#checkEntryOptions(options.filter((option) => option.flag !== '--editable'));
    if (this.#pane === 'constraints')
      this.#complain('error', 'editable-constraint', SAY['editable-constraint'](), editable.span);
    if (this.#policy !== 'packaging-26' && / @ /.test(editable.value))
      this.#complain('error', 'editable-direct', SAY['editable-direct'](), editable.span);
    const reading = readEditableText(editable.value);
    if (reading.kind === 'requirement' && !isEditableAddress(reading.requirement.url))
      this.#complain('error', 'editable-address', SAY['editable-address'](), editable.span);
    else if (
      reading.kind === 'nameless-address' ||
      (reading.kind === 'requirement' && reading.nameSource === 'guessed')
    )
      this.#complain('error', 'editable-name', SAY['editable-name'](), editable.span);
    const requirement = this.#requirementOf(reading, editable.value, editable.span.start, span);
    if (requirement === null) return null;
    return { requirement, span, hashes, isEditable: true, options };
  }

  #requirementOf(reading: RequirementReading, text: string, start: number, span: Span): Requirement | null {
    switch (reading.kind) {
      case 'requirement':
        if (reading.nameSource === 'guessed' && this.#pane === 'constraints')
          this.#say('error', 'nameless-constraint', SAY['nameless-constraint'](), span);
        else if (
          this.#policy === 'packaging-26' &&
          /#(?:.*&)?egg=[^&]*\[/.test(reading.requirement.url ?? '')
        )
          this.#say('error', 'egg-fragment', SAY['egg-fragment'](), span);
        else if (reading.nameSource === 'guessed')
          this.#say('hint', 'guessed-name', SAY['guessed-name'](reading.requirement.name), span);
        return reading.requirement;
      case 'local-path':
        if (this.#pane === 'constraints')
          this.#say('error', 'nameless-constraint', SAY['nameless-constraint'](), span);
        else this.#say('warning', 'local-path', SAY['local-path'](reading.path), span);
        return null;
      case 'nameless-address':
        if (this.#pane === 'constraints')
          this.#say('error', 'nameless-constraint', SAY['nameless-constraint'](), span);
        else this.#say('warning', 'nameless-address', SAY['nameless-address'](reading.address), span);
        return null;
      case 'invalid': {
        const advice = adviseRequirement(text);
        const fixes = advice === null ? [] : [{ title: advice.title, edits: [{ span, text: advice.text }] }];
        const error = { start: start + reading.error.span.start, end: start + reading.error.span.end };
        const message = SAY['invalid-requirement'](reading.error.message);
        this.#say(
          'error',
          'invalid-requirement',
          message,
          this.#inBlock(widen(error, text.length + start)),
          fixes,
        );
        return null;
      }
    }
  }

  /** Checks the options after a requirement and gives its hashes. Spans of `options` are the block's already. */
  #checkEntryOptions(options: readonly FileOption[]): readonly string[] {
    if (options.length === 0) return NO_HASHES;
    const hashes: string[] = [];
    for (const option of options) {
      if (option.flag === '--hash') {
        const [algorithm, digest] = splitOnce(option.value, ':');
        if (digest === null)
          this.#say('error', 'invalid-hash', SAY['invalid-hash'](option.value), option.span);
        else if (!/^sha(?:256|384|512)$/.test(algorithm))
          this.#say('error', 'unknown-hash-algorithm', SAY['unknown-hash-algorithm'](algorithm), option.span);
        else hashes.push(`${algorithm}:${digest.toLowerCase()}`);
      } else if (option.flag === '--config-settings') {
        if (!option.value.includes('='))
          this.#say('error', 'config-settings', SAY['config-settings'](), option.span);
      } else if (option.flag === '--global-option') {
        if (this.#policy === 'packaging-26')
          this.#say('error', 'removed-option', SAY['removed-option'](option.flag), option.span);
      } else if (!isGlobal(option)) {
        this.#say('warning', 'misplaced-option', SAY['misplaced-option'](option.flag), option.span);
      }
    }
    // A copy is no longer than it needs to be.
    return hashes.slice();
  }

  #noteVariables(): void {
    if (!this.#line.text.includes('${')) return;
    for (const match of this.#line.text.matchAll(VARIABLE))
      this.#complain('hint', 'environment-variable', SAY['environment-variable'](match[0]), {
        start: match.index,
        end: match.index + match[0].length,
      });
  }

  #complain(severity: Severity, code: RequirementsCode, message: string, span: Span): void {
    this.#say(severity, code, message, this.#inBlock(span));
  }

  #say(
    severity: Severity,
    code: RequirementsCode,
    message: string,
    span: Span,
    fixes: readonly Fix[] = [],
  ): void {
    const complaint = { severity, code, message, span };
    this.#complaints.push(fixes.length === 0 ? complaint : { ...complaint, fixes });
  }

  #inBlock(span: Span): Span {
    return blockSpan(this.#line, span.start, span.end);
  }
}

/** The lists of formats belong to the finder that all lines share: such an option counts wherever it stands. */
function isGlobal({ flag }: FileOption): boolean {
  return flag === '--no-binary' || flag === '--only-binary';
}

function globalOptions(options: readonly FileOption[]): readonly FileOption[] {
  const shared = options.filter(isGlobal);
  return shared.length === 0 ? NO_OPTIONS : shared;
}

const TAKEN_FIRST: readonly string[] = ['--no-index', '--index-url', '--extra-index-url'];

/** Of one line pip takes the index first, then adds the further ones, in whatever order they stand. */
function inOrderOfTaking(options: readonly FileOption[]): readonly FileOption[] {
  if (options.length < 2) return options;
  return options.toSorted((left, right) => TAKEN_FIRST.indexOf(left.flag) - TAKEN_FIRST.indexOf(right.flag));
}

/** pip splits a line at blanks, and options begin with the first piece that starts with a hyphen. */
function findOptions(text: string): number {
  for (let at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1))
    if (at === 0 || text[at - 1] === ' ') return at;
  return text.length;
}

function isEditableAddress(url: string | null): boolean {
  return url !== null && /^(?:git|hg|svn|bzr|file)(?:\+[a-z]+)?:/i.test(url);
}

/** An error at the very end has no character to underline; the one before it stands in. */
function widen(span: Span, length: number): Span {
  if (span.end > span.start) return { start: span.start, end: Math.min(span.end, length) };
  const start = Math.max(0, Math.min(span.start, length - 1));
  return { start, end: start + 1 };
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
