/**
 * What the page's Copy buttons give for a terminal: the commands of a question for each shell, with the lines that
 * make their files, and what is to be known before running them. Null where none can be given safely.
 */
import { commandFault } from '../../problem/command-fault.ts';
import { equivalentCommands } from '../../problem/command-line.ts';
import type { EquivalentCommand } from '../../problem/equivalent-command.ts';
import type { Problem } from '../../problem/problem.ts';
import { upgradeWords } from '../../problem/uv-command.ts';
import { hasCredentials, redactCredentials } from '../redact.ts';
import { cmdLine } from './cmd.ts';
import { posixScript } from './posix.ts';
import { powershellScript } from './powershell.ts';
import { whatRuns } from './what-runs.ts';

export type Shell = 'posix' | 'powershell' | 'cmd';

/** One command as text for each shell; null where that shell cannot be given it safely. */
export type ShellTexts = Readonly<Record<Shell, string | null>>;

export interface CommandTexts {
  readonly pip: ShellTexts;
  readonly uv: ShellTexts;
  /** One sentence each; `code` between backticks. */
  readonly notes: readonly string[];
}

/** Whose lines the question holds: the reader's own, or a stranger's. */
export type LineOrigin = 'own' | 'link';

const NONE: ShellTexts = { posix: null, powershell: null, cmd: null };

const WRITERS: Readonly<Record<Shell, (command: EquivalentCommand) => string | null>> = {
  posix: posixScript,
  powershell: powershellScript,
  cmd: cmdLine,
};

/** The commands of a question, and what to know of each tool's, `pip: …` and `uv: …` where only one is meant. */
export function commandTexts(problem: Problem, origin: LineOrigin = 'own'): CommandTexts {
  const fault = commandFault(problem) ?? secretFault(problem, origin);
  if (fault !== null) return { pip: NONE, uv: NONE, notes: [fault] };
  if (problem.requirements.trim() === '')
    return { pip: NONE, uv: NONE, notes: [nothingToAsk(problem), ...whatRuns(problem, origin)] };
  const redacted = withoutSecrets(problem);
  const commands = equivalentCommands(redacted.problem);
  const texts = { pip: NONE, uv: NONE };
  const notes = whatRuns(problem, origin);
  if (redacted.isChanged) notes.push('Passwords and tokens are left out: put yours in where `****` stands.');
  for (const command of commands) {
    texts[command.tool] = shellTexts(command);
    notes.push(
      ...command.notes.map((note) => `${command.tool}: ${note}`),
      ...unwritable(command, texts[command.tool]),
    );
  }
  return { ...texts, notes: [...new Set(notes)] };
}

/** What locks a project as it stands, by the tool of the engine. */
const LOCKS: Readonly<Record<string, (options: Problem['options']) => readonly string[]>> = {
  uv: (options) => ['uv', 'lock', '--dry-run', ...upgradeWords(options)],
  poetry: ({ update }) =>
    update.length === 0
      ? ['poetry', 'lock']
      : ['poetry', 'update', '--lock', ...(update.includes(':all:') ? [] : update)],
  pdm: () => ['pdm', 'lock'],
};

/** A project is no line of a command: its tool reads it from a folder of its own. */
function nothingToAsk({ engine, pyproject = '', lock = '', options }: Problem): string {
  const tool = engine.split('@')[0]!;
  const words = LOCKS[tool]?.(options);
  if (pyproject.trim() === '' || words === undefined)
    return 'No command: there are no requirements to ask for.';
  const beside = lock.trim() === '' ? '' : `, what is locked as \`${tool}.lock\` beside it,`;
  return `No command that can be copied asks for a project: save it as \`pyproject.toml\` in an empty folder${beside} and run \`${words.join(' ')}\` there.`;
}

function shellTexts(command: EquivalentCommand): ShellTexts {
  return {
    posix: WRITERS.posix(command),
    powershell: WRITERS.powershell(command),
    cmd: WRITERS.cmd(command),
  };
}

function unwritable({ tool }: EquivalentCommand, texts: ShellTexts): readonly string[] {
  const notes: string[] = [];
  if (texts.cmd === null)
    notes.push(`${tool}: Not for cmd.exe, which cannot be given these lines safely; PowerShell can.`);
  if (texts.powershell === null) notes.push(`${tool}: Not for PowerShell, which would change a word of it.`);
  if (texts.posix === null) notes.push(`${tool}: Not for a terminal: a word of it is too long.`);
  return notes;
}

/** pip and uv fill in environment variables that a file names: with a stranger's line, that hands them out. */
function secretFault(problem: Problem, origin: LineOrigin): string | null {
  if (origin === 'own') return null;
  const { requirements, constraints = '', overrides = '', buildConstraints = '' } = problem;
  const named = /\$\{[A-Z0-9_]+\}/.exec([requirements, constraints, overrides, buildConstraints].join('\n'));
  return named === null
    ? null
    : `No command: a line of the link would hand your environment variable \`${named[0]}\` to an address of its choice.`;
}

const TEXT_FIELDS = ['requirements', 'constraints', 'overrides', 'buildConstraints'] as const;

function withoutSecrets(problem: Problem): { readonly problem: Problem; readonly isChanged: boolean } {
  const named = TEXT_FIELDS.filter((field) => hasCredentials(problem[field] ?? ''));
  const changes = named.map((field) => [field, redactCredentials(problem[field] ?? '')] as const);
  return { problem: { ...problem, ...Object.fromEntries(changes) }, isChanged: named.length > 0 };
}
