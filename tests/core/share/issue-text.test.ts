import { expect, test } from 'vitest';
import { issueText, type SharedRun } from '../../../src/core/share/markdown/issue-text.ts';
import { conflictDiagram } from '../../../src/core/share/mermaid/conflict-diagram.ts';
import { findHiddenCharacter } from '../../../src/core/packaging/hidden-characters.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';
import { explainToy } from '../explain/toy-run.ts';
import * as toys from '../explain/toys.ts';

const METRICS = { rounds: 3, pinned: 2, rejected: 1, undone: 1, requirements: 4, pages: 3, metadata: 2 };

function shared(input: Partial<ProblemInput> = {}, others: Partial<SharedRun> = {}): SharedRun {
  return {
    problem: makeProblem({ requirements: toys.LINE_AGAINST_NEED.root.join('\n'), ...input }),
    explanation: explainToy(toys.LINE_AGAINST_NEED),
    metrics: METRICS,
    link: 'https://example.org/#v2.p/1',
    ...others,
  };
}

test('an issue says what, how to see it, where, why, and what the tool says', () => {
  const text = issueText(shared({ engine: 'pip@26.2' }));
  for (const part of [
    '### Lines',
    '### Changes that work',
    '### Where',
    '### To repeat it',
    '```mermaid\nflowchart TD',
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/<details>\n<summary>Proof \(\d+ steps\)<\/summary>/u);
  expect(text).toContain('<https://example.org/#v2.p/1>');
  expect(text).toContain('```\nrequests==2.24.0  # line 1\nurllib3<1.21  # line 3\n```');
  expect(text).not.toContain('chalice\n');
});

test('what to reproduce keeps options, toy index and whole lines, and numbers what is guilty', () => {
  const text = issueText(
    shared({
      requirements: 'requests==2.24.0\n--pre\nurllib3<1.21 \\\n  --hash=sha256:0\n-r other.txt',
      options: { pre: true },
      index: { overlay: 'requests 2.24.0; depends urllib3>=1.21.1\n' },
    }),
  );
  expect(text).toContain(
    '```\nrequests==2.24.0  # line 1\n--pre\nurllib3<1.21 \\\n  --hash=sha256:0  # line 3\n```',
  );
  expect(text).toContain('`toy index`:\n\n```\nrequests 2.24.0; depends urllib3>=1.21.1\n```');
  expect(text).toContain('- Options: `pre=true`');
});

test('a fence is longer than what it holds', () => {
  const explanation = { ...explainToy(toys.LINE_AGAINST_NEED), tool: { text: 'a ```` b', notes: [] } };
  expect(issueText(shared({}, { explanation }))).toContain('`````\na ```` b\n`````');
});

const HOSTILE =
  'x\n\n# Owned <img src=x onerror=alert(1)> [click](javascript:alert(1)) @everyone #1 ![i](https://evil.example/i.png)';

test.each([
  [
    'a sentence',
    { explanation: { ...explainToy(toys.LINE_AGAINST_NEED), sentence: HOSTILE, remarks: [HOSTILE] } },
  ],
  ['a link', { link: `https://x/> ${HOSTILE}` }],
  ['a caveat', { caveats: [`\`${HOSTILE}`] }],
])('%s of somebody else is text', (_, others) => {
  const outside = issueText(shared({}, others)).replaceAll(/(`+)[^`][\s\S]*?\1/gu, '');
  expect(outside).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(|@everyone|(?<!\\)#1|^# Owned|evil\.example/mu);
});

test('control characters are written out, secrets are not', () => {
  const text = issueText(
    shared({
      requirements:
        'requests==2.24.0 # \u0003\u202e\n\nurllib3<1.21 @ https://me:pass@h/x?token=abc\n--index-url https://ghp_aaaaaaaaaaaaaaaaaaaaaaaa@h/',
    }),
  );
  expect(text).toContain('⟨U+0003⟩⟨U+202E⟩');
  expect(text).not.toMatch(/pass|abc|ghp_/u);
  expect(findHiddenCharacter(text)).toBeNull();
});

test('is no longer than a tracker takes, whatever it is made of', () => {
  const explanation = explainToy(toys.LINE_AGAINST_NEED);
  const long = 'a`'.repeat(100_000);
  const proof = Array.from({ length: 5_000 }, () => ({ text: long, because: [0], source: null }));
  const fixes = Array.from({ length: 2_000 }, () => ({ ...explanation.fixes[0]!, text: long, note: long }));
  const text = issueText(
    shared(
      { requirements: long, constraints: long, installed: long, index: { overlay: long } },
      {
        explanation: {
          ...explanation,
          lines: [],
          sentence: long,
          proof,
          fixes,
          tool: { text: long, notes: [long] },
        },
      },
    ),
  );
  expect(text.length).toBeLessThan(65_536);
});

test('labels of the diagram hold nothing but text', () => {
  const explanation = explainToy(toys.LINE_AGAINST_NEED);
  const chains = [
    {
      line: { pane: 'requirements' as const, line: 1 },
      links: [{ text: '"]; click n0 href "javascript:alert(1)" %%{init}%% <b> `x`', source: null }],
      bound: '"|x',
      left: [],
    },
  ];
  const source = conflictDiagram(makeProblem({ requirements: 'a"]\n' }), { ...explanation, chains });
  for (const line of source.split('\n').slice(1))
    expect(line).toMatch(
      /^ {2}n\d+(?:[[({]+"[A-Za-z0-9 .,:()#;]*"[\])}]+| -->(?:\|"[A-Za-z0-9 .,:()#;]*"\|)? n\d+)$/u,
    );
});
