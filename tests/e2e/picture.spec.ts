/** What the picture and its neighbours owe to the eye: nothing is cut without a sign, nothing is said twice. */
import { expect, test } from './playground-page.ts';

test('reasons end with an ellipsis inside the picture, and grow with the room', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const picture = page.locator('.search-picture .surface');
  const notes = picture.locator('tspan.note').filter({ hasText: 'it needs' });
  await page.setViewportSize({ width: 1240, height: 900 });
  await expect(notes.last()).toHaveText(/…$/u);
  const bounds = (await picture.boundingBox())!;
  const note = (await notes.last().boundingBox())!;
  expect(note.x + note.width).toBeLessThanOrEqual(bounds.x + bounds.width);
  await expect(picture.locator('title').first()).toHaveText(/it needs typing-extensions.*line 3 asks for/u);
  await page.setViewportSize({ width: 2400, height: 900 });
  await expect(notes.last()).toHaveText(/==4\.7\.0 \(and 1 more\)$/u);
  await expect(picture.locator('title')).toHaveCount(0);
});

test('the stage has the greater part of the screen', async ({ playground }) => {
  const { page } = playground;
  for (const [width, height, share] of [
    [1440, 900, 0.45],
    [1280, 720, 0.4],
  ] as const) {
    await page.setViewportSize({ width, height });
    await playground.open();
    const stage = (await page.locator('#stage').boundingBox())!;
    expect((stage.width * stage.height) / (width * height)).toBeGreaterThanOrEqual(share);
  }
});

test('the whole tree is there at every step: neither a click nor an early step takes a node away', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  const nodes = page.locator('#stage g.node');
  const all = await nodes.count();
  expect(all).toBeGreaterThanOrEqual(12);
  const step = await playground.stepNumber();
  await nodes.filter({ hasText: 'pydantic 2.2.1' }).first().locator('text').click();
  await expect(nodes.filter({ hasText: 'pydantic 2.2.1' }).first()).toHaveClass(/selected/u);
  expect(await playground.stepNumber()).toBe(step);
  await expect(nodes).toHaveCount(all);
  await page.getByRole('button', { name: 'First', exact: true }).click();
  await expect(page.locator('#stage g.node.ghost')).toHaveCount(all - 1);
  await expect(nodes).toHaveCount(all);
});

test('the tree opens as a whole; where it does not, its edge fades and counts', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const picture = page.locator('.search-picture .surface');
  await expect(picture).not.toHaveClass(/more-(above|below|left)/u);
  for (let presses = 0; presses < 3; presses++) await page.getByRole('button', { name: '+ larger' }).click();
  await expect(picture).toHaveClass(/more-(above|below)/u);
  await expect(page.getByText(/^\d+ more [↓↑]$/u).first()).toBeVisible();
  await page.getByRole('button', { name: 'fit' }).click();
  await expect(picture).not.toHaveClass(/more-(above|below|left)/u);
});

test('what is searched for in the picture is lit, and Enter goes on', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.locator('.search-picture').press('/');
  const box = page.getByRole('searchbox', { name: 'Find in the picture' });
  await expect(box).toBeFocused();
  await box.fill('pydantic 2.2.1');
  await expect(page.locator('g.node.found')).toHaveCount(1);
  await box.press('Enter');
  await expect(page.locator('g.node.selected')).toContainText('pydantic 2.2.1');
});

test('full screen takes the player along, by button and by key', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const isFull = () => page.evaluate(() => document.fullscreenElement?.id ?? '');
  await page.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(isFull).toBe('steps');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.keyboard.press('Shift+F');
  await expect.poll(isFull).toBe('');
});

test('each step is spoken once: by the live region, or by what has the focus', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const player = page.getByRole('region', { name: 'Player' });
  const spoken = player.getByRole('status');
  await player.getByRole('combobox', { name: 'Step by' }).selectOption('by event');
  await player.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(spoken).toContainText('Step 49:');
  const slider = player.getByRole('slider');
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Step 50 of 56: Skipped pydantic-core/u);
  await expect(spoken).toContainText('Step 49:');
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.getByRole('row', { selected: true }).press('ArrowUp');
  await expect(page.getByRole('row', { selected: true })).toContainText('49');
  await expect(spoken).toContainText('Step 49:');
});

test('the help lists the keys of the picture and of the table too', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('button', { name: /^Help/u }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByRole('heading', { name: 'In the picture' })).toBeVisible();
  await expect(help.getByText('Search the steps')).toBeVisible();
  await expect(help.getByText('Full screen, and back')).toBeVisible();
});

test('one selection: picture, player, stack and table follow each other', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const node = page.locator('g.node').filter({ hasText: 'pydantic 2.2.1' }).first();
  await node.locator('text').dblclick();
  await expect(node).toHaveClass(/current/u);
  const step = await playground.stepNumber();
  await page.getByRole('tab', { name: 'Steps' }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('2.2.1');
  await page
    .getByRole('row', { name: /typing-extensions/u })
    .first()
    .click();
  expect(await playground.stepNumber()).not.toBe(step);
});
