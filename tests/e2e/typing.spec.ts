import { expect } from '@playwright/test';
import { test } from './playground-page.ts';

/** Letters and signs that are shortcuts elsewhere: `l` copies the link, `?` opens the help, `n` and `p` jump. */
const SHORTCUT_LETTERS = 'log?npl.,[]';

test('no letter typed in Monaco is taken for a shortcut', async ({ page, address }) => {
  await page.goto(address);
  const editor = page.locator('.monaco-editor').first();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`# ${SHORTCUT_LETTERS}`);
  await expect(editor.locator('.view-lines')).toContainText(SHORTCUT_LETTERS);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText(/Link copied/u)).toHaveCount(0);
});

test('a toy index answers for packages that no snapshot has', async ({ page, address }) => {
  await page.goto(address);
  const editor = page.locator('.monaco-editor').first();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('web-toy\nnotebook-toy\nlog-toy');
  await page.getByRole('tab', { name: /Toy index/u }).click();
  await editor.click();
  await page.keyboard.insertText(
    [
      'web-toy 4.0..4.1; depends core-toy >=2, log-toy',
      'core-toy 2.0; depends typing-toy >=4',
      'core-toy 1.0',
      'log-toy 1.0..1.2',
      'typing-toy 3.0, 4.0',
      'notebook-toy 1.0; depends typing-toy <4',
    ].join('\n'),
  );
  const sentence = page.locator('#answer').getByRole('heading', { level: 2 });
  await expect(sentence).toContainText(/^Line 1 brings in core-toy .* Line 2 brings in notebook-toy/u);
  await expect(sentence).toContainText(/typing-toy/u);
});
