/** The pip of this machine, asked what it would install from an index. */
import { execFile, execFileSync } from 'node:child_process';

/** Version of the pip of `python3`, `23.2.1`; null where there is none, or none that writes reports (22.2). */
export const pipVersion: string | null = findPip();

function findPip(): string | null {
  try {
    const said = execFileSync('python3', ['-m', 'pip', '--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [version = '', major = '0', minor = '0'] = /^pip (\d+)\.(\d+)[\d.]*/u.exec(said) ?? [];
    const writesReports = Number(major) > 22 || (Number(major) === 22 && Number(minor) >= 2);
    return writesReports ? version.replace('pip ', '') : null;
  } catch {
    return null;
  }
}

/** What skipped tests say. */
export const PIP_MISSING = 'skipped: there is no python3 with pip 22.2 or later on this machine';

interface Report {
  readonly install: readonly { readonly metadata: { readonly name: string; readonly version: string } }[];
}

/** Names and versions that pip would install, `name version`, sorted; its own words when it fails. */
export function askPip(
  requirements: readonly string[],
  ...options: readonly string[]
): Promise<readonly string[]> {
  const words = ['-m', 'pip', 'install', '--isolated', '--dry-run', '--ignore-installed', '--no-cache-dir'];
  const quiet = ['--disable-pip-version-check', '--quiet', '--report', '-'];
  return new Promise((resolve, reject) => {
    execFile(
      'python3',
      [...words, ...quiet, ...options, ...requirements],
      { env: { ...process.env, PIP_CONFIG_FILE: '/dev/null', PYTHONWARNINGS: 'ignore' } },
      (error, output, complaint) => {
        if (error !== null) reject(new Error(complaint));
        else {
          const { install } = JSON.parse(output) as Report;
          resolve(install.map(({ metadata: { name, version } }) => `${name} ${version}`).sort());
        }
      },
    );
  });
}
