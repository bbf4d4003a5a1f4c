/** A run as plain text for a mail or a chat: the verdict, the lines, what can be changed, and where to look. */
import { showHiddenCharacters } from '../packaging/hidden-characters.ts';
import { headedSentence } from '../explain/status-text.ts';
import type { SharedRun } from './markdown/issue-text.ts';
import { redactCredentials } from './redact.ts';

const MOST_FIXES = 6;
const LENGTH = 4_000;

/** Ends in a newline. */
export function plainText({ problem, explanation, caveats = [], link }: SharedRun): string {
  const { python, platform } = problem.environment;
  const fixes = explanation.fixes.slice(0, MOST_FIXES).map((fix) => `- ${fix.text}. ${fix.note}`.trimEnd());
  const said = headedSentence(explanation);
  const parts = [
    `${said.heading}. ${said.sentence}`,
    [...explanation.remarks, ...caveats].join('\n'),
    ...(fixes.length === 0 ? [] : [`Changes that work:\n${fixes.join('\n')}`]),
    `${problem.engine.replace('@', ' ')}, Python ${python}, ${platform}${problem.index.snapshot === undefined ? '' : `, ${problem.index.snapshot}`}`,
    link,
  ];
  const text = parts.filter((part) => part !== '').join('\n\n');
  const shown = redactCredentials(showHiddenCharacters(text)).replaceAll('`', '');
  return `${shown.length > LENGTH ? `${shown.slice(0, LENGTH)} [shortened]` : shown}\n`;
}
