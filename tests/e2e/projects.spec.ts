/** Projects: from a dropped `pyproject.toml` to a lock, and from a pasted failure to another tool's answer. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './playground-page.ts';

const PROJECT = `[project]
name = "sample"
version = "1.0"
requires-python = ">=3.10"
dependencies = ["requests", "numpy<1.25 ; python_version < '3.11'", "numpy>=1.25 ; python_version >= '3.11'"]
[dependency-groups]
dev = ["pytest"]
`;

async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content!], file!));
      return data;
    },
    [name, text],
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let stops = 0; stops < 120; stops++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(wanted)}`);
}

test('by keyboard alone: from a dropped project to a lane of a fork, its log and the saved uv.lock', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await drop(page, 'pyproject.toml', PROJECT);
  await tabTo(page, page.getByRole('button', { name: 'Lock it as uv does' }));
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await playground.answered();
  await expect(page.getByRole('textbox', { name: /^pyproject/u })).toBeFocused();
  await expect(playground.sentence).toContainText('Solved');

  const part = playground.answer.getByRole('button', { name: /^Lock/u });
  await tabTo(page, part);
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: /Packages that uv locks/u });
  await expect(table.getByRole('columnheader')).toContainText(['Python 3.10', 'Python 3.11 on']);
  await expect(table.getByRole('row', { name: /numpy 1\.24/u })).toContainText('older than 3.11');
  expect(await violations(page)).toEqual([]);
  await tabTo(page, page.getByRole('button', { name: 'Save uv.lock' }));
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('uv.lock');
  const saved = readFileSync(await download.path(), 'utf8');
  expect(saved).toContain('name = "sample"\nversion = "1.0"\nsource = { virtual = "." }');
  expect(saved).toMatch(/resolution-markers = \[\n {4}"python_full_version >= '3\.11'",\n/u);
  await page.keyboard.press('Escape');
  await expect(table).toBeHidden();

  await tabTo(
    page,
    page.getByRole('tablist', { name: 'Views of the search' }).getByRole('tab', { selected: true }),
  );
  await page.keyboard.press('End');
  const log = page.getByRole('listbox', { name: /Lines of the log/u });
  await tabTo(page, log.getByRole('option', { selected: true }));
  await page.keyboard.press('Home');
  await expect(log.getByRole('option', { selected: true })).toContainText('Solving with installed Python');
  expect(await playground.stepNumber()).toBe(1);
  await page.keyboard.press('End');
  const last = await playground.stepNumber();
  expect(last).toBeGreaterThan(20);
  await page.keyboard.press('ArrowUp');
  await expect(log.getByRole('option', { selected: true })).toContainText('DEBUG');
  expect(await violations(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
});

test('a step of the player is a line of the log, and a line is a step', async ({ playground }) => {
  const { page } = playground;
  await playground.openConflict();
  await page.getByRole('tab', { name: 'Log' }).click();
  const log = page.getByRole('listbox', { name: /Lines of the log/u });
  const find = page.getByRole('searchbox', { name: 'Find in the log' });
  await find.fill('starting_round(0)');
  await find.press('Enter');
  await log
    .getByRole('option', { name: /Reporter\.starting_round\(0\)/u })
    .first()
    .click();
  const at = await playground.stepNumber();
  await playground.step.fill(String(at + 30));
  await playground.step.press('Enter');
  await expect(log.getByRole('option', { selected: true })).not.toContainText('starting_round(0)');
  await find.fill('rejecting_candidate');
  await find.press('Enter');
  await expect(log.getByRole('option', { selected: true })).toContainText('rejecting_candidate');
  expect(await playground.stepNumber()).toBeGreaterThan(at);
});

test('a pasted failure of Poetry comes to its cause, to a tried fix, and to what the others do', async ({
  playground,
}) => {
  const { page, text } = playground;
  await playground.open();
  await text.fill(
    [
      'Because no versions of app match >1.0,<2.0',
      ' and app (1.0) depends on lib (<2), app (>=1.0,<2.0) requires lib (<2).',
      'So, because sample depends on both app (^1.0) and lib (>=2), version solving failed.',
    ].join('\n'),
  );
  await page.getByRole('button', { name: /^Use it/u }).click();
  await playground.answered();
  await expect(playground.sentence).toContainText('lib');
  await expect(page).toHaveTitle(/^Conflict/u);
  const fix = playground.answer.getByRole('button', { name: /^Apply: /u });
  await expect(fix.first()).toBeVisible();
  const others = playground.answer.getByRole('button', { name: 'The other tools' });
  const dialog = page.getByRole('dialog', { name: 'Compare' });
  const rowOf = (tool: string): Locator => dialog.getByRole('row', { name: new RegExp(`^${tool}@`, 'u') });
  await others.click();
  for (const tool of ['uv', 'pip', 'pdm']) await expect(rowOf(tool)).toContainText('impossible');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await fix.first().click();
  await playground.answered();
  await expect(playground.sentence).toContainText('Solved');
  await others.click();
  await expect(rowOf('uv')).toContainText('solves');
  await rowOf('uv').getByRole('button', { name: 'Open' }).click();
  await playground.answered();
  await expect(playground.sentence).toContainText('Solved');
});
