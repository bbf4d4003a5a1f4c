/** The views of one trace: how long one opens, what a step costs, how scrubbing and zooming go, what stands in the page. */
import type { Page } from '@playwright/test';
import type { BenchRow } from './bench-row.ts';
import { WorkMeter } from './ui-page.ts';

export const VIEWS = ['Search', 'Timeline', 'Ranges', 'Graph', 'Steps'] as const;
type View = (typeof VIEWS)[number];

/** Steps that are measured in each view, a third of them jumps. */
const STEPS = 300;
const FRAME = 16;
const FRAMES_A_SECOND = 55;
const SCRUBBED = 2_000;

/** All rows of one view. */
export async function benchView(page: Page, view: View, run: string): Promise<BenchRow[]> {
  const name = (what: string): string => `${run}, ${view}: ${what}`;
  const opened = await openView(page, view);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  const steps = await stepWork(page);
  const rows: BenchRow[] = [
    { name: name('opened'), value: opened, unit: 'ms', goal: 1_000 },
    { name: name('elements in the page'), value: nodes, unit: '', goal: 3_000 },
    { name: name('a step, 99 of 100'), value: steps, unit: 'ms', goal: FRAME },
    {
      name: name('scrubbing'),
      value: await scrub(page),
      unit: 'frames/s',
      goal: FRAMES_A_SECOND,
      higherIsBetter: true,
    },
  ];
  if (view === 'Search' || view === 'Timeline')
    rows.push({
      name: name('zooming'),
      value: await zoom(page),
      unit: 'frames/s',
      goal: FRAMES_A_SECOND,
      higherIsBetter: true,
    });
  return rows;
}

/** Until the view is drawn, its code being there. */
async function openView(page: Page, view: View): Promise<number> {
  const tab = page.getByRole('tab', { name: view, exact: true });
  await tab.click();
  await page.waitForTimeout(800);
  await page.getByRole('tab', { name: view === 'Steps' ? 'Search' : 'Steps', exact: true }).click();
  await page.waitForTimeout(800);
  const value = await tab.evaluate((button: HTMLElement) => globalThis.bench.work(() => button.click()));
  await page.waitForTimeout(500);
  return value;
}

/** The work of the slowest of a hundred steps: forward, back, and to anywhere; asking for them is taken off. */
async function stepWork(page: Page): Promise<number> {
  const meter = await WorkMeter.of(page);
  const step = (kind: number, part: number) => () =>
    page.evaluate(
      ([which, at]) => {
        const player = document.querySelector('[aria-label="Player"]')!;
        const button = (name: string): HTMLElement =>
          [...player.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)!;
        const slider = player.querySelector<HTMLInputElement>('input[type=range]')!;
        return globalThis.bench.work(() => {
          if (which === 1) button('Next').click();
          else if (which === 2) button('Back').click();
          else if (which === 3) {
            slider.value = String(1 + Math.floor(at * Number(slider.max)));
            slider.dispatchEvent(new Event('input', { bubbles: true }));
          }
        });
      },
      [kind, part] as const,
    );
  const idle: number[] = [];
  for (let at = 0; at < 20; at++) idle.push(await meter.during(step(0, 0)));
  const asking = idle.toSorted((a, b) => a - b)[10]!;
  const times: number[] = [];
  for (let at = 0; at < STEPS; at++) {
    // The golden section: everywhere, in no order.
    const part = ((at + 1) * 0.618) % 1;
    times.push((await meter.during(step([3, 1, 2][at % 3]!, part))) - asking);
  }
  await meter.close();
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}

function scrub(page: Page): Promise<number> {
  return page.evaluate((milliseconds) => {
    const slider = document.querySelector<HTMLInputElement>('[aria-label="Player"] input[type=range]')!;
    const most = Number(slider.max);
    return globalThis.bench.frames((at) => {
      slider.value = String(1 + Math.floor(Math.abs(1 - 2 * at) * (most - 1)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, milliseconds);
  }, SCRUBBED);
}

function zoom(page: Page): Promise<number> {
  return page.evaluate((milliseconds) => {
    const target = document.querySelector('#stage canvas, #stage .surface svg, #stage .surface')!;
    const { left, top, width, height } = target.getBoundingClientRect();
    return globalThis.bench.frames((at) => {
      target.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: at < 0.5 ? -24 : 24,
          ctrlKey: true,
          bubbles: true,
          cancelable: true,
          clientX: left + width / 2,
          clientY: top + height / 2,
        }),
      );
    }, milliseconds);
  }, SCRUBBED);
}
