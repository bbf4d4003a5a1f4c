/** Point 5: a link carries the question and the place, and a bad one does no harm. */
import { createHash } from 'node:crypto';
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { expect, test, PlaygroundPage } from './playground-page.ts';

const question = makeProblem({
  requirements: 'flask==2.3.2\n',
  environment: { python: '3.10' },
  index: { snapshot: 'pypi-2023-09-07' },
});

test('a copied link shows the same step and panel in another browser', async ({
  playground,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.openAsTheExample('boto3>=1.28.43\nurllib3>=2');
  await page.getByRole('tab', { name: 'Steps' }).click();
  await playground.step.fill('41');
  await playground.step.press('Enter');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(playground.messages).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());
  expect(link.length).toBeLessThan(400);

  const elsewhere = await browser.newContext();
  const other = new PlaygroundPage(await elsewhere.newPage(), playground.address);
  await other.page.goto(link);
  await other.answered();
  expect(await other.stepNumber()).toBe(41);
  await expect(other.page.getByRole('tab', { name: 'Steps' })).toHaveAttribute('aria-selected', 'true');
  const sentence = await page.getByRole('region', { name: 'Player' }).locator('p').first().innerText();
  expect(sentence).toContain('botocore 1.31.43: it needs');
  await expect(other.page.getByRole('region', { name: 'Player' }).locator('p').first()).toHaveText(sentence, {
    useInnerText: true,
  });
  await elsewhere.close();
});

test.describe('a link that is no good leaves the address and the editor alone', () => {
  const cases = [
    ['damaged', '#v1.AAAA', /damaged/u],
    ['from a newer version', '#v7.abc', /newer version/u],
    ['cut short', null, /damaged/u],
  ] as const;
  for (const [name, given, message] of cases) {
    test(name, async ({ playground }) => {
      const { page } = playground;
      await playground.open();
      await playground.ask('click==8.1.6');
      const fragment = given ?? (await encodeLink({ problem: question, view: {} })).slice(0, 60);
      await page.goto(`${playground.address}${fragment}`);
      await expect(playground.messages).toContainText(message);
      await expect(playground.text).toHaveValue('click==8.1.6');
      await page.reload();
      await playground.answered();
      await expect(playground.messages).toContainText(message);
      await expect(playground.text).toHaveValue('click==8.1.6');
      expect(await page.evaluate(() => location.hash)).toBe(fragment);
    });
  }

  test('too large', async ({ playground }) => {
    const problem = makeProblem({ requirements: 'a'.repeat(1_048_576) });
    const fragment = await encodeLink({ problem, view: {} });
    await playground.open(fragment);
    await expect(playground.messages).toContainText('too large');
    await expect(playground.text).toHaveValue(/pydantic/u);
  });
});

test('a link opened over a draft sets the draft aside, and gives it back', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('click==8.1.6 # mine');
  await page.goto(`${playground.address}${await encodeLink({ problem: question, view: {} })}`);
  await expect(playground.text).toHaveValue(/flask/u);
  await expect(page.getByRole('combobox', { name: 'Python' })).toHaveValue('3.10');
  await page.getByRole('button', { name: 'Back to my text' }).click();
  await expect(playground.text).toHaveValue('click==8.1.6 # mine');
});

test('editing a link’s question makes it a draft: the address lets go of the link', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open(await encodeLink({ problem: question, view: {} }));
  await playground.ask('flask==2.3.2\nclick');
  expect(await page.evaluate(() => location.hash)).toBe('');
  await page.reload();
  await playground.answered();
  await expect(playground.text).toHaveValue('flask==2.3.2\nclick');
});

test('too much for a link is offered as a file, which opens again', async ({ playground }, info) => {
  const { page } = playground;
  await playground.open();
  const noise = Array.from({ length: 1_000 }, (_, at) =>
    createHash('sha256').update(String(at)).digest('base64'),
  ).join('');
  await playground.ask(`click==8.1.6\n# ${noise}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(playground.messages).toContainText('No link');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    playground.messages.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const path = info.outputPath('problem.json');
  await download.saveAs(path);
  await playground.ask('flask==2.3.2');
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(playground.text).toHaveValue(/^click==8\.1\.6\n# /u);
});

test('when the clipboard is refused the link can be copied by hand', async ({ playground }) => {
  await playground.page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
    });
  });
  await playground.open();
  await playground.page.getByRole('button', { name: 'Share' }).click();
  await playground.page.getByRole('button', { name: 'Copy link', exact: true }).click();
  const field = playground.messages.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/#v2\./u);
  await expect(field).toHaveValue(playground.page.url());
});
