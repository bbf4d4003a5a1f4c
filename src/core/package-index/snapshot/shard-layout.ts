/**
 * What both sides of the shard codec agree on. A shard is, before deflate:
 *
 *   format · package names · tables (requirement parts, requires-python, tags, extras, sources, reasons)
 *   · lengths of blocks · one block a package
 *
 * and a block holds its releases by column, those that a page needs first:
 *
 *   count │ versions │ flags │ sources │ requires-python │ wheels │ yanks │ times │ files ║ requires │ extras │ builds │ backends
 *         └────────────────── read for the page ───────────────────────────────────────┘ └──── read for metadata ─────────────┘
 *
 * In a shard of format 2 three columns stand between `files` and `requires`: limits, Pythons vouched for, times seen.
 */

/** Of shards. A reader refuses what it does not know. */
export const SNAPSHOT_FORMAT = 1;

/** Of shards whose releases say how far their accounts go (`limits`, `pythons`, `seen`). */
export const ACCOUNT_FORMAT = 2;

/** Bits of a release's flags. */
export const RELEASE = {
  sdist: 1,
  wheels: 2,
  unknown: 4,
  yanked: 8,
  time: 16,
  build: 32,
  files: 64,
  backend: 128,
} as const;

/** Bits of a file's flags. `canonical`: the name follows from project, version and tags. */
export const FILE = {
  canonical: 1,
  size: 2,
  sha256: 4,
  url: 8,
  requiresPython: 16,
  yanked: 32,
  time: 64,
} as const;

/** Texts that blocks name by row, in the order in which the shard holds them. */
export const TABLES = ['pythons', 'tags', 'extras', 'sources', 'reasons', 'builds'] as const;

/** Those of format 2, after the others: sets of limits, joined by blanks, and ranges of Pythons. */
export const ACCOUNT_TABLES = ['limits', 'vouched'] as const;

export type TableName = (typeof TABLES)[number] | (typeof ACCOUNT_TABLES)[number];
