/** The code editor: what it knows, how it is left, and texts of other kinds. */
import type { Page } from '@playwright/test';
import { expect, test, linkInExampleWorld } from './playground-page.ts';

/** Opens the page with Monaco and empties the text. */
async function openCodeEditor(page: Page, address: string): Promise<void> {
  await page.goto(`${address}${await linkInExampleWorld()}`);
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
}

function lines(page: Page) {
  return page.locator('.view-lines').first();
}

test('completes names by popularity and versions newest first, and inserts nothing by itself', async ({
  page,
  address,
}) => {
  await openCodeEditor(page, address);
  await expect(page.locator('.diagnostics')).toBeVisible();
  await page.keyboard.type('djang', { delay: 30 });
  const rows = page.locator('.suggest-widget .monaco-list-row');
  await expect(rows.first()).toContainText('django');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('==', { delay: 30 });
  await expect(rows.first()).toContainText('4.2.5');
  await page.keyboard.type('4.2', { delay: 30 });
  await expect(rows.first()).toContainText('4.2');
  await page.keyboard.press('Enter');
  await page.keyboard.type('six');
  await expect(lines(page)).toHaveText(/django==4\.2\s*six/u);
});

test('says what is unknown, with a fix that is one click away and can be undone', async ({
  page,
  address,
}) => {
  await openCodeEditor(page, address);
  await page.keyboard.type('requets>=2\n', { delay: 10 });
  await page.keyboard.press('Escape');
  const problems = page.locator('.diagnostics');
  await expect(problems).toContainText('does not know requets');
  await problems.getByLabel(/^Problems/u).click();
  await problems.getByRole('button', { name: 'Did you mean requests?' }).click();
  await expect(lines(page)).toContainText('requests>=2');
  await lines(page).click();
  await page.keyboard.press('Control+z');
  await expect(lines(page)).toContainText('requets>=2');
});

test('Tab leaves the editor; Control M keeps it in, and says so', async ({ page, address }) => {
  await openCodeEditor(page, address);
  await page.keyboard.press('Tab');
  await expect(page.locator('.monaco-editor.focused')).toHaveCount(0);
  await lines(page).click();
  await page.keyboard.press('Control+m');
  await expect(
    page.getByRole('checkbox', { name: /^Tab key moves on/u, includeHidden: true }),
  ).not.toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.locator('.monaco-editor.focused')).toHaveCount(1);
});

test('a pasted error becomes a conflict of its own, and can be put back', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  await text.fill(
    [
      'ERROR: Cannot install app==1.0 and private<2 because these package versions have conflicting dependencies.',
      '',
      'The conflict is caused by:',
      '    app 1.0 depends on private>=2',
      '    The user requested private<2',
      '    The user requested app==1.0',
    ].join('\n'),
  );
  await expect(page.getByRole('combobox', { name: 'Read this text as' })).toHaveValue('pip-log');
  await page.getByRole('button', { name: /^Use it/u }).click();
  await expect(text).toHaveValue('private<2\napp==1.0\n');
  await playground.answered();
  await expect(playground.sentence).toContainText('private');
  await expect(page).toHaveTitle(/^Conflict/u);
  await page.getByRole('button', { name: 'Put the pasted text back' }).click();
  await expect(text).toHaveValue(/^ERROR: Cannot install/u);
});

test('a pyproject.toml is read with the groups that are chosen', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  await text.fill('[project]\ndependencies = ["click==8.1.6"]\n[dependency-groups]\ndev = ["six"]\n');
  await page.getByRole('checkbox', { name: /dependency-groups\.dev/u }).check();
  await page.getByRole('button', { name: 'Take its 2 requirements' }).click();
  await expect(text).toHaveValue('click==8.1.6\nsix\n');
});

test('hover, quick fixes, marker values and the word behind a conflict', async ({ page, address }) => {
  await page.goto(address);
  await expect(page.locator('.editor-word-conflict').first()).toContainText('Conflict');
  await openCodeEditor(page, address);
  await expect(page.locator('.diagnostics')).toBeVisible();
  await page.keyboard.insertText('requests>=2.20,<2.30\nrequets>=2\ndjango==99\n');
  await expect(page.locator('.diagnostics')).toContainText('No release meets');
  const line = (text: string) => page.locator('.view-line', { hasText: text });
  const hover = page.locator('.monaco-hover:visible');
  // An answer that comes in draws lines anew and closes what hovers.
  const hoverSays = (column: number, expected: string | RegExp) =>
    expect(async () => {
      await page.mouse.move(1, 1);
      await line('requests>=').hover({ position: { x: column, y: 10 }, force: true, timeout: 2000 });
      await expect(hover).toContainText(expected, { timeout: 2000 });
    }).toPass();
  await hoverSays(85, 'requests>=2.20,<2.30 admits 15 of 148 releases');
  await hoverSays(85, /0\.2\.0 ·+▒?█+▒?·* ?2\.31\.0/u);
  await hoverSays(15, 'requests: 148 releases');
  await page.mouse.move(1, 1);
  await expect(hover).toBeHidden();
  await line('requets').click({ position: { x: 15, y: 10 }, force: true });
  await page.keyboard.press('Control+.');
  await expect(page.locator('.action-widget').getByText('Did you mean requests?')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText('requests>=2');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('six; sys_platform == "', { delay: 30 });
  await expect(page.locator('.suggest-widget .monaco-list-row').first()).toContainText('linux');
});

test('completion says date, yank and Python limits, and strikes out what would not be chosen', async ({
  page,
  address,
}) => {
  await openCodeEditor(page, address);
  await page.getByRole('tab', { name: /^Toy index/u }).click();
  const editor = page.locator('.monaco-editor').first();
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(
    'gadget 1.0; uploaded 2023-01-01\ngadget 2.0; yanked "broken"\ngadget 3.0; python >=3.13\ngadget 4.0rc1\n',
  );
  await page.getByRole('tab', { name: /^Requirements/u }).click();
  await editor.click();
  await expect(page.locator('#answer[aria-busy=false]')).toBeVisible();
  await page.keyboard.type('gadget==', { delay: 40 });
  const rows = page.locator('.suggest-widget .monaco-list-row');
  await expect(rows.nth(0)).toContainText('1.0');
  await expect(rows.nth(0)).toContainText('2023-01-01');
  const list = page.locator('.suggest-widget');
  await expect(list).toContainText('Python >=3.13');
  await expect(list).toContainText('yanked');
  await expect(list).toContainText('pre-release');
  await expect(rows.filter({ hasText: '2.0' }).locator('.deprecated')).toHaveCount(1);
});

test('the plain text box says and proposes the same, reachable by Tab', async ({ playground }) => {
  const { page, text } = playground;
  await playground.openAsTheExample('six');
  await text.fill('requests>=2.20,<2.30\nrequets>=2\nclick==');
  await text.press('Control+End');
  const help = page.locator('.help summary');
  await expect(help).toContainText('proposals');
  await help.click();
  const proposals = page.getByRole('list', { name: 'Proposals for the caret' });
  await expect(proposals.getByRole('button').first()).toContainText('8.1.7');
  await proposals.getByRole('button', { name: /^8\.1\.6/u }).focus();
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue(/click==8\.1\.6$/u);
  await expect(text).toBeFocused();
  await text.press('Control+Home');
  await text.press('End');
  await expect(page.locator('.help')).toContainText('admits 15 of 148 releases');
  await page.locator('.diagnostics summary').click();
  await page.getByRole('button', { name: 'Did you mean requests?' }).click();
  await expect(text).toHaveValue(/\nrequests>=2\n/u);
});
