/** Reports of every kind in several eras, as the tools print them, with what is right for each. Names are made up. */
import type { Expectation } from './judge.ts';

export interface Report {
  readonly id: string;
  readonly text: string;
  readonly right: Expectation;
}

const joined = (...lines: readonly string[]): string => lines.join('\n');

const PIP_HELP = [
  '',
  'To fix this you could try to:',
  "1. loosen the range of package versions you've specified",
  '2. remove package versions to allow pip attempt to solve the dependency conflict',
  '',
];

export const REPORTS: readonly Report[] = [
  {
    id: 'pip 20.3 conflict',
    text: joined(
      'ERROR: Cannot install web==1.0 and core==2.0 because these package versions have conflicting dependencies.',
      '',
      'The conflict is caused by:',
      '    web 1.0 depends on lib<3 and >=2',
      '    core 2.0 depends on lib>=3.1',
      ...PIP_HELP,
      'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/user_guide/#fixing-conflicting-dependencies',
    ),
    right: {
      kind: 'pip-log',
      outcome: 'unsolvable',
      requirements: ['web', 'core'],
      world: ['web 1.0; depends lib<3,>=2', 'core 2.0; depends lib>=3.1'],
    },
  },
  {
    id: 'pip 23 with what it collected',
    text: joined(
      'Collecting web==1.0 (from -r requirements.txt (line 1))',
      '  Downloading web-1.0-py3-none-any.whl.metadata (4.1 kB)',
      'Collecting lib<3,>=2 (from web==1.0->-r requirements.txt (line 1))',
      '  Downloading lib-2.9-py3-none-any.whl.metadata (2.0 kB)',
      'INFO: pip is looking at multiple versions of web to determine which version is compatible with other requirements. This could take a while.',
      'ERROR: Cannot install -r requirements.txt (line 1) and lib==3.1 because these package versions have conflicting dependencies.',
      '',
      'The conflict is caused by:',
      '    The user requested lib==3.1',
      '    web 1.0 depends on lib<3 and >=2',
      ...PIP_HELP,
      'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
    ),
    right: { kind: 'pip-log', outcome: 'unsolvable', requirements: ['web==1.0', 'lib==3.1'] },
  },
  {
    id: 'pip 26 conflict with a marker',
    text: joined(
      'ERROR: Cannot install lib==1.0 and web==5.0 because these package versions have conflicting dependencies.',
      '',
      'The conflict is caused by:',
      '    The user requested lib==1.0',
      '    web 5.0 depends on lib>=2; python_version < "3.9"',
      '',
      'Additionally, some packages in these conflicts have no matching distributions available for your environment:',
      '    lib',
      ...PIP_HELP,
      'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
    ),
    right: { kind: 'pip-log', outcome: 'unsolvable', requirements: ['lib==1.0', 'web'], python: '3.8' },
  },
  {
    id: 'pip not found',
    text: joined(
      'ERROR: Could not find a version that satisfies the requirement lib==9.9 (from versions: 1.0, 1.1, 2.0)',
      'ERROR: No matching distribution found for lib==9.9',
    ),
    right: {
      kind: 'pip-log',
      outcome: 'unsolvable',
      requirements: ['lib==9.9'],
      world: ['lib 2.0', 'lib 1.0'],
    },
  },
  {
    id: 'pip 22 ignored for Python',
    text: joined(
      'ERROR: Ignored the following versions that require a different python version: 3.0 Requires-Python >=3.12; 3.1 Requires-Python >=3.12',
      'ERROR: Could not find a version that satisfies the requirement lib>=3.0 (from versions: 1.0, 2.0)',
      'ERROR: No matching distribution found for lib>=3.0',
    ),
    right: {
      kind: 'pip-log',
      outcome: 'unsolvable',
      requirements: ['lib>=3.0'],
      python: '3.11',
      world: ['lib 3.1; python >=3.12'],
    },
  },
  {
    id: 'pip a wheel of another platform',
    text: 'ERROR: lib-1.0-cp37-cp37m-win_amd64.whl is not a supported wheel on this platform.',
    right: { kind: 'pip-log', outcome: 'unsolvable', requirements: ['lib==1.0'] },
  },
  {
    id: 'pip double requirement',
    text: "ERROR: Double requirement given: lib==2.0 (from -r requirements.txt (line 2)) (already in lib==1.0 (from -r requirements.txt (line 1)), name='lib')",
    right: { kind: 'pip-log', outcome: 'unsolvable', requirements: ['lib==1.0', 'lib==2.0'] },
  },
  {
    id: 'uv 0.5 arrows',
    text: joined(
      '  × No solution found when resolving dependencies:',
      '  ╰─▶ Because only the following versions of lib are available:',
      '          lib<=2.0',
      '          lib>=3.0',
      '      and web==1.0 depends on lib>2.0,<3.0, we can conclude that web==1.0',
      '      cannot be used.',
      '      And because you require web==1.0, we can conclude that your requirements',
      '      are unsatisfiable.',
    ),
    right: { kind: 'uv-log', outcome: 'unsolvable', requirements: ['web==1.0'] },
  },
  {
    id: 'uv 0.13 cause',
    text: joined(
      'error: No solution found when resolving dependencies',
      '  cause: Because web==1.0 depends on lib>=2 and core==1.0 depends on lib<2, we can conclude that web==1.0 and core==1.0 are incompatible.',
      "         And because your project depends on core==1.0 and web==1.0, we can conclude that your project's requirements are unsatisfiable.",
    ),
    right: { kind: 'uv-log', outcome: 'unsolvable', requirements: ['core==1.0', 'web==1.0'] },
  },
  {
    id: 'uv without a frame',
    text: joined(
      'No solution found when resolving dependencies:',
      'Because lib was not found in the package registry and you require lib, we can conclude that your requirements are unsatisfiable.',
    ),
    right: { kind: 'uv-log', outcome: 'unsolvable', requirements: ['lib'] },
  },
  {
    id: 'poetry 1.1',
    text: joined(
      'Updating dependencies',
      'Resolving dependencies...',
      '',
      'Because no versions of web match >1.0,<2.0',
      ' and web (1.0) depends on lib (>=2.0), web (>=1.0,<2.0) requires lib (>=2.0).',
      'So, because mine depends on both web (^1.0) and lib (<2.0), version solving failed.',
    ),
    right: {
      kind: 'poetry-log',
      outcome: 'unsolvable',
      requirements: ['web<2.0,>=1.0', 'lib<2.0'],
      world: ['web 1.0; depends lib>=2.0'],
    },
  },
  {
    id: 'poetry 1.8 alternatives',
    text: joined(
      'Because web (1.0) depends on lib (>=1.34,<2.0 || >=2.11,<3.0)',
      ' and no versions of web match !=1.0, every version of web requires lib (>=1.34,<2.0 || >=2.11,<3.0).',
      'So, because mine depends on both web (*) and lib (2.5), version solving failed.',
    ),
    right: { kind: 'poetry-log', outcome: 'unsolvable', requirements: ['web', 'lib==2.5'] },
  },
  {
    id: 'poetry 2.5 Python',
    text: joined(
      "The current project's supported Python range (>=3.9,<4.0) is not compatible with some of the required packages Python requirement:",
      '  - web requires Python >=3.10, so it will not be installable for Python >=3.9,<3.10',
      '',
      'Because no versions of web match >2.0,<3.0',
      ' and web (2.0) requires Python >=3.10, web is forbidden.',
      'So, because mine depends on web (^2.0), version solving failed.',
    ),
    right: { kind: 'poetry-log', outcome: 'unsolvable', requirements: ['web<3.0,>=2.0'], python: '3.9' },
  },
  {
    id: 'pdm 2.20',
    text: joined(
      'ERROR: Unable to find a resolution for lib',
      'because of the following conflicts:',
      '  lib<2 (from project)',
      '  lib>=2 (from web@1.0)',
      'To fix this, you could loosen the dependency version constraints in pyproject.toml.',
    ),
    right: {
      kind: 'pdm-log',
      outcome: 'unsolvable',
      requirements: ['lib<2', 'web'],
      world: ['web 1.0; depends lib>=2'],
    },
  },
  {
    id: 'pdm 1.15',
    text: joined(
      'Unable to find a resolution for lib',
      'because of the following conflicts:',
      '  lib<2 (from project)',
      '  lib>=3 (from <Candidate web@1.0 from index>)',
      'To fix this, you could loosen the dependency version constraints in pyproject.toml. If that is not possible, you could also override the resolved version in `[tool.pdm.overrides]` table.',
      '[ResolutionImpossible]: Unable to find a resolution',
    ),
    right: { kind: 'pdm-log', outcome: 'unsolvable', requirements: ['lib<2', 'web'] },
  },
  {
    id: 'pip-compile 6, its own resolver',
    text: joined(
      'Could not find a version that matches lib<2,>=3 (from -r requirements.in (line 1))',
      'Tried: 1.0, 2.0, 3.0',
      'There are incompatible versions in the resolved dependencies:',
      '  lib<2 (from -r requirements.in (line 1))',
      '  lib>=3 (from web==1.0->-r requirements.in (line 2))',
    ),
    right: { kind: 'pip-tools-log', outcome: 'unsolvable', requirements: ['lib<2', 'web==1.0'] },
  },
  {
    id: 'an environment after an installation',
    text: joined(
      "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. This behaviour is the source of the following dependency conflicts.",
      'web 1.0 requires lib<2, but you have lib 3.0 which is incompatible.',
      'Successfully installed lib-3.0',
    ),
    right: {
      kind: 'pip-log',
      outcome: 'solved',
      installed: ['web==1.0', 'lib==3.0'],
      says: [/web 1\.0 requires lib<2, but lib 3\.0 is installed/],
    },
  },
];
