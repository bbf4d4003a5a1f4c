/**
 * Install commands as people paste them: `pip install …`, `uv pip install …`, `uv add …`, `poetry add …`, with a
 * prompt, in a Dockerfile's `RUN`, over several lines. Their options set ours.
 */
import type { Span } from '../../packaging/result.ts';
import { blockSpan, joinBlock, lineBlocks } from '../syntax/logical-line.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest, ManifestEnvironment } from '../manifest.ts';
import { applyCommandOption, COMMAND_OPTIONS, optionOfVariable } from './pip-command-options.ts';
import { translatePoetryConstraint } from '../project/poetry-constraint.ts';
import { adviseRequirement } from '../requirements/requirement-advice.ts';
import { readEditableText, readRequirementText } from '../requirements/requirement-text.ts';
import { splitShellWords, type ShellWord } from './shell-words.ts';
import { DEFAULT_UV_ENGINE } from '../tool-releases.ts';

type Tool = 'pip' | 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pipx';

/** Reads every install command in a text. */
export function readPipCommand(text: string): Manifest {
  const builder = new ManifestBuilder('pip-command', text);
  builder.group('main', 'arguments', 'requirements', true);
  let commands = 0;
  for (const block of lineBlocks(text)) {
    const line = joinBlock(block.raw);
    if (line === null) continue;
    const words = splitShellWords(line.text);
    if (!words.ok) {
      const span = blockSpan(line, words.error.span.start, words.error.span.end);
      builder.complain('error', 'open-quotation', words.error.message, move(span, block.start));
      continue;
    }
    const placed = words.value.map((word) => {
      const span = move(blockSpan(line, word.start, word.end), block.start);
      return { text: word.text, start: span.start, end: span.end };
    });
    let piped: readonly ShellWord[] = [];
    for (const command of splitCommands(placed)) {
      const found = findInstall(command);
      if (found !== null) {
        commands++;
        const reader = new CommandReader(builder, found, piped);
        reader.readVariables(command.slice(0, found.from));
        reader.read(command.slice(found.from));
      }
      piped = printedWords(command);
    }
  }
  if (commands === 0)
    builder.complain('error', 'no-command', 'There is no install command here', {
      start: 0,
      end: Math.min(1, text.length),
    });
  return builder.build();
}

function move(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** Commands of one line are separated by `&&`, `||`, `;` and `|`, alone or at the end of a word. */
function splitCommands(words: readonly ShellWord[]): ShellWord[][] {
  const commands: ShellWord[][] = [[]];
  for (const word of words) {
    if (/^(?:&&|\|\|?|;|&)$/.test(word.text)) commands.push([]);
    else commands.at(-1)!.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

/** What `printf '%s\n' a b` and `echo a` print: the requirements of a command that reads standard input. */
function printedWords(words: readonly ShellWord[]): readonly ShellWord[] {
  const [program, first] = words;
  if (program?.text === 'printf' && first?.text === '%s\\n') return words.slice(2);
  return program?.text === 'echo' ? words.slice(1) : [];
}

/** An install command. */
interface Install {
  readonly tool: Tool;
  /** Index of the first argument. */
  readonly from: number;
  /** `pip compile` takes files, and `-` for standard input. */
  readonly compiles: boolean;
  /** The interpreter that pip runs under, where the command names its version. */
  readonly environment: ManifestEnvironment;
}

/** Where the arguments of an install command begin; null when the command is another. */
function findInstall(words: readonly ShellWord[]): Install | null {
  const plain = { compiles: false, environment: {} };
  for (let index = 0; index + 1 < words.length; index++) {
    const program = words[index]!.text.replace(/^[$>%!#]+/, '').replace(/^.*[/\\]/, '');
    const verb = words[index + 1]!.text;
    if (/^pip[\d.]*(?:\.exe)?$/.test(program) && /^(?:install|download|wheel|lock|compile)$/.test(verb)) {
      const isUv = words[index - 1]?.text.replace(/^[$>%!#]+/, '') === 'uv';
      const environment = isUv ? {} : interpreterOf(words.slice(0, index));
      return { tool: isUv ? 'uv' : 'pip', from: index + 2, compiles: verb === 'compile', environment };
    }
    if (/^(?:uv|poetry|pdm)$/.test(program) && verb === 'add')
      return { ...plain, tool: program as Tool, from: index + 2 };
    if (/^(?:pipenv|pipx)$/.test(program) && verb === 'install')
      return { ...plain, tool: program as Tool, from: index + 2 };
  }
  return null;
}

/** `python3.11 -m`, `pypy3.10 -m` and the Windows launcher's `py -3.11 -m`. */
function interpreterOf(words: readonly ShellWord[]): ManifestEnvironment {
  const text = words
    .slice(-3)
    .map((word) => word.text.replace(/^.*[/\\]/, ''))
    .join(' ');
  const match = /(?:^|[ $>%!#])(python|pypy|py -)(\d+\.\d+t?)(?:\.exe)? -m$/.exec(text);
  if (match === null) return {};
  return { python: match[2]!, ...(match[1] === 'pypy' ? { implementation: 'pypy' } : {}) };
}

/** Options that say where to look, as pip's requirements files spell them; uv has two names for the same. */
const SOURCE_LINES: Readonly<Record<string, string>> = {
  '--index-url': '--index-url',
  '--default-index': '--index-url',
  '--extra-index-url': '--extra-index-url',
  '--index': '--extra-index-url',
  '--find-links': '--find-links',
  '--no-index': '--no-index',
};

class CommandReader {
  readonly #builder: ManifestBuilder;
  readonly #tool: Tool;
  readonly #compiles: boolean;
  /** Requirements that come through the pipe. */
  readonly #piped: readonly ShellWord[];

  constructor(
    builder: ManifestBuilder,
    { tool, compiles, environment }: Install,
    piped: readonly ShellWord[],
  ) {
    this.#builder = builder;
    this.#tool = tool;
    this.#compiles = compiles;
    this.#piped = piped;
    builder.environment = { ...builder.environment, ...environment };
    if (tool === 'uv') builder.engine = DEFAULT_UV_ENGINE;
  }

  /** Words before the program: `PIP_PRE=1 pip install …`. */
  readVariables(words: readonly ShellWord[]): void {
    for (const word of words) {
      const option = optionOfVariable(word.text);
      if (option !== null) this.#option(option.flag, option.value, word);
    }
  }

  read(words: readonly ShellWord[]): void {
    for (let index = 0; index < words.length; index++) {
      const word = words[index]!;
      if (!word.text.startsWith('-') || word.text === '-') {
        this.#argument(word);
        continue;
      }
      const equals = word.text.startsWith('--') ? word.text.indexOf('=') : -1;
      const flag = equals < 0 ? word.text : word.text.slice(0, equals);
      const short = /^-[a-zA-Z]/.test(flag) && flag.length > 2 ? flag.slice(0, 2) : flag;
      const rule = COMMAND_OPTIONS.get(short);
      if (rule === undefined) {
        this.#builder.complain('hint', 'dead-option', `\`${flag}\` changes nothing here`, word);
        continue;
      }
      let value = equals >= 0 ? word.text.slice(equals + 1) : short === flag ? null : flag.slice(2);
      if (rule.takesValue && value === null) value = words[++index]?.text ?? '';
      this.#option(rule.flag, value ?? '', word);
    }
  }

  #option(flag: string, value: string, span: Span): void {
    const builder = this.#builder;
    if (flag === '--editable') {
      const reading = readEditableText(value);
      if (reading.kind === 'requirement')
        builder.add('main', reading.requirement, span, { isEditable: true });
      else this.#leaveOut(value, span);
      return;
    }
    if (flag === '--requirement' || flag === '--constraint' || flag === '--override' || flag === '--group') {
      this.#otherFile(value, span);
      return;
    }
    const source = SOURCE_LINES[flag];
    if (source !== undefined) {
      builder.sourceLines.push(value === '' ? source : `${source} ${value}`);
      return;
    }
    const change = applyCommandOption(builder.options, builder.environment, flag, value);
    if (change === null) builder.complain('hint', 'dead-option', `\`${flag}\` changes nothing here`, span);
    else {
      builder.options = change.options;
      builder.environment = change.environment;
    }
  }

  #otherFile(name: string, span: Span): void {
    const message = `Left out: this page cannot open \`${name}\`. Paste its lines into the tab it belongs to`;
    this.#builder.complain('warning', 'other-file', message, span);
  }

  #argument(word: ShellWord): void {
    if (!this.#compiles) this.#requirement(word);
    else if (word.text === '-') for (const piped of this.#piped) this.#requirement(piped);
    else this.#otherFile(word.text, word);
  }

  #requirement(word: ShellWord): void {
    const text = this.#tool === 'poetry' || this.#tool === 'pdm' ? this.#translate(word.text) : word.text;
    const reading = readRequirementText(text);
    switch (reading.kind) {
      case 'requirement':
        this.#builder.add('main', reading.requirement, word);
        return;
      case 'local-path':
        this.#leaveOut(reading.path, word);
        return;
      case 'nameless-address':
        this.#leaveOut(reading.address, word);
        return;
      case 'invalid': {
        const advice = adviseRequirement(text);
        const hint = advice === null ? '' : `. Did you mean \`${advice.text}\`?`;
        const message = `\`${word.text}\` is not a requirement: ${reading.error.message}${hint}`;
        this.#builder.complain('error', 'invalid-requirement', message, word);
      }
    }
  }

  /** Poetry writes `name@^1.2` and `name@latest`. */
  #translate(text: string): string {
    const match = /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)@([^/:]+)$/.exec(text);
    if (match === null) return text;
    if (match[2] === 'latest') return match[1]!;
    const translated = translatePoetryConstraint(match[2]!);
    return translated === null ? text : match[1]! + translated.specifiers;
  }

  #leaveOut(what: string, span: Span): void {
    const message = `Left out: \`${what}\` is not on the index, and this page reads nothing else`;
    this.#builder.complain('warning', 'left-out', message, span);
  }
}
