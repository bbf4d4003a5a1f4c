/** The snapshot menu: of each snapshot when, how much and what it is good for, and choosing one there. */
import { violations } from './axe.ts';
import MANIFEST from '../../public/snapshots/manifest.json' with { type: 'json' };
import { expect, test } from './playground-page.ts';

test('the menu says of each snapshot what it is, and one is chosen in it', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.openDrawer('Answers from');
  await page.getByText(/^\s*Index of \d{4}-\d\d-\d\d: [\d,]+ projects, [\d,]+ releases, [\d,]+ KB/u).click();
  const menu = page.getByRole('group', { name: 'Snapshots of an index' });
  await expect(menu.getByRole('radio')).toHaveCount(MANIFEST.snapshots.length);
  for (const radio of await menu.getByRole('radio').all())
    await expect(radio).toHaveAccessibleDescription(
      /^\d{4}-\d\d-\d\d: [\d,]+ projects, [\d,]+ releases, [\d,]+ KB .*Source: /su,
    );
  const november = menu.getByRole('radio', { name: 'PyPI, November 2020' });
  await expect(november).toHaveAccessibleDescription(/one universal wheel stands for each/u);
  expect(await violations(page)).toEqual([]);
  await november.check();
  await expect(page.getByRole('combobox', { name: 'Index' })).toHaveValue('pypi-2020-11-17');
  await playground.answered();
  await expect(page.getByText(/^\s*Index of 2020-11-17: [\d,]+ projects/u)).toBeVisible();
  expect(playground.complaints).toEqual([]);
});
