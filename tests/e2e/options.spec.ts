/** Environment and options as controls, and the commands that say the same to the real tools. */
import type { Locator, Page } from '@playwright/test';
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { violationsInBothThemes } from './axe.ts';
import { expect, test } from './playground-page.ts';

/** The panel of options, opened. */
async function openOptions(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: /^Options/u }).click();
  const panel = page.getByRole('tabpanel', { name: /^Options/u });
  await expect(panel.getByRole('textbox', { name: 'Python', exact: true })).toBeVisible();
  return panel;
}

const command = (page: Page, tool: string): Locator =>
  page.getByRole('group', { name: `Command of ${tool}` });

test('an option changes the answer, is counted, is in both commands, and can be reset', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('flask==2.3.2');
  await expect(page).toHaveTitle(/^Solved: [67] packages/u);
  const panel = await openOptions(page);
  await panel.getByRole('checkbox', { name: '--no-deps' }).check();
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  await expect(page.getByRole('tab', { name: 'Options 1' })).toBeVisible();
  await playground.openDrawer('Commands');
  await expect(command(page, 'pip')).toContainText('flask==2.3.2 --no-deps');
  await expect(command(page, 'uv')).toContainText('--no-deps');
  await panel.getByRole('button', { name: 'Reset all' }).click();
  await expect(panel.getByRole('checkbox', { name: '--no-deps' })).not.toBeChecked();
  await expect(page).toHaveTitle(/^Solved: [67] packages/u);
  await panel.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(panel.getByRole('checkbox', { name: '--no-deps' })).toBeChecked();
  await panel.getByRole('button', { name: 'Reset --no-deps' }).click();
  await expect(page.getByRole('tab', { name: 'Options', exact: true })).toBeVisible();
});

test('Python is any version, and a wrong one keeps what was typed, with a way back', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('six; python_full_version == "3.11.7"\nclick==8.1.6');
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  const panel = await openOptions(page);
  const python = panel.getByRole('textbox', { name: 'Python', exact: true });
  await python.fill('3.11.7');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await expect(page.getByRole('combobox', { name: 'Python' })).toHaveValue('3.11.7');
  await python.fill('three');
  await expect(python).toHaveAttribute('aria-invalid', 'true');
  await expect(panel).toContainText('A Python version is written');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await page.getByRole('tab', { name: 'Constraints' }).click();
  await openOptions(page);
  await expect(python).toHaveValue('three');
  await panel.getByRole('button', { name: 'Put back 3.11.7' }).click();
  await expect(python).toHaveValue('3.11.7');
  await expect(python).toBeFocused();
  await panel.getByRole('combobox', { name: 'Implementation' }).selectOption('CPython, free-threaded');
  await expect(python).toHaveValue('3.11.7t');
});

test('every marker variable can be edited alone, and reset alone or all', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('colorama; sys_platform == "win32"\nclick==8.1.6');
  const panel = await openOptions(page);
  await panel.getByText('Marker variables: as Python and platform imply').click();
  for (const name of ['os_name', 'platform_machine', 'python_full_version', 'implementation_version'])
    await expect(panel.getByRole('textbox', { name, exact: true })).not.toHaveValue('');
  const variable = panel.getByRole('textbox', { name: 'sys_platform', exact: true });
  await expect(variable).toHaveValue('linux');
  await variable.fill('win32');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await expect(panel).toContainText('edited; implied: linux');
  await panel.getByRole('textbox', { name: 'os_name', exact: true }).fill('nt');
  await expect(panel).toContainText('Marker variables: 2 edited');
  await panel.getByRole('button', { name: 'Reset sys_platform' }).click();
  await expect(variable).toHaveValue('linux');
  await panel.getByRole('button', { name: 'Reset all marker variables' }).click();
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  await expect(panel).toContainText('as Python and platform imply');
});

test('what the engine does not know is shown with the reason, set or not', async ({ playground }) => {
  const { page } = playground;
  const problem = makeProblem({
    engine: 'pip@21.3',
    requirements: 'click==8.1.6',
    overrides: 'click==8.1.5',
    options: { uploadedPriorTo: '2023-01-01', resolution: 'lowest' },
    index: { snapshot: 'pypi-2023-09-07' },
  });
  await playground.open(await encodeLink({ problem, view: {} }));
  await playground.openDrawer('Answers from');
  await expect(page.getByText('As of 2023-01-01, which this tool does not know.')).toBeVisible();
  const panel = await openOptions(page);
  await expect(panel).toContainText('Changes nothing: Not in pip 21.3: pip 26 and later.');
  await expect(panel).toContainText('Changes nothing: Not in pip 21.3: only uv has it.');
  await panel.getByText(/^Not applicable to pip 21\.3/u).click();
  await expect(panel.getByRole('checkbox', { name: '--universal' })).toBeDisabled();
  await panel.getByRole('button', { name: 'Show overrides' }).click();
  await expect(page.getByRole('textbox', { name: /^Overrides/u })).toHaveValue('click==8.1.5');
  await playground.openDrawer('Commands');
  await page.getByText(/notes on these commands/u).click();
  await expect(page.getByText('This release of pip does not know')).toContainText(
    '--uploaded-prior-to 2023-01-01',
  );
});

test('the date is one click away from the index, and is refused when it is none', async ({ playground }) => {
  const { page } = playground;
  await playground.openConflict();
  await playground.openDrawer('Answers from');
  await page.getByRole('button', { name: 'Change date…' }).click();
  const date = page.getByRole('textbox', { name: /--uploaded-prior-to.*--exclude-newer/u });
  await expect(date).toBeFocused();
  await date.fill('2023-02-30');
  await expect(page.getByText('There is no 2023-02-30 in the calendar.')).toBeVisible();
  await date.fill('P7D');
  await expect(page.getByText('A day is needed')).toBeVisible();
  await date.fill('2023-02-28');
  await expect(page.getByText('As of 2023-02-28')).toBeVisible();
  await playground.openDrawer('Commands');
  await expect(command(page, 'pip')).toContainText('--uploaded-prior-to 2023-02-28T00:00:00Z');
  await expect(command(page, 'uv')).toContainText('--exclude-newer 2023-02-28T00:00:00Z');
});

test('both commands are in view and can be copied, for either shell, with their files', async ({
  playground,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.openConflict();
  await playground.ask('six ; python_version < "4"\nclick<9');
  await playground.openDrawer('Commands');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy pip command' }).click();
  expect(await copied()).toBe(
    `python3.12 -m pip install --dry-run 'six ; python_version < "4"' 'click<9' --uploaded-prior-to 2023-09-07T00:00:00Z`,
  );
  await page.getByRole('button', { name: 'Copy uv command' }).click();
  expect(await copied()).toContain(
    "printf '%s\\n' 'six ; python_version < \"4\"' 'click<9' | uv pip compile -",
  );
  await page.getByRole('combobox', { name: 'Shell of the commands' }).selectOption('PowerShell');
  await expect(command(page, 'pip')).toContainText(
    "py -3.12 -m pip install --dry-run 'six ; python_version < ''4'''",
  );
  await page.getByRole('combobox', { name: 'Shell of the commands' }).selectOption('bash, zsh');
  await playground.ask('--prefer-binary\nclick<9');
  await page.getByRole('button', { name: 'Copy pip command' }).click();
  expect(await copied()).toMatch(
    /^printf '\\055-prefer-binary\\n'\\\n'click<9\\n' > backjump-requirements\.txt\npython3\.12/u,
  );
});

test('axe finds nothing on the options, light and dark, wide and on a phone', async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open();
  await page.getByRole('combobox', { name: 'Engine' }).selectOption('pip 21.3');
  const panel = await openOptions(page);
  await panel.getByText(/^Marker variables/u).click();
  await panel.getByRole('textbox', { name: 'os_name', exact: true }).fill('nt');
  await panel.getByRole('textbox', { name: 'Python', exact: true }).fill('x');
  await panel.getByText(/^Not applicable to/u).click();
  await playground.openDrawer('Commands');
  await page.getByText(/notes? on these commands/u).click();
  expect(await violationsInBothThemes(page)).toEqual([]);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(needed).toBeLessThanOrEqual(given);
  }
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('a command that does not fit says so, and is shown whole on request', async ({ playground }) => {
  const { page } = playground;
  await playground.openConflict();
  await playground.ask('six ; python_version < "4"\nclick<9\nidna<4\ncertifi>2000\nflask==2.3.2\njinja2<4');
  // Two lines of the narrowest window that has the drawer.
  await page.setViewportSize({ width: 900, height: 720 });
  await playground.openDrawer('Commands');
  const isCut = () =>
    command(page, 'pip').evaluate((code: HTMLElement) => code.scrollHeight > code.clientHeight + 2);
  expect(await isCut()).toBe(true);
  await page.getByRole('button', { name: 'Whole commands' }).click();
  expect(await isCut()).toBe(false);
  await expect(command(page, 'uv')).toContainText('--exclude-newer');
  await page.getByRole('button', { name: 'Two lines of each' }).click();
  expect(await isCut()).toBe(true);
});

test('the options by keyboard alone', async ({ playground }) => {
  const { page } = playground;
  const { keyboard } = page;
  await playground.open();
  await page.getByRole('tab', { name: /^Requirements/u }).focus();
  await keyboard.press('End');
  await expect(page.getByRole('tab', { name: /^Options/u })).toBeFocused();
  const python = page.getByRole('textbox', { name: 'Python', exact: true });
  await expect(python).toBeVisible();
  await keyboard.press('Tab');
  await expect(python).toBeFocused();
  await keyboard.press('Control+a');
  await keyboard.type('3.10');
  await expect(page.getByRole('combobox', { name: 'Python' })).toHaveValue('3.10');
  const pre = page.getByRole('checkbox', { name: /^--pre /u });
  for (
    let presses = 0;
    presses < 30 && !(await pre.evaluate((node) => node === document.activeElement));
    presses++
  )
    await keyboard.press('Tab');
  await keyboard.press('Space');
  await expect(pre).toBeChecked();
  await expect(page.getByRole('tab', { name: 'Options 1' })).toBeVisible();
});
