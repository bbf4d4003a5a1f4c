/** A toy index as rows: each project with its releases, in the order in which they are written. */
import { parseOverlay } from '../../core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../core/package-index/overlay/overlay-print.ts';
import { versionsOf } from '../../core/package-index/overlay/overlay.ts';

export interface ToyRow {
  readonly project: string;
  readonly releases: { readonly versions: readonly string[]; readonly needs: string }[];
}

export function toyRows(text: string): readonly ToyRow[] {
  const byProject = new Map<string, ToyRow>();
  for (const statement of parseOverlay(text).overlay.statements) {
    if (statement.kind !== 'release') continue;
    const row = byProject.get(statement.project) ?? { project: statement.project, releases: [] };
    byProject.set(statement.project, row);
    const printed = printOverlay({ statements: [{ ...statement, comment: '' }] });
    row.releases.push({
      versions: versionsOf(statement.versions),
      needs: printed.split('; ').slice(1).join('; '),
    });
  }
  return [...byProject.values()];
}
