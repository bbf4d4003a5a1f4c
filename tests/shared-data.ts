/**
 * Finds recordings, oracles and facts that tests compare with. The whole of them is a folder beside the project; a slice
 * is kept in the repository (`tests/fixtures/kept/`), so that a fresh clone compares, too. What is in neither is skipped,
 * with a plain message.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FOLDER = process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../shared/data');
const KEPT = resolve(import.meta.dirname, 'fixtures/kept');

/** The folder, or null where it is missing. */
export const sharedData: string | null = existsSync(resolve(FOLDER, 'README.md')) ? FOLDER : null;

/** What skipped tests say. */
export const SHARED_DATA_MISSING =
  'skipped: the data folder ../shared/data is missing (set BACKJUMP_DATA to its path)';

/** Whether a JSON file, `recordings/pip-eras-toys.json`, is there, whole or as the slice that is kept. */
export function hasData(path: string): boolean {
  return sharedData !== null || existsSync(resolve(KEPT, `${path}.gz`));
}

/** A JSON file of the folder, or the slice of it that is kept. Throws when neither is there. */
export function readSharedJson(path: string): unknown {
  if (sharedData !== null) return JSON.parse(readFileSync(resolve(sharedData, path), 'utf8'));
  if (!hasData(path)) throw new Error(SHARED_DATA_MISSING);
  return JSON.parse(gunzipSync(readFileSync(resolve(KEPT, `${path}.gz`))).toString('utf8'));
}
