/** What the browser tests do with the page, in the words of its users. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { WORKED_EXAMPLE } from '../../src/lessons/worked-example.ts';
import { serveBuiltPage } from './static-server.ts';

export class PlaygroundPage {
  readonly page: Page;
  readonly address: string;
  /** Everything that was asked of another host, and everything that the browser complained about. */
  readonly complaints: string[] = [];

  constructor(page: Page, address: string) {
    this.page = page;
    this.address = address;
    const origin = new URL(address).origin;
    page.on('request', (request) => {
      if (!/^(data|blob):/u.test(request.url()) && new URL(request.url()).origin !== origin)
        this.complaints.push(`request to ${request.url()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
  }

  get answer(): Locator {
    return this.page.locator('#answer');
  }

  get sentence(): Locator {
    return this.answer.getByRole('heading', { level: 2 });
  }

  get step(): Locator {
    return this.page.getByRole('spinbutton', { name: /step/iu });
  }

  get messages(): Locator {
    return this.page.getByRole('list', { name: 'Messages' });
  }

  get text(): Locator {
    return this.page.getByRole('textbox', { name: /^Requirements/u });
  }

  /** Opens one of the answer's parts, if it is not open: `Why`, `Proof`, `What pip prints` … */
  async openPart(name: RegExp): Promise<void> {
    const button = this.answer
      .getByRole('group', { name: 'Parts of the answer' })
      .getByRole('button', { name });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  }

  /** Opens a part of the drawer: `Stack`, `Candidates`, `Why here`, `Commands`, `Cost`, `Answers from`. */
  async openDrawer(name: string): Promise<Locator> {
    const drawer = this.page.getByRole('region', { name: 'Beside the picture' });
    const button = drawer.getByRole('button', { name: new RegExp(`^${name}`, 'u') });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    return drawer.getByRole('group', { name: new RegExp(`^${name}`, 'u') });
  }

  /** Opens the page, with a fragment if one is given, and waits for its first answer. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`${this.address}${fragment}`);
    await this.answered();
  }

  /** Opens a conflict of real projects, two of whose three lines are guilty. */
  async openConflict(): Promise<void> {
    const problem = makeProblem({
      engine: 'pip@26.2',
      requirements: 'boto3>=1.28.43\nrequests\nurllib3>=2',
      index: { snapshot: 'pypi-2023-09-07' },
    });
    await this.open(await encodeLink({ problem, view: {} }));
  }

  /** Asks lines of the example's world: its pip, its Python, the index of its date. */
  async openAsTheExample(requirements: string): Promise<void> {
    await this.open(await linkInExampleWorld(requirements));
  }

  /** Until the answer on screen is that of the question in the controls, and has been checked. */
  async answered(): Promise<void> {
    await expect(this.page.locator('#answer[aria-busy=false]')).toBeVisible();
  }

  /** Replaces the requirements, and waits for their answer. */
  async ask(requirements: string): Promise<void> {
    await this.text.fill(requirements);
    await expect(this.page.locator('#answer[aria-busy=true]')).toBeVisible();
    await this.answered();
  }

  /** Where the player stands, counted from 1. */
  async stepNumber(): Promise<number> {
    return Number(await this.step.inputValue());
  }
}

/** A fragment that asks lines, the example's own where none are given, of the example's world. */
export function linkInExampleWorld(requirements = WORKED_EXAMPLE.problem.requirements): Promise<string> {
  return encodeLink({ problem: { ...WORKED_EXAMPLE.problem, requirements }, view: {} });
}

interface Fixtures {
  /** The page with the plain text box, which needs no loading. */
  readonly playground: PlaygroundPage;
}

interface WorkerFixtures {
  readonly address: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  address: [
    async ({ browserName }, use) => {
      expect(browserName).toBe('chromium');
      const site = await serveBuiltPage(0);
      await use(site.address);
      site.close();
    },
    { scope: 'worker' },
  ],
  playground: async ({ page, address }, use) => {
    await page.addInitScript(() => {
      try {
        if (localStorage.getItem('backjump.editor') === null)
          localStorage.setItem('backjump.editor', '{"usesTextarea":true,"tabMovesFocus":true}');
      } catch {
        // A test forbids storage: the page has to live with that.
      }
    });
    await use(new PlaygroundPage(page, address));
  },
});

export { expect };
