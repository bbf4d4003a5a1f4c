/** What a trace file says of the answer, field by field: checked as what a stranger wrote. Unknown fields are left out. */
import * as v from 'valibot';
import type { PythonAxis, PythonStretch, PythonLimit } from '../../diagnose/project/python-axis.ts';
import type * as explained from '../../explain/explanation.ts';
import type { Diagnostic, Fix as TextFix, TextEdit } from '../../manifest/syntax/diagnostic.ts';
import type { MissingFact } from '../../package-index/package-index.ts';
import type {
  BrokenRequirement,
  Metrics,
  Notice,
  Outcome,
  PartialAnswer,
  Pin,
} from '../../resolver/outcome.ts';
import type { LineSource } from '../../resolver/trace.ts';
import { VIEW_TEXT } from './bounds.ts';

/** A schema for each field of a value: a field that is added and not written here does not compile. */
type EachField<Value> = { readonly [Name in keyof Required<Value>]: v.GenericSchema };
/** The same for one member of a union. */
type OneKind<Union, Tag extends string, Kind> = EachField<Extract<Union, Readonly<Record<Tag, Kind>>>>;

const text = v.pipe(v.string(), v.maxLength(VIEW_TEXT));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const texts = v.array(text);
const line = v.object({
  pane: v.picklist(['requirements', 'constraints', 'overrides', 'installed', 'pyproject']),
  line: count,
} satisfies EachField<LineSource>);

const pin = v.object({
  name: text,
  version: text,
  extras: texts,
  filename: v.nullable(text),
  origin: v.picklist(['index', 'installed', 'url']),
  url: v.exactOptional(text),
  yanked: v.union([v.literal(false), text]),
  marker: v.exactOptional(text),
} satisfies EachField<Pin>);

const missing = v.variant('missing', [
  v.object({
    missing: v.literal('page'),
    project: text,
    loadable: v.boolean(),
    neededBy: v.exactOptional(texts),
  } satisfies OneKind<MissingFact, 'missing', 'page'>),
  v.object({
    missing: v.literal('release'),
    project: text,
    requirement: text,
    loadable: v.boolean(),
    neededBy: v.exactOptional(texts),
  } satisfies OneKind<MissingFact, 'missing', 'release'>),
  v.object({
    missing: v.literal('metadata'),
    project: text,
    version: text,
    filename: text,
    url: v.exactOptional(text),
    isAddress: v.exactOptional(v.literal(true)),
    loadable: v.boolean(),
    reason: v.exactOptional(text),
    neededBy: v.exactOptional(texts),
  } satisfies OneKind<MissingFact, 'missing', 'metadata'>),
]);

const partialAnswer = v.object({
  kind: v.picklist(['solved', 'unsolvable', 'stopped']),
  pins: v.array(pin),
} satisfies EachField<PartialAnswer>);

const outcome = v.variant('kind', [
  v.object({
    kind: v.literal('solved'),
    pins: v.array(pin),
    broken: v.array(
      v.object({
        requirement: text,
        requiredBy: v.nullable(text),
        found: v.nullable(text),
      } satisfies EachField<BrokenRequirement>),
    ),
  } satisfies OneKind<Outcome, 'kind', 'solved'>),
  v.object({
    kind: v.literal('unsolvable'),
    causes: v.exactOptional(v.number()),
    incompatibility: v.exactOptional(v.number()),
  } satisfies OneKind<Outcome, 'kind', 'unsolvable'>),
  v.object({
    kind: v.literal('stopped'),
    reason: v.picklist(['limit', 'budget', 'livelock', 'crash', 'cancelled']),
    detail: text,
    pins: v.array(pin),
    partial: v.exactOptional(partialAnswer),
  } satisfies OneKind<Outcome, 'kind', 'stopped'>),
  v.object({
    kind: v.literal('incomplete'),
    missing: v.array(missing),
    partial: v.exactOptional(partialAnswer),
  } satisfies OneKind<Outcome, 'kind', 'incomplete'>),
  v.object({ kind: v.literal('invalid') }),
]);

const minimality = v.variant('status', [
  v.object({ status: v.literal('minimal'), solves: count }),
  v.object({ status: v.literal('not-minimal'), solves: count }),
  v.object({ status: v.literal('not-checked') }),
]);
const stretch = v.tuple([v.number(), v.number()]);
const chain = v.object({
  line: v.nullable(line),
  links: v.array(v.object({ text, source: v.nullable(line) } satisfies EachField<explained.ChainLink>)),
  bound: text,
  left: v.array(stretch),
} satisfies EachField<explained.Chain>);
const conflictFields = {
  kind: text,
  sentence: text,
  lines: v.array(line),
  minimality,
  chains: v.array(chain),
  clash: v.nullable(
    v.object({ package: text, gap: text, versions: texts } satisfies EachField<explained.Clash>),
  ),
  proof: v.array(
    v.object({
      text,
      because: v.array(count),
      source: v.nullable(line),
    } satisfies EachField<explained.ProofStep>),
  ),
} satisfies EachField<explained.Conflict>;
const edit = {
  source: line,
  newLine: text,
  adds: v.exactOptional(v.literal(true)),
} satisfies EachField<explained.LineEdit>;
const toolFields = { text, notes: texts } satisfies EachField<explained.ToolText>;

const pythons = v.object({
  range: text,
  limits: v.array(v.object({ package: text, limit: text } satisfies EachField<PythonLimit>)),
  stretches: v.array(
    v.object({
      name: text,
      limit: text,
      verdict: v.picklist(['possible', 'impossible', 'unknown']),
      excludedBy: v.array(count),
    } satisfies EachField<PythonStretch>),
  ),
} satisfies EachField<PythonAxis>);

const explanation = v.object({
  ...conflictFields,
  remarks: texts,
  fixes: v.array(
    v.object({
      kind: text,
      source: v.nullable(line),
      text,
      newLine: text,
      adds: v.exactOptional(v.literal(true)),
      also: v.array(v.object(edit)),
      setting: v.nullable(
        v.object({
          python: v.exactOptional(text),
          pythonVersion: v.exactOptional(text),
          requiresPython: v.exactOptional(text),
        } satisfies EachField<NonNullable<explained.Fix['setting']>>),
      ),
      pins: v.array(pin),
      note: text,
    } satisfies EachField<explained.Fix>),
  ),
  pythons: v.exactOptional(pythons),
  others: v.array(v.object(conflictFields)),
  tool: v.object(toolFields),
  check: v.nullable(
    v.object({ ...toolFields, problems: count } satisfies EachField<explained.EnvironmentCheck>),
  ),
  surprises: v.array(v.object({ kind: text, package: text, text } satisfies EachField<explained.Surprise>)),
  caps: v.array(
    v.object({
      package: text,
      version: text,
      newest: text,
      newer: count,
      isGivenUp: v.boolean(),
      step: v.nullable(count),
      text,
    } satisfies EachField<explained.CapNote>),
  ),
  leftOut: v.array(
    v.object({
      package: text,
      versions: count,
      leftOut: count,
      groups: v.array(
        v.object({ reason: text, count, versions: text } satisfies EachField<explained.LeftOutGroup>),
      ),
    } satisfies EachField<explained.LeftOut>),
  ),
  missing: v.array(missing),
  // Files of before do not have these.
  faster: v.optional(
    v.array(
      v.object({
        text,
        rounds: count,
        edits: v.array(v.object(edit)),
        first: v.nullable(line),
      } satisfies EachField<explained.SpeedAdvice>),
    ),
    [],
  ),
  ranOut: v.optional(v.boolean(), false),
} satisfies EachField<explained.Explanation>);

const span = v.object({ start: count, end: count });
const textFix = v.object({
  title: text,
  edits: v.array(v.object({ span, text } satisfies EachField<TextEdit>)),
} satisfies EachField<TextFix>);

export const answerSchema = v.object({
  outcome,
  message: text,
  notices: v.array(
    v.object({ level: v.picklist(['info', 'warning', 'error']), text } satisfies EachField<Notice>),
  ),
  metrics: v.object({
    rounds: count,
    pinned: count,
    rejected: count,
    undone: count,
    requirements: count,
    pages: count,
    metadata: count,
  } satisfies EachField<Metrics>),
  diagnostics: v.array(
    v.object({
      severity: v.picklist(['error', 'warning', 'hint']),
      code: text,
      message: text,
      span,
      pane: v.picklist(['requirements', 'constraints', 'overrides', 'installed', 'pyproject', 'overlay']),
      line: count,
      column: count,
      fixes: v.exactOptional(v.array(textFix)),
    } satisfies EachField<Diagnostic>),
  ),
  isRefused: v.boolean(),
  caveats: v.exactOptional(texts),
  milliseconds: v.pipe(v.number(), v.minValue(0)),
  explanation,
});
