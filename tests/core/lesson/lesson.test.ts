import { describe, expect, test } from 'vitest';
import { parseClaim, parseEngines } from '../../../src/core/lesson/claim.ts';
import { changedLines, keepsLine, keepsPane } from '../../../src/core/lesson/edits.ts';
import { judgeClaims } from '../../../src/core/lesson/judge.ts';
import { faultLines, readLesson, recogniseLesson, type Lesson } from '../../../src/core/lesson/lesson.ts';
import { parseMoment } from '../../../src/core/lesson/moment.ts';
import { proveLesson } from '../../../src/core/lesson/prove-lesson.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { ENGINE_NAMES } from '../../../src/core/problem/engine-id.ts';
import { toyProblem } from '../compare/toys.ts';

const INDEX = makeFactsIndex({ projects: {} });

const GOOD = `lesson: small
title: Small
read: One thing at a time.
requirements: app
index: |
  closed world
  app 1.0; depends lib <2
  lib 1.0, 2.0
predict:
  ask: Which lib?
  options:
    - { say: one, picks: lib 1.0 }
    - { say: two, picks: lib 2.0 }
moments:
  - { at: pin lib 1.0, say: Here. }
change:
  ask: Get lib 2.0.
  goals: [pins lib 2.0, keeps the lines]
  solution:
    index: |
      closed world
      app 1.0; depends lib
      lib 1.0, 2.0
claims: [pins lib 1.0, undoes nothing]
`;

function lessonOf(text: string): Lesson {
  const reading = readLesson(text);
  if (!reading.ok) throw new Error(faultLines(reading.faults).join('\n'));
  return reading.lesson;
}

function faultsOf(text: string): readonly string[] {
  const reading = readLesson(text);
  return reading.ok ? [] : faultLines(reading.faults);
}

describe('a lesson', () => {
  test('is read and proved', async () => {
    const judgements = await proveLesson(lessonOf(GOOD), INDEX);
    expect(judgements.filter(({ holds }) => !holds)).toEqual([]);
    expect(judgements.length).toBe(7);
  });

  test.each([
    ['pins lib 1.0, undoes', 'pins lib 2.0, undoes', 'pins lib 2.0'],
    ['at: pin lib 1.0', 'at: undo lib 1.0', 'the moment “undo lib 1.0”'],
    ['picks: lib 1.0', 'picks: lib 3.0', '“Which lib?” has one right answer'],
    ['goals: [pins lib 2.0,', 'goals: [solves,', 'the goals are not met at the start'],
    ['app 1.0; depends lib\n', 'app 1.0; depends lib <1\n', 'the solution meets: pins lib 2.0'],
  ])('is not true any more with %s as %s', async (from, to, claim) => {
    expect(GOOD).toContain(from);
    const judgements = await proveLesson(lessonOf(GOOD.replace(from, to)), INDEX);
    expect(judgements.filter(({ holds }) => !holds).map((judgement) => judgement.claim)).toContain(claim);
  });

  test('says in words what is wrong with it, every fault at once', () => {
    const faults = faultsOf(
      GOOD.replace('undoes nothing', 'is very good')
        .replace('pin lib 1.0, say', 'meet lib, say')
        .replace('requirements: app', 'requirements: app\nengine: pip@1.0'),
    );
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).toMatch(/claims\.2: “is very good” is no claim.*\n?/u);
    expect(faults.join('\n')).toContain('moments.1.at: “meet lib” is no moment');
    expect(faults.join('\n')).toContain('unknown engine');
  });

  test.each([
    ['', 'lesson: is missing'],
    ['lesson: x', 'title: is missing'],
    ['lesson: X Y\ntitle: a\nread: b', 'lesson: is a short name'],
    ['lesson: x\ntitle: a\nread: b\nclaim: c', 'claim: is no field here'],
    [`lesson: x\ntitle: a\nread: ${'word '.repeat(61)}`, 'read: has 61 words'],
    ['lesson: [x', 'The lesson cannot be read as YAML'],
    [`lesson: x\ntitle: ${'a'.repeat(70_000)}`, 'The lesson is longer than'],
  ])('%#: faults are named', (text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });

  test('is told from other files', () => {
    expect(recogniseLesson('# mine\nlesson: a\n')).toBe(true);
    expect(recogniseLesson('flask\nlesson: a')).toBe(false);
    expect(recogniseLesson('name: x\ndependencies:\n  - lesson')).toBe(false);
  });

  test('never runs away on a hostile text', () => {
    const bomb = `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nlesson: ${'['.repeat(2_000)}`;
    expect(readLesson(bomb).ok).toBe(false);
  });
});

describe('claims', () => {
  test.each([
    ['skips 5 candidates of cup', { kind: 'counts', what: 'skips', name: 'cup' }],
    ['undoes nothing', { kind: 'counts', what: 'undoes', amount: { compared: 'exactly', number: 0 } }],
    ['costs over 100 rounds', { kind: 'counts', what: 'rounds', amount: { compared: 'over', number: 100 } }],
    ['fails without lines 1, 2 and 5 to 7', { kind: 'without', lines: [1, 2, 5, 6, 7], solves: false }],
    ['pins Shared_Lib 2.0', { kind: 'pins', name: 'shared-lib', version: '2.0' }],
    ['pins 4 packages', { kind: 'counts', what: 'pins' }],
    ['never tries dropdown 2.0', { kind: 'tries', isNever: true }],
    ['leaves out mod 2.0 because of python', { kind: 'leaves-out', reason: 'python' }],
  ])('%s', (text, statement) => {
    const claim = parseClaim(text);
    expect(claim.ok && claim.value.statement).toMatchObject(statement);
  });

  test('name engines of the release table', () => {
    const range = parseEngines('pip 23.1 to 25.0');
    expect(range.ok && range.value.length).toBeGreaterThan(5);
    const all = parseEngines('pip, uv and zazo');
    expect(all.ok && all.value).toEqual(
      ENGINE_NAMES.filter((name) => name !== 'pip@19.3' && /^(pip|uv|zazo)/u.test(name)),
    );
    expect(parseEngines('conda').ok).toBe(false);
  });

  test('are judged, each in its engines', async () => {
    const problem = toyProblem('a\nb', 'a 1; depends c <2\nb 1; depends c >=2\nc 1, 2');
    const claims = [
      'fails',
      'needs lines 1 and 2',
      'solves without line 1',
      'in pip 19.3: ends broken',
      'solves',
    ].map((text) => {
      const claim = parseClaim(text);
      if (!claim.ok) throw new Error(claim.error.message);
      return claim.value;
    });
    const { judgements } = await judgeClaims(problem, claims, {
      index: INDEX,
      engines: ['pip@26.2', 'uv@0.12'],
    });
    expect(judgements.map(({ engine, holds }) => `${engine} ${holds}`)).toEqual([
      ...['pip@26.2 true', 'uv@0.12 true', 'pip@26.2 true', 'uv@0.12 true', 'pip@26.2 true', 'uv@0.12 true'],
      ...['pip@19.3 true', 'pip@26.2 false', 'uv@0.12 false'],
    ]);
    expect(judgements.at(-1)?.found).toBe('the run is impossible');
  });
});

describe('moments', () => {
  test.each(['first skip cup', 'undo foo 1.1.0', 'last conflict', '3rd pin', 'end'])('%s is one', (text) => {
    expect(parseMoment(text).ok).toBe(true);
  });

  test.each(['', 'skipping', 'first', 'constructor', 'toString x'])('%s is none', (text) => {
    expect(parseMoment(text).ok).toBe(false);
  });
});

describe('what a learner changed', () => {
  const start = toyProblem('a>=1\nb', 'a 1\nb 1');

  test('a rewritten line counts once, blanks and comments do not', () => {
    expect(changedLines(start, { ...start, requirements: 'b  # mine\n\na >= 1' })).toBe(0);
    expect(changedLines(start, { ...start, requirements: 'a>=2\nb' })).toBe(1);
    expect(changedLines(start, { ...start, requirements: '' })).toBe(2);
  });

  test('lines and panes are kept or not', () => {
    expect(keepsLine(start, { ...start, requirements: 'a>=1' }, 1)).toBe(true);
    expect(keepsLine(start, { ...start, requirements: 'a>=1' }, 2)).toBe(false);
    expect(keepsPane(start, { ...start, index: { overlay: 'closed world\na 1\nb 2' } }, 'index')).toBe(false);
  });
});
