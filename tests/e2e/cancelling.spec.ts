/** Point 6: a run that would never end can be stopped, and still shows what it did. */
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { endlessProblem } from './endless-problem.ts';
import { expect, test } from './playground-page.ts';

test('an endless run counts, stops at once, and shows what it did; the next one works', async ({
  playground,
}) => {
  const { page } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: endlessProblem(), view: {} })}`);
  await expect(page.getByText(/Resolving: [\d,]+ steps so far/u)).toBeVisible();
  const slider = page.getByRole('slider', { name: 'Step' });
  await expect(slider).toHaveAttribute('aria-valuetext', /^Step [\d,]+ of [\d,]{5,}/u);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(playground.sentence).toContainText('You stopped the search');
  await expect(page).toHaveTitle(/^Stopped/u);
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeHidden();
  await expect(page.locator('#stage').getByText('pigeon1').first()).toBeVisible();
  await expect(slider).toHaveAttribute('aria-valuetext', /^Step [\d,]+ of [\d,]{5,}/u);
  await page.getByRole('button', { name: 'First', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Player' })).toContainText('pigeon');

  await playground.ask('click==8.1.6');
  await expect(page).not.toHaveTitle(/^Stopped/u);
});

test('a long run is drawn while it goes on, and nobody is read out what they did not ask for', async ({
  playground,
}) => {
  const { page } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: endlessProblem(), view: {} })}`);
  await expect(page.locator('#stage').getByText('pigeon1').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await expect(await playground.openDrawer('Stack')).toContainText('pigeon1');
  await expect(page.getByRole('region', { name: 'Player' }).getByRole('status')).toBeEmpty();
});

test('typing on displaces a run that is too long, without a Stop', async ({ playground }) => {
  const { page } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: endlessProblem(), view: {} })}`);
  await expect(page.getByText(/Resolving:/u)).toBeVisible();
  await playground.text.fill('pigeon1');
  await playground.answered();
  await expect(page).toHaveTitle(/^Solved/u);
});

test('Shift Escape stops, from anywhere', async ({ playground }) => {
  const { page } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: endlessProblem(), view: {} })}`);
  await expect(page.getByText(/Resolving:/u)).toBeVisible();
  await playground.text.press('Shift+Escape');
  await expect(playground.sentence).toContainText('You stopped the search');
});
