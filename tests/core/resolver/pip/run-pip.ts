/** Small indexes for tests of pip's engines, and what a run on them did. */
import { resolveLegacyTelling } from '../../../../src/core/explain/pip/legacy-text.ts';
import { resolvePipTelling } from '../../../../src/core/explain/pip/tell.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { isMissing, type PackageIndex } from '../../../../src/core/package-index/package-index.ts';
import type { ReleaseFacts } from '../../../../src/core/package-index/facts/facts.ts';
import { parseRequirement } from '../../../../src/core/packaging/requirement.ts';
import { makeTargetEnvironment } from '../../../../src/core/packaging/target-environment.ts';

import { resolveChronological } from '../../../../src/core/resolver/chronological/resolve.ts';
import type {
  Engine,
  InstalledDistribution,
  ResolveRequest,
  ResolverOptions,
  UserRequirement,
} from '../../../../src/core/resolver/engine.ts';
import type { EngineResult } from '../../../../src/core/resolver/outcome.ts';
import { recordedEvents, type RecordedEvent } from '../../../../src/core/resolver/recorded-form.ts';
import { eventAt, type Trace } from '../../../../src/core/resolver/trace.ts';
import { TraceRecorder } from '../../../../src/core/resolver/trace-recorder.ts';
import { DEFAULT_OPTIONS } from '../../../conformance/pip-recording.ts';

/** Releases in the order of the page: a list is what a release requires. */
export type TestIndex = Readonly<
  Record<string, Readonly<Record<string, readonly string[] | Partial<ReleaseFacts>>>>
>;

export interface TestCase {
  readonly index: TestIndex;
  readonly root: readonly string[];
  readonly constraints?: readonly string[];
  readonly buildConstraints?: readonly string[];
  /** `name==version`, or with what it requires. */
  readonly installed?: Readonly<Record<string, readonly [version: string, ...requires: string[]]>>;
  readonly options?: Partial<ResolverOptions>;
  /** `26.2` by default; `19.3` is the legacy resolver, `zazo` the prototype. */
  readonly release?: string;
  readonly python?: string;
  /** What a file's metadata says otherwise than its name. */
  readonly metadata?: Readonly<Record<string, { readonly name?: string; readonly version?: string }>>;
}

export interface TestRun extends EngineResult {
  readonly request: ResolveRequest;
  readonly trace: Trace;
  readonly events: readonly RecordedEvent[];
  /** `a==1.0 b==2.0`, sorted; null when the run was not solved. */
  readonly pins: string | null;
  /** Kinds of the events in order, those of recordings or not. */
  readonly kinds: readonly string[];
  /** Labels of candidates whose metadata was read, in order. */
  readonly read: readonly string[];
}

function facts(index: TestIndex): Parameters<typeof makeFactsIndex>[0] {
  const projects: Record<string, Record<string, ReleaseFacts>> = {};
  for (const [name, releases] of Object.entries(index)) {
    projects[name] = {};
    for (const [version, release] of Object.entries(releases)) {
      const requires = isList(release) ? release : (release.requires ?? []);
      projects[name][version] = { ...(isList(release) ? {} : release), requires: [...requires] };
    }
  }
  return { projects };
}

/** The same index, with other names or versions in the metadata of some files. */
function withMetadata(index: PackageIndex, changes: NonNullable<TestCase['metadata']>): PackageIndex {
  return {
    ...index,
    page: (project) => index.page(project),
    metadata: (distribution) => {
      const metadata = index.metadata(distribution);
      return isMissing(metadata) ? metadata : { ...metadata, ...changes[distribution.filename] };
    },
  };
}

function isList(release: readonly string[] | Partial<ReleaseFacts>): release is readonly string[] {
  return Array.isArray(release);
}

/** `name==1 --hash=sha256:…`, as in a requirements file. */
function users(lines: readonly string[], pane: 'requirements' | 'constraints'): UserRequirement[] {
  return lines.map((line, index) => {
    const [text = '', ...hashes] = line.split(' --hash=');
    const isEditable = text.startsWith('-e ');
    const parsed = parseRequirement(isEditable ? text.slice(3) : text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return { requirement: parsed.value, source: { pane, line: index + 1 }, hashes, isEditable };
  });
}

function engineOf(release: string): Engine {
  if (release === 'zazo') return resolveChronological;
  return release === '19.3' ? resolveLegacyTelling : resolvePipTelling;
}

/** Runs one case. */
export function runPip(test: TestCase): TestRun {
  const { release = '26.2', python = '3.11.7', installed = {} } = test;
  const target = makeTargetEnvironment({ python, platform: 'linux-x86_64' });
  if (!target.ok) throw new Error(target.error.message);
  const trace = new TraceRecorder();
  const present = Object.entries(installed).map(
    ([name, [version, ...requiresDist]]): InstalledDistribution => {
      return { name, version, requiresDist, requiresPython: null, providesExtra: [] };
    },
  );
  const request: ResolveRequest = {
    toolVersion: release,
    requirements: users(test.root, 'requirements'),
    constraints: users(test.constraints ?? [], 'constraints'),
    ...(test.buildConstraints === undefined
      ? {}
      : { buildConstraints: users(test.buildConstraints, 'constraints') }),
    overrides: [],
    installed: present,
    target: target.value,
    options: { ...DEFAULT_OPTIONS, ...test.options },
    index: withMetadata(makeFactsIndex(facts(test.index)), test.metadata ?? {}),
  };
  const result = engineOf(release)(request, trace);
  const all = Array.from({ length: trace.length }, (_, step) => eventAt(trace, step));
  const { outcome } = result;
  const pins = outcome.kind === 'solved' ? outcome.pins.map((pin) => `${pin.name}==${pin.version}`) : null;
  return {
    ...result,
    request,
    trace,
    events: recordedEvents(trace),
    pins: pins === null ? null : pins.toSorted().join(' '),
    kinds: all.map((event) => event.kind),
    read: all.flatMap((event) =>
      event.kind === 'metadata' ? [trace.candidates[event.candidate]!.label] : [],
    ),
  };
}
