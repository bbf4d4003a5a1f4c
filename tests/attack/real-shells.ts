/** Commands given to the shells of this machine: what a program there receives, and whether anything else ran. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const SHELLS = ['bash', 'dash', 'zsh'] as const;
export type ShellName = (typeof SHELLS)[number];

export function isInstalled(shell: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0;
}

/** Stands for pip and uv: writes its words, and what is piped into `uv`, each ended by NUL, and a line of its own. */
const RECORDER = String.raw`
record() { for word in "$@"; do printf '%s\0' "$word"; done >> RECORD; printf '\001\n' >> RECORD; }
piped() { while IFS= read -r line; do printf '%s\0' "$line"; done >> RECORD; record "$@"; }
`;

/** What each script made `record` receive; files that it made are in `files` by name. */
export interface Recorded {
  readonly words: readonly (readonly string[])[];
  readonly hasEscaped: boolean;
}

/** Runs scripts one after the other in one shell that reads them from a file. */
export function runScripts(shell: ShellName, scripts: readonly string[]): Recorded {
  return inFolder((folder) => {
    const program = [RECORDER, ...scripts].join('\n');
    writeFileSync(join(folder, 'script.sh'), program);
    const options = shell === 'bash' ? ['--norc'] : shell === 'zsh' ? ['-f'] : [];
    spawnSync(shell, [...options, 'script.sh'], { cwd: folder, timeout: 60_000 });
  });
}

/** Types scripts into an interactive shell on a pseudo-terminal, as a paste without brackets does. */
export function pasteScripts(shell: ShellName, scripts: readonly string[], locale: string): Recorded {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'rc.sh'), RECORDER);
    const helper = resolve(import.meta.dirname, 'paste_into_shell.py');
    spawnSync('python3', [helper, shell, folder, locale], {
      input: JSON.stringify(scripts),
      timeout: 300_000,
    });
  });
}

function inFolder(work: (folder: string) => void): Recorded {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  try {
    work(folder);
    const record = join(folder, 'RECORD');
    const text = existsSync(record) ? readFileSync(record, 'utf8') : '';
    const words = text
      .split('\u0001\n')
      .slice(0, -1)
      .map((line) => line.split('\0').slice(0, -1));
    return { words, hasEscaped: existsSync(join(folder, 'PWNED')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
