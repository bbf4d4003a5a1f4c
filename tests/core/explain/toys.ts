/** Small indexes with known answers. The numbers are those of the toys that real pip was run on. */
import type { Toy } from './toy-run.ts';

const versions = (names: readonly string[], requires: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(names.map((name) => [name, requires]));

/** Two packages that want different versions of a third (pip's own documentation). */
export const COFFEE_AND_TEA: Toy = {
  root: ['package-coffee==0.44.1', 'package-tea==4.3.0'],
  index: {
    'package-coffee': { '0.44.1': ['package-water>=2.4.2,<3'] },
    'package-tea': { '4.3.0': ['package-water==2.3.1'] },
    'package-water': { '2.3.1': [], '2.4.2': [], '2.5.0': [] },
  },
};

/** `log` has nothing to do with it. */
export const WEB_AND_NOTEBOOK: Toy = {
  root: ['web', 'notebook', 'log'],
  index: {
    web: { '5.0': ['core>=2', 'log'], '4.0': ['core>=2', 'log'] },
    core: { '2.0': ['typing-x>=4'], '1.0': [] },
    log: { '1.0': [], '1.1': [], '1.2': [] },
    'typing-x': { '3.0': [], '4.0': [] },
    notebook: { '1.0': ['typing-x<4'] },
  },
};

/** Weizenbaum's example: all three lines are needed for the conflict, pip's text names two. */
export const DROPDOWN: Toy = {
  root: ['menu>=1,<2', 'icons>=1,<2', 'intl>=5,<6'],
  index: {
    menu: {
      '1.0.0': ['dropdown>=1.0,<2'],
      ...versions(['1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'], ['dropdown>=2,<3']),
    },
    dropdown: { '1.8.0': ['intl>=3,<4'], ...versions(['2.0.0', '2.1.0', '2.2.0', '2.3.0'], ['icons>=2,<3']) },
    icons: { '1.0.0': [], '2.0.0': [] },
    intl: { '3.0.0': [], '4.0.0': [], '5.0.0': [] },
  },
};

/** pip 23.1 to 25.0 wrongly report a conflict. */
export const PARTIAL_SATISFIER: Toy = {
  root: ['foo>=1,<2', 'target>=2,<3'],
  index: {
    foo: { '1.0.0': [], '1.1.0': ['left>=1,<2', 'right>=1,<2'] },
    left: { '1.0.0': ['shared>=1'] },
    right: { '1.0.0': ['shared<2'] },
    shared: { '2.0.0': [], '1.0.0': ['target>=1,<2'] },
    target: { '2.0.0': [], '1.0.0': [] },
  },
};

/** Eight clauses over three variables, each pair of which can hold, not all. */
export const EIGHT_CLAUSES: Toy = {
  root: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `clause${number}`),
  index: {
    ...Object.fromEntries(['v1', 'v2', 'v3'].map((name) => [name, { '0': [], '1': [] }])),
    ...Object.fromEntries(
      [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [
        `clause${bits + 1}`,
        Object.fromEntries(
          [1, 2, 3].map((variable) => [
            String(variable),
            [`v${variable}==${(bits >> (3 - variable)) % 2 === 0 ? 1 : 0}`],
          ]),
        ),
      ]),
    ),
  },
};

/** A line against what another line's package needs. */
export const LINE_AGAINST_NEED: Toy = {
  root: ['requests==2.24.0', 'chalice', 'urllib3<1.21'],
  index: {
    requests: { '2.24.0': ['urllib3>=1.21.1,<1.26,!=1.25.0'], '2.23.0': [] },
    chalice: { '1.0': [] },
    urllib3: { '1.20': [], '1.21.1': [], '1.25.11': [], '1.26': [] },
  },
};
