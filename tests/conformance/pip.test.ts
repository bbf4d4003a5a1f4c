/** A slice of `npm run conformance` that is quick enough for every test run. */
import { describe, expect, test } from 'vitest';
import { pipCases } from './pip-cases.ts';
import { pipPackse } from './pip-packse.ts';
import { compareWithRecording } from './pip-comparison.ts';
import { readRecordings, type Recording } from './pip-recording.ts';
import { engineOf } from './pip.ts';

/** pip 21.1 went through a set of extras in an order that changes from run to run. */
const RANDOM_ORDER = new Set(['pip 21.1 toy-B3']);

function expectAgreement(recordings: readonly Recording[]): void {
  const differences = recordings
    .filter(({ pip, name }) => !RANDOM_ORDER.has(`pip ${pip} ${name}`))
    .map((recording) => compareWithRecording(recording, engineOf(recording)))
    .filter(({ difference }) => difference !== '')
    .map(({ recording, difference }) => `pip ${recording.pip} ${recording.name}: ${difference}`);
  expect(differences).toEqual([]);
}

describe('real pip, event for event', () => {
  test('agrees on every toy, in every release since 19.3.1', { timeout: 60_000 }, () => {
    expectAgreement(readRecordings('recordings/pip-eras-toys.json'));
  });

  test('agrees on extras, markers, constraints, pre-releases and yanks', { timeout: 60_000 }, () => {
    expectAgreement(readRecordings('recordings/pip-26.2.1-features.json'));
  });

  test('agrees on real conflicts of 2020, in a release of every kind of search', { timeout: 60_000 }, () => {
    const releases = new Set(['26.1', '25.2', '25.1', '24.0', '22.3', '21.2', '21.1', '21.0', '20.3']);
    const recordings = readRecordings('recordings/pip-eras-real.json').filter(
      ({ pip, outcome, eventCount = 0 }) => {
        return releases.has(pip) && outcome !== 'timeout' && eventCount < 2_000;
      },
    );
    expectAgreement(recordings);
  });

  test("reads the files that real pip read on packse's scenarios, and ends alike", () => {
    expect(pipPackse().differences).toEqual([]);
  });

  test("passes pip's and zazo's own cases of 2020", { timeout: 60_000 }, () => {
    expect(pipCases().differences).toEqual([]);
  });
});
