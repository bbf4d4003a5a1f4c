import { expect, test } from 'vitest';
import { issueText } from '../../../src/core/explain/issue-text.ts';
import { explainToy } from './toy-run.ts';
import * as toys from './toys.ts';

test('an issue says what, how to see it, where, why, and what the tool says', () => {
  const text = issueText({
    explanation: explainToy(toys.LINE_AGAINST_NEED),
    tool: 'pip 26.2',
    environment: 'Python 3.11.7, linux-x86_64',
    index: 'a toy index',
    link: 'https://example.org/#p=1',
    texts: { requirements: toys.LINE_AGAINST_NEED.root.join('\n'), constraints: '' },
  });
  expect(text).toMatchSnapshot();
  expect(text).toContain('```\nrequests==2.24.0\nurllib3<1.21\n```');
  expect(text).not.toContain('chalice\n');
});

test('a fence is longer than what it holds', () => {
  const explanation = explainToy(toys.LINE_AGAINST_NEED);
  const text = issueText({
    explanation: { ...explanation, tool: { text: 'a ```` b', notes: [] } },
    tool: 'pip 26.2',
    environment: '',
    index: '',
    link: '',
    texts: {},
  });
  expect(text).toContain('`````\na ```` b\n`````');
});
