import { expect, it } from 'vitest';
import { readRequirementText } from '../../../src/core/manifest/requirements/requirement-text.ts';

const WHEEL = 'simple-0.1-py2.py3-none-any.whl';

it.each(['[ext]', ' [ext]', '  [a, b]', ' [ext] ; python_version > "3"'])(
  'pip 26 reads %j after a file name as the file with extras',
  (extras) => {
    const reading = readRequirementText(`${WHEEL}${extras}`, 'packaging-26.3');
    expect(reading).toMatchObject({ kind: 'local-path' });
  },
);

it('pip 23.2 reads a file name, a blank and extras as a project of that name', () => {
  const reading = readRequirementText(`${WHEEL} [ext]`, 'packaging-20');
  expect(reading).toMatchObject({ kind: 'requirement', requirement: { extras: ['ext'] } });
  expect(readRequirementText(`${WHEEL}[ext]`, 'packaging-20').kind).toBe('local-path');
});

it('a project with extras after a blank stays one', () => {
  expect(readRequirementText('requests [socks]', 'packaging-26.3').kind).toBe('requirement');
});
