/**
 * `npm run -s resolve -- [--events] [--explain] FILE`: reads a Problem as JSON (`-` is standard input), runs it with
 * the same code as the page, and prints one JSON object. Exit status: 0 solved, 1 unsolvable, 2 not a Problem or a
 * text that the tool would refuse, 3 stopped or incomplete. With `--jsonl`, many Problems, one a line; with `--paste`,
 * any texts, as the page takes them.
 */
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { exitStatus } from '../core/headless/report.ts';
import { makeIndexOpener } from './problem-index.ts';
import { answerProblem, readProblem, type AnswerFlags } from './resolve/answer.ts';
import { commandsOf } from './resolve/commands.ts';
import { answerLines } from './resolve/json-lines.ts';
import { answerLink } from './resolve/link.ts';
import { pasteFiles } from './resolve/paste.ts';
import { readSymptom } from '../core/compare/minimise/symptom.ts';
import { LOCK_HELP } from './resolve/lock.ts';
import { QUERY_HELP, QUERY_OPTIONS, readQueries } from './resolve/queries.ts';
import { SHARE_FLAGS, type ShareFlag } from './resolve/share.ts';

const USAGE =
  'usage: npm run -s resolve -- [--events] [--explain] [--log] [--lock] [--commands] [--share TARGET] [--jsonl] FILE|-   or   --link URL instead of FILE';
const HELP = `${USAGE}

Runs a Problem (JSON) and prints one JSON object.

  --events   the search, step by step, in the form of the recordings
  --explain  why: sentence, lines, chains, proof, fixes; what is surprising in a solution
  --look-further  with --explain: ten times the usual work, where the answer says that its work ran out
  --log      what the tool prints of its search, line by line (pip with PIP_RESOLVER_DEBUG, uv --verbose, Poetry -vvv,
             PDM -v); "log_steps" are the steps of the trace that the lines come with
${LOCK_HELP}  --jsonl    FILE holds Problems, one a line; prints one object a line, in order; a line that is no Problem gives
             {"error": …, "line": N} and the stream goes on; without FILE, standard input
  --commands the commands that ask pip and uv the same, for each shell; null where none can be given safely
  --share TARGET  the text that the page would copy: ${SHARE_FLAGS.join(', ')}
  --page URL the page's address, for the link in what is shared
  --minimise SYMPTOM  the smallest question found, on a toy index of its own, that still shows failure, pin:NAME,
             rounds:N or differs:ENGINE: as Problem, packse scenario and test for pip
  --link URL the Problem and the view of a link (an address or its fragment) instead of FILE; alone it runs nothing
  --paste    FILE… (files, folders, or - for standard input) are any texts, as pasted or dropped on the page; the object
             has "read" and "problem" besides, and "outcome": "unreadable" with the sentence that the page would show
             where nothing can be rebuilt (exit status 2)
${QUERY_HELP}  --help     this text

Exit status: 0 solved, 1 unsolvable, 2 not a Problem or refused by the tool, 3 stopped or incomplete; with --jsonl,
0 when the stream was read to its end.
`;
const NOT_A_PROBLEM = 2;

interface Arguments extends AnswerFlags {
  readonly jsonl: boolean;
  readonly file: string;
  /** An address or fragment that holds the Problem; null where a file does. */
  readonly address: string | null;
  /** Texts to be taken as pasted; null without `--paste`. */
  readonly pasted: readonly string[] | null;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(NOT_A_PROBLEM);
}

function readArguments(): Arguments | 'help' {
  try {
    const { values, positionals } = parseArgs({
      options: {
        events: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        'look-further': { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
        lock: { type: 'boolean', default: false },
        commands: { type: 'boolean', default: false },
        jsonl: { type: 'boolean', default: false },
        link: { type: 'string' },
        paste: { type: 'boolean', default: false },
        share: { type: 'string' },
        page: { type: 'string' },
        minimise: { type: 'string' },
        ...QUERY_OPTIONS,
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const address = values['link'] ?? null;
    const [file = values.jsonl || address !== null ? '-' : undefined, ...rest] = positionals;
    const isOneTooMany = rest.length > 0 && !values.paste;
    if (file === undefined || isOneTooMany || (address !== null && positionals.length > 0)) fail(USAGE);
    const { share } = values;
    if (share !== undefined && !isShareFlag(share))
      fail(`--share takes one of ${SHARE_FLAGS.join(', ')}\n${USAGE}`);
    const queries = readQueries(values);
    if (!queries.ok) fail(queries.error.message);
    const symptom = values.minimise === undefined ? null : readSymptom(values.minimise);
    if (symptom?.ok === false) fail(`--minimise: ${symptom.error.message}`);
    return {
      ...values,
      share,
      file,
      address,
      queries: queries.value,
      symptom: symptom?.value ?? null,
      pasted: values.paste ? positionals : null,
    };
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}

function isShareFlag(text: string): text is ShareFlag {
  return (SHARE_FLAGS as readonly string[]).includes(text);
}

/** Waits where the reader is slower, so that a long stream is never held in memory. */
async function printLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    return fail((error as Error).message);
  }
}

async function main(): Promise<void> {
  const args = readArguments();
  if (args === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (args.address !== null) {
    process.exitCode = await answerLink(args.address, args, printLine);
    return;
  }
  const openIndex = makeIndexOpener(args.file === '-' ? '.' : dirname(args.file));
  if (args.jsonl) {
    const input = args.file === '-' ? process.stdin : createReadStream(args.file);
    input.on('error', (error: Error) => fail(error.message));
    const lines = createInterface({ input, crlfDelay: Infinity });
    const answers = answerLines(
      lines,
      (problem) => answerProblem(problem, openIndex, args),
      (problem) => (args.commands ? commandsOf(problem) : {}),
    );
    for await (const answer of answers) await printLine(answer);
    return;
  }
  if (args.pasted !== null) {
    const paste = await pasteFiles(args.pasted, makeIndexOpener('.'), args);
    if (!paste.ok) fail(paste.error.message);
    await printLine(paste.value.report);
    process.exitCode = paste.value.status;
    return;
  }
  const problem = readProblem(readText(args.file));
  if (!problem.ok) fail(problem.error.message);
  const report = await answerProblem(problem.value, openIndex, args);
  if (!report.ok) {
    // The commands ask a tool of its own index: they can be given without ours.
    if (args.commands) await printLine({ error: report.error.message, ...commandsOf(problem.value) });
    fail(report.error.message);
  }
  await printLine(report.value);
  process.exitCode = exitStatus(report.value.outcome);
}

await main();
