/** Points 2 and 3: what people paste, with what, and what comes of it. */
import { expect, test } from './playground-page.ts';

test('answers while typing, after the pause, and at once at Control Enter', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  await text.fill('');
  await text.pressSequentially('flask==2.3.2', { delay: 5 });
  await playground.answered();
  await expect(page).toHaveTitle(/^Solved: \d+ packages, flask/u);

  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('checkbox', { name: 'While I type' }).uncheck();
  await page.keyboard.press('Escape');
  await text.fill('click==8.1.6');
  // The draft is kept when the typing pause is over, which is when a run would have begun.
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('click==8.1.6')))
    .toBe(true);
  await expect(playground.answer).toHaveAttribute('aria-busy', 'true');
  await expect(page).toHaveTitle(/flask/u);
  await text.press('Control+Enter');
  await expect(page).toHaveTitle(/^Solved: 1 package, click/u);
});

test('has a text box at once; Monaco takes over without losing a keystroke', async ({ page, address }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await page.route(/monaco-.*\.js$/u, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address);
  const box = page.getByRole('textbox', { name: /^Requirements/u });
  await box.fill('');
  await box.pressSequentially('flask==2.3.2\n');
  release();
  await box.pressSequentially('click<8.1.7', { delay: 15 });
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.type('\nrequests', { delay: 10 });
  await expect(page.locator('.view-lines').first()).toContainText('requests');
  const lines = await page.locator('.view-lines .view-line').allInnerTexts();
  expect(lines.map((line) => line.replaceAll('\u00a0', ' ').trim())).toEqual([
    'flask==2.3.2',
    'click<8.1.7',
    'requests',
  ]);
});

test('the engine, the Python, the platform and the snapshot are part of the question', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('colorama; sys_platform == "win32"\nclick==8.1.6');
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  await page.getByRole('combobox', { name: 'Platform' }).selectOption('windows-amd64');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await page.getByRole('combobox', { name: 'Python' }).selectOption('3.6');
  await expect(playground.sentence).toContainText('click');
  await expect(page).not.toHaveTitle(/^Solved/u);
  await page.getByRole('combobox', { name: 'Python' }).selectOption('3.11');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await page.getByRole('combobox', { name: 'Index' }).selectOption('pypi-2020-11-17');
  await expect(page).not.toHaveTitle(/^Solved/u);
});

test('a solution shows its pins and what it cost', async ({ playground }) => {
  await playground.open();
  await playground.ask('flask==2.3.2\nclick<8.1.5');
  const { answer } = playground;
  await playground.openPart(/^Packages\s*7/u);
  await expect(answer).toContainText('werkzeug');
  await expect(answer).toContainText('8.1.4');
  const cost = await playground.openDrawer('Cost');
  for (const unit of ['rounds', 'pins', 'skipped', 'undone', 'index pages', 'metadata files', 'ms'])
    await expect(cost).toContainText(unit);
});

test('a conflict names the lines, the chains, and what pip prints, word for word', async ({ playground }) => {
  await playground.open();
  const { answer } = playground;
  await playground.openPart(/^Why/u);
  await expect(
    answer.getByRole('list', { name: /^Chains from your lines to typing-extensions/u }),
  ).toContainText('pydantic-core');
  await playground.openPart(/^What pip prints/u);
  await expect(answer).toContainText('The conflict is caused by:');
  await expect(answer).toContainText('pydantic-core 2.6.0 depends on typing-extensions!=4.7.0 and >=4.6.0');
});

test('a fix that was tried can be applied with one click, and leads to a solution', async ({
  playground,
}) => {
  await playground.open();
  await playground.openPart(/^\d+ more/u);
  await playground.answer.getByRole('button', { name: /^Apply: Take out line 3/u }).click();
  await expect(playground.page).toHaveTitle(/^Solved/u);
  await expect(playground.text).toHaveValue(/# typing-extensions==4\.7\.0/u);
});
