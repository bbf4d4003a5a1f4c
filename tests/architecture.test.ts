/** The fences: who may import whom, what the core may not touch, and counts that may only fall. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import { beforeAll, describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Import directions (src/README.md). A room may always import itself; everything that is not listed is an error. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'core/packaging': [],
  'core/manifest': ['core/packaging'],
  'core/package-index': ['core/packaging'],
  'core/resolver': ['core/packaging', 'core/package-index'],
  // What every file of a project is worth to an engine: one room for pip, uv and the page's tables.
  'core/ledger': ['core/packaging', 'core/package-index', 'core/resolver', 'core/problem'],
  // Analysis: what is so. Words for it are made in explain.
  'core/diagnose': ['core/packaging', 'core/package-index', 'core/resolver', 'core/ledger'],
  'core/explain': ['core/packaging', 'core/package-index', 'core/resolver', 'core/ledger', 'core/diagnose'],
  'core/search-tree': ['core/resolver', 'core/packaging'],
  'core/problem': ['core/packaging', 'core/manifest'],
  'core/headless': ['core/*'],
  // Many runs of the headless room, and tables of them: sweep, matrix, bisect …
  'core/compare': ['core/*'],
  // Lessons and gallery entries as text, and the judge of what they claim.
  'core/lesson': ['core/*'],
  // What leaves the page: each target quotes for its own lexer.
  'core/share': [
    'core/packaging',
    // Releases by hand are renamed as what they mean, not as text.
    'core/package-index',
    'core/problem',
    'core/explain',
    'core/diagnose',
    'core/resolver',
    'core/search-tree',
    // A trace file holds the complaints about its texts.
    'core/manifest',
  ],
  workers: ['core/*'],
  client: ['core/*', 'workers'],
  render: ['core/search-tree', 'core/resolver', 'core/packaging', 'core/explain'],
  state: ['core/*', 'client'],
  components: ['state', 'render', 'client', 'lessons', 'core/*', 'workers'],
  lessons: ['core/problem'],
  // The recorder of snapshots asks a live index as the page does.
  command: ['core/*', 'client'],
  main: ['components', 'state', 'styles', 'client', 'core/problem', 'core/packaging'],
  styles: [],
};

/** Packages that a pure room may use; every other room may use what package.json lists. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'core/packaging': [],
  'core/manifest': ['toml-eslint-parser', 'yaml', 'valibot'],
  'core/package-index': ['toml-eslint-parser', 'yaml', 'valibot'],
  'core/resolver': [],
  'core/explain': [],
  'core/search-tree': ['d3-hierarchy'],
  'core/problem': ['valibot'],
  'core/ledger': [],
  'core/diagnose': [],
  // Trace files come from strangers: their fields are checked.
  'core/share': ['valibot'],
  'core/headless': [],
  'core/compare': [],
  'core/lesson': ['valibot', 'yaml'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

/** `src/core/packaging/version.ts` → `core/packaging`. */
function roomOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'workers') return 'workers';
  if (parts[0] !== 'src')
    return parts[0] === 'node_modules' ? `package:${packageOf(parts)}` : `other:${path}`;
  if (parts.length === 2) return 'main';
  return parts[1] === 'core' ? `core/${parts[2] ?? ''}` : parts[1]!;
}

function packageOf(parts: readonly string[]): string {
  return parts[1]!.startsWith('@') ? `${parts[1]!}/${parts[2]!}` : parts[1]!;
}

function isAllowed(from: string, to: string): boolean {
  if (from === to) return true;
  const allowed = ALLOWED[from] ?? [];
  return allowed.includes(to) || (allowed.includes('core/*') && to.startsWith('core/'));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte|css)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const sources = [...sourceFiles('src'), ...sourceFiles('workers')];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('imports', () => {
  let imports: Import[] = [];

  beforeAll(async () => {
    const result: IReporterOutput = await cruise(['src', 'workers'], {
      baseDir: ROOT,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { extensions: ['.ts', '.js', '.svelte', '.css', '.json'] },
    });
    if (typeof result.output === 'string') throw new Error(result.output);
    imports = result.output.modules.flatMap((module) =>
      module.dependencies.map((dependency) => ({ from: module.source, to: dependency.resolved })),
    );
  }, 120_000);

  test('go only where the map allows', () => {
    const own = imports.filter(
      ({ from, to }) => /^(src|workers)\//.test(from) && /^(src|workers)\//.test(to),
    );
    expect(own.length).toBeGreaterThan(100);
    const wrong = own.filter(({ from, to }) => !isAllowed(roomOf(from), roomOf(to)));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('of the core reach only the packages that it is allowed', () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = PURE_PACKAGES[roomOf(from)];
      return allowed && !/^(src|workers)\//.test(to) && !allowed.includes(roomOf(to).replace('package:', ''));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('make no circles between rooms', () => {
    const edges = new Set(imports.map(({ from, to }) => `${roomOf(from)}>${roomOf(to)}`));
    const circles = [...edges].filter((edge) => {
      const [from, to] = edge.split('>');
      return from !== to && edges.has(`${to!}>${from!}`);
    });
    // Types of the worker's protocol are the one thing that two rooms may give each other.
    expect(circles.filter((edge) => !edge.includes('workers'))).toEqual([]);
  });
});

describe('the core', () => {
  test('touches no screen, network, clock, randomness or console', () => {
    const impure =
      /(?<![-\w])(console\.|fetch\(|document\.|window\.|Date\.now|new Date\(\)|Math\.random|setTimeout|process\.)/;
    const wrong = sources.filter(
      (path) => path.startsWith('src/core/') && impure.test(withoutComments(read(path))),
    );
    expect(wrong).toEqual([]);
  });

  test('is the only place for engines: the page never imports one directly', () => {
    const direct = sources.filter(
      (path) =>
        !path.startsWith('src/core/') && /resolver\/(pip|legacy|chronological|uv)\/resolve/.test(read(path)),
    );
    expect(direct).toEqual([]);
  });
});

describe('requests', () => {
  // The offline worker fetches from the page's own host what the page names, to keep it; the fence names what it takes
  // away.
  const FETCHING =
    /^(?:src\/client\/(?:snapshot\/snapshot-store|live\/live-[a-z]+)|workers\/(?:offline|network-fence)\.worker)\.ts$/;

  test('to the network are made where the client keeps, loads and asks, and nowhere else', () => {
    const wrong = sources.filter((path) =>
      /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/.test(withoutComments(read(path))),
    );
    expect(wrong.filter((path) => !FETCHING.test(path))).toEqual([]);
  });

  test('markup is never made from text', () => {
    const wrong = sources.filter((path) =>
      /\{@html|innerHTML|outerHTML|insertAdjacentHTML/.test(withoutComments(read(path))),
    );
    expect(wrong).toEqual([]);
  });
});

describe('counts that may only fall', () => {
  const count = (pattern: RegExp): number =>
    sources.reduce((sum, path) => sum + (withoutComments(read(path)).match(pattern)?.length ?? 0), 0);

  test('files over 450 lines', () => {
    expect(sources.filter((path) => read(path).split('\n').length > 451)).toEqual([]);
  });

  test('any, disabled lint, ignored types, unfinished notes', () => {
    expect(count(/: any\b|as any\b|<any>/g)).toBe(0);
    const notes = /eslint-disable|@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|XXX)\b/;
    expect(sources.filter((path) => notes.test(read(path)))).toEqual([]);
    // Roving focus and scrolling regions, which the compiler takes for mistakes; each says why where it stands.
    expect(sources.filter((path) => read(path).includes('svelte-ignore')).length).toBeLessThanOrEqual(5);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
