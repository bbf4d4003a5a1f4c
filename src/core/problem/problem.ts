/**
 * The one value that says everything about a run: engine, pasted texts, target environment, options and index. The
 * permalink encodes it, the worker and the headless command take it, lessons and scenarios are made of it. Same
 * Problem, same facts, same trace.
 *
 * The schema is the truth and the types come from it. Fields are only ever added, optional with a default; what cannot
 * be said that way raises the version of links (client/codec/permalink.ts) and adds a migration.
 */
import * as v from 'valibot';
import { findHiddenCharacter } from '../packaging/hidden-characters.ts';
import { failure, success, type Result } from '../packaging/result.ts';
import { parseEngineId } from './engine-id.ts';
import { parseIndexUrl } from './index-url.ts';
import { DEFAULT_ENGINE } from '../manifest/tool-releases.ts';

/** Characters of one pasted text at most (architecture.md section 4). */
export const MAX_TEXT_LENGTH = 1_048_576;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH, 'is longer than 1 MiB'));
const shortText = v.pipe(
  v.string(),
  v.maxLength(500, 'is longer than 500 characters'),
  v.rawCheck(({ dataset, addIssue }) => {
    const hidden = dataset.typed ? findHiddenCharacter(dataset.value.replaceAll('\t', '\v')) : null;
    if (hidden !== null) addIssue({ message: `holds the control character ${hidden}` });
  }),
);
/** A text, or its lines as a list. */
const lines = v.union([
  text,
  v.pipe(
    v.array(text),
    v.transform((list) => list.join('\n')),
  ),
]);
const names = v.pipe(v.array(shortText), v.maxLength(10_000));

/** A list of names; pip's own spelling `a,b`, or `true` for `:all:`. */
const nameList = v.union([
  names,
  v.pipe(
    v.boolean(),
    v.transform((all) => (all ? [':all:'] : [])),
  ),
  v.pipe(
    shortText,
    v.transform((list) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ),
]);

const engine = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const result = parseEngineId(dataset.value);
    if (!result.ok) addIssue({ message: result.error.message });
  }),
);

const environmentSchema = v.strictObject({
  /** `3.12`, `3.11.7`, `3.13t`. */
  python: v.optional(shortText, '3.12'),
  /** A name of packaging/target-environment.ts: `linux-x86_64`, `macos-arm64`, `windows-amd64` … */
  platform: v.optional(shortText, 'linux-x86_64'),
  implementation: v.optional(shortText),
  /** Marker variables that differ from what Python and platform imply. */
  markers: v.optional(v.record(shortText, shortText)),
});

const optionsSchema = v.strictObject({
  pre: v.optional(v.boolean(), false),
  allReleases: v.optional(nameList, []),
  onlyFinal: v.optional(nameList, []),
  onlyBinary: v.optional(nameList, []),
  noBinary: v.optional(nameList, []),
  preferBinary: v.optional(v.boolean(), false),
  noDeps: v.optional(v.boolean(), false),
  ignoreRequiresPython: v.optional(v.boolean(), false),
  requireHashes: v.optional(v.boolean(), false),
  uploadedPriorTo: v.optional(v.nullable(shortText), null),
  upgrade: v.optional(v.boolean(), false),
  upgradeStrategy: v.optional(v.picklist(['only-if-needed', 'eager']), 'only-if-needed'),
  forceReinstall: v.optional(v.boolean(), false),
  ignoreInstalled: v.optional(v.boolean(), false),
  resolution: v.optional(v.picklist(['highest', 'lowest', 'lowest-direct']), 'highest'),
  prerelease: v.optional(
    v.nullable(v.picklist(['allow', 'disallow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'])),
    null,
  ),
  universal: v.optional(v.boolean(), false),
  pythonVersion: v.optional(v.nullable(shortText), null),
  requiresPython: v.optional(v.nullable(shortText), null),
  requiredEnvironments: v.optional(names, []),
  /** Names that the lock does not hold fast: `poetry update NAME`; `:all:` for all. */
  update: v.optional(nameList, []),
  forkStrategy: v.optional(v.picklist(['requires-python', 'fewest']), 'requires-python'),
  indexStrategy: v.optional(
    v.picklist(['first-index', 'unsafe-first-match', 'unsafe-best-match']),
    'first-index',
  ),
  maxRounds: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
  unknownMetadata: v.optional(v.picklist(['stop', 'leave-out']), 'stop'),
});

const indexUrl = v.pipe(
  shortText,
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const address = parseIndexUrl(dataset.value);
    if (address.ok) return address.value;
    addIssue({ message: address.error });
    return NEVER;
  }),
);

const indexSchema = v.strictObject({
  /** Id of a snapshot, `pypi-2023-09-07`. */
  snapshot: v.optional(shortText),
  /** Text of the overlay language, laid over the snapshot. */
  overlay: v.optional(text),
  /** Whether missing facts may be fetched; never set by a link. */
  live: v.optional(v.boolean()),
  /** Base addresses of the live indexes, in the order in which they are asked; PyPI's when not given. */
  urls: v.optional(v.pipe(v.array(indexUrl), v.minLength(1), v.maxLength(10))),
  /** Facts inline (`{"projects": …}`); the headless command also takes a path to such a file. */
  facts: v.optional(v.unknown()),
});

const problemSchema = v.strictObject({
  engine: v.optional(engine, DEFAULT_ENGINE),
  /** Lines as in requirements.txt; a list of lines is joined. */
  /** Empty where the question is a project. */
  requirements: v.optional(lines, ''),
  constraints: v.optional(lines),
  overrides: v.optional(lines),
  /** What uv's `--excludes` would read: names of projects that nobody's dependencies bring in. */
  excludes: v.optional(lines),
  /** What `--build-constraint` would read (pip 25.3): limits of build requirements. */
  buildConstraints: v.optional(text),
  /** Lines as `pip freeze` prints them. */
  installed: v.optional(text),
  pyproject: v.optional(text),
  /** A lock file that the tool finds beside the project (`poetry.lock`). */
  lock: v.optional(text),
  environment: v.optional(environmentSchema, {}),
  options: v.optional(optionsSchema, {}),
  index: v.optional(indexSchema, {}),
});

/** A whole Problem: every default filled in. */
export type Problem = v.InferOutput<typeof problemSchema>;
/** A Problem as people write it: defaults left out. */
export type ProblemInput = v.InferInput<typeof problemSchema>;

/** Checks a value from outside and fills in defaults. The error's message names the field that is wrong. */
export function parseProblem(value: unknown): Result<Problem> {
  const result = v.safeParse(problemSchema, value);
  if (result.success) return success(result.output);
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '(the whole value)';
  return failure(`field ${path}: ${issue.message}`, 0, 0);
}

/** A Problem from a literal that is known to be right: lessons, tests. Throws on a wrong one. */
export function makeProblem(input: ProblemInput): Problem {
  return v.parse(problemSchema, input);
}

/**
 * The shortest input that `parseProblem` turns into this Problem: values that equal their defaults are left out, keys
 * stand in the schema's order, so that equal Problems give equal text.
 */
export function withoutDefaults(problem: Problem): ProblemInput {
  const defaults = makeProblem({ requirements: '' });
  const short: Record<string, unknown> = {};
  for (const key of Object.keys(problemSchema.entries) as (keyof Problem)[]) {
    const value = problem[key];
    if (value === undefined) continue;
    if (key === 'environment' || key === 'options' || key === 'index') {
      const group = differences(problem[key], defaults[key], Object.keys(groupEntries[key]));
      if (Object.keys(group).length > 0) short[key] = group;
    } else if (key === 'requirements' || value !== defaults[key]) {
      short[key] = value;
    }
  }
  return short;
}

const groupEntries = {
  environment: environmentSchema.entries,
  options: optionsSchema.entries,
  index: indexSchema.entries,
} as const;

function differences(group: object, defaults: object, keys: readonly string[]): Record<string, unknown> {
  const mine = group as Record<string, unknown>;
  const theirs = defaults as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    if (mine[key] !== undefined && JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]))
      result[key] = mine[key];
  }
  return result;
}
