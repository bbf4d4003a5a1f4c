/** axe on every screen and theme, reflow, and the whole thing by keyboard alone. */
import type { Page } from '@playwright/test';
import { violations, violationsInBothThemes } from './axe.ts';
import { expect, test } from './playground-page.ts';

test('axe finds nothing, light and dark', async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Steps' }).click();
  await expect(page.getByRole('treegrid')).toBeVisible();
  await playground.openDrawer('Candidates');
  await playground.openPart(/^Why/u);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await playground.ask('what is this\nflask==2.3.2');
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('axe finds nothing with Monaco, in high contrast', async ({ page, address }) => {
  await page.emulateMedia({ contrast: 'more' });
  await page.goto(address);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await expect(page.locator('#answer[aria-busy=false]')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('in the reader’s own colours editor, bars and canvas take their ground and ink', async ({
  page,
  address,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(address);
  await expect(page.locator('#answer[aria-busy=false]')).toBeVisible();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = 'color: CanvasText; background: Canvas; forced-color-adjust: none';
    const { color, backgroundColor } = getComputedStyle(probe);
    probe.remove();
    return { ink: color, ground: backgroundColor };
  });
  const groundOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node) => getComputedStyle(node).backgroundColor);
  expect(await groundOf('.monaco-editor .monaco-editor-background')).toBe(system.ground);
  await page.getByRole('tab', { name: 'Ranges' }).click();
  await expect(page.locator('#stage .lanes .left').first()).toBeVisible();
  expect(await groundOf('#stage .lanes .left')).toBe(system.ink);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const corner = () =>
    page.locator('#stage canvas').evaluate((canvas: HTMLCanvasElement) => {
      const [red, green, blue] = canvas.getContext('2d')!.getImageData(1, canvas.height - 2, 1, 1).data;
      return `rgb(${red}, ${green}, ${blue})`;
    });
  await expect.poll(corner).toBe(system.ground);
  expect(await violations(page)).toEqual([]);
});

for (const [width, height] of [
  [320, 640],
  [390, 844],
  [800, 600],
] as const) {
  test(`at ${width} pixels nothing is lost and nothing scrolls sideways`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    await playground.open();
    const nothingIsCut = async (): Promise<void> => {
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(needed).toBeLessThanOrEqual(given);
    };
    await expect(page.getByRole('treegrid')).toBeVisible();
    await nothingIsCut();
    await page.getByRole('button', { name: 'See the search' }).click();
    for (const view of ['Search', 'Timeline', 'Ranges', 'Graph', 'Steps']) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await nothingIsCut();
    }
    await page.getByRole('button', { name: 'Back to the page' }).click();
    for (const name of ['Run', 'Share', 'Menu', 'Help'])
      await expect(page.getByRole('button', { name })).toBeVisible();
    await expect(playground.text).toBeVisible();
    await expect(page.getByRole('region', { name: 'Player' })).toBeVisible();
    await expect(await playground.openDrawer('Cost')).toContainText('rounds');
    await nothingIsCut();
  });
}

test('one full pass by keyboard alone', async ({ playground, context }) => {
  const { page } = playground;
  const { keyboard } = page;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.openAsTheExample('pydantic');

  await keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the requirements' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(playground.text).toBeFocused();
  await keyboard.press('Control+a');
  await keyboard.type('boto3>=1.28.43\nurllib3>=2');
  await keyboard.press('Control+Enter');
  await playground.answered();
  await expect(playground.sentence).toContainText('Line 1 brings in botocore');

  // Steps are stepped where they are.
  await page.getByRole('tab', { name: 'Search' }).focus();
  await keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Steps' })).toHaveAttribute('aria-selected', 'true');
  const slider = page.getByRole('slider', { name: 'Step' });
  await tabTo(page, () => slider.evaluate((node) => node === document.activeElement));
  await keyboard.press('Home');
  expect(await playground.stepNumber()).toBe(1);
  await keyboard.press('ArrowRight');
  expect(await playground.stepNumber()).toBeGreaterThan(1);
  await keyboard.press('n');
  const conflict = await playground.stepNumber();
  expect(conflict).toBeGreaterThan(2);
  await keyboard.press('n');
  await keyboard.press('p');
  expect(await playground.stepNumber()).toBe(conflict);

  await keyboard.press('l');
  await expect(playground.messages).toContainText('Link copied');
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(slider).toBeFocused();
});

test('Tab goes through the whole page and comes out again, Monaco included', async ({ page, address }) => {
  await page.goto(address);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await expect(page.locator('#answer[aria-busy=false]')).toBeVisible();
  const seen = new Set<string>();
  await tabTo(page, async () => {
    const name = await page.evaluate(() => {
      const active = document.activeElement;
      if (active === null || active === document.body) return 'out';
      const label = active.getAttribute('aria-label') ?? active.textContent;
      return `${active.tagName} ${active.getAttribute('class') ?? ''} ${label.trim().slice(0, 30)}`;
    });
    if (name === 'out') return seen.size > 5;
    seen.add(name);
    return false;
  });
  const all = [...seen].join('\n');
  for (const part of ['Requirements', 'Search', 'Play', 'Stack']) expect(all).toContain(part);
});

test('single letters can be switched off, and never work while typing', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.text.press('l');
  await expect(playground.messages).toBeHidden();
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('checkbox', { name: 'Single letters are shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  // Whatever `l` did would stand before what comes after it.
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await expect(playground.messages).toBeHidden();
});

test('panels can be resized by keys and by presets, and stay that way', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const line = page.getByRole('separator', { name: 'Width of the input' });
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuenow', '24');
  await page.reload();
  await playground.answered();
  await expect(line).toHaveAttribute('aria-valuenow', '24');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Large picture' }).click();
  await expect(line).toHaveAttribute('aria-valuenow', '18');
});

/** Presses Tab until something holds; gives up after 150. */
async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('150 presses of Tab did not get there');
}
