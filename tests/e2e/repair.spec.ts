/** What is missing, and the ways on: against an index of our own, to a link that is opened elsewhere. */
import { withConnectSources } from '../../src/client/content-policy.ts';
import { startIndexServer } from '../client/index-server.ts';
import { makeWheel, metadataText } from '../client/wheel-file.ts';
import { expect, PlaygroundPage, test } from './playground-page.ts';
import { serveBuiltPage } from './static-server.ts';

const NEEDS = ['Requires-Dist: idna'];
const PROJECTS = {
  'inner-app': {
    'inner_app-1.0-py3-none-any.whl': {
      content: makeWheel('inner-app', '1.0', NEEDS),
      metadata: metadataText('inner-app', '1.0', NEEDS),
    },
  },
};

test('all that is missing is told at once, and the other lines can be answered for', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await playground.open();
  await playground.ask('inner-app\nother-app>=2\nidna');
  await expect(page).toHaveTitle(/^Unknown facts/u);
  const missing = answer.getByRole('list', { name: 'What is missing' });
  await expect(missing).toContainText('releases of inner-app needed by line 1');
  await expect(missing).toContainText('releases of other-app needed by line 2');
  await expect(answer).toContainText(/Partial answer, 1 package as far as is known:\s*idna\s\d/u);
  await expect(answer.getByRole('button', { name: 'Fetch 2 projects from PyPI' })).toBeVisible();
  await answer.getByRole('button', { name: 'Answer for the other 1 line' }).click();
  await playground.answered();
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
  await expect(playground.text).toHaveValue('# inner-app\n# other-app>=2\nidna');
});

test('what is missing can be written by hand', async ({ playground }) => {
  const { page, answer } = playground;
  await playground.open();
  await playground.ask('inner-app\nidna');
  await answer.getByRole('button', { name: 'Write them by hand' }).click();
  await playground.answered();
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await expect(page.getByRole('textbox', { name: /toy index/iu })).toHaveValue('inner-app 1.0\n');
});

test('what the old snapshot of the example does not hold is asked of the newest in one press', async ({
  playground,
}) => {
  await playground.openAsTheExample('fastapi\nuvicorn\n');
  await playground.answer.getByRole('button', { name: /^Ask PyPI, /u }).click();
  await expect(playground.page).toHaveTitle(/^Solved/u);
});

test('missing, fetched, answered, shared; whoever opens the link is asked before anything is fetched', async ({
  playground,
  context,
}) => {
  const server = await startIndexServer(PROJECTS);
  const origins = [new URL(server.indexUrl).origin, `http://${server.fileHost}`];
  const site = await serveBuiltPage(0, (html) => withConnectSources(html, origins));
  try {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const trusting = new PlaygroundPage(playground.page, site.address);
    const { page, answer } = trusting;
    await trusting.open();
    await trusting.openDrawer('Answers from');
    await page.getByText('Which index, what is sent, what is kept').click();
    await page.getByRole('textbox', { name: /^Indexes/u }).fill(server.indexUrl);
    await page.getByRole('button', { name: 'Use these addresses' }).click();
    await trusting.ask('inner-app\nidna');
    await expect(answer).toContainText('needed by line 1');
    expect(server.asked).toEqual([]);
    const fetchButton = { name: `Fetch 1 project from ${new URL(server.indexUrl).host}` };
    await answer.getByRole('button', fetchButton).click();
    await expect(page).toHaveTitle(/^Solved: 2 packages/u);
    await expect(answer).toContainText(/Rests on \d live facts/u);
    expect(server.asked.filter((line) => line.startsWith('page'))).toEqual(['page /simple/inner-app/']);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy link', exact: true }).click();
    // The link is on the clipboard once its facts are packed.
    let address = '';
    await expect
      .poll(async () => (address = await page.evaluate(() => navigator.clipboard.readText())))
      .toContain('#');
    const before = server.asked.length;
    const other = new PlaygroundPage(await context.newPage(), site.address);
    await other.page.goto(address);
    await other.answered();
    await expect(other.answer.getByRole('button', fetchButton)).toBeVisible();
    expect(server.asked.length).toBe(before);
    await other.answer.getByRole('button', fetchButton).click();
    await expect(other.page).toHaveTitle(/^Solved: 2 packages/u);
  } finally {
    site.close();
    await server.close();
  }
});
