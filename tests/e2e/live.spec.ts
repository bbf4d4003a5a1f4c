/** The live index in a real browser, against an index of our own that behaves as PyPI does. */
import type { Page } from '@playwright/test';
import { withConnectSources } from '../../src/client/content-policy.ts';
import { startIndexServer, type IndexServer, type ServedProjects } from '../client/index-server.ts';
import { makeTarGz, makeWheel, metadataText } from '../client/wheel-file.ts';
import { expect, PlaygroundPage, test as base } from './playground-page.ts';
import { serveBuiltPage } from './static-server.ts';

function wheelOf(name: string, version: string, lines: readonly string[] = []): ServedProjects[string] {
  return {
    [`${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`]: {
      content: makeWheel(name, version, lines),
      metadata: metadataText(name, version, lines),
    },
  };
}

const LEAVES = Array.from({ length: 170 }, (_, at) => `leaf-${at}`);

const PROJECTS: ServedProjects = {
  'inner-app': wheelOf('inner-app', '1.0', ['Requires-Dist: inner-lib>=1']),
  'inner-lib': {
    'inner_lib-1.0.tar.gz': {
      content: makeTarGz({ 'inner_lib-1.0/PKG-INFO': metadataText('inner-lib', '1.0', [], '2.2') }),
    },
  },
  wide: wheelOf(
    'wide',
    '1.0',
    LEAVES.map((leaf) => `Requires-Dist: ${leaf}`),
  ),
  ...Object.fromEntries(LEAVES.map((leaf) => [leaf, wheelOf(leaf, '1.0')])),
};

const originOf = (address: string): string => new URL(address).origin;

interface LiveFixtures {
  readonly server: IndexServer;
  /** The page as somebody who trusts our index would build it; nothing else of it differs from what is shipped. */
  readonly trusting: PlaygroundPage;
}

const test = base.extend<LiveFixtures>({
  server: async ({ browserName }, use) => {
    expect(browserName).toBe('chromium');
    const server = await startIndexServer(PROJECTS);
    await use(server);
    await server.close();
  },
  trusting: async ({ playground, server }, use) => {
    const origins = [originOf(server.indexUrl), `http://${server.fileHost}`];
    const site = await serveBuiltPage(0, (html) => withConnectSources(html, origins));
    await use(new PlaygroundPage(playground.page, site.address));
    site.close();
  },
});

const liveSwitch = (page: Page) => page.getByRole('checkbox', { name: /^Fetch what is missing/u });

/** Turns the live index on, with our index as the only one. */
async function goLive(playground: PlaygroundPage, { indexUrl }: IndexServer): Promise<void> {
  const { page } = playground;
  await playground.openDrawer('Answers from');
  await page.getByText('Which index, what is sent, what is kept').click();
  await page.getByRole('textbox', { name: /^Indexes/u }).fill(indexUrl);
  await page.getByRole('button', { name: 'Use these addresses' }).click();
  await liveSwitch(page).check();
}

async function openLive(trusting: PlaygroundPage, server: IndexServer): Promise<void> {
  await trusting.open();
  await goLive(trusting, server);
}

test('off at first; turned on it asks only for what is missing, and the answer says what it rests on', async ({
  trusting,
  server,
}) => {
  const { page } = trusting;
  await openLive(trusting, server);
  expect(server.asked).toEqual([]);
  await trusting.ask('inner-app\nidna');
  await expect(page).toHaveTitle(/^Solved: 3 packages/u);
  await expect(trusting.answer).toContainText(/Rests on 4 live facts, fetched just now\./u);
  await expect(trusting.answer).toContainText('from the PKG-INFO of the source archive');
  expect(server.asked.filter((line) => line.startsWith('page'))).toEqual([
    'page /simple/inner-app/',
    'page /simple/inner-lib/',
  ]);
  const ours = [originOf(server.indexUrl), `http://${server.fileHost}`];
  expect(trusting.complaints.filter((line) => !ours.some((origin) => line.includes(origin)))).toEqual([]);
});

test('a reload turns it off, what was fetched is kept, and can be forgotten', async ({
  trusting,
  server,
}) => {
  const { page } = trusting;
  await openLive(trusting, server);
  await trusting.ask('inner-app');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  const before = server.asked.length;
  await page.reload();
  await trusting.answered();
  await trusting.openDrawer('Answers from');
  await expect(liveSwitch(page)).not.toBeChecked();
  await expect(page).not.toHaveTitle(/^Solved/u);
  await liveSwitch(page).check();
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  expect(server.asked.length).toBe(before);
  await page.getByText('Which index, what is sent, what is kept').click();
  await expect(page.getByText('This browser keeps 2 pages and 2 metadata files.')).toBeVisible();
  await page.getByRole('button', { name: 'Forget them' }).click();
  await expect(page.getByText('This browser keeps 0 pages and 0 metadata files.')).toBeVisible();
  await trusting.ask('inner-app>=1');
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  expect(server.asked.length).toBeGreaterThan(before);
});

test('the page as it is shipped cannot ask another index, and says why and what to do', async ({
  playground,
  server,
}) => {
  const { page } = playground;
  await playground.open();
  await goLive(playground, server);
  await playground.text.fill('inner-app');
  await expect(playground.messages).toContainText('the content security policy of this copy of Backjump');
  await expect(playground.messages).toContainText(`BACKJUMP_CONNECT="${originOf(server.indexUrl)}"`);
  expect(server.asked).toEqual([]);
  await playground.messages.getByRole('button', { name: 'Without the live index' }).click();
  await playground.answered();
  await expect(liveSwitch(page)).not.toBeChecked();
});

test('failures are told apart, and each has its way on', async ({ trusting, server }) => {
  const { page } = trusting;
  await openLive(trusting, server);
  for (const [at, [fault, words]] of (
    [
      ['error-without-cors', 'no CORS headers'],
      ['html', 'instead of the simple API’s JSON'],
      ['rate-limited', 'too many requests'],
      ['truncated', 'could not be fetched'],
    ] as const
  ).entries()) {
    server.faultOf = () => fault;
    await trusting.text.fill(`inner-app # ${at}`);
    await expect(trusting.messages).toContainText(words);
  }
  server.faultOf = () => null;
  await trusting.messages.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
  await expect(trusting.messages).toHaveCount(0);
});

test('offline has a message of its own', async ({ trusting, server, context }) => {
  await openLive(trusting, server);
  // Once before, so that every piece of the page that this takes is there.
  server.faultOf = () => 'html';
  await trusting.text.fill('inner-app>=1');
  await expect(trusting.messages).toContainText('instead of the simple API’s JSON');
  server.faultOf = () => null;
  await context.setOffline(true);
  await trusting.text.fill('inner-app');
  await expect(trusting.messages).toContainText('This browser is offline');
  await context.setOffline(false);
  await trusting.messages.getByRole('button', { name: 'Try again' }).click();
  await expect(trusting.page).toHaveTitle(/^Solved: 2 packages/u);
});

test('fetching can be stopped and gone on with', async ({ trusting, server }) => {
  const { page } = trusting;
  await openLive(trusting, server);
  server.faultOf = (path) => (path.includes('inner-lib') ? 'slow' : null);
  await trusting.text.fill('inner-app');
  await page.getByRole('button', { name: 'Stop fetching' }).click();
  await expect(trusting.messages).toContainText('Fetching was stopped');
  server.faultOf = () => null;
  await trusting.messages.getByRole('button', { name: 'Go on fetching' }).click();
  await expect(page).toHaveTitle(/^Solved: 2 packages/u);
});

test('a large page is fetched only when it is allowed', async ({ trusting, server }) => {
  await openLive(trusting, server);
  server.faultOf = (path) => (path === '/simple/inner-app/' ? 'large' : null);
  await trusting.text.fill('inner-app');
  await expect(trusting.messages).toContainText('is larger than 10 MB');
  await trusting.messages.getByRole('button', { name: 'Allow large page' }).click();
  await expect(trusting.page).toHaveTitle(/^Solved: 2 packages/u);
});

test('a question that needs more than its allowance asks before it goes on', async ({ trusting, server }) => {
  await openLive(trusting, server);
  await trusting.text.fill('wide');
  await expect(trusting.messages).toContainText('More than 150 index pages were needed', {
    timeout: 30_000,
  });
  await trusting.messages.getByRole('button', { name: 'Fetch more' }).click();
  await expect(trusting.page).toHaveTitle(/^Solved: 171 packages/u, { timeout: 30_000 });
});

test('everything can be asked of the live index, without a snapshot', async ({ trusting, server }) => {
  const { page } = trusting;
  await openLive(trusting, server);
  await page.getByRole('radio', { name: /^Everything/u }).check();
  await trusting.ask('idna');
  await expect(trusting.answer).toContainText('No such package');
  await expect(page.getByRole('combobox', { name: 'Index' })).toContainText('Live index, as it is now');
  await page.getByRole('radio', { name: 'What the snapshot lacks' }).check();
  await expect(page).toHaveTitle(/^Solved: 1 package/u);
});
