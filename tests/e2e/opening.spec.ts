/** Point 1: the page opens on a worked example. */
import { violations } from './axe.ts';
import { expect, test } from './playground-page.ts';

test('opens on a real conflict, resolved, drawn, explained, with the guilty lines marked', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await playground.open();
  await expect(playground.sentence).toHaveText(
    /^Line 2 brings in pydantic-core.* typing-extensions .* Line 3 asks for typing-extensions 4\.7\.0\.$/u,
  );
  await expect(page).toHaveTitle(/^Conflict: 2 lines, pydantic \+ typing-extensions/u);
  await expect(answer.getByRole('button', { name: /Use typing-extensions==/u })).toBeVisible();

  const cost = await playground.openDrawer('Cost');
  await expect(cost).toContainText('8 rounds');
  await expect(cost).toContainText('undone');
  await expect(page.getByRole('img', { name: /^Search tree at step 50 of 56/u })).toBeVisible();
  await expect(page.getByText('2 lines in conflict')).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test('says at once what a step is: the next one is the conflict', async ({ playground }) => {
  await playground.open();
  const player = playground.page.getByRole('region', { name: 'Player' });
  await expect(player).toContainText('Skipped pydantic-core 2.6.0: it needs typing-extensions');
  await player.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(player).toContainText('Conflict: no version of pydantic-core');
});

test('works from a sub-folder, asks no other host, and loads nothing twice', async ({ playground }) => {
  const asked: string[] = [];
  playground.page.on('request', (request) => asked.push(request.url()));
  await playground.open();
  await playground.page.waitForLoadState('networkidle');
  const files = asked.filter((address) => address.startsWith('http'));
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((address) => !address.startsWith(playground.address))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
});

test('where nothing is asked for, examples stand, and one of them opens', async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open();
  await playground.text.fill('# nothing yet\n');
  await expect(page.getByRole('heading', { name: 'Nothing is asked for yet' })).toBeVisible();
  await expect(page).toHaveTitle(/^Backjump/u);
  const examples = page.getByRole('region', { name: 'Examples from real life' });
  await expect(examples.getByRole('listitem').first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await examples.getByLabel('Kind').selectOption('misleading message');
  await examples.getByRole('button', { name: 'The line that pip does not name' }).click();
  await expect(playground.sentence).not.toBeEmpty();
  await expect(page.getByRole('region', { name: 'Player' })).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test('own lines over the example are asked of the newest tools, and undo brings its world back', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('fastapi\nuvicorn\n');
  await expect(page).toHaveTitle(/^Solved/u);
  await expect(playground.messages).toContainText('From here on pip');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: /^Undo/u }).click();
  await expect(playground.text).toHaveValue(/pydantic/u);
  await playground.answered();
  await expect(page).toHaveTitle(/Conflict/u);
});
