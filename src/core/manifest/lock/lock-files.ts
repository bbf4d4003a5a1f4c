/** The files that lock formats list for a release, as hashes and as facts. */
import { parseWheelFilename } from '../../packaging/wheel-filename.ts';
import type { ReleaseDraft } from '../manifest.ts';
import { fieldsAt, textAt, type SpannedValue } from '../syntax/spanned-value.ts';

export interface LockFiles {
  /** `sha256:…` of each file. */
  readonly hashes: readonly string[];
  readonly facts: Pick<ReleaseDraft, 'wheels' | 'sdist'>;
}

/**
 * Reads tables with a file's name (under `key`, or the last part of `url`, or of `path`) and its hash, either as `hash = "sha256:…"` or
 * as `hashes = {sha256 = "…"}`. Without any file the facts say nothing, which stands for one universal wheel.
 */
export function describeFiles(items: readonly SpannedValue[], key: string): LockFiles {
  const hashes: string[] = [];
  const wheels = new Set<string>();
  let sdist = false;
  let count = 0;
  for (const item of items) {
    const hash = textAt(item, 'hash')?.text;
    if (hash !== undefined) hashes.push(hash);
    for (const field of fieldsAt(item, 'hashes'))
      if (field.value.kind === 'string') hashes.push(`${field.name}:${field.value.value}`);
    const filename = fileNameOf(item, key);
    if (filename === null) continue;
    count++;
    const tags = tagsOf(filename);
    if (tags === null) sdist = true;
    else wheels.add(tags);
  }
  const facts = count === 0 ? {} : { wheels: [...wheels], sdist };
  return { hashes: [...new Set(hashes)].filter((hash) => /^sha(?:256|384|512):/.test(hash)), facts };
}

function fileNameOf(item: SpannedValue, key: string): string | null {
  const name = textAt(item, key);
  if (name !== null) return name.text;
  const address = textAt(item, 'url') ?? textAt(item, 'path');
  return address === null ? null : address.text.replace(/[?#].*$/, '').replace(/^.*[/\\]/, '');
}

/** The compressed tag set of a wheel's name; null for an sdist. */
function tagsOf(filename: string): string | null {
  if (!filename.endsWith('.whl')) return null;
  return parseWheelFilename(filename).ok ? filename.slice(0, -4).split('-').slice(-3).join('-') : null;
}
