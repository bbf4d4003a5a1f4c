/**
 * `npm test`: everything that must be green, one stage after another, and one line at the end that sums it up:
 * `N passed, N failed, N skipped`. Checks (types, lint, format, dead code, build) count as one each.
 *
 *   types ▸ lint ▸ format ▸ dead code ▸ unit tests ▸ build ▸ browser tests (need Chromium)
 *
 * A stage that fails does not stop the others. On a machine without Chromium the browser tests are skipped, and the
 * last lines say how to get them; with CI set that is an error.
 */
import { spawnSync } from 'node:child_process';
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

function run(title: string, command: string, environment: NodeJS.ProcessEnv = {}): boolean {
  const started = Date.now();
  process.stdout.write(`\n── ${title}: ${command}\n`);
  const { status } = spawnSync(command, {
    cwd: ROOT,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  process.stdout.write(
    `── ${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
  return status === 0;
}

function check(title: string, command: string): void {
  const passed = run(title, command);
  tally[passed ? 'passed' : 'failed'] += 1;
  if (!passed) lastWords.push(`${title} failed: ${command}`);
}

/** A runner that reports its own counts; without a report it counts as one failure. */
function runTests(
  title: string,
  command: string,
  report: string,
  environment: NodeJS.ProcessEnv,
  read: (json: unknown) => Tally,
): void {
  rmSync(report, { force: true });
  const passed = run(title, command, environment);
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

function unitTests(): void {
  const report = resolve(CACHE, 'unit.json');
  const command = `npx vitest run --reporter=default --reporter=json --outputFile.json=${report}`;
  runTests('unit tests', command, report, {}, (json) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = json as Record<string, number>;
    return {
      passed: numPassedTests ?? 0,
      failed: numFailedTests ?? 0,
      skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    };
  });
}

function browserTests(): void {
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
  runTests('browser tests', 'npx playwright test --reporter=list,json', report, environment, (json) => {
    const { stats } = json as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  });
}

mkdirSync(CACHE, { recursive: true });
check('types', 'npm run -s typecheck');
check('lint', 'npm run -s lint');
check('format', 'npm run -s format:check');
check('dead code', 'npm run -s knip');
unitTests();
check('lessons', 'npm run -s lessons');
check('build', 'npm run -s build');
browserTests();

process.stdout.write(`\n${lastWords.map((line) => `${line}\n`).join('')}`);
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
