/** The candidate ledger: from the answer to every version of every project, and from a version to the toy index. */
import { violationsInBothThemes } from './axe.ts';
import { expect, test } from './playground-page.ts';

test('opens from the answer, by reason and by project, and axe finds nothing, light and dark', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.openConflict();
  await playground.openPart(/^Filtered out first/u);
  await answer.getByRole('button', { name: 'All versions, with reasons' }).click();
  const ledger = page.getByRole('dialog', { name: 'Candidates and what was left out' });
  await expect(ledger.getByRole('button', { name: 'Candidate', exact: true })).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);

  await ledger.getByRole('button', { name: 'Pre-release' }).click();
  const projects = ledger.getByRole('region', { name: 'List of projects' });
  await expect(projects.getByRole('row', { name: /^boto3/u })).toHaveCount(0);
  await projects.getByRole('button', { name: 'botocore' }).click();
  const project = page.getByRole('dialog', { name: 'Every version of botocore' });
  await expect(project.getByRole('grid')).toHaveAttribute('aria-rowcount', /^17\d\d$/u);
  // Thousands of versions, a screenful of rows.
  expect(await project.getByRole('row').count()).toBeLessThan(60);
  expect(await violationsInBothThemes(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
});

test('is gone through by keyboard, filtered, and tells every reason', async ({ playground }) => {
  const { page, answer } = playground;
  await playground.openAsTheExample('requests<2.20\nurllib3!=1.24');
  await playground.openPart(/^Packages/u);
  await answer
    .getByRole('row', { name: /^urllib3/u })
    .getByRole('button')
    .click();
  const ledger = page.getByRole('dialog', { name: 'Every version of urllib3' });
  const chosen = ledger.locator('[role=row][aria-selected=true]');
  await expect(chosen).toContainText('Chosen');
  await expect(ledger.getByRole('list', { name: 'What limits its versions' })).toContainText(
    'line 2 asks for !=1.24',
  );
  await chosen.focus();
  await page.keyboard.press('Home');
  await expect(chosen).toBeFocused();
  await expect(chosen).toHaveAttribute('aria-rowindex', '2');
  await expect(chosen).toContainText('Outside what is asked for');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toHaveAttribute('aria-rowindex', '3');
  await page.keyboard.press('End');
  await expect(chosen).toBeFocused();

  await ledger.getByRole('searchbox').fill('1.24');
  await expect(ledger.getByRole('gridcell', { name: '1.24', exact: true })).toBeVisible();
  await ledger.getByRole('gridcell', { name: '1.24', exact: true }).click();
  await expect(ledger.getByRole('region', { name: 'urllib3 1.24' })).toContainText('line 2 asks for !=1.24');
  await ledger.getByRole('button', { name: /^Version, newest first/u }).click();
  await expect(ledger.getByRole('columnheader', { name: /oldest first/u })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await page.keyboard.press('Escape');
  await expect(ledger).toBeHidden();
  expect(playground.complaints).toEqual([]);
});

test('puts a release into the toy index to be changed, or takes it off, and both can be taken back', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await playground.openAsTheExample('requests==2.31.0');
  const sentence = await playground.sentence.textContent();
  const openUrllib3 = async () => {
    await playground.openPart(/^Packages/u);
    await answer
      .getByRole('row', { name: /^urllib3/u })
      .getByRole('button')
      .click();
    return page.getByRole('dialog', { name: 'Every version of urllib3' });
  };
  const toyIndex = page.getByRole('textbox', { name: /^Toy index/u });

  let ledger = await openUrllib3();
  await ledger.getByRole('button', { name: 'Edit this release in the toy index' }).click();
  await expect(ledger).toBeHidden();
  await expect(toyIndex).toHaveValue(/^urllib3 2\.0\.4; .*extra socks: /u);
  await playground.messages.getByRole('button', { name: 'Take it back' }).click();
  await expect(toyIndex).toHaveValue('');
  await playground.answered();

  ledger = await openUrllib3();
  await ledger.getByRole('button', { name: 'Unpublish it' }).click();
  await expect(toyIndex).toHaveValue('remove urllib3 2.0.4\n');
  await playground.answered();
  await expect(answer.getByRole('row', { name: /^urllib3/u })).toContainText('2.0.3');
  await playground.messages.getByRole('button', { name: 'Take it back' }).click();
  await playground.answered();
  await expect(answer.getByRole('row', { name: /^urllib3/u })).toContainText('2.0.4');
  await expect(playground.sentence).toHaveText(sentence ?? '');
  expect(playground.complaints).toEqual([]);
});

test('opens from the steps, the pins and the candidates, and fits a phone', async ({ playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  await page.getByRole('treegrid').getByRole('button', { name: 'pydantic', exact: true }).first().click();
  const ledger = page.getByRole('dialog', { name: 'Every version of pydantic' });
  await expect(ledger.getByRole('grid')).toBeVisible();
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(needed).toBeLessThanOrEqual(given);
  await ledger.getByRole('button', { name: 'Close' }).click();
  await playground.openDrawer('Candidates');
  await page.getByRole('button', { name: 'Every version, and why or why not' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});
