/**
 * `npm run bench:ui`: what a reader waits for, in real Chromium on the built page (`npm run build` first). Nothing is
 * asserted; read the figures on a quiet machine.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { endlessProblem } from '../e2e/endless-problem.ts';
import { serveBuiltPage } from '../e2e/static-server.ts';
import type { BenchRow } from './bench-row.ts';

const ROUNDS = 7;
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ANSWER = '#answer[aria-busy=false]';

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function repeat(measure: (round: number) => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await measure(round));
  return median(values);
}

/** Navigation to the first answer in the page, each time with an empty cache. */
async function firstAnswer(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  const shownAt = await page.evaluate(
    (selector) =>
      new Promise<number>((done) => {
        const timer = setInterval(() => {
          if (document.querySelector(selector) === null) return;
          clearInterval(timer);
          done(performance.now());
        }, 5);
      }),
    ANSWER,
  );
  await context.close();
  return shownAt;
}

/** The page's own measure of its last run: from the end of the typing pause to the answer in the document. */
async function lastMeasure(page: Page, name: string): Promise<number> {
  return page.evaluate((measure) => performance.getEntriesByName(measure).at(-1)!.duration, name);
}

async function plainPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() =>
    localStorage.setItem('backjump.editor', '{"usesTextarea":true,"tabMovesFocus":true}'),
  );
  return page;
}

/** The worked example with a comment more, so that it is typed and asked again each time. */
async function typing(browser: Browser, address: string): Promise<number> {
  const page = await plainPage(browser);
  await page.goto(address);
  await page.locator(ANSWER).waitFor();
  await page.getByText('minimal: checked').waitFor();
  const box = page.getByRole('textbox', { name: /^Requirements/u });
  const example = await box.inputValue();
  const value = await repeat(async (round) => {
    await box.fill(`${example}# ${round}`);
    await page.locator('#answer[aria-busy=true]').waitFor();
    await page.locator(ANSWER).waitFor();
    await page.getByText('minimal: checked').waitFor();
    await page.waitForTimeout(300);
    return lastMeasure(page, 'backjump: run finished');
  });
  await page.close();
  return value;
}

/** From pressing Stop, in a run of millions of steps, to what it did being on screen. */
async function stopping(browser: Browser, address: string): Promise<number> {
  const link = `${address}${await encodeLink({ problem: endlessProblem(), view: {} })}`;
  return repeat(async () => {
    const page = await plainPage(browser);
    await page.goto(link);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.waitForTimeout(500);
    const value = await page.evaluate(() => {
      const stop = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Stop')!;
      const pressedAt = performance.now();
      return new Promise<number>((done) => {
        const seen = new MutationObserver(() => {
          if (document.querySelector('#answer')?.textContent.includes('You stopped') !== true) return;
          seen.disconnect();
          // With this frame it is painted.
          requestAnimationFrame(() => done(performance.now() - pressedAt));
        });
        seen.observe(document.body, { subtree: true, childList: true, characterData: true });
        stop.click();
      });
    });
    await page.close();
    return value;
  });
}

async function main(): Promise<void> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    console.log('There is no Chromium on this machine (set CHROMIUM_PATH).');
    return;
  }
  const { address, close } = await serveBuiltPage(0);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const rows: BenchRow[] = [
    {
      name: 'first answer after navigation, empty cache',
      value: await repeat(() => firstAnswer(browser, address)),
      unit: 'ms',
      goal: 1_500,
    },
    {
      name: 'typing pause to new answer, worked example',
      value: await typing(browser, address),
      unit: 'ms',
      goal: 50,
    },
    {
      name: 'Stop to partial answer on screen',
      value: await stopping(browser, address),
      unit: 'ms',
      goal: 100,
    },
  ];
  for (const { name, value, unit, goal } of rows)
    console.log(`${name.padEnd(50)} ${value.toFixed(1).padStart(8)} ${unit}  goal ≤ ${goal ?? ''}`);
  await browser.close();
  close();
}

await main();
