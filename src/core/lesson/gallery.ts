/** Worked examples from real life: a question, or a text that somebody pasted, one sentence on what it shows, and claims. */
import * as v from 'valibot';
import { changeOfManifest, type ManifestChange } from '../manifest/manifest-change.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { readYamlText } from '../package-index/toy-world/toy-world-yaml.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import { parseProblem, type Problem } from '../problem/problem.ts';
import { parseClaim, parseEngines, type Claim } from './claim.ts';
import { judgeClaims, type Judgement } from './judge.ts';
import { asOptions } from './lesson.ts';

/** What an example is one of, for the filters. */
export const GALLERY_KINDS = [
  'famous',
  'today',
  'misleading message',
  'tools differ',
  'kind of failure',
  'pasted report',
  'solved, with a surprise',
] as const;

export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly shows: string;
  readonly kind: (typeof GALLERY_KINDS)[number];
  readonly problem: Problem;
  /** What was pasted, for reports; '' for questions. */
  readonly paste: string;
  /** How the paste was read; '' for questions. */
  readonly readAs: string;
  readonly engines: readonly string[];
  readonly claims: readonly Claim[];
  /** Id of the lesson that goes with it; '' for none. */
  readonly lesson: string;
}

const line = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(400));
const text = v.pipe(v.string(), v.maxLength(40_000));

const entrySchema = v.strictObject({
  id: line,
  title: line,
  shows: line,
  kind: v.picklist(GALLERY_KINDS),
  engine: v.optional(line),
  engines: v.optional(line),
  python: v.optional(line),
  platform: v.optional(line),
  snapshot: v.optional(line),
  index: v.optional(text),
  requirements: v.optional(text),
  constraints: v.optional(text),
  installed: v.optional(text),
  options: v.optional(v.record(line, v.unknown())),
  paste: v.optional(text),
  claims: v.pipe(v.array(line), v.minLength(1)),
  lesson: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
});

const gallerySchema = v.pipe(v.array(entrySchema), v.maxLength(500));

/** Reads the gallery's file. It is ours: a fault is a bug, and thrown. */
export function readGallery(source: string): readonly GalleryEntry[] {
  const yaml = readYamlText(source);
  if (!yaml.ok) throw new Error(yaml.error.message);
  const parsed = v.safeParse(gallerySchema, yaml.value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(`${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  }
  return parsed.output.map(makeEntry);
}

function makeEntry(source: v.InferOutput<typeof entrySchema>): GalleryEntry {
  const { python, platform, snapshot, index, paste = '' } = source;
  const reading = paste === '' ? null : readManifest(paste);
  const asked = parseProblem({
    ...(source.engine === undefined ? {} : { engine: source.engine }),
    requirements: source.requirements ?? '',
    constraints: source.constraints ?? '',
    installed: source.installed ?? '',
    environment: {
      ...(python === undefined ? {} : { python }),
      ...(platform === undefined ? {} : { platform }),
    },
    options: asOptions(source.options),
    index: {
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(index === undefined ? {} : { overlay: index }),
    },
  });
  if (!asked.ok) throw new Error(`${source.id}: ${asked.error.message}`);
  const problem =
    reading === null ? asked.value : withChange(asked.value, changeOfManifest(reading.manifest));
  const engines =
    source.engines === undefined
      ? { ok: true as const, value: [problem.engine] }
      : parseEngines(source.engines);
  if (!engines.ok) throw new Error(`${source.id}: ${engines.error.message}`);
  const claims = source.claims.map((claim) => {
    const read = parseClaim(claim);
    if (!read.ok) throw new Error(`${source.id}: ${read.error.message}`);
    return read.value;
  });
  const { id, title, shows, kind, lesson } = source;
  return {
    ...{ id, title, shows, kind, lesson, problem, paste, claims },
    readAs: reading?.manifest.kind ?? '',
    engines: engines.value,
  };
}

/** The Problem after a pasted text, as the page applies it. */
export function withChange(problem: Problem, change: ManifestChange): Problem {
  const { options, environment, engine, overlay, ...panes } = change;
  const changed = parseProblem({
    ...problem,
    ...panes,
    engine: engine ?? problem.engine,
    options: { ...problem.options, ...options },
    environment: { ...problem.environment, ...environment },
    index: overlay === null ? problem.index : { ...problem.index, overlay },
  });
  return changed.ok ? changed.value : problem;
}

/** Holds an entry's sentence, as far as its claims say it, against the engines. */
export async function proveEntry(entry: GalleryEntry, index: PackageIndex): Promise<readonly Judgement[]> {
  const { judgements } = await judgeClaims(entry.problem, entry.claims, {
    index,
    engines: entry.engines,
    readAs: entry.readAs,
  });
  return judgements;
}
