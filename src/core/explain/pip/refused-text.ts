/** pip's own words on a line of a requirements or constraints text that it refuses. Source: pip, req/constructors.py. */
import { formatParseError, parseRequirement } from '../../packaging/requirement.ts';
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { pythonQuoted } from './python-quoted.ts';

/** A complaint about a line of a text, as far as the words need it. */
interface Refusal {
  readonly severity: string;
  readonly code: string;
  readonly pane: string;
  /** From 1. */
  readonly line: number;
}

interface RefusedTexts {
  readonly requirements: string;
  readonly constraints: string;
  readonly policy: PrereleasePolicy;
}

const FILES = { requirements: 'requirements.txt', constraints: 'constraints.txt' } as const;

const OPERATORS = ['===', '==', '~=', '!=', '<=', '>=', '<', '>'];

/** The line at a place, with its continuations, without its comment. */
function lineAt(text: string, line: number): string {
  const lines = text.split(/\r\n|\r|\n/u);
  let whole = lines[line - 1] ?? '';
  for (let next = line; whole.endsWith('\\') && next < lines.length; next++)
    whole = whole.slice(0, -1) + lines[next]!.trimStart();
  return whole.replace(/(?:^|\s+)#.*$/u, '').trim();
}

/** Since pip 24.1 the parser's error is told with the text; before, only that it is none. */
function invalidText(line: string, source: string, policy: PrereleasePolicy): string | null {
  const parsed = parseRequirement(line, policy);
  if (parsed.ok) return null;
  const reason = policy === 'packaging-20' ? '' : `: ${formatParseError(line, parsed.error)}`;
  const isAssignment = line.includes('=') && !OPERATORS.some((operator) => line.includes(operator));
  const hint = isAssignment ? '\nHint: = is not a valid operator. Did you mean == ?' : '';
  return `ERROR: Invalid requirement: ${pythonQuoted(line)}${reason} (from ${source})${hint}`;
}

/** Null where pip's words for the complaint are not known. */
function refusedText(diagnostic: Refusal, texts: RefusedTexts): string | null {
  const { pane, line, code } = diagnostic;
  if (pane !== 'requirements' && pane !== 'constraints') return null;
  switch (code) {
    case 'invalid-requirement':
      return invalidText(lineAt(texts[pane], line), `line ${line} of ${FILES[pane]}`, texts.policy);
    case 'nameless-constraint':
      return 'ERROR: Unnamed requirements are not allowed as constraints';
    case 'editable-constraint':
      return 'ERROR: Editable requirements are not allowed as constraints';
    default:
      return null;
  }
}

/** What pip prints for the first line that it refuses; '' where that is not known. */
export function refusedMessage(diagnostics: readonly Refusal[], texts: RefusedTexts): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return first === undefined ? '' : (refusedText(first, texts) ?? '');
}
