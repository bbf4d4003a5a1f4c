/** Files that are dropped on the page, or opened from the menu. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './playground-page.ts';

interface Dropped {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: readonly number[];
  /** Characters of filling. */
  readonly size?: number;
}

/** Sends a drag event with files to an element, as the browser does. */
async function drag(page: Page, event: string, selector: string, files: readonly Dropped[]): Promise<void> {
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, text = '', bytes, size = 0 } of dropped) {
      const content = bytes === undefined ? text + '#'.repeat(size) : new Uint8Array(bytes);
      data.items.add(new File([content], name));
    }
    return data;
  }, files);
  await page.dispatchEvent(selector, event, { dataTransfer: transfer });
}

const drop = (page: Page, selector: string, ...files: Dropped[]) => drag(page, 'drop', selector, files);

test('the whole page shows that files can be dropped, and stops when they leave', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await drag(page, 'dragover', 'main', [{ name: 'x.txt' }]);
  await expect(page.getByText('Drop to open')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await drag(page, 'dragleave', 'body', [{ name: 'x.txt' }]);
  await expect(page.getByText('Drop to open')).toBeHidden();
});

test('requirements and constraints find their tabs, includes are followed, and undo brings the text back', async ({
  playground,
}) => {
  const { page, text } = playground;
  await playground.open();
  const former = await text.inputValue();
  await drop(
    page,
    '.right',
    { name: 'requirements.txt', text: '-r base.txt\n-c limits.txt\n' },
    { name: 'limits.txt', text: 'click<8.1.5\n' },
    { name: 'base.txt', text: 'flask==2.3.2\n' },
  );
  await expect(text).toHaveValue('# -r base.txt\nflask==2.3.2\n# -c limits.txt: see the constraints\n');
  await expect(playground.messages).toContainText(
    'Opened requirements.txt in Requirements; limits.txt in Constraints.',
  );
  await playground.answered();
  await expect(playground.answer).toContainText('8.1.4');
  await page.getByRole('button', { name: 'Put the former text back' }).click();
  await expect(text).toHaveValue(former);
  await page.getByRole('tab', { name: /^Constraints/u }).click();
  await expect(page.getByRole('textbox', { name: /^Constraints/u })).toHaveValue('');
});

test('one plain file goes into the pane that it is dropped on', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('tab', { name: /^Constraints/u }).click();
  await drop(page, '[data-pane] textarea', { name: 'any.txt', text: 'urllib3<2\n' });
  await expect(page.getByRole('textbox', { name: /^Constraints/u })).toHaveValue('urllib3<2\n');
});

test('Monaco takes a dropped file, and Control Z gives the former text back', async ({ page, address }) => {
  await page.goto(address);
  const lines = page.locator('.view-lines').first();
  await expect(lines).toContainText('pydantic');
  await drop(page, '.monaco-editor', { name: 'requirements.txt', text: 'click==8.1.6\n' });
  await expect(lines).toContainText('click==8.1.6');
  await expect(lines).not.toContainText('pydantic');
  await lines.click();
  await page.keyboard.press('Control+z');
  await expect(lines).toContainText('pydantic');
});

test('another kind is recognised as by paste', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  await drop(page, 'main', { name: 'pyproject.toml', text: '[project]\ndependencies = ["click==8.1.6"]\n' });
  await expect(page.getByRole('combobox', { name: 'Read this text as' })).toHaveValue('pyproject');
  await page.getByRole('button', { name: 'Take its 1 requirement' }).click();
  await expect(text).toHaveValue('click==8.1.6\n');
});

test('what is no text, or too much, is refused by name, and the rest is opened', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  const former = await text.inputValue();
  await drop(page, 'main', { name: 'six.whl', bytes: [0x50, 0x4b, 3, 4, 0, 0xff, 0xfe] });
  await expect(playground.messages).toContainText('Not opened: six.whl is no text');
  await expect(text).toHaveValue(former);
  await drop(
    page,
    'main',
    { name: 'huge.txt', size: 16_777_217 },
    { name: 'requirements.txt', text: 'click==8.1.6\n' },
  );
  await expect(playground.messages).toContainText('huge.txt is larger than 16 MiB. The others were opened.');
  await expect(text).toHaveValue('click==8.1.6\n');
});

test('files in other encodings are read as pip reads them', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  const utf16 = [0xff, 0xfe, ...Array.from('six\n').flatMap((letter) => [letter.charCodeAt(0), 0])];
  await drop(page, 'main', { name: 'windows.txt', bytes: utf16 });
  await expect(text).toHaveValue('six\n');
});

test('the menu opens manifests and saved questions alike', async ({ playground }) => {
  const { page, text } = playground;
  await playground.open();
  const picker = page.locator('input[type=file]');
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(content),
  });
  await picker.setInputFiles([file('requirements.txt', 'click==8.1.6\n')]);
  await expect(text).toHaveValue('click==8.1.6\n');
  await picker.setInputFiles([file('problem.json', '{"requirements": "flask==2.3.2", "engine": "uv@0.12"}')]);
  await expect(text).toHaveValue('flask==2.3.2');
  await expect(page.getByRole('combobox', { name: 'Engine' })).toHaveValue('uv@0.12');
  await picker.setInputFiles([file('problem.json', '{"requirements": 3}')]);
  await expect(playground.messages).toContainText('does not hold a question that can be run');
});

test('a project with its lock is locked as its tool does, from what the lock holds; undo brings the lines back', async ({
  playground,
}) => {
  const { page, text } = playground;
  await playground.open();
  const former = await text.inputValue();
  await drop(
    page,
    '.right',
    {
      name: 'uv.lock',
      text: 'version = 1\nrequires-python = ">=3.10"\n\n[[package]]\nname = "flask"\nversion = "2.3.2"\nsource = { registry = "https://host.test/simple" }\n',
    },
    {
      name: 'pyproject.toml',
      text: '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["flask>=2"]\n',
    },
  );
  await expect(playground.messages).toContainText(
    'pyproject.toml is locked as uv does, and uv.lock holds its versions where they still fit.',
  );
  await playground.answered();
  await expect(playground.answer).toContainText('2.3.2');
  await page.getByRole('button', { name: 'Put the former text back' }).click();
  await page.getByRole('tab', { name: /^Requirements/u }).click();
  await expect(text).toHaveValue(former);
});
