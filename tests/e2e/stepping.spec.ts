/** Point 4: step, play, pause, scrub and jump to conflicts, forwards and backwards, in both views. */
import { expect, test } from './playground-page.ts';

test('steps and jumps, forwards and backwards', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const player = page.getByRole('region', { name: 'Player' });
  const press = (name: string) => player.getByRole('button', { name: new RegExp(`^${name}$`, 'iu') }).click();

  await press('First');
  expect(await playground.stepNumber()).toBe(1);
  // By decision, as at first: the first press shows the first pin.
  await press('Next');
  await expect(player).toContainText('Pinned');
  await press('Back');
  await player.getByRole('combobox', { name: 'Step by' }).selectOption('by event');
  expect(await playground.stepNumber()).toBe(1);
  await press('Next');
  await press('Next');
  expect(await playground.stepNumber()).toBe(3);
  await press('Back');
  expect(await playground.stepNumber()).toBe(2);
  await press('Next conflict');
  const first = await playground.stepNumber();
  await expect(player).toContainText('Conflict: no version of pydantic-core');
  await press('Next conflict');
  const second = await playground.stepNumber();
  expect(second).toBeGreaterThan(first);
  await press('Previous conflict');
  expect(await playground.stepNumber()).toBe(first);
  await press('Last');
  await expect(player).toContainText('there is no way to satisfy all lines');
  await playground.step.fill('40');
  await playground.step.press('Enter');
  await expect(player.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Step 40 of 56/u);
});

test('scrubs, plays and pauses; the stack and the candidates follow', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const player = page.getByRole('region', { name: 'Player' });
  const slider = player.getByRole('slider');
  await slider.focus();
  await slider.press('Home');
  expect(await playground.stepNumber()).toBe(1);
  await expect(await playground.openDrawer('Stack')).toContainText('Nothing is pinned');
  await player.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => playground.stepNumber()).toBeGreaterThan(10);
  await player.getByRole('button', { name: 'Pause' }).click();
  await expect(player.getByRole('button', { name: 'Play' })).toBeVisible();
  await slider.press('End');
  await slider.press('PageDown');
  expect(await playground.stepNumber()).toBeLessThan(56);
  await expect(await playground.openDrawer('Why here')).not.toBeEmpty();
});

test('the Steps view lists the same events, and choosing one moves everything', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('tab', { name: 'Steps' }).click();
  const grid = page.getByRole('treegrid');
  await expect(grid).toHaveAttribute('aria-rowcount', /5\d/u);
  const row = grid.getByRole('row', { name: /conflict/u }).last();
  await row.click();
  const at = await playground.stepNumber();
  await page.getByRole('tab', { name: 'Search' }).click();
  await expect(
    page.getByRole('img', { name: new RegExp(`^Search tree at step ${at} of`, 'u') }),
  ).toBeVisible();
});
