import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../src/core/explain/fix-edit.ts';
import { quickExplanation } from '../../../src/core/explain/quick-explanation.ts';
import { statusText } from '../../../src/core/explain/status-text.ts';
import { wordCount } from '../../../src/core/explain/words.ts';
import { explainToy, runToy, type Toy } from './toy-run.ts';
import * as toys from './toys.ts';

const lineNumbers = (toy: Toy): readonly number[] => explainToy(toy).lines.map(({ line }) => line);

describe('the guilty lines', () => {
  test('are all three of the dropdown example, checked by leaving out each', () => {
    expect(lineNumbers(toys.DROPDOWN)).toEqual([1, 2, 3]);
    expect(explainToy(toys.DROPDOWN).minimality).toEqual({ status: 'minimal', solves: 4 });
  });

  test('leave out what does not matter', () => {
    expect(lineNumbers(toys.WEB_AND_NOTEBOOK)).toEqual([1, 2]);
    expect(lineNumbers(toys.LINE_AGAINST_NEED)).toEqual([1, 3]);
  });

  test('are all eight clauses, although no tool names more than five', () => {
    expect(lineNumbers(toys.EIGHT_CLAUSES)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('can be a constraint', () => {
    const explanation = explainToy({
      root: ['a'],
      constraints: ['b<2'],
      index: { a: { '1': ['b>=2'] }, b: { '1': [], '2': [] } },
    });
    expect(explanation.lines).toEqual([
      { pane: 'requirements', line: 1 },
      { pane: 'constraints', line: 1 },
    ]);
    expect(explanation.sentence).toBe(
      'Line 1 brings in `a` 1, which needs `b` 2 or newer. Constraints line 1 allows only `b` below 2.',
    );
  });
});

describe('the sentence', () => {
  test.each([
    [
      'two needs',
      toys.COFFEE_AND_TEA,
      'Line 1 pins `package-coffee` 0.44.1, which needs `package-water` 2.4.2 or newer. Line 2 pins `package-tea` 4.3.0, which needs `package-water` 2.3.1.',
    ],
    [
      'a need and a line',
      toys.LINE_AGAINST_NEED,
      'Line 1 pins `requests` 2.24.0, which needs `urllib3` 1.21.1 or newer. Line 3 asks for `urllib3` below 1.21.',
    ],
    [
      'a need at one remove',
      toys.WEB_AND_NOTEBOOK,
      'Line 1 brings in `core` 2.0, which needs `typing-x` 4 or newer. Line 2 brings in `notebook` 1.0, which needs `typing-x` below 4.',
    ],
    [
      'versions that clash for different reasons',
      toys.DROPDOWN,
      'Lines 1, 2 and 3 cannot all hold. Every version of `menu` (line 1) needs some `dropdown`. `dropdown` 2.0.0 or newer need `icons>=2,<3`, which line 2 rules out. `dropdown` 1.8.0 needs `intl>=3,<4`, which line 3 rules out.',
    ],
    [
      'cases',
      toys.EIGHT_CLAUSES,
      'Lines 1 to 8 cannot all hold: no combination of versions of `v3`, `v2`, `v1`, `clause1` and 7 more satisfies what they need of each other.',
    ],
  ])('for %s', (_name, toy, sentence) => {
    const explanation = explainToy(toy);
    expect(explanation.sentence).toBe(sentence);
    expect(wordCount(explanation.sentence)).toBeLessThanOrEqual(40);
  });

  test.each<readonly [string, Toy, string, string]>([
    [
      'no-such-package',
      { root: ['nope'], index: { a: { '1': [] } } },
      'no-such-package',
      'Line 1 asks for `nope`. The index has no project `nope`.',
    ],
    [
      'no-such-package below',
      { root: ['a'], index: { a: { '1': ['nope>=2'] } } },
      'no-such-package',
      'Line 1 brings in `a` 1, which needs `nope` 2 or newer, and the index has no project `nope`.',
    ],
    [
      'no-version-in-range',
      { root: ['a>=9'], index: { a: { '1.0': [], '2.0': [] } } },
      'no-version-in-range',
      'Line 1 asks for `a>=9`, but the index lists no such version: its newest `a` is 2.0.',
    ],
    [
      'not-for-you, by file',
      { root: ['mod>=1.5,<2'], index: { mod: { '1.0': [], '1.5': { wheels: ['cp37-cp37m-win_amd64'] } } } },
      'not-for-you',
      'Line 1 asks for `mod>=1.5,<2`. `mod` 1.5 has no file for linux-x86_64 and Python 3.11.7.',
    ],
    [
      'not-for-you, by Python',
      { root: ['mod>=2'], index: { mod: { '1.0': [], '2.0': { requires_python: '>=3.12' } } } },
      'not-for-you',
      'Line 1 asks for `mod>=2`. `mod` 2.0 needs Python `>=3.12`, and this is 3.11.7.',
    ],
  ])('keeps %s apart from a conflict', (_name, toy, kind, sentence) => {
    const explanation = explainToy(toy);
    expect([explanation.kind, explanation.sentence]).toEqual([kind, sentence]);
  });

  test('says when the tool is wrong', () => {
    expect(runToy(toys.PARTIAL_SATISFIER, 'pip@23.3').outcome.kind).toBe('unsolvable');
    const explanation = explainToy(toys.PARTIAL_SATISFIER, 'pip@23.3');
    expect(explanation.kind).toBe('wrong-answer');
    expect(explanation.sentence).toBe(
      'pip gives up here, but there is a solution: `foo` 1.0.0 and `target` 2.0.0.',
    );
    expect(explainToy(toys.PARTIAL_SATISFIER).kind).toBe('solved');
  });

  test('is there at once, without a check, and says what pip blames', () => {
    const quick = quickExplanation({ ...runToy(toys.LINE_AGAINST_NEED), tool: 'pip' });
    expect(quick.minimality).toEqual({ status: 'not-checked' });
    expect(quick.lines.map(({ line }) => line)).toEqual([1, 3]);
    expect(quick.sentence).toContain('pip finds no way to meet lines 1 and 3: ');
  });
});

describe('chains', () => {
  test('start at each line and end at one package', () => {
    const { chains, clash } = explainToy(toys.WEB_AND_NOTEBOOK);
    expect(
      chains.map(({ line, links, bound }) => [line?.line, ...links.map(({ text }) => text), bound]),
    ).toEqual([
      [
        1,
        'Line 1 asks for `web`',
        'Every version of `web` needs `core>=2`',
        '`core` 2.0 needs `typing-x>=4`',
        'leaves `typing-x` 4 or newer',
      ],
      [2, 'Line 2 asks for `notebook`', '`notebook` 1.0 needs `typing-x<4`', 'leaves `typing-x` below 4'],
    ]);
    expect(clash?.gap).toBe('no version of `typing-x` is both 4 or newer and below 4');
  });

  test('have a proof whose steps rest on earlier ones only', () => {
    for (const toy of [toys.DROPDOWN, toys.EIGHT_CLAUSES, toys.COFFEE_AND_TEA]) {
      const { proof } = explainToy(toy);
      expect(proof.length).toBeGreaterThan(3);
      proof.forEach((step, at) => step.because.forEach((place) => expect(place).toBeLessThan(at)));
    }
  });
});

describe('fixes', () => {
  test('loosen a line just as far as needed, and say what comes of it', () => {
    const fix = explainToy(toys.LINE_AGAINST_NEED).fixes.find(({ source }) => source?.line === 3);
    expect(fix?.text).toBe('Change line 3 from `urllib3<1.21` to `urllib3<=1.21.1`');
    expect(fix?.pins.find(({ name }) => name === 'urllib3')?.version).toBe('1.21.1');
  });

  test('solve when applied', () => {
    for (const toy of [toys.DROPDOWN, toys.COFFEE_AND_TEA, toys.LINE_AGAINST_NEED]) {
      const { fixes } = explainToy(toy);
      expect(fixes.length).toBeGreaterThan(1);
      for (const fix of fixes) {
        const root = applyFix(toy.root.join('\n'), fix).split('\n');
        const { outcome } = runToy({ ...toy, root });
        expect(outcome.kind === 'solved' ? outcome.pins : outcome).toEqual(fix.pins);
      }
    }
  });

  test('keep comments, line numbers and line ends', () => {
    const source = { pane: 'requirements', line: 2 } as const;
    expect(applyFix('a\r\n  b<1  # why\r\nc', { source, newLine: 'b<=2' })).toBe('a\r\n  b<=2  # why\r\nc');
    expect(applyFix('a\nb<1\nc', { source, newLine: '' })).toBe('a\n# b<1\nc');
  });
});

describe('a fix and the logical line', () => {
  const source = { pane: 'requirements', line: 1 } as const;
  const hash = (letter: string): string => `--hash=sha256:${letter.repeat(64)}`;

  test.each([
    [
      'a marker on the next line',
      'b<2 \\\n   ; python_version >= "3.8"\na',
      'b<=2.0; python_version >= "3.8"',
      'a',
    ],
    ['hashes', `b==1 \\\n    ${hash('a')} \\\n    ${hash('b')}\na`, 'b==2', 'a'],
  ])('%s belongs to the requirement', (_name, text, newLine, rest) => {
    expect(applyFix(text, { source, newLine })).toBe(`${newLine}\n${rest}`);
  });

  test('options and comments stay behind the requirement', () => {
    const text = `b==1 --config-settings "x=y" \\\r\n  ${hash('a')}  # why\r\na\r\n`;
    expect(applyFix(text, { source, newLine: 'b==2' })).toBe('b==2 --config-settings "x=y"  # why\r\na\r\n');
  });

  test('what goes is a comment, line by line, and nothing after it is drawn in', () => {
    const text = `b==1 \\\n    ${hash('a')}\na`;
    expect(applyFix(text, { source, newLine: '' })).toBe(`# b==1\n# ${hash('a')}\na`);
  });

  test('a line is added at the end, and several change at once', () => {
    const added = { source: { pane: 'requirements', line: 3 }, newLine: 'c==1' } as const;
    expect(applyFix('a\nb', { source: added.source, newLine: 'c==1' })).toBe('a\nb\nc==1\n');
    expect(applyFix('a \\\n\nb\n', { source, newLine: 'a<2', also: [added] })).toBe('a<2\nc==1\n');
  });
});

describe('the tool’s own text', () => {
  test('is verbatim, with a note where it leaves a line out', () => {
    const { tool } = explainToy(toys.DROPDOWN);
    const { message, notices } = runToy(toys.DROPDOWN);
    expect(tool.text).toBe([...notices.map(({ text }) => text), message].join('\n'));
    expect(tool.notes).toContain(
      'It does not mention `icons` (line 2), without which there would be no conflict.',
    );
    expect(tool.notes.some((note) => note.includes('Ignore pip’s note'))).toBe(true);
  });
});

describe('a solved run', () => {
  test('says what is surprising', () => {
    const { kind, surprises, caps } = explainToy({
      root: ['tea', 'old<2', 'rc>=1.0rc1', 'src'],
      index: {
        tea: { '1.0': ['spoon==2.27.0', 'cup>=1.6'] },
        spoon: { '2.27.0': [], '2.28.0': [] },
        cup: { '1.6': [], '1.7': ['spoon>=2.28'], '1.8': ['spoon>=2.28'] },
        old: { '1.0': [], '2.0': [] },
        rc: { '1.0rc1': [] },
        src: { '1.0': { wheels: [], sdist: true } },
      },
    });
    expect(kind).toBe('solved');
    expect(surprises.map(({ text }) => text).sort()).toEqual([
      '`cup` 1.6 is 2 releases older than 1.8. `cup` 1.7 or newer were tried and given up, first at step 31: skipped `cup` 1.8: it needs `spoon>=2.28`, but `tea` 1.0 needs `spoon==2.27.0`.',
      '`rc` 1.0rc1 is a pre-release.',
      '`src` 1.0 comes as source only: it is built on your machine.',
    ]);
    expect(caps[0]!.text).toMatch(/^`cup` 1\.6 is 2 releases older than 1\.8\. /u);
    expect(
      caps
        .slice(1)
        .map(({ text }) => text)
        .sort(),
    ).toEqual([
      '`old` 1.0 is 1 release older than 2.0. Line 2 asks for `old<2`, which leaves out `old` 2.0.',
      '`spoon` 2.27.0 is 1 release older than 2.28.0. `tea` 1.0 needs `spoon==2.27.0`, which leaves out `spoon` 2.28.0.',
    ]);
  });

  test('begins with what is surprising most', () => {
    const releases = Object.fromEntries(
      ['1', '2', '3', '4'].map((version) => [version, version === '1' ? [] : ['b>=2']]),
    );
    const old = explainToy({ root: ['a', 'b<2'], index: { a: releases, b: { '1': [], '2': [] } } });
    expect(old.sentence).toBe(
      'Solved, but `a` 1 is 3 releases older than 4: newer ones were tried and given up.',
    );
    const extra = explainToy({ root: ['a[x]'], index: { a: { '1': [] } } });
    expect(extra.sentence).toBe('Solved, but `a` 1 has no extra `x`: nothing is installed for it.');
  });

  test('has a text for a live region', () => {
    expect(statusText(explainToy({ root: ['a'], index: { a: { '1': [] } } }))).toBe(
      'Solved: 1 package, and everything that it needs fits together.',
    );
    expect(statusText(explainToy(toys.LINE_AGAINST_NEED))).toMatch(/^Conflict\. Line 1 pins [^`]*$/u);
  });
});

describe('what was left out before the search', () => {
  test('is counted by reason, without the versions that the run looked at', () => {
    const { leftOut } = explainToy({
      root: ['mod<9'],
      index: {
        mod: {
          '1.0': [],
          '2.0': { requires_python: '>=3.12' },
          '2.1': { requires_python: '>=3.12' },
          '3.0': { wheels: ['cp37-cp37m-win_amd64'] },
          '4.0': { yanked: 'broken' },
          '5.0rc1': [],
        },
      },
    });
    expect(leftOut).toEqual([
      {
        package: 'mod',
        versions: 6,
        leftOut: 5,
        groups: [
          { reason: 'needs Python `>=3.12`, and this is 3.11.7', count: 2, versions: '2.0 to 2.1' },
          { reason: 'has no file for linux-x86_64 and Python 3.11.7', count: 1, versions: '3.0' },
          { reason: 'was withdrawn by its authors (yanked)', count: 1, versions: '4.0' },
          { reason: 'is a pre-release; nobody asked for one', count: 1, versions: '5.0rc1' },
        ],
      },
    ]);
  });
});

describe('a tool that does not look at conflicts', () => {
  test('gets the conflict explained beside its pins', () => {
    const explanation = explainToy(toys.DROPDOWN, 'pip@19.3');
    expect(explanation.kind).toBe('broken');
    expect(explanation.sentence).toBe(
      'pip installs this, and it is broken: `dropdown` 2.3.0 asks for `icons>=2,<3`, and 1.0.0 is chosen.',
    );
    expect(explanation.lines.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(explanation.remarks[0]).toMatch(/^Lines 1, 2 and 3 cannot all hold/u);
    expect(explanation.tool.text).toContain('dropdown 2.3.0 has requirement icons<3,>=2');
  });
});

describe('a run that was cut short', () => {
  const short = (toy: Toy) => ({ ...toy, maxRounds: 1 });

  test('is told apart from the certain answer that there is no solution', () => {
    const { kind, sentence, remarks, lines, clash, fixes } = explainToy(short(toys.COFFEE_AND_TEA));
    expect(kind).toBe('stopped');
    expect(sentence).toBe('Stopped after 1 round, the limit set here; there is no solution.');
    expect(remarks[0]).toBe(
      'Line 1 pins `package-coffee` 0.44.1, which needs `package-water` 2.4.2 or newer. Line 2 pins `package-tea` 4.3.0, which needs `package-water` 2.3.1.',
    );
    expect(lines.map(({ line }) => line)).toEqual([1, 2]);
    expect(clash?.package).toBe('package-water');
    expect(fixes).toEqual([]);
  });

  test('names the solution that it did not come to', () => {
    const toy = { root: ['a', 'b'], index: { a: { '1': ['c'] }, b: { '1': [] }, c: { '1': [] } } };
    const { sentence, remarks, lines } = explainToy(short(toy));
    expect(sentence).toBe('Stopped after 1 round, the limit set here; there is a solution.');
    expect(remarks[0]).toBe('There is a solution that this search did not come to: `a` 1, `b` 1 and `c` 1.');
    expect(lines).toEqual([]);
  });
});

describe('texts that the tool refuses', () => {
  const index = { a: { '1': [] } };

  test('are said to be refused, and the other lines are still answered', () => {
    const { kind, remarks } = explainToy({ root: ['a', 'b ==== 2'], index });
    expect(kind).toBe('solved');
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(/^pip would refuse these texts: line 2 cannot be read: .*other lines\.$/u);
  });

  test('are the whole answer where no other line is left', () => {
    const { kind, sentence } = explainToy({ root: ['b ==== 2'], index });
    expect(kind).toBe('invalid');
    expect(sentence).toMatch(/^pip refuses these texts before it searches: line 1 cannot be read: /u);
  });
});
