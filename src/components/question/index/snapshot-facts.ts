/** Figures of a snapshot, for reading. */
import type { SnapshotDescription } from '../../../core/package-index/snapshot/manifest.ts';

/** `47,607`. */
export function groupedCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `973 projects, 47,607 releases, 296 KB`: the size is that of all its files as they travel. */
export function snapshotFacts({ counts, bytes }: Pick<SnapshotDescription, 'counts' | 'bytes'>): string {
  const kilobytes = groupedCount(Math.round(bytes / 1_000));
  return `${groupedCount(counts.projects)} projects, ${groupedCount(counts.releases)} releases, ${kilobytes} KB`;
}
