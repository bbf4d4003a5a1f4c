/** What the built page makes a browser download before the first answer is on screen; needs `npm run build`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BenchRow } from './bench-row.ts';

const DIST = resolve(import.meta.dirname, '../../dist');
const KILOBYTE = 1_000;

/** Sizes after gzip. Empty when there is no build. */
export function benchBundle(): Promise<BenchRow[]> {
  if (!existsSync(resolve(DIST, 'index.html'))) return Promise.resolve([]);
  const files = readdirSync(resolve(DIST, 'assets'));
  const html = readFileSync(resolve(DIST, 'index.html'), 'utf8');
  const page = withStaticImports(files.filter((file) => file.endsWith('.js') && html.includes(file)));
  const worker = withStaticImports(files.filter((file) => /^resolver\.worker.*\.js$/u.test(file)));
  const engine = engineOf(worker);
  const picture = withStaticImports(files.filter((file) => /^SearchView.*\.js$/u.test(file))).filter(
    (file) => !page.includes(file),
  );
  const monaco = files.filter((file) => /^(monaco|editor\.worker).*\.js$/u.test(file));
  const styles = files.filter((file) => file.endsWith('.css') && html.includes(file));
  return Promise.resolve([
    row('JavaScript of the page before the first answer', page, 100),
    row('JavaScript of the picture, fetched beside it', picture),
    row('JavaScript of the worker before the first answer (pip)', [...new Set([...worker, ...engine])], 80),
    row('styles of the page', styles),
    row('Monaco, loaded afterwards', monaco),
  ]);
}

/** The files and everything that they import at once (not what they import when asked). */
function withStaticImports(files: readonly string[]): string[] {
  const known = new Set(files);
  for (const file of known) {
    const code = readFileSync(resolve(DIST, 'assets', file), 'utf8');
    for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/gu))
      if (imported !== undefined) known.add(imported);
  }
  return [...known];
}

/** What the worker imports when it is asked for pip, found by the name under which the engine is exported. */
function engineOf(worker: readonly string[]): string[] {
  const lazy = worker.flatMap((file) => {
    const code = readFileSync(resolve(DIST, 'assets', file), 'utf8');
    return [...code.matchAll(/import\(\s*["'`]\.\/([^"'`]+\.js)["'`]\s*\)[^,;]{0,80}?resolvePip/gu)];
  });
  return withStaticImports(lazy.flatMap(([, file]) => (file === undefined ? [] : [file])));
}

function row(name: string, files: readonly string[], goal?: number): BenchRow {
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(resolve(DIST, 'assets', file)), { level: 9 }).length,
    0,
  );
  return {
    name,
    value: Math.round(bytes / 100) / (KILOBYTE / 100),
    unit: 'KB gzip',
    ...(goal === undefined ? {} : { goal }),
  };
}
