/** Whether an answer only complains of what is still being written. */
import type { RunSummary } from '../core/headless/resolver-service.ts';
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';
import { normalizeName } from '../core/packaging/name.ts';
import type { Problem } from '../core/problem/problem.ts';

/**
 * True where the run found no solution on account of the line at the caret: an error in it, or a name in it that the
 * index does not know. A conflict between whole lines is an answer, and shown.
 */
export function isUnfinished(
  summary: RunSummary,
  problem: Problem,
  caret: { readonly pane: Pane; readonly line: number },
): boolean {
  const isFaulty = summary.diagnostics.some(
    ({ severity, pane, line }) => severity === 'error' && pane === caret.pane && line === caret.line,
  );
  if (isFaulty) return true;
  if (summary.outcome.kind === 'solved') return false;
  const text = (caret.pane === 'overlay' ? problem.index.overlay : problem[caret.pane]) ?? '';
  const written = text.split(/\r\n|\r|\n/u)[caret.line - 1] ?? '';
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/u.exec(written)?.[1];
  if (name === undefined) return false;
  const { missing, lines } = summary.explanation;
  if (missing.some((fact) => 'project' in fact && fact.project === normalizeName(name))) return true;
  return lines.length === 1 && lines[0]?.pane === caret.pane && lines[0].line === caret.line;
}

/** Whether a question differs from another by what one key does to a text. */
export function isKeystroke(before: Problem, after: Problem): boolean {
  const texts = ({
    requirements,
    constraints,
    overrides,
    buildConstraints,
    installed,
    pyproject,
    index,
  }: Problem) => [
    requirements,
    constraints,
    overrides,
    buildConstraints,
    installed,
    pyproject,
    index.overlay,
  ];
  const old = texts(before);
  return texts(after).every((text, place) => Math.abs((text ?? '').length - (old[place] ?? '').length) <= 1);
}
