/**
 * `npm test`: everything that must be green, one stage after another, and one line at the end that sums it up:
 * `N passed, N failed, N skipped`. Checks (types, lint, format, dead code, build) count as one each.
 *
 *   types ▸ lessons ▸ format ▸ dead code ▸ build ▸ unit tests ┐
 *                                                             ├ ▸ browser tests (need Chromium)
 *   lint                                                      ┘
 *
 * Lint is the slowest check and keeps one core busy beside the others; what a check prints comes when it ends.
 * A stage that fails does not stop the others. On a machine without Chromium the browser tests are skipped, and the
 * last lines say how to get them; with CI set that is an error.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const ROOT = resolve(import.meta.dirname, '..');
const CACHE = resolve(ROOT, 'node_modules/.cache/backjump');
const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const lastWords: string[] = [];

/** Resolves to whether the command ended well; what it prints is passed on as it comes. */
function run(title: string, command: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const started = Date.now();
  process.stdout.write(`\n── ${title}: ${command}\n`);
  return new Promise((done) => {
    const stdio = ['ignore', 'inherit', 'inherit'] as const;
    const env = { ...process.env, ...environment };
    spawn(command, { cwd: ROOT, shell: true, stdio: [...stdio], env }).on('close', (status) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stdout.write(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s\n`);
      done(status === 0);
    });
  });
}

/** Checks one after another; each stands for one in the sum. */
async function lane(checks: readonly (readonly [title: string, command: string])[]): Promise<void> {
  for (const [title, command] of checks) {
    const passed = await check(title, command);
    tally[passed ? 'passed' : 'failed'] += 1;
    if (!passed) lastWords.push(`${title} failed: ${command}`);
  }
}

/** Resolves to whether the command ended well; its output is printed whole, with the time that it took. */
function check(title: string, command: string): Promise<boolean> {
  const started = Date.now();
  return new Promise((done) => {
    const printed: Buffer[] = [];
    const child = spawn(command, { cwd: ROOT, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
    child.on('close', (status) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stdout.write(`\n── ${title}: ${command}\n${Buffer.concat(printed).toString()}`);
      process.stdout.write(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s\n`);
      done(status === 0);
    });
  });
}

/** A runner that reports its own counts; without a report it counts as one failure. */
async function runTests(
  title: string,
  command: string,
  report: string,
  environment: NodeJS.ProcessEnv,
  read: (json: unknown) => Tally,
): Promise<void> {
  rmSync(report, { force: true });
  const passed = await run(title, command, environment);
  const counts = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 };
  tally.passed += counts.passed;
  tally.failed += counts.failed;
  tally.skipped += counts.skipped;
  // A runner can fail without a failed test: an error outside of any.
  if (!passed && counts.failed === 0) tally.failed += 1;
  if (!passed) lastWords.push(`${title} failed: ${command}`);
}

function unitTests(): Promise<void> {
  const report = resolve(CACHE, 'unit.json');
  const command = `npx vitest run --reporter=default --reporter=json --outputFile.json=${report}`;
  return runTests('unit tests', command, report, {}, (json) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = json as Record<string, number>;
    return {
      passed: numPassedTests ?? 0,
      failed: numFailedTests ?? 0,
      skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    };
  });
}

async function browserTests(): Promise<void> {
  const chromium = process.env['CHROMIUM_PATH'] ?? CHROMIUM_PLACES.find((path) => existsSync(path));
  if (chromium === undefined || !existsSync(chromium)) {
    const how =
      'Install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chrome, and run npm test again.';
    if (process.env['CI'] !== undefined && process.env['CI'] !== '') {
      tally.failed += 1;
      lastWords.push(`browser tests failed: there is no Chromium on this machine. ${how}`);
    } else {
      tally.skipped += 1;
      lastWords.push(`browser tests skipped: there is no Chromium on this machine. ${how}`);
    }
    return;
  }
  const report = resolve(CACHE, 'browser.json');
  const environment = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  await runTests('browser tests', 'npx playwright test --reporter=list,json', report, environment, (json) => {
    const { stats } = json as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  });
}

mkdirSync(CACHE, { recursive: true });
const linted = lane([['lint', 'npm run -s lint']]);
await lane([
  ['types', 'npm run -s typecheck'],
  ['lessons', 'npm run -s lessons'],
  ['format', 'npm run -s format:check'],
  ['dead code', 'npm run -s knip'],
  ['build', 'npm run -s build'],
]);
await unitTests();
await linted;
await browserTests();

process.stdout.write(`\n${lastWords.map((line) => `${line}\n`).join('')}`);
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
