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
import { benchBundle } from './bundle.ts';
import { ANSWER, benchPage, heap, lastMeasure } from './ui-page.ts';
import { benchView, VIEWS } from './ui-views.ts';

const ROUNDS = 7;
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Rounds of the great run: 2,200,000 events. */
const GREAT = 200_000;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function repeat(measure: (round: number) => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await measure(round));
  return median(values);
}

/** Navigation to the first answer in the page, each time with an empty cache; and the files fetched until then. */
async function firstAnswer(browser: Browser, address: string): Promise<BenchRow[]> {
  let files = 0;
  const value = await repeat(async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    let asked = 0;
    page.on('request', () => (asked += 1));
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
    files = asked;
    await context.close();
    return shownAt;
  });
  return [
    { name: 'first answer after navigation, empty cache', value, unit: 'ms', goal: 1_500 },
    { name: 'files asked for until then', value: files, unit: '' },
  ];
}

/** The worked example with a comment more, so that it is typed and asked again each time. */
async function typing(browser: Browser, address: string): Promise<BenchRow> {
  const page = await benchPage(browser);
  await page.goto(address);
  await page.locator(ANSWER).waitFor();
  const box = page.getByRole('textbox', { name: /^Requirements/u });
  const example = await box.inputValue();
  const value = await repeat(async (round) => {
    await box.fill(`${example}# ${round}`);
    await page.locator('#answer[aria-busy=true]').waitFor();
    await page.locator(ANSWER).waitFor();
    await page.waitForTimeout(300);
    return lastMeasure(page, 'backjump: run finished');
  });
  await page.close();
  return { name: 'typing pause to new answer, worked example', value, unit: 'ms', goal: 50 };
}

/** From pressing Stop, in a run of millions of steps, to what it did being on screen. */
async function stopping(browser: Browser, address: string): Promise<BenchRow> {
  const link = `${address}${await encodeLink({ problem: endlessProblem(), view: {} })}`;
  const value = await repeat(async () => {
    const page = await benchPage(browser);
    await page.goto(link);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.waitForTimeout(500);
    const time = await page.evaluate(() => {
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
    return time;
  });
  return { name: 'Stop to partial answer on screen', value, unit: 'ms', goal: 100 };
}

/** A run of two million events, from its start: how it is drawn while it goes on, and what its end costs. */
async function growing(page: Page, address: string): Promise<BenchRow[]> {
  const problem = { ...endlessProblem(), options: { ...endlessProblem().options, maxRounds: GREAT } };
  await page.goto(`${address}${await encodeLink({ problem, view: {} })}`);
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  const drawn = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const stage = document.querySelector('.right')!;
        let drawings = 0;
        let last = '';
        const startedAt = performance.now();
        const seen = new MutationObserver(() => {
          const length = document
            .querySelector('[aria-label="Player"] input[type=range]')
            ?.getAttribute('max');
          if (length === undefined || length === null || length === last) return;
          last = length;
          drawings += 1;
        });
        seen.observe(stage, { subtree: true, childList: true, attributes: true, characterData: true });
        setTimeout(() => {
          seen.disconnect();
          done((drawings * 1_000) / (performance.now() - startedAt));
        }, 3_000);
      }),
  );
  await page.locator('#answer .verdict').filter({ hasText: 'Stopped' }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(2_000);
  const longest = await page.evaluate(() => globalThis.bench.longest);
  return [
    {
      name: 'great run: drawings a second while it goes on',
      value: drawn,
      unit: '/s',
      goal: 4,
      higherIsBetter: true,
    },
    { name: 'great run: longest task of the page', value: longest, unit: 'ms', goal: 100 },
  ];
}

function print({ name, value, unit, goal, higherIsBetter = false }: BenchRow): void {
  const wanted = goal === undefined ? '' : `goal ${higherIsBetter ? '≥' : '≤'} ${goal}`;
  const isMissed = goal !== undefined && (higherIsBetter ? value < goal : value > goal);
  const figure = `${value.toFixed(1).padStart(9)} ${unit.padEnd(9)}`;
  console.log(`${name.padEnd(58)} ${figure} ${wanted}${isMissed ? '  missed' : ''}`);
}

async function main(): Promise<void> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    console.log('There is no Chromium on this machine (set CHROMIUM_PATH).');
    return;
  }
  const { address, close } = await serveBuiltPage(0);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  (await benchBundle()).forEach(print);
  (await firstAnswer(browser, address)).forEach(print);
  print(await typing(browser, address));
  print(await stopping(browser, address));
  const page = await benchPage(browser);
  await page.goto(address);
  await page.locator(ANSWER).waitFor();
  for (const view of VIEWS) (await benchView(page, view, 'example')).forEach(print);
  (await growing(page, address)).forEach(print);
  for (const view of VIEWS) (await benchView(page, view, 'great run')).forEach(print);
  print({
    name: 'great run: heap of the page',
    value: (await heap(page)) / 1_000_000,
    unit: 'MB',
    goal: 300,
  });
  await browser.close();
  close();
}

await main();
