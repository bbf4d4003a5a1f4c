/** The page without a network, after a new deploy, and with a part of it gone. */
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { PlaygroundPage, test } from './playground-page.ts';
import { FOLDER, serveBuiltPage } from './static-server.ts';

/** A copy of the built page on a server of its own, which a test may change or stop. */
async function deploy(page: Page) {
  const folder = mkdtempSync(join(tmpdir(), 'backjump-deploy-'));
  cpSync(FOLDER, folder, { recursive: true });
  const site = await serveBuiltPage(0, null, folder);
  const end = (): void => {
    site.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, site, end, playground: new PlaygroundPage(page, site.address) };
}

/** Until the page's own worker answers for it, and holds the pieces of the snapshot that the answer needed. */
async function kept(page: Page): Promise<void> {
  const isKept = (): Promise<boolean> =>
    page.evaluate(async () => {
      if (navigator.serviceWorker.controller === null || !(await caches.has('snapshot-pieces'))) return false;
      const needed = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.shard'));
      const cache = await caches.open('snapshot-pieces');
      const found = await Promise.all(needed.map(({ name }) => cache.match(name)));
      return found.length > 0 && found.every((response) => response !== undefined);
    });
  await expect.poll(isKept, { timeout: 30_000 }).toBe(true);
}

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after the first visit the page opens, resolves and steps without a network', async ({
    playground: { page },
  }) => {
    const { site, end, playground } = await deploy(page);
    await playground.open();
    await kept(page);
    const sentence = await playground.sentence.textContent();
    site.close();
    await page.reload();
    await playground.answered();
    await expect(playground.sentence).toHaveText(sentence ?? '');
    await playground.step.press('ArrowRight');
    // Of the same projects: what the first visit did not need is not kept.
    await playground.ask('pydantic>=2.2\ntyping-extensions');
    await expect(playground.sentence).not.toHaveText(sentence ?? '');
    end();
  });

  test('a new deploy says so quietly, and opens when it is asked to', async ({ playground: { page } }) => {
    const { folder, end, playground } = await deploy(page);
    await playground.open();
    await kept(page);
    appendFileSync(join(folder, 'offline.js'), '\n// another build');
    await page.reload();
    await playground.answered();
    await expect(playground.messages).toContainText('A newer Backjump is here');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Open it now' }).click()]);
    await playground.answered();
    await expect(playground.messages).toHaveCount(0);
    end();
  });
});

test('a part that the server no longer has is named, with a way on', async ({ playground: { page } }) => {
  const { folder, end, playground } = await deploy(page);
  await playground.open();
  for (const name of readdirSync(join(folder, 'assets')))
    if (name.startsWith('HelpDialog')) rmSync(join(folder, 'assets', name));
  await page.keyboard.press('Shift+?');
  await expect(playground.messages).toContainText('Part of this page could not be loaded');
  await page.getByRole('button', { name: 'Reload' }).click();
  await playground.answered();
  end();
});
