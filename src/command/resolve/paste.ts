/** `--paste FILE…`: texts as the page takes them when they are pasted or dropped, read, run and printed. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { decodeText } from '../../client/text-file.ts';
import { settlePaste, type Paste } from '../../core/headless/paste/read-paste.ts';
import { reportPaste, reportUnreadable, type PasteReport } from '../../core/headless/paste/report-paste.ts';
import { exitStatus } from '../../core/headless/report.ts';
import type { NamedText } from '../../core/manifest/file-set.ts';
import { failure, success, type Result } from '../../core/packaging/result.ts';
import { makeProblem, type Problem } from '../../core/problem/problem.ts';
import { answerProblem, type AnswerFlags, type OpenIndex } from './answer.ts';

/** What the page asks on when nothing else was chosen. */
const BASE: Problem = makeProblem({
  requirements: '',
  environment: { python: '3.11', platform: 'linux-x86_64' },
  index: { snapshot: 'pypi-2023-09-07' },
});

const UNREADABLE_STATUS = 2;

export interface PasteAnswer {
  readonly report: PasteReport;
  readonly status: number;
}

/** The object to print, and the exit status; fails for files that cannot be read. */
export async function pasteFiles(
  paths: readonly string[],
  openIndex: OpenIndex,
  flags: AnswerFlags,
): Promise<Result<PasteAnswer>> {
  const files: NamedText[] = [];
  for (const path of paths) {
    try {
      for (const file of readTexts(path)) files.push(file);
    } catch (error) {
      return failure((error as Error).message, 0, 0);
    }
  }
  if (files.length === 0)
    return failure(
      'no file here says anything of requirements: lists, project and lock files are looked for',
      0,
      0,
    );
  return answerPaste(files, openIndex, flags);
}

/** What texts come to, from reading to the object that is printed. */
export async function answerPaste(
  files: readonly NamedText[],
  openIndex: OpenIndex,
  flags: AnswerFlags,
): Promise<Result<PasteAnswer>> {
  const paste: Paste = await settlePaste(files, BASE);
  const { problem } = paste;
  if (problem === null) return success({ report: reportUnreadable(paste), status: UNREADABLE_STATUS });
  const answer = await answerProblem(problem, openIndex, flags);
  if (!answer.ok) return answer;
  const report = reportPaste(paste, answer.value);
  const status = report.outcome === 'unreadable' ? UNREADABLE_STATUS : exitStatus(report.outcome);
  return success({ report, status });
}

/** Folders that hold no file that anybody would drop. */
const PASSED_OVER = /(?:^|[/\\])(?:\.git|\.venv|venv|node_modules|__pycache__|\.tox|\.mypy_cache)(?:[/\\]|$)/;
/** Files of a folder that can say something of requirements; the rest of a project is passed over. */
const WORTH_READING =
  /(?:^|[/\\])(?:[^/\\]*(?:requirements|constraints|freeze|environment)[^/\\]*\.(?:txt|in|ya?ml)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|(?:uv|poetry|pdm)\.lock|pylock(?:\.[^/\\]+)?\.toml|tox\.ini|requires\.txt|METADATA|PKG-INFO|requirements[/\\][^/\\]+\.(?:txt|in))$/i;
/** More files than this are no project's. */
const MOST_FILES = 200;

/** The texts of a file, or of the files of a folder; `-` is standard input. */
function readTexts(path: string): NamedText[] {
  if (path === '-') return [{ name: 'standard input', text: decode(readFileSync(0), path) }];
  if (!statSync(path).isDirectory())
    return [{ name: basename(path), text: decode(readFileSync(path), path) }];
  const all = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .filter((file) => !PASSED_OVER.test(file))
    .sort();
  const files = readWorth(path, all.filter((file) => WORTH_READING.test(file)).slice(0, MOST_FILES));
  // What they include may be called anything.
  const included = new Set(
    files.flatMap(({ text }) => [...text.matchAll(INCLUDE)].map((match) => basename(match[1]!))),
  );
  const known = new Set(files.map(({ name }) => name));
  const more = all.filter((file) => included.has(basename(file)) && !known.has(file));
  return [...files, ...readWorth(path, more.slice(0, MOST_FILES))];
}

const INCLUDE = /^[ \t]*(?:-r|-c|--requirement|--constraint)[ =]*(\S+)/gm;

/** Those that are text. */
function readWorth(folder: string, files: readonly string[]): NamedText[] {
  return files.flatMap((name) => {
    const text = decodeText(readFileSync(join(folder, name)));
    return text === null ? [] : [{ name, text }];
  });
}

function decode(bytes: Uint8Array, path: string): string {
  const text = decodeText(bytes);
  if (text === null) throw new Error(`${path} is no text`);
  return text;
}
