/** Live facts as rows of a table: what, where it was read, when. */
import { metadataSourceLabel } from '../../core/explain/live-basis.ts';
import type { LiveBasis } from '../../core/package-index/live/live-witness.ts';

export interface BasisRow {
  readonly key: string;
  readonly fact: string;
  readonly where: string;
  readonly fetched: string;
}

/** In the order in which the run read them. */
export function basisRows(basis: readonly LiveBasis[]): readonly BasisRow[] {
  return basis.map(({ project, filename, provenance }, at) => ({
    key: `${at}`,
    fact: filename ?? project,
    where: whereText(filename, provenance),
    fetched: timeText(provenance.fetchedAt),
  }));
}

function whereText(filename: string | null, { detail, note }: LiveBasis['provenance']): string {
  if (filename === null) {
    const serial = /@(\d+)$/u.exec(detail)?.[1];
    return serial === undefined ? `index page (${detail})` : `index page, serial ${serial}`;
  }
  return note === undefined || note === 'modelled' ? 'metadata beside the file' : metadataSourceLabel(note);
}

function timeText(fetchedAt: number | undefined): string {
  return fetchedAt === undefined ? '' : new Date(fetchedAt).toLocaleString();
}
