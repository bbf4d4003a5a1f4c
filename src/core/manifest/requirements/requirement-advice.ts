/** What somebody probably meant by a line that is not a requirement: other tools' spellings and slips of the hand. */
import { parseRequirement } from '../../packaging/requirement.ts';
import { splitShellWords } from '../command/shell-words.ts';

/** A replacement for the whole text that parses, and what to call the change. */
export interface Advice {
  readonly title: string;
  readonly text: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly rewrite: (match: RegExpExecArray) => string;
}

const NAME = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[^\]]*\])?`;
const VERSION = String.raw`v?\d[A-Za-z0-9.!+_-]*`;

/** In the order in which they are tried; the first whose result parses wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /^(?:\$ *)?(?:python3? -m )?pip3? install +([^-].*)$/,
    rewrite: (match) => installArguments(match[1]!),
  },
  { pattern: /^(["'])(.*)\1,?$/, rewrite: (match) => match[2]! },
  { pattern: /^[-*•] +(.+)$/, rewrite: (match) => match[1]! },
  { pattern: /^(.*[^,; ]) *[,;]$/, rewrite: (match) => match[1]! },
  { pattern: new RegExp(`^(${NAME}) *= *["']\\*["']$`), rewrite: (match) => match[1]! },
  {
    pattern: new RegExp(`^(${NAME}) *= *["']\\^ *(${VERSION})["']$`),
    rewrite: (match) => `${match[1]!}>=${match[2]!},<${caretCeiling(match[2]!)}`,
  },
  { pattern: new RegExp(`^(${NAME}) *= *["'] *([<>=!~].*)["']$`), rewrite: (match) => match[1]! + match[2]! },
  {
    pattern: new RegExp(`^(${NAME}) *= *["']?(${VERSION})["']?(?:=[^=]*)?$`),
    rewrite: (match) => `${match[1]!}==${match[2]!}`,
  },
  {
    pattern: new RegExp(`^(${NAME})(?: +|: *|@)(${VERSION})$`),
    rewrite: (match) => `${match[1]!}==${match[2]!}`,
  },
  {
    pattern: new RegExp(`^(${NAME}) *\\((${VERSION})\\)$`),
    rewrite: (match) => `${match[1]!}==${match[2]!}`,
  },
  {
    pattern: /^([^;]*?)=([<>])([^;]*)(;.*)?$/,
    rewrite: (match) => `${match[1]!}${match[2]!}=${match[3]!}${match[4] ?? ''}`,
  },
  {
    pattern: /^([^;]*[\w.*]) *(&&?|\band\b) *([^;]*)(;.*)?$/,
    rewrite: (match) => `${match[1]!},${match[3]!}${match[4] ?? ''}`,
  },
  { pattern: /^([^;]*[\w.*]) +([<>=!~]{1,3}[^;]*)(;.*)?$/, rewrite: commaBeforeOperators },
  {
    pattern: /^([^;]*)([<>]=?) *(\d[\w.]*)\.\*([^;]*)(;.*)?$/,
    rewrite: (match) => `${match[1]!}${match[2]!}${match[3]!}${match[4]!}${match[5] ?? ''}`,
  },
  {
    pattern: /^([^;]*);([^;]*[^=!<>~])=([^=].*)$/,
    rewrite: (match) => `${match[1]!};${match[2]!}==${match[3]!}`,
  },
];

/** What was probably meant; null when nothing that parses suggests itself. Long lines are left alone. */
export function adviseRequirement(text: string): Advice | null {
  if (text.length > 500) return null;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match === null) continue;
    const rewritten = rule.rewrite(match).trim();
    const lines = rewritten.split('\n');
    if (rewritten === text || !lines.every((line) => parseRequirement(line).ok)) continue;
    const title = lines.length === 1 ? `Change to \`${rewritten}\`` : `Write ${lines.length} lines`;
    return { title, text: rewritten };
  }
  return null;
}

/** The exclusive upper bound that Poetry gives `^version`: the left-most number that is not zero may not change. */
export function caretCeiling(version: string): string {
  const numbers = (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
  const significant = numbers.findIndex((number) => number !== 0);
  const position = significant < 0 ? numbers.length - 1 : significant;
  return numbers
    .map((number, index) => (index < position ? number : index === position ? number + 1 : 0))
    .join('.');
}

/** The arguments of a pasted `pip install`, one a line; options and whatever else does not parse make it no advice. */
function installArguments(text: string): string {
  const words = splitShellWords(text);
  return words.ok ? words.value.map((word) => word.text).join('\n') : text;
}

function commaBeforeOperators(match: RegExpExecArray): string {
  const clauses = match[0]
    .slice(0, match[0].length - (match[3]?.length ?? 0))
    .replace(/([\w.*]) +(?=[<>=!~])/g, '$1,')
    // The first comma would stand between the name and its first operator.
    .replace(/^([^,<>=!~]*),(?=[<>=!~])/, '$1');
  return clauses + (match[3] ?? '');
}
