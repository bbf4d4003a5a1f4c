/** What is right for the cases of `../shared/data/field/`, by their ids, in a form that can be checked. */
import type { Expectation } from './judge.ts';

const PINNED: Expectation = {
  kind: 'pip-log',
  outcome: 'unsolvable',
  requirements: ['lib==0.8.1', 'app'],
  world: ['app 1.0; depends lib>=0.10.0'],
};

/** Reports: `pasted.json`. Problems and words among them are other commands' cases. */
export const PASTED: Readonly<Record<string, Expectation>> = {
  'A1-fence': PINNED,
  'A2-line-after-list-1': PINNED,
  'A2-line-after-list-3': PINNED,
  'A2-line-after-list-6': PINNED,
  'A2-line-after-list-8': PINNED,
  'A2-line-after-list-10': PINNED,
  'A2-line-after-list-12': PINNED,
  'A3-last-entry-user': PINNED,
  'A4-buildkit-trimmed': PINNED,
  'B1-python-dash-uv': {
    kind: 'uv-log',
    outcome: 'unsolvable',
    world: ['app 1.0; depends python-dateutil>=2.8'],
    requirements: ['app==1.0', 'python-dateutil==2.7.0'],
  },
  'C1-ignored-python': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    python: '3.9',
    world: ['lib 2.1.1; python >=3.10'],
    says: [/needs Python `?>=3\.10/],
  },
  'C2-marker-python': { kind: 'pip-log', outcome: 'unsolvable', python: '3.7', requirements: ['a', 'b'] },
  'D1-poetry-which-requires-python': {
    kind: 'poetry-log',
    outcome: 'unsolvable',
    python: '3.13',
    world: ['lib 1.26.0; python <3.13,>=3.9'],
  },
  'D3-poetry-range-only': {
    kind: 'poetry-log',
    outcome: 'unsolvable',
    python: '3.11',
    requirements: ['numpy'],
  },
  'D4-poetry-empty': { kind: 'poetry-log', outcome: 'unsolvable', requirements: ['mylib==0.1.0'] },
  'D5-poetry-vvv-root-cause': {
    kind: 'poetry-log',
    outcome: 'unsolvable',
    requirements: ['cffi==1.18.0.dev0'],
    notWorld: [/^cffi/],
  },
  'E1-uv-requested-python-collapsed': {
    kind: 'uv-log',
    outcome: 'unsolvable',
    world: ['lib 1.0; extra cli:; python >=3.10'],
    requirements: ['lib[cli]'],
  },
  'E3-uv-no-header': { kind: 'uv-log', outcome: 'unsolvable', requirements: ['lib>=1.3'] },
  'E4-uv-empty-set': { kind: 'uv-log', outcome: 'unreadable', says: [/exclude each other/] },
  'F1-none-is-not-absent': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    requirements: ['tensorflow'],
    says: [/none of its files fits/],
    never: [/has no project of that name/],
  },
  'F2-ignored-belongs-elsewhere': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    requirements: ['onnxruntime>=1.14.1'],
    notWorld: [/1\.21/],
  },
  'F3-no-release-told': {
    kind: 'pip-log',
    outcome: 'unreadable',
    requirements: ['my-package==1.0.50'],
    constraints: ['my-package==1.0.50'],
  },
  'G1-warning-false-conflict': {
    kind: 'pip-log',
    outcome: 'solved',
    installed: ['a==1.0', 'b==1.0', 'lib==3.20.0'],
    world: ['lib 3.19.5', 'lib 3.20.0'],
    says: [/a 1\.0 has requirement lib/, /b 1\.0 has requirement lib/],
  },
  'G2-warning-becomes-solved': {
    kind: 'pip-log',
    outcome: 'solved',
    requirements: ['app'],
    says: [/host 1\.0\.0 has requirement lib~=5\.1\.0, but you have lib 6\.1/],
    never: [/No broken requirements found/],
  },
  'G3-pip-19-20-prefix': { kind: 'pip-log', outcome: 'solved', installed: ['app==2.4.0', 'lib==1.16.4'] },
  'H1-piptools': {
    kind: 'pip-tools-log',
    outcome: 'unsolvable',
    requirements: ['importlib-resources==3.0.0', 'a==1.0', 'c==3.18.0'],
    world: ['a 1.0; depends importlib-resources~=1.4', 'b 20.0.28; depends importlib-resources>=1.0'],
  },
  'H2-pdm': {
    kind: 'pdm-log',
    outcome: 'unsolvable',
    requirements: ['lib<1', 'client'],
    world: ['client 0.6.1; depends lib>=1.7.0'],
  },
  'H3-cannot-install-only': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    requirements: ['pandas==1.3.4', 'pandas==1.3.5'],
  },
  'H4-ha-prefix': {
    kind: 'pip-log',
    requirements: ['lib==1.0.14'],
    says: [/causes/],
    never: [/Expected semicolon/],
  },
  'H6-too-deep': {
    kind: 'pip-log',
    outcome: 'unreadable',
    says: [/gave the search up/, /requirements files/],
  },
  'H7-too-deep-solved': { kind: 'pip-log', outcome: 'unreadable', says: [/gave the search up/] },
  'H8-different-python': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    python: '3.7.12',
    world: ['networkx 1.0; python >=3.8'],
  },
  'H11-contextual': {
    kind: 'pip-log',
    installed: ['app==1.0', 'lib==1.21.40'],
    world: ['app 1.0; depends lib<1.20.0,>=1.19.0'],
    says: [/app 1\.0 has requirement lib/],
  },
  'H13-generic-resolvelib': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    world: ['a 1.6; depends lib==57.4.0', 'b 0.11.1; depends lib<51.0.0,>=50.3.2'],
    requirements: ['a', 'b'],
  },
  'H15-json-log': {
    kind: 'pip-log',
    outcome: 'unsolvable',
    requirements: ['lib==0.8.1', 'app'],
    world: ['app 1.0; depends lib<1.0,>=0.10.0'],
  },
  'H17-conda-unsat': { kind: 'conda-log', outcome: 'unreadable', says: [/[Cc]onda/] },
  'H18-install-in-prose': { kind: 'pip-tools-log', never: [/gladly/] },
};

/** Failures of Poetry, PDM, Pipenv, pip-compile and uv: `tool-reports.json`. */
export const TOOL_REPORTS: Readonly<Record<string, Expectation>> = {
  'poetry-root-matches-nothing': {
    outcome: 'unsolvable',
    requirements: ['alpha<0.1.2'],
    notWorld: [/^alpha 0\.(?:0|1\.[01])/],
  },
  'poetry-dependency-matches-nothing': {
    outcome: 'unsolvable',
    requirements: ['alpha==1.0'],
    world: ['alpha 1.0; depends beta>=2.0'],
    notWorld: [/^beta [2-9]/],
  },
  'poetry-which-depends-on': {
    outcome: 'unsolvable',
    requirements: ['alpha==2.1.3', 'beta==2.1.0'],
    world: ['alpha 2.1.3; depends beta<4,>=3.1'],
  },
  'poetry-extra-which-depends-on-itself': {
    outcome: 'unsolvable',
    requirements: ['alpha[x]==2.12.1', 'alpha<2.9.0'],
  },
  'poetry-root-requires-python': {
    outcome: 'unsolvable',
    requirements: ['alpha==1.8.1'],
    world: ['alpha 1.8.1; python <3.11,>=3.8'],
  },
  'poetry-not-installable-for-python': { outcome: 'unsolvable', python: '4.0' },
  'poetry-not-installable-for-python-4.dev0': { outcome: 'unsolvable', python: '4.0' },
  'poetry-incompatible-constraints': {
    kind: 'poetry-log',
    outcome: 'unsolvable',
    requirements: ['alpha==1.16.0', 'alpha>=1.17.0'],
  },
  'poetry-python-dash-name': {
    outcome: 'unsolvable',
    requirements: ['alpha>=1.0', 'python-beta<2.0'],
    world: ['alpha 1.0; depends python-beta>=2.0'],
  },
  'uv-python-dash-name': { outcome: 'unsolvable', requirements: ['alpha==1.0', 'python-beta<2'] },
  'poetry-vvv-made-up-release-too-old': {
    outcome: 'unsolvable',
    requirements: ['alpha>=1.0', 'gamma~=3.12.7'],
    world: ['gamma 3.12.7'],
  },
  'poetry-add-no-matching-version': { kind: 'poetry-log', outcome: 'unsolvable', requirements: ['alpha'] },
  'pip-compile-extras-candidate': { outcome: 'unsolvable', requirements: ['alpha[x]'] },
  'pip-compile-v-extra-collected': {
    outcome: 'unsolvable',
    requirements: ['alpha[x]<2', 'beta<3'],
    world: ['alpha 1.4; depends beta>=3; extra x:'],
    notWorld: [/^alpha 1;|^alpha 1$/],
  },
  'pip-compile-v-list-and-traceback': {
    outcome: 'unsolvable',
    requirements: ['alpha[x]'],
    notWorld: [/^beta/],
  },
  'pip-ignored-versions-of-another-project': {
    outcome: 'unsolvable',
    requirements: ['alpha<2.5.1'],
    notWorld: [/1\.21\.4/],
  },
  'pipenv-extra-not-named': { outcome: 'unsolvable', requirements: ['beta<2', 'alpha[x]'] },
  'pipenv-wrapped-after-depends-on': {
    outcome: 'unsolvable',
    requirements: ['beta<0.3.2', 'alpha'],
    world: ['alpha 0.40.14; depends beta==0.4.9'],
  },
  'pipenv-wrapped-only-wish': {
    outcome: 'unsolvable',
    world: ['alpha 0.20; depends beta'],
    notWorld: [/^beta/],
  },
  'pipenv-list-then-traceback': {
    outcome: 'unsolvable',
    requirements: ['beta<0.3.2', 'alpha'],
    world: ['alpha 0.40.14; depends beta==0.4.9'],
  },
  'pipenv-only-itself': { outcome: 'unreadable' },
  'pdm-conflict': {
    kind: 'pdm-log',
    outcome: 'unsolvable',
    requirements: ['beta<2', 'alpha'],
    world: ['alpha 1.0; depends beta>=2', 'alpha 1.1; depends beta>=3'],
  },
  'pdm-conflict-wrapped': { kind: 'pdm-log', outcome: 'unsolvable', requirements: ['beta<2', 'alpha'] },
  'pdm-no-release': { kind: 'pdm-log', outcome: 'unsolvable', requirements: ['alpha'] },
  'pdm-no-candidates': { kind: 'pdm-log', outcome: 'unsolvable', requirements: ['alpha'] },
  'pdm-requires-python': {
    kind: 'pdm-log',
    outcome: 'unsolvable',
    requirements: ['alpha'],
    world: ['alpha 1.0; python <4.0,>=3.12'],
  },
  'pdm-verbose': {
    kind: 'pdm-log',
    outcome: 'unsolvable',
    requirements: ['alpha<2', 'beta<2'],
    world: ['alpha 1.0; depends beta>=2'],
  },
  'pdm-behind-a-prompt': { kind: 'pdm-log', outcome: 'unsolvable', requirements: ['beta<2', 'alpha'] },
};

/** What tools print of an environment: `tools.json`. */
export const TOOLS: Readonly<Record<string, Expectation>> = {
  T1: {
    kind: 'dependency-tree',
    outcome: 'solved',
    world: [
      'requests 2.29.0; depends urllib3<1.27,>=1.21.1, certifi>=2017.4.17, charset-normalizer<4,>=2, idna<4,>=2.5',
    ],
    says: [
      /celery 5\.6\.3 requires kombu>=5\.6\.0, but kombu 5\.2\.4/,
      /requests 2\.29\.0 requires urllib3<1\.27,>=1\.21\.1, but urllib3 2\.8\.0/,
    ],
  },
  T2: {
    kind: 'dependency-tree',
    installed: [
      'urllib3==2.8.0',
      'botocore==1.43.107',
      'boto3==1.43.107',
      's3transfer==0.19.2',
      'requests==2.29.0',
    ],
    says: [/requests 2\.29\.0 requires urllib3<1\.27,>=1\.21\.1, but urllib3 2\.8\.0/],
  },
  T3: { kind: 'pipdeptree-json', says: [/celery 5\.6\.3 requires kombu>=5\.6\.0/] },
  T4: {
    kind: 'pipdeptree-json',
    says: [/requests 2\.29\.0 requires urllib3/],
    never: [/boto3==1\.43\.107,/],
  },
  T5: { kind: 'dependency-tree', says: [/unknown, not absent/] },
  T6: { kind: 'uv-check', says: [/celery requires kombu>=5\.6\.0, but kombu 5\.2\.4 is installed/] },
  T7: { kind: 'pip-show', installed: ['celery==5.6.3', 'requests==2.29.0'], says: [/unknown, not absent/] },
  T8: { kind: 'dependency-tree', world: ['syrupy 5.5.3; depends pytest'] },
};
