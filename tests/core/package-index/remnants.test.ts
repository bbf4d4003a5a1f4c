import { expect, test } from 'vitest';
import { fillFacts, mendPythons } from '../../../src/command/snapshot/repair-facts.ts';
import { remnantProjects, unansweredRequirements } from '../../../src/core/package-index/facts/remnants.ts';

const FACTS = {
  projects: {
    keras: { '2.13': { requires: ['TensorFlow>=2.13', 'nowhere', 'old; extra == "x"', 'six<9'] } },
    tensorflow: { '0.12': { requires: [] } },
    six: { '1.0': { requires: [] } },
  },
};

test('a list that does not hold what others ask for is a remnant; what is not held at all is none', () => {
  expect([...remnantProjects(FACTS)]).toEqual(['tensorflow']);
  expect(unansweredRequirements(FACTS)).toEqual([
    { project: 'tensorflow', text: 'TensorFlow>=2.13', askedBy: ['keras 2.13'], isUnheld: false },
    { project: 'nowhere', text: 'nowhere', askedBy: ['keras 2.13'], isUnheld: true },
  ]);
});

test('fills make unknown releases known, add lacking ones in their place, and leave known ones alone', () => {
  const facts = {
    projects: { a: { '1.0': { requires: ['b'] }, '3.0': { requires: [], unknown: true } } },
  };
  const fills = {
    projects: {
      a: { '1.0': { requires: ['other'] }, '2.0': { requires: ['c'] }, '3.0': { requires: ['d'] } },
    },
  };
  const { projects } = fillFacts(facts, fills);
  expect(Object.entries(projects['a']!)).toEqual([
    ['1.0', { requires: ['b'] }],
    ['2.0', { requires: ['c'] }],
    ['3.0', { requires: ['d'] }],
  ]);
});

test('a list of Pythons that lost clauses is completed, one that says something else is not', () => {
  const facts = {
    projects: {
      a: {
        '1': { requires: [], requires_python: '!=3.0.*' },
        '2': { requires: [] },
        '3': { requires: [], requires_python: '>=3.8' },
      },
    },
  };
  const stated = '>=2.7, !=3.0.*';
  const witness = {
    projects: {
      A: Object.fromEntries(['1', '2', '3'].map((v) => [v, { requires: [], requires_python: stated }])),
    },
  };
  const { a } = mendPythons(facts, witness).projects;
  expect(Object.values(a!).map((release) => release.requires_python)).toEqual([stated, stated, '>=3.8']);
});
