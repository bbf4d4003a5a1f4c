/** The smallest example: found, stopped on the way, opened and taken away, by keyboard. */
import type { Locator, Page } from '@playwright/test';
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { violations } from './axe.ts';
import { endlessProblem } from './endless-problem.ts';
import { expect, test, type PlaygroundPage } from './playground-page.ts';

const CONFLICT = makeProblem({
  engine: 'pip@26.2',
  requirements: 'tea\nnoise\ncup<2\n',
  environment: { python: '3.11' },
  index: {
    overlay:
      'closed world\ntea 1.0; depends cup>=2, saucer\ncup 1.0\ncup 2.0\nsaucer 1.0\nnoise 1.0; depends hum\nhum 1.0\n',
  },
});

async function openMinimise({ page }: PlaygroundPage): Promise<Locator> {
  await page.getByRole('button', { name: 'Compare', exact: true }).focus();
  await page.keyboard.press('Enter');
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await compare.getByRole('button', { name: 'Smallest example' }).focus();
  await page.keyboard.press('Enter');
  return compare;
}

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('a conflict is made smaller by keyboard, taken away as texts, and opened', async ({
  playground,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.open(await encodeLink({ problem: CONFLICT, view: {} }));
  const compare = await openMinimise(playground);
  expect(await violations(page)).toEqual([]);
  const find = compare.getByRole('button', { name: 'Find the smallest' });
  await find.focus();
  await page.keyboard.press('Enter');
  await expect(compare.getByText('Nothing more can be left out.')).toContainText('2 of 3 lines');
  await expect(find).toBeFocused();
  await expect(compare.getByText('closed world')).not.toContainText(/saucer|noise/u);
  expect(await violations(page)).toEqual([]);

  const press = async (name: string): Promise<void> => {
    await compare.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Copy as packse scenario');
  await expect(compare.getByText('Scenario copied.')).toBeVisible();
  expect(await clipboard(page)).toContain('[root]');
  await press('Copy as test for pip');
  await expect(compare.getByText('Test copied.')).toBeVisible();
  expect(await clipboard(page)).toContain('def test');
  await press('Copy a link to it');
  await expect(compare.getByText('Link to it copied.')).toBeVisible();
  expect(await clipboard(page)).toContain(new URL(playground.address).host);

  await compare.getByLabel('Keep').selectOption('The same version of a package');
  await compare.getByRole('textbox', { name: 'Package' }).fill('tea');
  await page.keyboard.press('Enter');
  await expect(compare.getByText('This question is not answered with that package')).toBeVisible();
  await compare.getByLabel('Keep').selectOption('The same failure');
  await press('Find the smallest');
  await expect(compare.getByText('Nothing more can be left out.')).toBeVisible();
  await press('Open it here');
  await expect(compare).toBeHidden();
  await playground.answered();
  await expect(playground.text).toHaveValue(/^tea\ncup<2\s*$/u);
  expect(playground.complaints).toEqual([]);
});

test('stopped on the way, it keeps the smallest so far', async ({ playground }) => {
  const { page } = playground;
  await playground.open(await encodeLink({ problem: endlessProblem(5), view: {} }));
  const compare = await openMinimise(playground);
  await compare.getByRole('button', { name: 'Find the smallest' }).focus();
  await page.keyboard.press('Enter');
  await expect(compare.getByText(/left after \d+ tr/u)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(compare.getByText('Stopped, with the smallest so far:')).toBeVisible();
  await expect(compare.getByRole('button', { name: 'Find the smallest' })).toBeFocused();
  await expect(compare.getByText('closed world')).toContainText('pigeon1');
  await expect(compare.getByRole('button', { name: 'Copy as packse scenario' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
});

test('a link opens what is to be kept', async ({ playground }) => {
  const { page } = playground;
  await page.goto(
    `${playground.address}${await encodeLink({ problem: CONFLICT, view: { compare: 'minimise differs:uv@0.12' } })}`,
  );
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByLabel('Keep')).toHaveValue('differs');
  await expect(compare.getByRole('combobox', { name: 'Other tool' })).toHaveValue('uv@0.12');
  await compare.getByRole('button', { name: 'Find the smallest' }).click();
  await expect(compare.getByText('The two tools end alike')).toBeVisible();
});
