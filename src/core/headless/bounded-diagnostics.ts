/** Complaints about a text, as many as anybody reads: a text of a stranger can earn one for each of its characters. */
import type { Diagnostic } from '../manifest/syntax/diagnostic.ts';

/** Complaints of one pane. */
const MOST = 100;

/** The first of each pane, errors before anything else is dropped, and one that counts the others. */
export function boundedDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST) return diagnostics;
  const panes = new Map<Diagnostic['pane'], Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const known = panes.get(diagnostic.pane);
    if (known === undefined) panes.set(diagnostic.pane, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...panes.values()].flatMap(boundedPane);
}

function boundedPane(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').slice(0, MOST);
  const others = diagnostics.filter(({ severity }) => severity !== 'error').slice(0, MOST - errors.length);
  const kept = new Set([...errors, ...others]);
  const first = diagnostics.find((diagnostic) => !kept.has(diagnostic)) ?? diagnostics[0]!;
  const rest = (diagnostics.length - kept.size).toLocaleString('en-US');
  const { pane, line, column, span } = first;
  return [
    ...diagnostics.filter((diagnostic) => kept.has(diagnostic)),
    {
      severity: 'warning',
      code: 'more-complaints',
      message: `${rest} further complaints are not listed`,
      pane,
      line,
      column,
      span,
    },
  ];
}
