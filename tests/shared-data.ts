/**
 * Finds the folder of recordings, oracles and facts that conformance tests read. It is not part of the project:
 * tests that need it skip, with a plain message, where it is missing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../shared/data');

/** The folder, or null where it is missing. */
export const sharedData: string | null = existsSync(resolve(FOLDER, 'README.md')) ? FOLDER : null;

/** What skipped tests say. */
export const SHARED_DATA_MISSING =
  'skipped: the data folder ../shared/data is missing (set BACKJUMP_DATA to its path)';

/** A JSON file of the folder, `recordings/pip-eras-toys.json`. Throws when the folder or file is missing. */
export function readSharedJson(path: string): unknown {
  if (sharedData === null) throw new Error(SHARED_DATA_MISSING);
  return JSON.parse(readFileSync(resolve(sharedData, path), 'utf8'));
}
