/** Indexes written by hand: beginning, closing the world, other forms of them, saving. */
import { readFileSync } from 'node:fs';
import { violations } from './axe.ts';
import { expect, test } from './playground-page.ts';

const PACKSE = `name = "pinned-away"
description = "b is there, but not as a wants it"
[root]
requires = ["a"]
[environment]
python = "3.12"
[expected]
satisfiable = false
explanation = "There is no b as new as that."
[packages.a.versions."1.0.0"]
requires = ["b>=2"]
[packages.b.versions."1.0.0"]
`;

const YAML = `base:
  available:
  - left 1.0; depends shared < 2
  - shared 1.0
  - shared 2.0
cases:
- request:
  - install: left
  response:
  - state: [left 1.0, shared 1.0]
- request:
  - install: [left, shared == 2.0]
  response:
  - error: {code: 1}
`;

test('an empty toy index teaches by three worlds, each of which can be taken back', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  const before = await playground.text.inputValue();
  await page.getByRole('tab', { name: 'Toy index' }).click();
  const text = page.getByRole('textbox', { name: /^Toy index/u });
  for (const [title, outcome] of [
    ['Diamond', 'Solved'],
    ['Staircase', 'Solved'],
    ['3-SAT', 'Conflict'],
  ] as const) {
    await page.getByRole('button', { name: title }).click();
    await expect(text).toHaveValue(/^closed world/u);
    await expect(playground.answer).toContainText(outcome);
    await page.getByRole('button', { name: 'Put back what was here' }).click();
    await expect(text).toHaveValue('');
  }
  await page.getByRole('tab', { name: /^Requirements/u }).click();
  await expect(playground.text).toHaveValue(before);
  expect(playground.complaints).toEqual([]);
});

test('the world is closed and opened by a switch, and axe finds nothing', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('tab', { name: 'Toy index' }).click();
  expect(await violations(page)).toEqual([]);
  const text = page.getByRole('textbox', { name: /^Toy index/u });
  await text.fill('boto3 99.0');
  await page.getByRole('radio', { name: /^Closed world/u }).check();
  await expect(text).toHaveValue('closed world\nboto3 99.0');
  await expect(playground.sentence).toContainText('The index has no project');
  await page.getByRole('radio', { name: 'Laid over the index' }).check();
  await expect(text).toHaveValue('boto3 99.0');
  await playground.answered();
  await expect(page.getByRole('tab', { name: 'Toy index 1' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

for (const pane of ['Requirements', 'Toy index']) {
  test(`a packse scenario pasted into ${pane} is read as one`, async ({ playground }) => {
    const { page } = playground;
    await playground.open();
    await page.getByRole('tab', { name: new RegExp(`^${pane}`, 'u') }).click();
    const box = page.getByRole('textbox', { name: new RegExp(`^${pane}`, 'u') });
    await box.fill(PACKSE);
    const offer = page.getByRole('region', { name: 'This is a packse scenario.' });
    await expect(offer).toContainText('b is there, but not as a wants it');
    expect(await violations(page)).toEqual([]);
    await offer.getByRole('button', { name: 'Use it as a toy index' }).click();
    const note = page.getByText('Its authors expect no solution. There is no b as new as that.');
    await expect(note).toBeVisible();
    await expect(playground.sentence).toContainText('b');
    await expect(playground.answer).toContainText(/No version|Conflict/u);
    await page.getByRole('tab', { name: /^Toy index/u }).click();
    await expect(page.getByRole('textbox', { name: /^Toy index/u })).toHaveValue(
      'closed world\na 1.0.0; depends b>=2; sdist\nb 1.0.0; sdist\n',
    );
    await page.getByRole('button', { name: 'Put the pasted text back' }).click();
    await page.getByRole('tab', { name: new RegExp(`^${pane}`, 'u') }).click();
    await expect(box).toHaveValue(PACKSE);
    expect(playground.complaints).toEqual([]);
  });
}

const ZAZO = `- name: first
  index: [left 1.0]
  actions: [{install: left}]
- name: second
  index:
    - left 1.0; depends shared == 1.0
    - shared 2.0
  actions:
    - install: [left, shared == 2.0]
  results:
    - conflicts: [{have: shared 2.0, want: shared == 1.0}]
`;

test("of zazo's resolver tests a case is chosen", async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.text.fill(ZAZO);
  const offer = page.getByRole('region', { name: 'This is a resolver test of zazo’s (YAML).' });
  await offer.getByRole('combobox').selectOption({ index: 1 });
  await offer.getByRole('button', { name: 'Use it as a toy index' }).click();
  await expect(playground.text).toHaveValue('left\nshared == 2.0');
  await expect(playground.answer).toContainText(/No version in range|Conflict/u);
  await expect(
    page.getByText('Its authors expect no solution: have shared 2.0, want shared == 1.0.'),
  ).toBeVisible();
});

test("of pip's old resolver tests a case is chosen", async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.text.fill(YAML);
  const offer = page.getByRole('region', { name: /^This is a resolver test/u });
  await offer.getByRole('combobox').selectOption({ index: 1 });
  await offer.getByRole('button', { name: 'Use it as a toy index' }).click();
  await expect(playground.text).toHaveValue('left\nshared == 2.0');
  await expect(playground.answer).toContainText('Conflict');
  await expect(page.getByText('Its authors expect no solution.')).toBeVisible();
});

test('a toy index is saved as text, as a packse scenario and as YAML', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('tab', { name: 'Toy index' }).click();
  await page.getByRole('button', { name: 'Diamond' }).click();
  await page.getByText('Save as …').click();
  const save = async (name: RegExp): Promise<string> => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFileSync(await (await downloading).path(), 'utf8');
  };
  expect(await save(/^Text of the toy index/u)).toContain('left 1.0; depends shared <3');
  expect(await save(/packse/u)).toContain('[packages."left".versions."1.0"]\nrequires = ["shared <3"]');
  expect(await save(/pip’s \(YAML\)/u)).toContain('base:\n  available:\n    - {name: "app"');
  expect(await save(/zazo’s \(YAML\)/u)).toContain('depends: ["shared <3"]');
  expect(playground.complaints).toEqual([]);
});
