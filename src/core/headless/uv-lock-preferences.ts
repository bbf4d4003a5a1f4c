/** A `uv.lock` beside the project: its versions are tried first, as `uv lock` does, except where they shall move. */
import { itemsAt, textAt, valueAt } from '../manifest/syntax/spanned-value.ts';
import { readToml } from '../manifest/syntax/toml-value.ts';
import { normalizeName } from '../packaging/name.ts';
import { compareVersions, parseVersion, type Version } from '../packaging/version.ts';
import type { Problem } from '../problem/problem.ts';

/** Locked versions by project, highest first: `--upgrade` lets all go, `--upgrade-package NAME` those named. */
export function uvLockPreferences({ lock = '', options }: Problem): ReadonlyMap<string, readonly Version[]> {
  const versions = new Map<string, Version[]>();
  if (options.upgrade || options.update.includes(':all:') || lock.trim() === '') return versions;
  const moving = new Set(options.update.map(normalizeName));
  for (const item of itemsAt(readToml(lock).value, 'package')) {
    const name = normalizeName(textAt(item, 'name')?.text ?? '');
    const version = parseVersion(textAt(item, 'version')?.text ?? '');
    // What comes from elsewhere than an index has no version to prefer.
    if (valueAt(item, 'source', 'registry') === null || !version.ok || moving.has(name)) continue;
    const known = versions.get(name);
    if (known === undefined) versions.set(name, [version.value]);
    else known.push(version.value);
  }
  for (const list of versions.values()) list.sort((a, b) => compareVersions(b, a));
  return versions;
}
