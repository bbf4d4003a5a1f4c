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
  expect(text).toContain('```\nrequests==2.24.0  # line 1\nurllib3<1.21  # line 3\n```');
  expect(text).not.toContain('chalice\n');
});

test('what to reproduce keeps options, toy index and whole lines, and numbers what is guilty', () => {
  const text = issueText({
    explanation: explainToy(toys.LINE_AGAINST_NEED),
    tool: 'pip 26.2',
    environment: '',
    index: '',
    link: '',
    options: '`pre=true`',
    toyIndex: 'requests 2.24.0; depends urllib3>=1.21.1\n',
    texts: { requirements: 'requests==2.24.0\n--pre\nurllib3<1.21 \\\n  --hash=sha256:0\n-r other.txt' },
  });
  expect(text).toContain(
    '```\nrequests==2.24.0  # line 1\n--pre\nurllib3<1.21 \\\n  --hash=sha256:0  # line 3\n```',
  );
  expect(text).toContain('`toy index`:\n\n```\nrequests 2.24.0; depends urllib3>=1.21.1\n```');
  expect(text).toContain('- Options: `pre=true`');
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
