/** Point 1: the page opens on a worked example. */
import { expect, test } from './playground-page.ts';

test.fixme('opens on a real conflict, resolved, drawn, explained, with the guilty lines marked', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await playground.open();
  await expect(playground.sentence).toHaveText(/^Lines 2 and 4 cannot both hold: .*botocore.* urllib3/u);
  await expect(page).toHaveTitle(/^Conflict: 3 lines, boto3 \+ requests \+ urllib3/u);
  await expect(answer.getByRole('button', { name: /^Apply:/u })).toBeVisible();

  const cost = await playground.openDrawer('Cost');
  await expect(cost).toContainText('25 rounds');
  await expect(cost).toContainText('19 undone');
  await expect(page.getByRole('img', { name: /^Search tree at step 157 of 163/u })).toBeVisible();
  await expect(page.getByText('2 lines in conflict')).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test.fixme('says at once what a step is: the next one is the conflict', async ({ playground }) => {
  await playground.open();
  const player = playground.page.getByRole('region', { name: 'Player' });
  await expect(player).toContainText('Skipped botocore 1.31.43: it needs urllib3');
  await player.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(player).toContainText('Stuck: no version of botocore');
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
