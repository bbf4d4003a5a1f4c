/** Bad input and bad luck: each has its own message and a way on, and nothing typed is lost. */
import { expect, test } from './playground-page.ts';

test('lines that cannot be read are listed with line, column and reason; the rest is resolved', async ({
  playground,
}) => {
  await playground.open();
  await playground.ask('click==8.1.6\nflask >>> 2\n');
  await playground.page.getByLabel(/^Problems \(1\)/u).click();
  const problems = playground.page.locator('.diagnostics');
  await expect(problems).toContainText(/Line 2, column \d+/u);
  await expect(problems).toContainText('Error');
  await expect(playground.answer).toContainText('click');
  await problems.getByRole('button', { name: /^Line 2, column/u }).click();
  await expect(playground.text).toBeFocused();
});

test('an unknown project and an unknown version have words of their own', async ({ playground }) => {
  await playground.open();
  await playground.ask('click==99.0');
  await expect(playground.sentence).toContainText('click');
  await expect(playground.page).not.toHaveTitle(/^Solved/u);
  const version = await playground.sentence.innerText();
  await playground.ask('surely-no-such-project');
  await expect(playground.sentence).toContainText('surely-no-such-project');
  expect(await playground.sentence.innerText()).not.toBe(version);
});

test('a snapshot file that is not the published one is refused; Run again works once it is right', async ({
  playground,
}) => {
  const { page } = playground;
  await page.route(/\.shard$/u, (route) => route.fulfill({ body: Buffer.from('not what was published') }));
  await page.goto(playground.address);
  await expect(playground.messages).toContainText('is not the one that was published');
  await expect(playground.text).toHaveValue(/pydantic/u);
  await page.unroute(/\.shard$/u);
  await playground.messages.getByRole('button', { name: 'Run again' }).click();
  await playground.answered();
  await expect(page).toHaveTitle(/^Conflict/u);
});

test('a worker that cannot start says so; Run again starts a fresh one', async ({ playground }) => {
  const { page } = playground;
  await page.route(/resolver\.worker.*\.js$/u, (route) => route.abort());
  await page.goto(playground.address);
  await expect(playground.messages).toContainText('The resolver crashed');
  await page.unroute(/resolver\.worker.*\.js$/u);
  await playground.messages.getByRole('button', { name: 'Run again' }).click();
  await playground.answered();
  await expect(page).toHaveTitle(/^Conflict/u);
});

test('a worker that dies on the way says so, keeps the text, and the next run has a fresh one', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  const names = await Promise.all(page.workers().map((one) => one.evaluate(() => self.name)));
  const worker = page.workers()[names.indexOf('resolver')];
  await worker!.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await playground.text.fill('click==8.1.6');
  await playground.answered();
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
});

test('forbidden storage: everything works, and one quiet message says what will be forgotten', async ({
  playground,
}) => {
  const { page } = playground;
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('not here', 'SecurityError');
      },
    });
  });
  await page.goto(playground.address);
  await playground.answered();
  await page.getByLabel('Settings of the editor').click();
  await page.getByRole('checkbox', { name: 'Plain text box' }).check();
  await playground.ask('click==8.1.6');
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  await expect(playground.messages).toContainText('does not let the page store anything');
});

test('full storage has its own message', async ({ playground }) => {
  await playground.open();
  await playground.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await playground.ask('click==8.1.6');
  await expect(playground.messages).toContainText('is full');
  await expect(playground.messages.getByRole('button', { name: 'Save as a file' })).toBeVisible();
});

test('a draft survives a reload, even in the middle of typing', async ({ playground }) => {
  await playground.open();
  await playground.text.fill('click==8.1.6 # half a thou');
  await playground.page.reload();
  await playground.answered();
  await expect(playground.text).toHaveValue('click==8.1.6 # half a thou');
});
