/** The project of a Problem as a question that can be changed: in its `pyproject.toml`, or in the lines that stand for one. */
import type {
  ChangedProject,
  ProjectChange,
  ProjectQuestion,
  TextEdit,
  WishEdit,
} from '../../diagnose/project/project-question.ts';
import { poetryAlternatives } from '../../manifest/project/poetry-constraint.ts';
import { valueAt, type SpannedTable } from '../../manifest/syntax/spanned-value.ts';
import { readToml } from '../../manifest/syntax/toml-value.ts';
import { makeLineIndex, positionAt } from '../../manifest/syntax/line-index.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import type { Outcome } from '../../resolver/outcome.ts';
import { TraceRecorder } from '../../resolver/trace-recorder.ts';
import { prepareRequest } from '../request.ts';
import { placeWishes, type PlacedProject, type PlacedWish } from './text-wishes.ts';
import { editedWish, wishText } from './wish-text.ts';

/** Rounds that all trials of one question may take together. */
const ALL_ROUNDS = 1200;

export interface ProjectQuestionOptions {
  readonly rules: ProjectQuestion['rules'];
  /** How many times the usual rounds the trials may take. */
  readonly times?: number;
}

/** Null where there is no project that can be read. */
export function projectQuestion(
  problem: Problem,
  request: ResolveRequest,
  engine: Engine,
  { rules, times = 1 }: ProjectQuestionOptions,
): ProjectQuestion | null {
  const { pyproject = '' } = problem;
  let left = ALL_ROUNDS * times;
  const run = (changed: Problem, most: number): Outcome => {
    const maxRounds = Math.min(most, left);
    if (maxRounds <= 0) return { kind: 'invalid' };
    const prepared = prepareRequest(
      { ...changed, options: { ...changed.options, maxRounds } },
      request.index,
    );
    if (!prepared.ok || prepared.value.isRefused) return { kind: 'invalid' };
    const { outcome, metrics } = engine(prepared.value.request, new TraceRecorder({ maxEvents: 0 }));
    left -= Math.max(1, metrics.rounds);
    return outcome;
  };
  if (pyproject.trim() === '') return { ...ofLines(problem, request, run), rules };
  const { value, complaints } = readToml(pyproject);
  if (complaints.length > 0) return null;
  return {
    ...ofText(problem, pyproject, placeWishes(pyproject, value), run),
    rules,
    isPlain: isPlain(value),
  };
}

/** Tables and lists with which a project says more than its wishes. */
const OWN_RULES: readonly (readonly string[])[] = [
  ['tool', 'uv', 'override-dependencies'],
  ['tool', 'uv', 'exclude-dependencies'],
  ['tool', 'uv', 'constraint-dependencies'],
  ['tool', 'uv', 'conflicts'],
  ['tool', 'uv', 'sources'],
  ['tool', 'pdm', 'resolution'],
  ['tool', 'pdm', 'overrides'],
];

function isPlain(root: SpannedTable): boolean {
  return OWN_RULES.every((path) => valueAt(root, ...path) === null);
}

/** Pythons as PEP 440 has them; what cannot be read may be any. */
function pythonsOf(range: string): readonly string[] {
  return poetryAlternatives(range) ?? [''];
}

type Run = (changed: Problem, maxRounds: number) => Outcome;
type Asked = Omit<ProjectQuestion, 'rules' | 'isPlain'>;

function ofText(problem: Problem, text: string, placed: PlacedProject, run: Run): Asked {
  const lines = makeLineIndex(text);
  const sourceAt = (offset: number): TextEdit['source'] => ({
    pane: 'pyproject',
    line: positionAt(lines, offset).line,
  });
  const { wishes, python } = placed;
  return {
    wishes: wishes.map((wish) => ({
      name: wish.requirement.normalizedName,
      written: text.slice(wish.start, wish.span.end + (wish.form === 'table' ? 0 : 1)),
      requirement: wish.requirement,
      source: sourceAt(wish.start),
    })),
    python: python?.text ?? problem.options.requiresPython ?? '',
    pythons: pythonsOf(python?.text ?? problem.options.requiresPython ?? ''),
    pythonSource: python === null ? null : sourceAt(python.span.start),
    change: (change) => {
      const changed = changedText(text, placed, change);
      if (changed === null) return null;
      return {
        edits: changedLines(text, changed),
        written: writtenOf(text, wishes, change),
        requiresPython: null,
        run: (rounds) => run({ ...problem, pyproject: changed }, rounds),
      };
    },
  };
}

function writtenOf(
  text: string,
  wishes: readonly PlacedWish[],
  { wishes: edits = new Map() }: ProjectChange,
): ReadonlyMap<number, string> {
  return new Map(
    [...edits].flatMap(([at, edit]) => {
      const wish = wishes[at]!;
      const put = edit === null ? null : wishText(text, wish, edit);
      const isQuoted = wish.form !== 'table';
      return put === null
        ? []
        : [[at, text.slice(wish.start, wish.span.start - Number(isQuoted)) + put] as const];
    }),
  );
}

/** Places in the text with what stands there afterwards. */
type Splice = readonly [start: number, end: number, text: string];

function changedText(text: string, { wishes, python }: PlacedProject, change: ProjectChange): string | null {
  const splices: Splice[] = [];
  if (change.python !== undefined) {
    if (python === null) return null;
    splices.push([python.span.start, python.span.end, change.python]);
  }
  for (const [at, edit] of change.wishes ?? []) {
    const splice = edit === null ? withoutWish(text, wishes[at]!) : withWish(text, wishes[at]!, edit);
    if (splice === null) return null;
    splices.push(splice);
  }
  splices.sort((a, b) => b[0] - a[0]);
  return splices.reduce((all, [start, end, put]) => all.slice(0, start) + put + all.slice(end), text);
}

function withWish(text: string, wish: PlacedWish, edit: WishEdit): Splice | null {
  const put = wishText(text, wish, edit);
  const isQuoted = wish.form !== 'table';
  return put === null ? null : [wish.span.start - Number(isQuoted), wish.span.end + Number(isQuoted), put];
}

/** A line of its own becomes a comment; an item among others goes with its comma. */
function withoutWish(text: string, { start, span, form }: PlacedWish): Splice {
  const end = span.end + (form === 'table' ? 0 : 1);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const lineEnd = next < 0 ? text.length : next;
  const comma = /^\s*,/.exec(text.slice(end, lineEnd))?.[0] ?? '';
  const isAlone =
    text.slice(lineStart, start).trim() === '' &&
    /^\s*(?:#.*)?$/.test(text.slice(end + comma.length, lineEnd));
  if (!isAlone) return [start, end + comma.length, ''];
  return [
    start,
    end,
    text
      .slice(start, end)
      .split('\n')
      .map((line) => `# ${line}`)
      .join('\n'),
  ];
}

/** Lines that differ; a change never adds or takes one. */
function changedLines(text: string, changed: string): readonly TextEdit[] {
  const after = changed.split('\n');
  return text
    .split('\n')
    .flatMap((line, at) =>
      line === after[at]
        ? []
        : [{ source: { pane: 'pyproject' as const, line: at + 1 }, newLine: after[at] ?? '' }],
    );
}

/** Lines of requirements, as the project that stands for them. */
function ofLines(
  problem: Problem,
  { requirements, constraints, overrides }: ResolveRequest,
  run: Run,
): Omit<ProjectQuestion, 'rules'> {
  const { requiresPython } = problem.options;
  const python = requiresPython ?? `>=${/^\d+\.\d+/.exec(problem.environment.python)?.[0] ?? '3.12'}`;
  return {
    wishes: requirements.map(({ requirement, source }) => ({
      name: requirement.normalizedName,
      written: requirement.text,
      requirement,
      source,
    })),
    python,
    pythons: pythonsOf(python),
    isPlain: constraints.length === 0 && overrides.length === 0,
    pythonSource: null,
    change: (change): ChangedProject => {
      const written = new Map(
        [...(change.wishes ?? [])].flatMap(([at, edit]) =>
          edit === null ? [] : [[at, editedWish(requirements[at]!.requirement, edit).join('\n')] as const],
        ),
      );
      const edits = [...(change.wishes ?? [])].map(([at]) => ({
        source: requirements[at]!.source,
        newLine: written.get(at) ?? '',
      }));
      const lines = problem.requirements.split('\n');
      for (const { source, newLine } of edits) lines[source.line - 1] = newLine;
      const python = change.python ?? null;
      const options = python === null ? problem.options : { ...problem.options, requiresPython: python };
      const changed = { ...problem, requirements: lines.join('\n'), options };
      return { edits, written, requiresPython: python, run: (rounds) => run(changed, rounds) };
    },
  };
}
