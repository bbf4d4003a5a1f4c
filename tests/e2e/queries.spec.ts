/** Questions about a package, advice for a long search, and looking further: by keyboard, and by link. */
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { violations } from './axe.ts';
import { expect, test, PlaygroundPage } from './playground-page.ts';

const TEA = makeProblem({
  requirements: 'tea\n',
  environment: { python: '3.11' },
  index: {
    overlay:
      'closed world\ntea 1.9.8; depends spoon==2.27.0, cup>=1.6\nspoon 2.27.0\nspoon 2.28.0\ncup 3.17.0; depends spoon>=2.0\ncup 3.18.0; depends spoon>=2.28\n',
  },
});

/** Each `top` but the first needs a `mid` whose own need cannot be had: seen only when `mid` is pinned. */
const SLOW = makeProblem({
  requirements: 'top\nside\n',
  engine: 'pip@26.2',
  environment: { python: '3.11' },
  index: {
    overlay: [
      'closed world',
      ...Array.from({ length: 60 }, (_, at) =>
        at === 0
          ? 'top 1\nmid 1; depends old>=9'
          : `top ${at + 1}; depends mid==${at + 1}\nmid ${at + 1}; depends old>=9`,
      ),
      'old 1',
      'side 1',
      '',
    ].join('\n'),
  },
});

test('a package is asked about by keyboard, and the link opens with the answer', async ({
  playground,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: TEA, view: {} })}`);
  await playground.answered();
  const drawer = await playground.openDrawer('Ask');
  await drawer.getByLabel('Question').focus();
  await drawer.getByLabel('Question').selectOption('Why not this version?');
  await drawer.getByLabel('Package').fill('cup');
  await drawer.getByRole('textbox', { name: 'Version' }).fill('3.18.0');
  await drawer.getByRole('textbox', { name: 'Version' }).press('Enter');
  const answer = drawer.getByRole('region', { name: 'why-not cup 3.18.0' });
  await expect(answer).toContainText('cup==3.18.0 cannot be had with your lines.');
  await expect(answer).toContainText('Line 1 brings in tea 1.9.8, which needs spoon 2.27.0.');
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(playground.messages).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const other = new PlaygroundPage(await elsewhere.newPage(), playground.address);
  await other.page.goto(link);
  await other.answered();
  await expect(other.page.getByRole('region', { name: 'why-not cup 3.18.0' })).toContainText(
    'cannot be had with your lines.',
  );
  expect(other.complaints).toEqual([]);
});

test('advice for a long search is applied, does what it says, and is undone in one step', async ({
  playground,
}) => {
  const { page, answer } = playground;
  await page.goto(`${playground.address}${await encodeLink({ problem: SLOW, view: {} })}`);
  await playground.answered();
  await playground.openPart(/^Faster/u);
  const apply = answer.getByRole('button', { name: /^Apply: Change line 1 from top to top<=1/u });
  await expect(apply).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await apply.press('Enter');
  await expect(answer.getByText('Change line 1 from top to top<=1', { exact: false }).first()).toBeVisible();
  await playground.answered();
  await expect(answer.getByRole('button', { name: /^Faster/u })).toHaveCount(0);
  await answer.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(answer.getByRole('button', { name: /^Faster/u })).toBeVisible();
  // Back where it was: one more step back is what stood before the link.
  await page.getByRole('button', { name: 'Menu' }).click();
  await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled();
});
