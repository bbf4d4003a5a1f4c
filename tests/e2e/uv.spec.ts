/** uv's engine in the page: its own text, what it learned, and environments in words. */
import { encodeLink } from '../../src/client/codec/permalink.ts';
import { makeProblem, type ProblemInput } from '../../src/core/problem/problem.ts';
import { expect, test, type PlaygroundPage } from './playground-page.ts';

const MENU = `closed world
menu 1.0; depends dropdown>=2
menu 1.5; depends dropdown>=2
dropdown 1.8; depends intl==3
dropdown 2.0; depends icons==2
icons 1.0
icons 2.0
intl 3`;

const FORKS = `closed world
a 1.0; depends b, c
a 2.0
b 1.0; depends d==1
c 1.0; depends d==2
d 1.0
d 2.0`;

async function open(
  playground: PlaygroundPage,
  requirements: string,
  overlay: string,
  options: ProblemInput['options'] = {},
): Promise<void> {
  const problem = makeProblem({ engine: 'uv@0.12', requirements, index: { overlay }, options });
  await playground.open(await encodeLink({ problem, view: {} }));
}

test('prints what uv prints, and each learned rule reads with its two causes', async ({ playground }) => {
  const { page } = playground;
  await open(playground, 'menu\nicons<2', MENU);
  await playground.openPart(/^What uv prints/u);
  await expect(playground.answer.locator('pre')).toHaveText(
    `  × No solution found when resolving dependencies:
  ╰─▶ Because all versions of menu depend on dropdown>=2 and dropdown>=2.0 depends on icons==2, we can conclude that all versions of menu depend on icons==2.
      And because you require menu and icons<2, we can conclude that your requirements are unsatisfiable.`,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Steps' }).click();
  const learned = page.getByRole('row', { name: /learned menu needs icons 2, because/u }).first();
  await learned.scrollIntoViewIfNeeded();
  await expect(learned).toContainText('menu needs dropdown >=2, and dropdown >1.8 needs icons 2');
});

test('all environments: into what the search was divided, and which part failed', async ({ playground }) => {
  const options = { universal: true, requiresPython: '>=3.12' };
  await open(
    playground,
    "a>=2; sys_platform == 'linux'\na<2; sys_platform != 'linux'",
    'closed world\na 1.0\na 2.0',
    options,
  );
  await expect(playground.answer).toContainText('any Python not on Linux · any Python on Linux');
  await playground.openPart(/^Packages/u);
  await expect(playground.answer.getByRole('row', { name: /^a 1\.0 not on Linux/u })).toBeVisible();
  await open(playground, "a>=2; sys_platform == 'linux'\na<2; sys_platform == 'darwin'", FORKS, options);
  await expect(playground.answer).toContainText('This is so with Python 3.12 on macOS.');
  await playground.openPart(/^What uv prints/u);
  await expect(playground.answer).toContainText('this part of it failed: any Python on macOS');
});
