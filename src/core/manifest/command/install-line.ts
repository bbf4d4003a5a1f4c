/** Whether a line is an install command, and what it asks for. */
import type { Requirement } from '../../packaging/requirement.ts';
import { readPipCommand } from './pip-command.ts';

const INSTALL =
  /\b(?:pip[\d.]*(?:\.exe)?|uv|poetry|pdm|pipenv|pipx) +(?:install|add|download|wheel|lock|compile)\b/g;
/** What may stand before it: a prompt, a Dockerfile's or a service's keyword, another command, variables, the interpreter. */
const BEFORE_INSTALL =
  /^[ \t]*(?:[^"']*[$>%❯➜]{1,2} +|[$>%!] *|RUN +(?:--\S+ +)*|&& *|- +(?:run: *)?|run: *)?(?:\w+=\S+ +)*(?:\S*(?:python|pypy)[\d.]*t? +-m +|py +-\S+ +-m +|uv +|\S*[/\\])?$/;
const LONGEST_BEFORE_INSTALL = 200;
/** A word of a command; a sentence goes on with words that are none. */
const ARGUMENT =
  /^(?:-{1,2}[\w-]+(?:=.*)?|\.{0,2}[/\\.].*|['"].*|[A-Za-z0-9][\w.-]*(?:\[[\w.,-]*\])?(?:[<>=!~@].*)?|\S*:\/\/\S*|\\|`)$/;
/** Words that no one installs in a row, and everybody writes. */
const PROSE =
  /^(?:will|would|gladly|the|a|an|is|are|was|and|or|to|it|this|that|these|then|with|without|from|in|on|for|fails?|failed|works?|but|so|because|does|doesn't|not|can|cannot|should|command|again|fine|when|which|into|of|as|I|you|we|my|your|all|any|just|also|still|now|after|before|using|via)$/i;

/**
 * Where the install commands of a text begin, looked for from the program backwards, since what stands before it varies.
 * A sentence that says "pip install will gladly …" is none.
 */
export function hasInstallCommand(text: string): boolean {
  for (const { index, 0: words } of text.matchAll(INSTALL)) {
    const near = text.slice(Math.max(0, index - LONGEST_BEFORE_INSTALL), index);
    const lineEnd = near.lastIndexOf('\n');
    if (!((lineEnd >= 0 || index <= near.length) && BEFORE_INSTALL.test(near.slice(lineEnd + 1)))) continue;
    const end = text.indexOf('\n', index);
    if (!isProse(text.slice(index + words.length, end < 0 ? index + 2000 : Math.min(end, index + 2000))))
      return true;
  }
  return false;
}

/** Whether what follows `pip install` reads as a sentence. */
function isProse(rest: string): boolean {
  const words = rest
    .trim()
    .split(/\s+/, 12)
    .filter((word) => word !== '');
  const prose = words.filter((word) => PROSE.test(word.replace(/[.,:;!?]+$/, ''))).length;
  const odd = words.filter((word) => !ARGUMENT.test(word)).length;
  return prose >= 1 && prose + odd >= words.length / 4;
}

export interface InstallLine {
  readonly requirements: readonly Requirement[];
  /** The interpreter's version, where the command names it. */
  readonly python?: string;
}

/** What an install command on this line asks for; null for any other line. */
export function readInstallLine(line: string): InstallLine | null {
  if (line.length > 10_000 || !/\b(?:install|add)\b/.test(line) || !hasInstallCommand(line)) return null;
  const { groups, environment } = readPipCommand(line.replace(/`+\s*$/, ''));
  return {
    requirements: groups.flatMap(({ entries }) => entries.map(({ requirement }) => requirement)),
    ...(environment.python === undefined ? {} : { python: environment.python }),
  };
}
