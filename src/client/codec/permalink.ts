/**
 * A link carries the whole question and the place the sender looked at, in the fragment, which no server ever sees:
 *
 *   #v2.pip-26.2/3.11/linux-x86_64/pypi-2023-09-07/9ea3b1af/156/412-5f3a09c2-Xk2…/PACKED
 *       engine   python platform   snapshot        its hash step the trace's length, hash, and hashes on its way
 *
 *   PACKED = base64url( deflate-raw( UTF-8 JSON [requirements, other fields, view] ) )
 *
 * What decides the answer is always said, in words, so that no later default can change what a link means; `_` stands
 * for what it has none of. Links of the first format, `#v1.` with all in the packed part, mean what they meant when
 * they were made (link-meaning.ts). Keys stand in a fixed order, so equal states give equal links. The number counts
 * formats, not releases: every old one stays readable (tests/links). A link is read as what a stranger wrote: bounded
 * before and after inflating (link-bounds.ts), checked by the Problem's schema, without secrets.
 * This file knows nothing of the page's address bar; see address.ts.
 */
import * as v from 'valibot';
import { makeProblem, parseProblem, type Problem } from '../../core/problem/problem.ts';
import { mapTexts, redactCredentials } from '../../core/share/redact.ts';
import { VIEW_IDS } from '../../core/search-tree/fitting-view.ts';
import { deflate, fromBase64Url, inflate, toBase64Url } from './deflate.ts';
import { jsonExcess, LINK_LENGTH, MAX_LINK_BYTES, textExcess } from './link-bounds.ts';
import { asMeant, optionsToSay } from './link-meaning.ts';
import { headOf, readHead, type LinkHead } from './link-head.ts';

export { LINK_LENGTH } from './link-bounds.ts';

const FORMAT = 2;

const name = v.pipe(v.string(), v.regex(/^[\w.[\],<> -]{1,200}$/u));

/** Each on its own: a view that this release does not understand loses the place, never the question. */
const VIEW_FIELDS = {
  /** Step of the trace; absent: where the run itself opens. */
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Which view of the trace is open. */
  panel: v.picklist(VIEW_IDS),
  /** The package that is selected. */
  selection: name,
  /** The drawer or panel that is open beside the view. */
  drawer: name,
  /** The part of the answer that is open. */
  part: v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/u)),
  /** The question about a package that was asked last: see core/explain/query.ts. */
  ask: v.pipe(v.string(), v.regex(/^(?:why|why-not|who-limits) [\w.<>=!~*+, -]{1,200}$/u)),
  /** What the sender's run was: see core/share/trace-digest.ts. */
  trace: v.pipe(v.string(), v.regex(/^\d{1,10}-[0-9a-f]{8}(?:-[\w-]{1,64})?$/u)),
  /** The lesson that is open: its id, or the whole text of one that is not of this page. */
  lesson: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,60}$/u)),
  lessonText: v.pipe(v.string(), v.maxLength(20_000)),
  /** The comparison that is open, with its setting: state/compare-view.ts. */
  compare: v.pipe(v.string(), v.regex(/^[\w.@:, -]{1,200}$/u)),
  /** The first digits of the hash of the sender's snapshot. */
  snapshot: v.pipe(v.string(), v.regex(/^[0-9a-f]{8,64}$/u)),
} as const;

/** Where the sender of a link looked, and at what. */
export type View = {
  readonly [Field in keyof typeof VIEW_FIELDS]?: v.InferOutput<(typeof VIEW_FIELDS)[Field]>;
};

export interface Link {
  readonly problem: Problem;
  readonly view: View;
}

/** Why a fragment could not be used. `newer`: written by a later format than this program knows. */
export type LinkFault = 'newer' | 'damaged' | 'too-large' | 'not-a-problem';

export type LinkReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'fault'; readonly fault: LinkFault; readonly detail: string };

/**
 * The fragment of a link, with its `#`. A link never switches on the live index for its reader, and carries no
 * password or token.
 */
export async function encodeLink(link: Link): Promise<string> {
  const problem = mapTexts(link.problem, redactCredentials);
  const { step, trace, snapshot, panel, selection, drawer, part, ask, lesson, lessonText, compare } =
    link.view;
  const head = headOf({
    engine: problem.engine,
    python: problem.environment.python,
    platform: problem.environment.platform,
    snapshot: problem.index.snapshot,
    hash: problem.index.snapshot === undefined ? undefined : snapshot,
    step: step?.toString(),
    trace,
  });
  const view = {
    ...(panel === undefined || panel === 'search' ? {} : { panel }),
    ...(selection === undefined ? {} : { selection }),
    ...(drawer === undefined ? {} : { drawer }),
    ...without({ part, ask, lesson, lessonText, compare }, []),
  };
  const rest = otherFields(problem);
  const packed =
    Object.keys(view).length > 0
      ? [problem.requirements, rest, view]
      : Object.keys(rest).length > 0
        ? [problem.requirements, rest]
        : [problem.requirements];
  const bytes = await deflate(new TextEncoder().encode(JSON.stringify(packed)));
  return `#v${FORMAT}.${head}/${toBase64Url(bytes)}`;
}

/** All that stands neither in the head nor alone, without what silence means; fields of a later day come by themselves. */
function otherFields(problem: Problem): Record<string, unknown> {
  const groups = {
    environment: without(problem.environment, ['python', 'platform']),
    options: optionsToSay(problem.options, makeProblem({ requirements: '' }).options),
    index: without(problem.index, ['snapshot', 'live']),
  };
  return {
    ...without(problem, ['requirements', 'engine', 'environment', 'options', 'index']),
    ...Object.fromEntries(Object.entries(groups).filter(([, group]) => Object.keys(group).length > 0)),
  };
}

function without(fields: object, names: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(fields) as [string, unknown][];
  return Object.fromEntries(entries.filter(([name, value]) => value !== undefined && !names.includes(name)));
}

/** Reads a fragment. Never throws; `none` is a fragment that does not claim to be a link. */
export async function decodeLink(fragment: string): Promise<LinkReading> {
  const version = /^#v(\d{1,6})\./.exec(fragment)?.[1];
  if (version === undefined) return { kind: 'none' };
  if (Number(version) > FORMAT || version === '0') return fault('newer', `format ${version}`);
  // Escaped once more, a character takes three.
  if (fragment.length > 3 * LINK_LENGTH.refuse) return tooLong(fragment.length);
  const text = withoutEscapes(fragment.slice(version.length + 3));
  if (text.length > LINK_LENGTH.refuse) return tooLong(text.length);
  const head = version === '1' ? { head: null, packed: text } : readHead(text);
  if (head === null) return fault('damaged', 'its beginning is not that of a link');
  const packed = fromBase64Url(head.packed);
  if (packed === null) return fault('damaged', 'it holds characters that no link has');
  const inflated = await inflate(packed, MAX_LINK_BYTES);
  if (inflated.kind === 'too-large') return fault('too-large', 'it unpacks to more than 1 MiB');
  if (inflated.kind === 'damaged') return fault('damaged', 'it cannot be unpacked');
  return readLink(inflated.bytes, head.head);
}

function tooLong(length: number): LinkReading {
  return fault('too-large', `${length.toLocaleString('en-US')} characters`);
}

function readLink(bytes: Uint8Array, head: LinkHead | null): LinkReading {
  let value: unknown;
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const excess = jsonExcess(json);
    if (excess !== null) return fault('too-large', excess);
    value = JSON.parse(json);
  } catch {
    return fault('damaged', 'what it holds is not text in the right form');
  }
  if (typeof value !== 'object' || value === null) return fault('not-a-problem', 'it holds no problem');
  const parts = head === null ? (value as Parts) : partsOf(head, value);
  const problem = parseProblem(asMeant(parts.problem));
  if (!problem.ok) return fault('not-a-problem', problem.error.message);
  const excess = problemExcess(problem.value);
  if (excess !== null) return excess;
  const question = { ...problem.value, index: withoutLive(problem.value.index) };
  return { kind: 'link', link: { problem: question, view: readView(parts.view) } };
}

interface Parts {
  readonly problem?: unknown;
  readonly view?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Problem and view of the second format, as the first would have said them. */
function partsOf(head: LinkHead, value: object): Parts {
  const [requirements, rest, view] = (Array.isArray(value) ? value : []) as readonly unknown[];
  const { environment, index, ...others } = fieldsOf(rest);
  return {
    problem: {
      ...others,
      ...without({ engine: head.engine, requirements }, []),
      environment: {
        ...fieldsOf(environment),
        ...without({ python: head.python, platform: head.platform }, []),
      },
      index: { ...fieldsOf(index), ...(head.snapshot === undefined ? {} : { snapshot: head.snapshot }) },
    },
    view: {
      ...fieldsOf(view),
      ...(head.step === undefined ? {} : { step: Number(head.step) }),
      ...(head.trace === undefined ? {} : { trace: head.trace }),
      ...(head.hash === undefined ? {} : { snapshot: head.hash }),
    },
  };
}

function readView(value: unknown): View {
  const fields = fieldsOf(value);
  const read = Object.entries(VIEW_FIELDS).flatMap(([field, schema]) => {
    const result = v.safeParse(schema, fields[field]);
    return result.success ? [[field, result.output] as const] : [];
  });
  return Object.fromEntries(read);
}

function problemExcess(problem: Problem): LinkReading | null {
  // A path would be read on the reader's own disk by the headless command.
  if (typeof problem.index.facts === 'string')
    return fault('not-a-problem', 'field index.facts: is no object');
  for (const text of [...Object.values(problem), problem.index.overlay]) {
    if (typeof text !== 'string') continue;
    const excess = textExcess(text);
    if (excess !== null) return fault('too-large', excess);
  }
  return null;
}

/** Mail programs and chats escape links once more; `%2D` and the like are undone, nothing else is forgiven. */
function withoutEscapes(text: string): string {
  return text.replace(/%([0-9a-f]{2})/giu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function withoutLive(index: Problem['index']): Problem['index'] {
  const rest = { ...index };
  delete rest.live;
  return rest;
}

function fault(kind: LinkFault, detail: string): LinkReading {
  return { kind: 'fault', fault: kind, detail };
}
