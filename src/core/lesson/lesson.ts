/**
 * A lesson: a Problem with words, moments and goals, in one plain file (YAML) that a teacher can write without
 * programming. docs/lessons.md describes every field; reading says in words what is wrong, field by field.
 */
import * as v from 'valibot';
import { readYamlText } from '../package-index/toy-world/toy-world-yaml.ts';
import { parseProblem, type Problem } from '../problem/problem.ts';
import { parseClaim, parseEngines, type Claim } from './claim.ts';
import { parseMoment, type MomentPlace } from './moment.ts';

/** Bounds of a lesson's text; it may come from a link or a stranger's file. */
export const MAX_LESSON_CHARACTERS = 60_000;
const MAX_READ_WORDS = 60;
const MAX_ITEMS = 40;

export const ROUTES = ['unblock', 'understand', 'maintain'] as const;
export type Route = (typeof ROUTES)[number];

export interface Option {
  readonly say: string;
  /** Project and version that a click in the picture names. */
  readonly picks: { readonly name: string; readonly version: string } | null;
  /** Judged by the engine; null where `isRight` says it. */
  readonly claim: Claim | null;
  readonly isRight: boolean;
  readonly because: string;
}

export interface Moment {
  readonly at: string;
  readonly place: MomentPlace;
  /** Engine in which to look; null for the lesson's own. */
  readonly engine: string | null;
  readonly say: string;
}

export interface Exercise {
  readonly ask: string;
  /** What the learner begins with. */
  readonly start: Problem;
  readonly goals: readonly Claim[];
  readonly hints: readonly string[];
  /** A question that meets the goals. */
  readonly solution: Problem;
}

export interface Lesson {
  readonly id: string;
  /** `1` … `14`, `B1`; '' for lessons of others. */
  readonly number: string;
  readonly title: string;
  readonly routes: readonly Route[];
  readonly read: string;
  readonly problem: Problem;
  /** Engines in which the claims are checked. */
  readonly engines: readonly string[];
  readonly predict: { readonly ask: string; readonly options: readonly Option[] } | null;
  readonly moments: readonly Moment[];
  readonly change: Exercise | null;
  /** One sentence for a colleague. */
  readonly say: string;
  readonly claims: readonly Claim[];
  /** Terms of the glossary that this lesson shows. */
  readonly terms: readonly string[];
  readonly source: string;
}

/** What is wrong with a lesson's text, for its author. */
export interface LessonFault {
  /** `predict.options.2.claim`; '' for the whole. */
  readonly field: string;
  readonly message: string;
}

export type LessonReading =
  | { readonly ok: true; readonly lesson: Lesson }
  | { readonly ok: false; readonly faults: readonly LessonFault[] };

const words = v.pipe(
  v.string('is to be text'),
  v.trim(),
  v.maxLength(4_000, 'is longer than 4,000 characters'),
);
const short = v.pipe(v.string('is to be text'), v.trim(), v.maxLength(400, 'is longer than 400 characters'));
const text = v.pipe(v.string('is to be text'), v.maxLength(40_000, 'is longer than 40,000 characters'));
const list = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(
    v.array(item, 'is to be a list, each item on a line that begins with “- ”'),
    v.maxLength(MAX_ITEMS, `has more than ${MAX_ITEMS} items`),
  );

const questionFields = {
  engine: v.optional(short),
  python: v.optional(short),
  platform: v.optional(short),
  requirements: v.optional(text),
  constraints: v.optional(text),
  overrides: v.optional(text),
  installed: v.optional(text),
  /** A toy index, in the overlay language; a closed world. */
  index: v.optional(text),
  snapshot: v.optional(short),
  options: v.optional(v.record(short, v.unknown())),
};

const questionSchema = v.strictObject(questionFields);
type QuestionText = v.InferOutput<typeof questionSchema>;

const optionSchema = v.strictObject({
  say: short,
  picks: v.optional(short),
  claim: v.optional(short),
  right: v.optional(v.union([v.boolean(), v.picklist(['yes', 'no'])], 'is “yes” or “no”')),
  because: v.optional(words, ''),
});

const lessonSchema = v.strictObject({
  lesson: v.pipe(
    short,
    v.regex(/^[a-z0-9][a-z0-9-]{0,60}$/u, 'is a short name of small letters, digits and “-”'),
  ),
  number: v.optional(v.pipe(short, v.regex(/^[A-Z]?\d{1,2}$/u, 'is a number such as 7 or B1'))),
  title: v.pipe(short, v.minLength(1, 'is empty')),
  routes: v.optional(list(v.picklist(ROUTES, `is one of ${ROUTES.join(', ')}`)), []),
  read: words,
  engines: v.optional(short),
  ...questionFields,
  predict: v.optional(
    v.strictObject({
      ask: short,
      options: v.pipe(list(optionSchema), v.minLength(2, 'needs two answers or more')),
    }),
  ),
  moments: v.optional(list(v.strictObject({ at: short, in: v.optional(short), say: words })), []),
  change: v.optional(
    v.strictObject({
      ask: words,
      start: v.optional(questionSchema),
      goals: v.pipe(list(short), v.minLength(1, 'needs a goal')),
      hints: v.optional(list(words), []),
      solution: questionSchema,
    }),
  ),
  say: v.optional(short, ''),
  claims: v.optional(list(short), []),
  terms: v.optional(list(short), []),
  source: v.optional(words, ''),
});

type LessonText = v.InferOutput<typeof lessonSchema>;

/** Reads a lesson's file. Never throws; every fault that can be found at once is named. */
export function readLesson(source: string): LessonReading {
  if (source.length > MAX_LESSON_CHARACTERS)
    return failed('', `is longer than ${MAX_LESSON_CHARACTERS.toLocaleString('en-US')} characters`);
  const yaml = readYamlText(source);
  if (!yaml.ok) return failed('', `cannot be read as YAML: ${yaml.error.message}`);
  if (typeof yaml.value !== 'object' || yaml.value === null || !('lesson' in yaml.value))
    return failed('lesson', 'is missing: a lesson begins with “lesson: a-short-name”');
  const parsed = v.safeParse(lessonSchema, yaml.value);
  if (!parsed.success) return { ok: false, faults: parsed.issues.map(faultOf) };
  return makeLesson(parsed.output);
}

/** Whether a text means to be a lesson: what tells a dropped file. */
export function recogniseLesson(source: string): boolean {
  return /^(?:#[^\n]*\n|\s*\n)*lesson:\s*\S/u.test(source.slice(0, 4_000));
}

function faultOf(issue: v.BaseIssue<unknown>): LessonFault {
  const field = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object') {
    const isUnknown = issue.expected === 'never';
    return {
      field,
      message: isUnknown
        ? 'is no field here; is it misspelled?'
        : 'is missing, or is to be a block of fields',
    };
  }
  return { field, message: issue.received === 'undefined' ? 'is missing' : issue.message };
}

function failed(field: string, message: string): LessonReading {
  return { ok: false, faults: [{ field, message }] };
}

/** Collects what is wrong while the parts are made. */
class Maker {
  readonly faults: LessonFault[] = [];

  claim(field: string, source: string): Claim | null {
    const claim = parseClaim(source);
    if (claim.ok) return claim.value;
    this.faults.push({ field, message: claim.error.message });
    return null;
  }

  claims(field: string, sources: readonly string[]): readonly Claim[] {
    return sources.flatMap((source, at) => this.claim(`${field}.${at + 1}`, source) ?? []);
  }

  problem(field: string, question: QuestionText, base: Problem | null): Problem | null {
    const parsed = parseProblem(problemInput(question, base));
    if (parsed.ok) return parsed.value;
    this.faults.push({ field, message: parsed.error.message });
    return null;
  }

  engines(field: string, source: string): readonly string[] {
    const engines = parseEngines(source);
    if (engines.ok) return engines.value;
    this.faults.push({ field, message: engines.error.message });
    return [];
  }
}

/** A question as the Problem's schema takes it; what is not said is as in `base`. */
function problemInput(question: QuestionText, base: Problem | null): unknown {
  const { python, platform, index, snapshot, options, requirements, ...texts } = question;
  return {
    ...base,
    ...texts,
    requirements: requirements ?? base?.requirements ?? '',
    environment: {
      ...base?.environment,
      ...(python === undefined ? {} : { python }),
      ...(platform === undefined ? {} : { platform }),
    },
    options: { ...base?.options, ...asOptions(options) },
    index: {
      ...base?.index,
      ...(index === undefined ? {} : { overlay: index }),
      ...(snapshot === undefined ? {} : { snapshot }),
    },
  };
}

/** Numbers stay texts in the file, so that 3.10 is 3.10; options that are numbers or switches get their values back. */
export function asOptions(options: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options ?? {}).map(
      ([name, value]) => [name, name === 'maxRounds' ? Number(value) : value] as const,
    ),
  );
}

function makeLesson(source: LessonText): LessonReading {
  const maker = new Maker();
  const problem = maker.problem('', pickQuestion(source), null);
  const count = source.read.split(/\s+/u).length;
  if (count > MAX_READ_WORDS)
    maker.faults.push({
      field: 'read',
      message: `has ${count} words; at most ${MAX_READ_WORDS} are read at once`,
    });
  const moments = source.moments.flatMap(({ at, in: engine, say }, place): readonly Moment[] => {
    const parsed = parseMoment(at);
    const [name = null] = engine === undefined ? [] : maker.engines(`moments.${place + 1}.in`, engine);
    if (parsed.ok) return [{ at, place: parsed.value, engine: name, say }];
    maker.faults.push({ field: `moments.${place + 1}.at`, message: parsed.error.message });
    return [];
  });
  const options = source.predict?.options.map((option, at) =>
    makeOption(maker, option, `predict.options.${at + 1}`),
  );
  const change =
    source.change === undefined || problem === null ? null : makeExercise(maker, source.change, problem);
  const engines =
    source.engines === undefined ? [problem?.engine ?? ''] : maker.engines('engines', source.engines);
  const claims = maker.claims('claims', source.claims);
  if (problem === null || maker.faults.length > 0) return { ok: false, faults: maker.faults };
  return {
    ok: true,
    lesson: {
      id: source.lesson,
      number: source.number ?? '',
      title: source.title,
      routes: source.routes,
      read: source.read,
      problem,
      engines,
      predict: source.predict === undefined ? null : { ask: source.predict.ask, options: options ?? [] },
      moments,
      change,
      say: source.say,
      claims,
      terms: source.terms,
      source: source.source,
    },
  };
}

function pickQuestion(source: LessonText): QuestionText {
  const names = Object.keys(questionFields) as (keyof QuestionText)[];
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]] as const])),
  );
}

function makeOption(maker: Maker, option: v.InferOutput<typeof optionSchema>, field: string): Option {
  const [, name, version] = /^(\S+) (\S+)$/u.exec(option.picks ?? '') ?? [];
  if (option.picks !== undefined && name === undefined)
    maker.faults.push({
      field: `${field}.picks`,
      message: 'names a package and a version, such as “shared 2.0”',
    });
  const said = option.claim ?? (name === undefined ? undefined : `pins ${name} ${version ?? ''}`);
  if (said === undefined && option.right === undefined)
    maker.faults.push({
      field,
      message: 'needs a claim that the engine can judge, or “right: yes” or “right: no”',
    });
  return {
    say: option.say,
    picks: name === undefined || version === undefined ? null : { name, version },
    claim: said === undefined || option.right !== undefined ? null : maker.claim(`${field}.claim`, said),
    isRight: option.right === true || option.right === 'yes',
    because: option.because,
  };
}

function makeExercise(
  maker: Maker,
  source: NonNullable<LessonText['change']>,
  problem: Problem,
): Exercise | null {
  const start = source.start === undefined ? problem : maker.problem('change.start', source.start, problem);
  const solution = maker.problem('change.solution', source.solution, start ?? problem);
  const goals = maker.claims('change.goals', source.goals);
  if (start === null || solution === null) return null;
  return { ask: source.ask, start, goals, hints: source.hints, solution };
}

/** The faults as lines for the author: `predict.options.2.claim: …`. */
export function faultLines(faults: readonly LessonFault[]): readonly string[] {
  return faults.map(({ field, message }) =>
    field === '' ? `The lesson ${message}` : `${field}: ${message}`,
  );
}
