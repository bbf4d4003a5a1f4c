/** Real pip as a child process that answers one case after the other, and our engine's answer to the same case. */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts-index.ts';
import type { ReleaseFacts } from '../../src/core/package-index/facts.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import type { ResolverOptions } from '../../src/core/resolver/engine.ts';
import { recordedEvents } from '../../src/core/resolver/recorded-form.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import type { LiveCase } from './live-cases.ts';
import { DEFAULT_OPTIONS, userRequirements } from './pip-recording.ts';

export interface LiveAnswer {
  readonly events: readonly (readonly unknown[])[];
  readonly pins: Readonly<Record<string, string>> | null;
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
    return (await this.#read()) as LiveAnswer;
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
  return {
    ...DEFAULT_OPTIONS,
    upgrade: has('--upgrade'),
    upgradeStrategy: has('eager') ? 'eager' : 'only-if-needed',
    forceReinstall: has('--force-reinstall'),
    ignoreInstalled: has('--ignore-installed'),
    pre: has('--pre'),
    noDeps: has('--no-deps'),
    maxRounds: MAX_ROUNDS,
  };
}

/** Files of a folder have no page that says which Python they are for: only their metadata does. */
function fileFacts(name: string, version: string, release: LiveCase['index'][string][string]): ReleaseFacts {
  const { requires, extras = [], requires_python = null } = release;
  const files = [{ filename: `${name}-${version}-py3-none-any.whl`, requires_python: null }];
  return { requires: [...requires], extras: [...extras], requires_python, files };
}

/** Our engine's answer. */
export function ourAnswer(liveCase: LiveCase, pip: string, python: string): LiveAnswer {
  const target = makeTargetEnvironment({ python, platform: 'linux-x86_64' });
  if (!target.ok) throw new Error(target.error.message);
  const projects = Object.entries(liveCase.index).map(([name, releases]) => {
    const facts = Object.entries(releases).map(([version, release]) => [
      version,
      fileFacts(name, version, release),
    ]);
    return [name, Object.fromEntries(facts) as Record<string, ReleaseFacts>] as const;
  });
  const installed = Object.entries(liveCase.installed).map(([name, [version, requiresDist]]) => {
    return { name, version, requiresDist, requiresPython: null, providesExtra: [] };
  });
  const trace = new TraceRecorder();
  const { outcome } = resolvePipTelling(
    {
      toolVersion: pip,
      requirements: userRequirements(liveCase.requirements, 'requirements'),
      constraints: userRequirements(liveCase.constraints, 'constraints'),
      overrides: [],
      installed,
      target: target.value,
      options: optionsOf(liveCase.options),
      index: makeFactsIndex({ projects: Object.fromEntries(projects) }),
    },
    trace,
  );
  const pins =
    outcome.kind === 'solved' ? Object.fromEntries(outcome.pins.map((pin) => [pin.name, pin.version])) : null;
  return { events: recordedEvents(trace), pins };
}
