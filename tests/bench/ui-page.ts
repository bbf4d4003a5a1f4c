/** What the benches of the page do in it: waiting for frames, counting what a frame took, watching long tasks. */
import type { Browser, CDPSession, Page } from '@playwright/test';

export const ANSWER = '#answer[aria-busy=false]';

/** What `addTools` puts into the page. */
interface PageTools {
  /** Milliseconds of work from `act` until its frame, and the one after it, are painted; waiting is not counted. */
  work(act: () => void): Promise<number>;
  /** Frames a second while `act` is called in each of them for so long. */
  frames(act: (at: number) => void, milliseconds: number): Promise<number>;
  /** Longest task so far, in milliseconds. */
  longest: number;
}

declare global {
  var bench: PageTools;
}

/** A page with the plain text box, which loads nothing, and with the tools above. */
export async function benchPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // What compiles these files names functions with it.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(addTools);
  return page;
}

function addTools(): void {
  localStorage.setItem('backjump.editor', '{"usesTextarea":true,"tabMovesFocus":true}');
  /** The work of one frame: its callbacks, style, layout and paint. */
  const frameWork = (act: () => void): Promise<number> =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const startedAt = performance.now();
        act();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now() - startedAt);
        // Posted from a microtask, behind those that `act` queued: it is taken up when the frame is painted.
        queueMicrotask(() => port2.postMessage(null));
      });
    });
  globalThis.bench = {
    longest: 0,
    async work(act) {
      const first = await frameWork(act);
      return first + (await frameWork(() => undefined));
    },
    frames(act, milliseconds) {
      return new Promise((done) => {
        let frames = 0;
        let startedAt = 0;
        const frame = (now: number): void => {
          if (startedAt === 0) startedAt = now;
          else frames += 1;
          if (now - startedAt >= milliseconds) {
            done((frames * 1_000) / (now - startedAt));
            return;
          }
          act((now - startedAt) / milliseconds);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
    },
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      globalThis.bench.longest = Math.max(globalThis.bench.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** The page's own measure of its last run: from the end of the typing pause to the answer in the document. */
export function lastMeasure(page: Page, name: string): Promise<number> {
  return page.evaluate((measure) => performance.getEntriesByName(measure).at(-1)!.duration, name);
}

/** What the page's main thread worked, in milliseconds: its processor's time, so that a busy machine adds nothing. */
export class WorkMeter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<WorkMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new WorkMeter(session);
  }

  /** Milliseconds that `act` and all that follows from it until it resolves take. */
  async during(act: () => Promise<unknown>): Promise<number> {
    const before = await this.#worked();
    await act();
    return (await this.#worked()) - before;
  }

  async close(): Promise<void> {
    await this.#session.detach();
  }

  async #worked(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
  }
}

/** Bytes of the page's heap after a collection, what its arrays hold included. */
export async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}
