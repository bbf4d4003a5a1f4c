/** What this build is: the version of package.json, and the commit where the sources are a git checkout. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** `0.1.0 (1a2b3c4)`; without the commit where nobody knows it. */
export function buildName(): string {
  const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string };
  const commit = process.env['BACKJUMP_COMMIT'] ?? headCommit();
  return commit === '' ? version : `${version} (${commit})`;
}

function headCommit(): string {
  try {
    const stated = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return stated.trim();
  } catch {
    return '';
  }
}
