/** Learn, Compare and the gallery, as a learner and a maintainer use them. */
import type { Locator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './playground-page.ts';

const column = (page: Page): Locator => page.getByRole('complementary', { name: 'Learn' });

test('a lesson with reduced motion, from prediction to say it back; axe finds nothing', async ({
  playground,
}) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(playground.address);
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await column(page)
    .getByRole('button', { name: /The diamond that works/u })
    .click();
  await expect(column(page).getByRole('heading', { level: 2 })).toHaveText('The diamond that works');
  expect(await violations(page)).toEqual([]);
  await column(page).getByRole('button', { name: 'Next' }).click();
  await expect(column(page).getByText('The search is hidden until you have answered.')).toBeVisible();
  await column(page).getByRole('button', { name: 'shared 3.0' }).click();
  await expect(column(page).getByText('Not so.')).toBeVisible();
  await column(page).getByRole('button', { name: 'shared 2.0' }).click();
  await expect(column(page).getByText('Right.')).toBeVisible();
  await column(page).getByRole('button', { name: 'Next' }).click();
  await expect(column(page).getByText('They overlap on exactly 2.0')).toBeVisible();
  await expect(column(page).getByRole('list', { name: 'Rules of the algorithm' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await column(page).getByRole('button', { name: 'Next' }).click();
  const goals = column(page).getByRole('list', { name: 'Goals' });
  await expect(goals).toContainText('not yet');
  await column(page).getByRole('button', { name: 'A hint' }).click();
  await column(page).getByRole('button', { name: 'Show a solution' }).click();
  await expect(column(page).getByText('Goal reached.')).toBeVisible();
  await column(page).getByRole('button', { name: 'Next' }).click();
  await expect(column(page).getByText('what counts is whether their ranges overlap')).toBeVisible();
  await column(page).getByRole('button', { name: 'Done' }).click();
  await expect(column(page).getByRole('button', { name: /The diamond that works/u })).toContainText('done');
  expect(playground.complaints).toEqual([]);
});

test('a lesson by keyboard alone, its goal met by typing', async ({ playground }) => {
  const { page } = playground;
  await page.goto(playground.address);
  await page.getByRole('button', { name: 'Learn', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(column(page)).toBeFocused();
  const first = column(page).getByRole('button', { name: /A requirement is a set/u });
  await first.focus();
  await page.keyboard.press('Enter');
  const heading = column(page).getByRole('heading', { level: 3 });
  await expect(heading).toBeFocused();
  const press = async (name: string): Promise<void> => {
    const button = column(page).getByRole('button', { name, exact: true });
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await button.evaluate((node) => node === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
  };
  await press('Next');
  await expect(heading).toHaveText('Predict');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(column(page).getByText('Right.')).toBeVisible();
  await press('Next');
  await expect(heading).toHaveText('Watch');
  await press('Next');
  await expect(heading).toHaveText('Change');
  await playground.text.fill('tea<1.1');
  await expect(column(page).getByText('Goal reached.')).toBeVisible();
  await heading.focus();
  await press('Next');
  await expect(heading).toHaveText('Say it back');
  await expect(column(page).getByText('A requirement is a set of versions')).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test('the sweep shows which releases are wrong; two engines; the order of lines', async ({ playground }) => {
  const { page } = playground;
  await page.goto(playground.address);
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  const gallery = page.getByRole('dialog', { name: 'Examples from real life' });
  await gallery.getByLabel('Kind').selectOption('misleading message');
  await expect(gallery.getByRole('list', { name: 'Examples' }).getByRole('listitem')).toHaveCount(5);
  expect(await violations(page)).toEqual([]);
  await gallery.getByRole('button', { name: '“Impossible”, and it is not' }).click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByText('runs, all done')).toBeVisible();
  await expect(compare.getByRole('row', { name: /^pip@24\.3/u })).toContainText('says impossible, wrongly');
  await expect(compare.getByText('pip@23.1 answers otherwise than pip@23.0.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await compare.getByRole('button', { name: 'Two engines' }).click();
  await expect(compare.getByRole('rowheader', { name: 'First difference' })).toBeVisible();
  await expect(compare.getByRole('row').filter({ hasText: 'first difference' })).toHaveCount(2);
  await compare.getByRole('button', { name: 'Order of lines' }).click();
  await compare.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(compare.getByText('runs, all done')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
});

test('a matrix that is stopped keeps what it has', async ({ playground }) => {
  const { page } = playground;
  await page.goto(playground.address);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await compare.getByRole('button', { name: 'Machines' }).click();
  await compare.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(compare.getByRole('button', { name: /^Python 3\.\d+ on /u }).first()).toBeVisible();
  const stop = compare.getByRole('button', { name: 'Stop', exact: true });
  if (await stop.isVisible()) await stop.click();
  await expect(compare.getByText(/Stopped at|all done/u)).toBeVisible();
  await expect(compare.getByRole('button', { name: /^Python 3\.\d+ on /u }).first()).toBeVisible();
  await compare.getByRole('button', { name: 'Run again' }).click();
  await expect(compare.getByText('runs, all done')).toBeVisible();
  await expect(compare.getByRole('list', { name: 'In words' })).toContainText('linux-x86_64');
  expect(await violations(page)).toEqual([]);
});

test('the releases of the tool stand in a row, and one of them is a press away', async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(playground.address);
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  const gallery = page.getByRole('dialog', { name: 'Examples from real life' });
  await gallery.getByRole('button', { name: '“Impossible”, and it is not' }).click();
  await playground.answered();
  const releases = await playground.openDrawer('Releases');
  await expect(releases.getByText('runs, all done')).toBeVisible();
  const dots = releases.getByRole('list', { name: /^Releases of pip/u });
  await expect(dots.getByRole('button', { name: /^pip@24\.3: says impossible, wrongly/u })).toBeVisible();
  const change = /^pip@23\.1: says impossible, wrongly, otherwise than the release before/u;
  await expect(dots.getByRole('button', { name: change })).toBeVisible();
  await expect(releases.getByRole('list', { name: 'What changed' })).toContainText('pip@25.1');
  expect(await violations(page)).toEqual([]);
  await dots.getByRole('button', { name: /^pip@22\.0/u }).click();
  await expect(page.getByLabel('Engine').first()).toHaveValue('pip@22.0');
  await playground.answered();
  expect(playground.complaints).toEqual([]);
});

test('a word of the picture explains itself, and leads to its lesson', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('list', { name: 'Marks' }).getByRole('button', { name: 'skipped' }).click();
  const words = page.getByRole('note', { name: /skipped/u });
  await expect(words).toContainText('Nothing is undone.');
  await words.getByRole('button', { name: 'Lesson' }).click();
  await expect(column(page).getByRole('heading', { level: 2 })).toHaveText('Skipping is not backtracking');
});
