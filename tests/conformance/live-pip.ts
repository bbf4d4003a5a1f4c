/** Real pip as a child process that answers one case after the other, and our engine's answer to the same case. */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { takeNames } from '../../src/core/manifest/requirements/requirements-file-options.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import { isMissing, type PackageIndex } from '../../src/core/package-index/package-index.ts';
import { makeSourcedIndex, sourcesOf } from '../../src/core/package-index/package-sources.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import type { ResolverOptions } from '../../src/core/resolver/engine.ts';
import { recordedEvents } from '../../src/core/resolver/recorded-form.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { fileNames, type LiveCase, type LiveIndex, type LiveRelease, wheelName } from './live-cases.ts';
import { ourLines, printedLines } from './live-text.ts';
import { DEFAULT_OPTIONS, userRequirements } from './pip-recording.ts';

export interface LiveAnswer {
  readonly events: readonly (readonly unknown[])[];
  readonly pins: Readonly<Record<string, string>> | null;
  /** What is printed, without pip's mere progress. */
  readonly text: readonly string[];
}

/** Rounds after which both stop; pip says "too deep" then. */
const MAX_ROUNDS = 3_000;

/** The wheel of a release of pip, fetched once; null when it cannot be had. */
export function pipWheel(release: string): string | null {
  const folder = resolve(tmpdir(), 'backjump-pip');
  mkdirSync(folder, { recursive: true });
  const find = (): string | undefined =>
    readdirSync(folder).find((name) => name.startsWith(`pip-${release}-`));
  if (find() === undefined) {
    const words = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `pip==${release}`];
    spawnSync('python3', words, { stdio: 'ignore', timeout: 120_000 });
  }
  const found = find();
  return found === undefined ? null : resolve(folder, found);
}

export class LivePip {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  pip = '';
  python = '';

  /** `wheel`: null drives the pip that Python has. */
  constructor(wheel: string | null) {
    const driver = resolve(import.meta.dirname, 'pip-driver.py');
    const environment = wheel === null ? process.env : { ...process.env, PYTHONPATH: wheel };
    this.#child = spawn('python3', [driver], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async start(): Promise<void> {
    const { pip, python } = (await this.#read()) as { pip: string; python: string };
    this.pip = pip;
    this.python = python;
  }

  async answer(liveCase: LiveCase): Promise<LiveAnswer> {
    this.#child.stdin.write(`${JSON.stringify(liveCase)}\n`);
    const answer = (await this.#read()) as LiveAnswer;
    return { ...answer, text: printedLines(answer.text) };
  }

  stop(): void {
    this.#child.stdin.end();
  }

  async #read(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('the driver of pip ended');
    return JSON.parse(line.value) as unknown;
  }
}

/** Whether there is a Python with pip at all. */
export function hasPython(): boolean {
  return (
    existsSync('/usr/bin/env') &&
    spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0
  );
}

function optionsOf(words: readonly string[]): ResolverOptions {
  const has = (word: string): boolean => words.includes(word);
  const allReleases = new Set<string>();
  const onlyFinal = new Set<string>();
  const onlyBinary = new Set<string>();
  const noBinary = new Set<string>();
  for (const [place, word] of words.entries()) {
    const value = words[place + 1] ?? '';
    if (word === '--all-releases') takeNames(value, { target: allReleases, other: onlyFinal });
    if (word === '--only-binary') takeNames(value, { target: onlyBinary, other: noBinary });
    if (word === '--no-binary') takeNames(value, { target: noBinary, other: onlyBinary });
    if (word === '--only-final') takeNames(value, { target: onlyFinal, other: allReleases });
  }
  return {
    ...DEFAULT_OPTIONS,
    upgrade: has('--upgrade'),
    upgradeStrategy: has('eager') ? 'eager' : 'only-if-needed',
    forceReinstall: has('--force-reinstall'),
    ignoreInstalled: has('--ignore-installed'),
    ignoreRequiresPython: has('--ignore-requires-python'),
    preferBinary: has('--prefer-binary'),
    allReleases: [...allReleases],
    onlyFinal: [...onlyFinal],
    onlyBinary: [...onlyBinary],
    noBinary: [...noBinary],
    pre: has('--pre'),
    noDeps: has('--no-deps'),
    maxRounds: MAX_ROUNDS,
  };
}

/** A file with what a page says of it; files of folders have no page. */
function releaseFacts(name: string, version: string, release: LiveRelease, isListed: boolean): ReleaseFacts {
  const { requires, extras = [], requires_python = null, yanked } = release;
  const isYanked = isListed && yanked !== undefined;
  return {
    requires: requires.map(placed),
    extras: [...extras],
    requires_python,
    build_requires: [],
    files: fileNames(name, version, release).map((filename) => ({
      filename,
      // Pages list files of this machine, which pip tells from those of servers.
      ...(isListed ? { url: `file:///pages/${filename}` } : {}),
      requires_python: isListed ? requires_python : null,
      ...(isYanked ? { yanked: yanked === '' ? true : yanked } : {}),
    })),
  };
}

/** Where the wheels at addresses of their own are. */
function placed(text: string): string {
  return text.replaceAll('DIRECT', 'file:///direct');
}

/** The name of the second index. That of a folder is no address of a server. */
const EXTRA = 'http://EXTRA';

type Projects = Readonly<Record<string, Readonly<Record<string, ReleaseFacts>>>>;

function projectFacts(index: LiveIndex, isListed: boolean): Projects {
  return mapReleases(index, (name, version, release) => releaseFacts(name, version, release, isListed));
}

function mapReleases(
  index: LiveIndex,
  change: (name: string, version: string, release: LiveRelease) => ReleaseFacts,
): Projects {
  return Object.fromEntries(
    Object.entries(index).map(([name, releases]) => [
      name,
      Object.fromEntries(
        Object.entries(releases).map(([version, release]) => [version, change(name, version, release)]),
      ),
    ]),
  );
}

/** The index as pip would see it; its metadata tells the wrong versions that the case wants. */
function liveIndex(liveCase: LiveCase): PackageIndex {
  const { index, layout, extra, links, direct } = liveCase;
  const known = makeFactsIndex({
    projects: layout === 'pages' ? projectFacts(index, true) : {},
    indexes: {
      [EXTRA]: { projects: projectFacts(extra, true) },
      index: { projects: layout === 'folder' ? projectFacts(index, false) : {} },
      links: { projects: projectFacts(links, false) },
      'file:///direct': {
        projects: mapReleases(direct, (name, version, release) => ({
          ...releaseFacts(name, version, release, false),
          url: placed(`DIRECT/${wheelName(name, version)}`),
        })),
      },
    },
  });
  const sources = sourcesOf(
    {
      indexUrl: null,
      extraIndexUrls: [EXTRA],
      noIndex: layout === 'folder',
      findLinks: layout === 'folder' ? ['index', 'links'] : ['links'],
    },
    known.sources ?? [],
  );
  const seen = makeSourcedIndex(known, sources);
  const places: Readonly<Record<string, LiveIndex>> = {
    [EXTRA]: extra,
    links,
    index,
    'file:///direct': direct,
  };
  return {
    ...seen,
    metadata(file) {
      const metadata = seen.metadata(file);
      const says = (places[file.index ?? 'index'] ?? {})[file.project]?.[file.version]?.says;
      return isMissing(metadata) || says === undefined ? metadata : { ...metadata, version: says };
    },
  };
}

/** Our engine's answer. */
export function ourAnswer(liveCase: LiveCase, pip: string, python: string): LiveAnswer {
  const target = makeTargetEnvironment({ python, platform: 'linux-x86_64' });
  if (!target.ok) throw new Error(target.error.message);
  const installed = Object.entries(liveCase.installed).map(
    ([name, [version, requiresDist, providesExtra]]) => {
      return { name, version, requiresDist: requiresDist.map(placed), requiresPython: null, providesExtra };
    },
  );
  const trace = new TraceRecorder();
  const result = resolvePipTelling(
    {
      toolVersion: pip,
      requirements: userRequirements(liveCase.requirements.map(placed), 'requirements', pip),
      constraints: userRequirements(liveCase.constraints.map(placed), 'constraints', pip),
      overrides: [],
      installed,
      target: target.value,
      options: optionsOf(liveCase.options),
      index: liveIndex(liveCase),
    },
    trace,
  );
  const { outcome } = result;
  const pins =
    outcome.kind === 'solved' ? Object.fromEntries(outcome.pins.map((pin) => [pin.name, pin.version])) : null;
  return { events: recordedEvents(trace), pins, text: ourLines(result) };
}
