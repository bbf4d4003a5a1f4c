/** What is right for the files of `../shared/data/field/files.json`, by their ids. Those that are no text have tests of their own. */
import type { Expectation } from './judge.ts';

export const FILES: Readonly<Record<string, Expectation>> = {
  R1: { kind: 'requirements', requirements: ['alpha===1.0; python_version < "3"'] },
  R2: { installed: ['-e git+https://h.test/a.git@abc#egg=alpha', 'beta==1.0'] },
  R4: { requirements: ['beta'], says: [/pyproject\.toml \(pyproject\.toml\) is not taken/] },
  R4b: { requirements: ['alpha'], installed: ['alpha==1.0'] },
  R5: { outcome: 'invalid', requirements: [], says: [/a backslash goes on with the next line only/] },
  R6: { requirements: ['alpha==1.0'], says: [/"noBinary":\["alpha"\]/] },
  R7: { says: [/`--global-option` was removed from pip/] },
  R7b: { says: [/`--global-option` was removed from pip/] },
  R8: { says: [/refuse extras in `#egg=`/] },
  R9: { requirements: ['alpha @ https://host.test/alpha-1.0.zip ; python_version > "3"'] },
  R10: { outcome: 'invalid', says: [/pip knows no address that begins so/] },
  R10b: { requirements: ['-e git+git://host.test/alpha.git#egg=alpha'] },
  R11: { says: [/in the form KEY=VALUE only/] },
  R16: { outcome: 'invalid', says: [/no name of a wheel/] },
  R19: { says: [/`--install-option` was removed from pip/] },
  L1: { kind: 'pipfile-lock', installed: ['alpha==1.0'] },
  L2: {
    kind: 'pdm-lock',
    installed: ['alpha==1.0; sys_platform == "win32"', 'beta==1.5'],
    says: [/"requiresPython":">=3\.9"/],
  },
  L4: { kind: 'poetry-lock', installed: ['alpha==1.0; sys_platform == "win32" or os_name == "nt"'] },
  L5: { kind: 'poetry-lock', installed: [], says: [/taken from a repository/] },
  L7: { kind: 'uv-lock', installed: ['alpha==1.0'] },
  L8: { kind: 'pylock', says: [/`lock-version` is missing/] },
  L9: { kind: 'uv-lock', installed: [] },
  P1: {
    kind: 'pyproject',
    requirements: [
      'alpha<2,>=1; sys_platform == "win32" or sys_platform == "darwin"',
      'beta<2,>=1; sys_platform != "win32"',
    ],
    never: [/configuration is invalid/],
  },
  P2: {
    kind: 'pyproject',
    requirements: [
      'alpha<2,>=1; python_version >= "3.9" and python_version < "3.10" or python_version >= "3.11" and python_version < "4.0"',
    ],
  },
  P4: { kind: 'pyproject', requirements: [], says: [/a path on your machine/] },
  P5: { kind: 'pyproject', requirements: ['alpha<2,>=1', 'beta<2,>=1'] },
  P6: { kind: 'setup-cfg', requirements: ['alpha>=1; python_version < "3"', 'beta'] },
  P9: { kind: 'setup-cfg', requirements: ['alpha'] },
  P11: { kind: 'setup-cfg', requirements: [] },
  P12: {
    kind: 'pipfile',
    requirements: [
      'alpha; platform_python_implementation == "CPython"',
      'beta; python_full_version >= "3.8.1"',
    ],
  },
  P14: { kind: 'pipfile', requirements: ['alpha'] },
  E1: { kind: 'conda-environment', requirements: ['alpha', 'beta>=1'], python: '3.9' },
  K1: { kind: 'script', requirements: ['alpha<3'], says: [/"requiresPython":">=3\.11"/] },
  K2: { kind: 'setup-py', requirements: ['alpha>=1'] },
  K3: { kind: 'metadata', requirements: ['alpha>=1'] },
  U1: { requirements: ['alpha'], says: [/Paste its lines there/] },
};
