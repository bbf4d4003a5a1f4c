/** Applies a fix to the text that it belongs to. Lines keep their numbers, so that everything else stays in place. */
import type { Fix } from './explanation.ts';

const COMMENT = /(^|\s+)#.*$/u;

/** The pane's text with the fix applied: a loosened line keeps its comment, a removed one becomes a comment. */
export function applyFix(text: string, fix: Pick<Fix, 'kind' | 'source' | 'newLine'>): string {
  const lines = text.split('\n');
  const at = fix.source.line - 1;
  const line = lines[at];
  if (line === undefined) return text;
  const indent = /^\s*/u.exec(line)![0];
  const ending = line.endsWith('\r') ? '\r' : '';
  const comment = COMMENT.exec(line.trimEnd())?.[0] ?? '';
  lines[at] =
    fix.kind === 'remove'
      ? `${indent}# ${line.trim()}${ending}`
      : `${indent}${fix.newLine}${comment}${ending}`;
  return lines.join('\n');
}
