/** Paste the error as it comes: what services, tools and terminals put around a program's output changes nothing. */
import { describe, expect, it } from 'vitest';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { plainLine } from '../../../src/core/manifest/log/output/log-line.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

const ESCAPE = String.fromCharCode(27);

const PIP = `Collecting app==1.0 (from -r requirements.txt (line 1))
  Downloading app-1.0-py3-none-any.whl (2.2 kB)
ERROR: Cannot install app==1.0 and lib<2 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested lib<2
    app 1.0 depends on lib!=2.5 and >=2

To fix this you could try to:
1. loosen the range of package versions you've specified
2. remove package versions to allow pip to attempt to solve the dependency conflict

ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/`;

const NOT_FOUND = `ERROR: Ignored the following versions that require a different python version: 3.0 Requires-Python >=3.99; 3.1 Requires-Python >=3.99
ERROR: Could not find a version that satisfies the requirement some-rather-long-name>=3 (from -r requirements.txt (line 12)) (from versions: 1.0, 2.0)
ERROR: No matching distribution found for some-rather-long-name>=3`;

const UV = `  × No solution found when resolving dependencies:
  ╰─▶ Because app==1.0 depends on lib>=2 and you require lib<2, we can conclude that app==1.0
      cannot be used.
      And because you require app==1.0, we can conclude that your requirements are unsatisfiable.`;

const POETRY = `Because every version of app depends on lib (>=2)
 and mine depends on lib (<2), app is forbidden.
So, because mine depends on app (*), version solving failed.`;

/** What each service makes of a line. */
const SERVICES: Readonly<Record<string, (line: string, index: number) => string>> = {
  'GitHub Actions': (line) => `2024-05-01T12:00:01.1234567Z ${line}`,
  'GitHub Actions, with its marks': (line) =>
    `2024-05-01T12:00:01.1234567Z ${line.replace(/^ERROR/, '##[error]ERROR')}`,
  "GitHub's command line": (line) => `test (3.11)\tInstall it\t2024-05-01T12:00:01.1234567Z ${line}`,
  GitLab: (line) => `2024-05-01T12:00:00.123456Z 01O ${line}`,
  Jenkins: (line) => `[2024-05-01T12:00:00.123Z] ${line}`,
  BuildKit: (line, index) => `#12 ${index}.456 ${line}`,
  "BuildKit's last words": (line, index) => `${index}.456 ${line}`,
  Compose: (line) => `web_1  | ${line}`,
  'a git host': (line) => `remote:        ${line}`,
  tox: (line) => `py311: 512 I ${line}`,
  'the journal': (line) => `May  1 12:00:00 host app[123]: ${line}`,
  "pip's log file": (line) => `2024-05-01T12:00:00,123 ${line}`,
  'a clock': (line) => `[12:00:01] ${line}`,
  'a program that passes it on': (line) => `stderr: ${line}`,
  quotation: (line) => `> ${line}`,
  indentation: (line) => `        ${line}`,
  colours: (line) => `${ESCAPE}[31m${ESCAPE}[1m${line}${ESCAPE}[0m`,
  'two of them': (line, index) => `2024-05-01T12:00:01.1234567Z #7 ${index}.001 ${line}`,
  Windows: (line) => `${line}\r`,
};

const around = (text: string, put: (line: string, index: number) => string): string =>
  text.split('\n').map(put).join('\n');

describe.each(Object.entries(SERVICES))('around it: %s', (_service, put) => {
  it.each(Object.entries({ PIP, NOT_FOUND, UV, POETRY }))('%s means the same', (_name, text) => {
    const plain = readManifest(text);
    const wrapped = readManifest(around(text, put));
    expect(plain.confidence).not.toBe('guess');
    expect(wrapped.manifest.kind).toBe(plain.manifest.kind);
    expect(changeOfManifest(wrapped.manifest)).toEqual(changeOfManifest(plain.manifest));
  });
});

/** Breaks lines at blanks, as a terminal or a mail of that width does. */
function broken(text: string, width: number): string {
  return text.replace(new RegExp(`(?=[^\\n]{${width}})([^\\n]{1,${width}})[ ]`, 'g'), '$1\n');
}

describe.each([60, 80, 100])('broken at %i columns', (width) => {
  it.each(Object.entries({ PIP, NOT_FOUND, UV, POETRY }))('%s means the same', (_name, text) => {
    expect(changeOfManifest(readManifest(broken(text, width)).manifest)).toEqual(
      changeOfManifest(readManifest(text).manifest),
    );
  });
});

it('what a progress bar wrote over is gone', () => {
  expect(plainLine(`   10% ${ESCAPE}[2K\r   100%\rCollecting six`)).toBe('Collecting six');
});

it('requirements with comments that look like a log stay requirements', () => {
  const text = '# 2024-05-01 12:00:00 ERROR: Cannot install\nsix\nflask>=2  # [12:00:01] Collecting x\n';
  expect(readManifest(text).manifest.kind).toBe('requirements');
});
