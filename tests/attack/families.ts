/** The attacks: each makes cases from a seed, and says of each whether something broke. */
import { performance } from 'node:perf_hooks';
import { decodeLink, encodeLink } from '../../src/client/codec/permalink.ts';
import { deflate, toBase64Url } from '../../src/client/codec/deflate.ts';
import { findHiddenCharacter } from '../../src/core/packaging/hidden-characters.ts';
import { commandFault } from '../../src/core/problem/command-fault.ts';
import { equivalentCommands } from '../../src/core/problem/command-line.ts';
import type { EquivalentCommand } from '../../src/core/problem/equivalent-command.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { codeBlock, codeSpan, proseMarkdown } from '../../src/core/share/markdown/markdown-text.ts';
import { cmdLine } from '../../src/core/share/shell/cmd.ts';
import { commandTexts } from '../../src/core/share/shell/command-texts.ts';
import { posixScript } from '../../src/core/share/shell/posix.ts';
import { powershellScript } from '../../src/core/share/shell/powershell.ts';
import { xmlText } from '../../src/core/share/svg/svg-text.ts';
import { cmdWords } from './cmd-lexer.ts';
import { hostileProblem } from './hostile-problem.ts';
import { powerShellCommands } from './powershell-lexer.ts';
import { CONTROLS, hostileText, makeRandom, pick, type Random } from './random-text.ts';
import { pasteScripts, runScripts, type ShellName } from './real-shells.ts';

export interface Tally {
  readonly cases: number;
  /** What broke, each with the case that broke it; the first of them. */
  readonly breaks: readonly string[];
}

const SHOWN = 5;

class Tallies {
  cases = 0;
  readonly breaks: string[] = [];
  count(): void {
    this.cases++;
  }
  broke(what: string): void {
    if (this.breaks.length < SHOWN) this.breaks.push(what.slice(0, 600));
  }
}

/** Commands of hostile problems, without those for which there is none. */
function* hostileCommands(random: Random): Generator<EquivalentCommand> {
  for (;;) {
    const problem = hostileProblem(random);
    if (problem === null || commandFault(problem) !== null) continue;
    yield* equivalentCommands(problem);
  }
}

/** With the program replaced by one that records. */
function recorded(command: EquivalentCommand): EquivalentCommand {
  return { ...command, words: [command.input === null ? 'record' : 'piped', ...command.words.slice(1)] };
}

function expectedWords(command: EquivalentCommand): readonly string[] {
  return [...(command.input ?? []), ...command.words.slice(1)];
}

function fileText(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', ' ');
  return lines.endsWith('\n') ? lines : `${lines}\n`;
}

interface ShellCase {
  readonly script: string;
  readonly expected: readonly (readonly string[])[];
}

function shellCase(command: EquivalentCommand): ShellCase | null {
  const script = posixScript(recorded(command));
  if (script === null) return null;
  const shown = command.files.map(({ name }) => `record "$(cat ${name}; printf x)"`);
  return {
    script: [script, ...shown].join('\n'),
    expected: [expectedWords(command), ...command.files.map(({ text }) => [`${fileText(text)}x`])],
  };
}

/** Commands in a real shell: it receives exactly the words, the files hold exactly the lines, nothing else runs. */
export function attackShell(
  shell: ShellName,
  count: number,
  seed: number,
  run: (shell: ShellName, scripts: readonly string[]) => ReturnType<typeof runScripts> = runScripts,
  batch = 250,
): Tally {
  const tally = new Tallies();
  const commands = hostileCommands(makeRandom(seed));
  while (tally.cases < count) {
    const cases: ShellCase[] = [];
    while (cases.length < Math.min(batch, count - tally.cases)) {
      const made = shellCase((commands.next().value as EquivalentCommand | undefined)!);
      if (made !== null) cases.push(made);
    }
    tally.cases += cases.length;
    const result = run(
      shell,
      cases.map(({ script }) => script),
    );
    if (result.hasEscaped) tally.broke(`${shell}: something else ran in this batch`);
    const expected = cases.flatMap((one) => one.expected.map((words) => ({ words, script: one.script })));
    const wrong = expected.find(
      ({ words }, at) => JSON.stringify(words) !== JSON.stringify(result.words[at]),
    );
    if (wrong !== undefined || result.words.length !== expected.length)
      tally.broke(`${shell}: received other words from ${wrong?.script ?? 'more than was sent'}`);
  }
  return tally;
}

/** The same, typed into an interactive shell on a pseudo-terminal. */
export function attackTerminal(shell: ShellName, count: number, seed: number, locale: string): Tally {
  return attackShell(shell, count, seed, (name, scripts) => pasteScripts(name, scripts, locale), 100);
}

/** PowerShell: its lexer finds the words and nothing else. */
export function attackPowerShell(count: number, seed: number): Tally {
  const tally = new Tallies();
  const commands = hostileCommands(makeRandom(seed));
  while (tally.cases < count) {
    const command = commands.next().value as EquivalentCommand;
    const script = powershellScript(command);
    tally.count();
    if (script === null) continue;
    try {
      const found = powerShellCommands(script).at(-1)!;
      // In a requirement, single quotes mean the same as double ones.
      const same = (text: string): string => text.replaceAll('"', "'");
      const words = found.slice(found.indexOf('|') + 1).slice(command.words[0]!.startsWith('python') ? 2 : 1);
      if (JSON.stringify(words.map(same)) !== JSON.stringify(command.words.slice(1).map(same)))
        tally.broke(`other words: ${script}`);
      const made = powerShellCommands(script)
        .slice(0, -1)
        .filter((one) => one.includes('Set-Content'));
      if (made.length !== command.files.length) tally.broke(`other files: ${script}`);
      for (const [at, { text }] of command.files.entries())
        if (`${made[at]?.[0] ?? ''}\n` !== `${text.replaceAll('\r\n', '\n').replace(/\n$/, '')}\n`)
          tally.broke(`another text: ${script}`);
    } catch (error) {
      tally.broke(`${(error as Error).message}: ${script}`);
    }
  }
  return tally;
}

export function attackCmd(count: number, seed: number): Tally {
  const tally = new Tallies();
  const commands = hostileCommands(makeRandom(seed));
  while (tally.cases < count) {
    const command = commands.next().value as EquivalentCommand;
    const line = cmdLine(command);
    tally.count();
    if (line === null) continue;
    try {
      const words = cmdWords(line).slice(command.words[0]!.startsWith('python') ? 2 : 1);
      const same = (text: string): string => text.replaceAll('"', "'");
      if (JSON.stringify(words) !== JSON.stringify(command.words.slice(1).map(same)))
        tally.broke(`other words: ${line}`);
    } catch (error) {
      tally.broke(`${(error as Error).message}: ${line}`);
    }
  }
  return tally;
}

/** No control character reaches a command, nor anything else that is shared. */
export function attackControls(count: number, seed: number): Tally {
  const random = makeRandom(seed);
  const tally = new Tallies();
  while (tally.cases < count) {
    tally.count();
    const control = pick(random, CONTROLS);
    const before = hostileText(random, 4);
    const text = `${before}${control}${random() < 0.5 ? '' : hostileText(random, 4)}`;
    if (findHiddenCharacter(text) === null) continue;
    const field = pick(random, ['requirements', 'constraints', 'overrides', 'buildConstraints'] as const);
    const { pip, uv } = commandTexts(makeProblem({ requirements: 'six', [field]: text }));
    if ([...Object.values(pip), ...Object.values(uv)].some((command) => command !== null))
      tally.broke(`a command for ${JSON.stringify(text)} in ${field}`);
    for (const shared of [proseMarkdown(text), codeBlock(text), codeSpan(text), xmlText(text)])
      if (findHiddenCharacter(shared) !== null) tally.broke(`passed on: ${JSON.stringify(text)}`);
  }
  return tally;
}

/** Prose is text: without code spans and escapes, nothing is left that markup begins with. */
export function attackMarkdown(count: number, seed: number): Tally {
  const random = makeRandom(seed);
  const tally = new Tallies();
  while (tally.cases < count) {
    tally.count();
    const text = hostileText(random);
    const left = withoutLiterals(`x ${proseMarkdown(text)}`);
    if (/[<>`*_[\]|~@#&\n\\]|:\/\/|www\./.test(left))
      tally.broke(`${JSON.stringify(text)} → ${JSON.stringify(left)}`);
    const lines = codeBlock(text).split('\n');
    const fence = lines[0]!;
    if (lines.findIndex((line, at) => at > 0 && line.trim().startsWith(fence)) !== lines.length - 1)
      tally.broke(`a fence ends early: ${JSON.stringify(text)}`);
    if (/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(xmlText(text)))
      tally.broke(`XML: ${JSON.stringify(text)}`);
  }
  return tally;
}

/** Without escaped punctuation and code spans, read from left to right as CommonMark does (6.1, 6.3). */
function withoutLiterals(markdown: string): string {
  let left = '';
  for (let at = 0; at < markdown.length; at++) {
    const rest = markdown.slice(at, at + 2);
    const run = /^`+/.exec(markdown.slice(at))?.[0] ?? '';
    // What is a literal still stands between its neighbours.
    if (/^\\[!-/:-@[-`{-~]$/.test(rest)) {
      at++;
      left += ' ';
    } else if (run === '') left += markdown[at]!;
    else {
      const close = new RegExp(`(?<!\`)\`{${run.length}}(?!\`)`, 'g');
      close.lastIndex = at + run.length;
      const end = close.exec(markdown);
      left += end === null ? run : ' ';
      at = end === null ? at + run.length - 1 : end.index + run.length - 1;
    }
  }
  return left;
}

/** Fragments: whole, cut, changed, and made by hand. None throws, all are read at once, none says live. */
export async function attackLinks(
  count: number,
  seed: number,
  limit = 200,
): Promise<Tally & { readonly slowest: number }> {
  const random = makeRandom(seed);
  const tally = new Tallies();
  let slowest = 0;
  while (tally.cases < count) {
    const fragment = await hostileFragment(random);
    tally.count();
    const start = performance.now();
    try {
      const reading = await decodeLink(fragment);
      if (reading.kind === 'link' && JSON.stringify(reading.link.problem.index).includes('"live"'))
        tally.broke(`live: ${fragment}`);
    } catch (error) {
      tally.broke(`${(error as Error).message}: ${fragment}`);
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  if (slowest > limit) tally.broke(`the slowest took ${Math.round(slowest)} ms`);
  return { cases: tally.cases, breaks: tally.breaks, slowest };
}

async function hostileFragment(random: Random): Promise<string> {
  const choice = random();
  if (choice < 0.2) return `#v${pick(random, ['1', '2', '3', '0', '999999'])}.${hostileText(random)}`;
  if (choice < 0.6) {
    const problem = hostileProblem(random) ?? makeProblem({ requirements: hostileText(random) });
    const whole = await encodeLink({ problem, view: { step: 3 } });
    const at = Math.floor(random() * whole.length);
    const changes = [
      whole,
      whole.slice(0, at),
      `${whole.slice(0, at)}${pick(random, ['A', '_', '/', '%', '~'])}${whole.slice(at + 1)}`,
    ];
    return pick(random, changes);
  }
  const pump = pick(random, [
    'a',
    ' ',
    '\n',
    '[',
    '{"a":',
    '"a",',
    '1,',
    '\\',
    '-',
    'a\n',
    '# ',
    '; ',
    ' and ',
    '==',
  ]);
  const big = pump.repeat(Math.floor(random() * 20_000));
  const json = pick(random, [
    () => `{"problem":{"requirements":${JSON.stringify(big)}}}`,
    () => `{"problem":{"requirements":"a","options":{"onlyBinary":[${big}]}}}`,
    () => `{"problem":{"requirements":"a","index":{"facts":${big}}}}`,
    () => big,
    () =>
      `[${JSON.stringify(big)},{"options":{"pre":true},"index":{"live":true,"overlay":${JSON.stringify(big)}}},{"panel":1}]`,
  ])();
  const packed = toBase64Url(await deflate(new TextEncoder().encode(json)));
  return random() < 0.5 ? `#v1.${packed}` : `#v2.pip-26.2/3.12/linux-x86_64/_/_/_/_/${packed}`;
}
