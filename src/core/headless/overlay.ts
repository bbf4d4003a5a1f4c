/** Lays a Problem's overlay over the index that it is asked on. */
import { placeComplaint, type Diagnostic } from '../manifest/syntax/diagnostic.ts';
import { makeLineIndex, positionAt } from '../manifest/syntax/line-index.ts';
import { makeOverlayIndex } from '../package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../package-index/overlay/overlay-parse.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import type { Problem } from '../problem/problem.ts';

export interface LaidIndex {
  readonly index: PackageIndex;
  /** Complaints about the overlay's text; lines that could not be read are left out of it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The index with the overlay on it; the same index when there is none. */
export function layOverlay(problem: Problem, index: PackageIndex): LaidIndex {
  const text = problem.index.overlay ?? '';
  if (text.trim() === '') return { index, diagnostics: [] };
  const { overlay, errors } = parseOverlay(text);
  const lines = makeLineIndex(text);
  const diagnostics = errors.map(({ message, span }) =>
    placeComplaint(
      { severity: 'error', code: 'invalid-overlay', message, span },
      'overlay',
      positionAt(lines, span.start),
    ),
  );
  return { index: makeOverlayIndex(overlay, index), diagnostics };
}
