/** What a trace file says of the answer, field by field: checked as what a stranger wrote. Unknown fields are left out. */
import * as v from 'valibot';
import { VIEW_TEXT } from './bounds.ts';

const text = v.pipe(v.string(), v.maxLength(VIEW_TEXT));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const texts = v.array(text);
const line = v.object({
  pane: v.picklist(['requirements', 'constraints', 'overrides', 'installed', 'pyproject']),
  line: count,
});

const pin = v.object({
  name: text,
  version: text,
  extras: texts,
  filename: v.nullable(text),
  origin: v.picklist(['index', 'installed', 'url']),
  url: v.exactOptional(text),
  yanked: v.union([v.literal(false), text]),
  marker: v.exactOptional(text),
});

const missing = v.variant('missing', [
  v.object({
    missing: v.literal('page'),
    project: text,
    loadable: v.boolean(),
    neededBy: v.exactOptional(texts),
  }),
  v.object({
    missing: v.literal('release'),
    project: text,
    requirement: text,
    loadable: v.boolean(),
    neededBy: v.exactOptional(texts),
  }),
  v.object({
    missing: v.literal('metadata'),
    project: text,
    version: text,
    filename: text,
    url: v.exactOptional(text),
    isAddress: v.exactOptional(v.literal(true)),
    loadable: v.boolean(),
    neededBy: v.exactOptional(texts),
  }),
]);

const outcome = v.variant('kind', [
  v.object({
    kind: v.literal('solved'),
    pins: v.array(pin),
    broken: v.array(v.object({ requirement: text, requiredBy: v.nullable(text), found: v.nullable(text) })),
  }),
  v.object({
    kind: v.literal('unsolvable'),
    causes: v.exactOptional(v.number()),
    incompatibility: v.exactOptional(v.number()),
  }),
  v.object({
    kind: v.literal('stopped'),
    reason: v.picklist(['limit', 'budget', 'livelock', 'crash', 'cancelled']),
    detail: text,
    pins: v.array(pin),
  }),
  v.object({
    kind: v.literal('incomplete'),
    missing: v.array(missing),
    partial: v.exactOptional(
      v.object({ kind: v.picklist(['solved', 'unsolvable', 'stopped']), pins: v.array(pin) }),
    ),
  }),
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
  links: v.array(v.object({ text, source: v.nullable(line) })),
  bound: text,
  left: v.array(stretch),
});
const conflictFields = {
  kind: text,
  sentence: text,
  lines: v.array(line),
  minimality,
  chains: v.array(chain),
  clash: v.nullable(v.object({ package: text, gap: text, versions: texts })),
  proof: v.array(v.object({ text, because: v.array(count), source: v.nullable(line) })),
};
const edit = { source: line, newLine: text };
const toolFields = { text, notes: texts };

const explanation = v.object({
  ...conflictFields,
  remarks: texts,
  fixes: v.array(
    v.object({
      kind: text,
      source: v.nullable(line),
      text,
      newLine: text,
      also: v.array(v.object(edit)),
      setting: v.nullable(v.object({ python: v.exactOptional(text), pythonVersion: v.exactOptional(text) })),
      pins: v.array(pin),
      note: text,
    }),
  ),
  others: v.array(v.object(conflictFields)),
  tool: v.object(toolFields),
  check: v.nullable(v.object({ ...toolFields, problems: count })),
  surprises: v.array(v.object({ kind: text, package: text, text })),
  caps: v.array(
    v.object({
      package: text,
      version: text,
      newest: text,
      newer: count,
      isGivenUp: v.boolean(),
      step: v.nullable(count),
      text,
    }),
  ),
  leftOut: v.array(
    v.object({
      package: text,
      versions: count,
      leftOut: count,
      groups: v.array(v.object({ reason: text, count, versions: text })),
    }),
  ),
  missing: v.array(missing),
});

const span = v.object({ start: count, end: count });

export const answerSchema = v.object({
  outcome,
  message: text,
  notices: v.array(v.object({ level: v.picklist(['info', 'warning', 'error']), text })),
  metrics: v.object({
    rounds: count,
    pinned: count,
    rejected: count,
    undone: count,
    requirements: count,
    pages: count,
    metadata: count,
  }),
  diagnostics: v.array(
    v.object({
      severity: v.picklist(['error', 'warning', 'hint']),
      code: text,
      message: text,
      span,
      pane: v.picklist(['requirements', 'constraints', 'overrides', 'installed', 'pyproject', 'overlay']),
      line: count,
      column: count,
    }),
  ),
  isRefused: v.boolean(),
  caveats: v.exactOptional(texts),
  milliseconds: v.pipe(v.number(), v.minValue(0)),
  explanation,
});
