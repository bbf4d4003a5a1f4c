/** A run that leaves the page whole: in a file, and inside of another page. */
import { readFileSync } from 'node:fs';
import { expect, PlaygroundPage, test } from './playground-page.ts';

test('a run is saved as a trace and opened elsewhere, without an index', async ({ playground, context }) => {
  const { page } = playground;
  await playground.openAsTheExample('boto3>=1.28.43\nurllib3>=2');
  await page.getByRole('button', { name: 'Share' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /trace/u }).click();
  const path = await (await download).path();
  expect(readFileSync(path, 'utf8')).toContain('"format":"backjump-trace"');
  const sentence = await playground.sentence.innerText();

  const other = new PlaygroundPage(await context.newPage(), playground.address);
  await other.open();
  await other.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'run.trace.json',
      mimeType: 'application/json',
      buffer: readFileSync(path),
    });
  await expect(other.messages).toContainText('opened from a file');
  await expect(other.sentence).toHaveText(sentence);
});

test('an embed shows the run, asks nobody, and opens the page at its step', async ({
  playground,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.openAsTheExample('boto3>=1.28.43\nurllib3>=2');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: /^Embed/u }).click();
  await expect(playground.messages).toContainText('one line of HTML');
  const line = await page.evaluate(() => navigator.clipboard.readText());
  const address = /src="([^"]+)"/u.exec(line)![1]!;

  const stepper = new PlaygroundPage(await context.newPage(), playground.address);
  await stepper.page.goto(address);
  await expect(stepper.page.getByRole('heading', { level: 1 })).toHaveText('Conflict');
  const before = await stepper.stepNumber();
  await stepper.page.keyboard.press('ArrowLeft');
  await expect.poll(() => stepper.stepNumber()).toBeLessThan(before);
  const step = await stepper.stepNumber();
  const opened = stepper.page.waitForEvent('popup');
  await stepper.page.getByRole('link', { name: 'Open in Backjump' }).click();
  const whole = new PlaygroundPage(await opened, playground.address);
  await whole.answered();
  await expect.poll(() => whole.stepNumber()).toBe(step);
  expect(stepper.complaints).toEqual([]);
});

test('undo goes back over an option and a text, redo goes on', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.ask('idna');
  await playground.ask('six');
  const menu = page.getByRole('button', { name: 'Menu' });
  await menu.click();
  await page.getByRole('button', { name: /^Undo/u }).click();
  await playground.answered();
  await expect(playground.text).toHaveValue('idna');
  await page.getByRole('button', { name: /^Redo/u }).click();
  await playground.answered();
  await expect(playground.text).toHaveValue('six');
});
