/** Debug output of real runs as events. */
import { expect, it } from 'vitest';
import { readPaste } from '../../../src/core/headless/paste/read-paste.ts';
import { toldEvents } from '../../../src/core/manifest/log/told-events.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const WEB =
  "LinkCandidate('https://files.test/web-1.0-py3-none-any.whl (from https://index.test/simple/web/) (requires-python:>=3.7)')";
const LIB =
  "LinkCandidate('https://files.test/Lib_A-2.0-py3-none-any.whl (from https://index.test/simple/lib-a/)')";

const PIP = [
  'Collecting web',
  'Reporter.starting()',
  "Reporter.adding_requirement(SpecifierRequirement('web'), None)",
  "Reporter.adding_requirement(SpecifierRequirement('lib-a<2'), None)",
  'Reporter.starting_round(0)',
  `Reporter.adding_requirement(SpecifierRequirement("lib-a>=2; python_version > '3'"), ${WEB})`,
  `Reporter.adding_requirement(RequiresPythonRequirement('>=3.7'), ${WEB})`,
  `Reporter.pinning(${WEB})`,
  'Reporter.ending_round(0, State(mapping=OrderedDict(), criteria={}))',
  'Reporter.starting_round(1)',
  `Reporter.rejecting_candidate(Criterion((SpecifierRequirement('lib-a<2'), via=None), (SpecifierRequirement('lib-a>=2'), via=${WEB})), ${LIB})`,
  `Reporter.backtracking(ExtrasCandidate(base=${WEB}, extras=frozenset({'x'})))`,
].join('\n');

const EVENTS = [
  ['require', 'web', null],
  ['require', 'lib-a<2', null],
  ['round', 0],
  ['require', "lib-a>=2; python_version > '3'", 'web==1.0'],
  ['require', 'Requires-Python >=3.7', 'web==1.0'],
  ['pin', 'web==1.0'],
  ['round', 1],
  [
    'reject',
    'lib-a==2.0',
    [
      ['lib-a<2', null],
      ['lib-a>=2', 'web==1.0'],
    ],
  ],
  ['backtrack', 'web[x]==1.0'],
];

it("reads pip's resolver debug output, behind prefixes too", () => {
  expect(toldEvents(PIP)).toEqual(EVENTS);
  const actions = PIP.split('\n')
    .map((line) => `2024-05-01T12:00:01.1234567Z ${line}`)
    .join('\n');
  expect(toldEvents(actions)).toEqual(EVENTS);
  expect(
    toldEvents(
      PIP.split('\n')
        .map((line) => `  INFO: ${line}`)
        .join('\n'),
    ),
  ).toEqual(EVENTS);
});

it("reads uv's debug log", () => {
  const text = [
    'DEBUG Solving with installed Python version: 3.11.7',
    'DEBUG Adding direct dependency: web*',
    'DEBUG Searching for a compatible version of web (*)',
    'DEBUG Selecting: web==1.0 [compatible] (web-1.0-py3-none-any.whl)',
    '    0.012345s   3ms DEBUG uv_resolver::resolver Adding transitive dependency for web==1.0: lib>=2',
  ].join('\n');
  expect(toldEvents(text)).toEqual([
    ['require', 'web*', null],
    ['select', 'web==1.0'],
    ['require', 'lib>=2', 'web==1.0'],
  ]);
});

it('is part of what is pasted, and of nothing else', () => {
  const base = makeProblem({ requirements: '', environment: { python: '3.11', platform: 'linux-x86_64' } });
  expect(readPaste([{ name: 'log.txt', text: PIP }], base).events).toEqual(EVENTS);
  expect(readPaste([{ name: 'list.txt', text: 'web\n' }], base).events).toEqual([]);
});
