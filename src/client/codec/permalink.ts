/**
 * A link carries the whole question and the place the sender looked at, in the fragment, which no server ever sees:
 *
 *   #v1.  base64url( deflate-raw( UTF-8 JSON { problem, view } ) )
 *
 * Defaults are left out and keys stand in a fixed order, so equal states give equal links. The number counts
 * formats, not releases: every old one stays readable (tests/client/historical-links.json). A link is read as what
 * a stranger wrote: its size is bounded before and after inflating, and its shape is checked by the Problem's schema.
 * This file knows nothing of the page's address bar; see address.ts.
 */
import * as v from 'valibot';
import { parseProblem, withoutDefaults, type Problem } from '../../core/problem/problem.ts';
import { deflate, fromBase64Url, inflate, toBase64Url } from './deflate.ts';

/** Characters of a fragment: aimed at, warned above, refused above (design: architecture.md section 4). */
export const LINK_LENGTH = { warn: 8_000, refuse: 32_000 } as const;

/** Bytes of JSON that a link may inflate to. */
export const MAX_LINK_BYTES = 1_048_576;

const PREFIX = '#v1.';

const viewSchema = v.object({
  /** Step of the trace; absent: where the run itself opens. */
  step: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Which view of the trace is open. */
  panel: v.optional(v.picklist(['search', 'steps'])),
});

/** Where the sender of a link looked. */
export type View = v.InferOutput<typeof viewSchema>;

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

/** The fragment of a link, with its `#`. A link never switches on the live index for its reader. */
export async function encodeLink(link: Link): Promise<string> {
  const problem = withoutDefaults({ ...link.problem, index: withoutLive(link.problem.index) });
  const view: Record<string, unknown> = {};
  if (link.view.step !== undefined) view['step'] = link.view.step;
  if (link.view.panel !== undefined && link.view.panel !== 'search') view['panel'] = link.view.panel;
  const value = Object.keys(view).length > 0 ? { problem, view } : { problem };
  return PREFIX + toBase64Url(await deflate(new TextEncoder().encode(JSON.stringify(value))));
}

/** Reads a fragment. Never throws; `none` is a fragment that does not claim to be a link. */
export async function decodeLink(fragment: string): Promise<LinkReading> {
  const version = /^#v(\d{1,6})\./.exec(fragment)?.[1];
  if (version === undefined) return { kind: 'none' };
  if (version !== '1') return fault('newer', `format ${version}`);
  if (fragment.length > MAX_LINK_BYTES) return fault('too-large', `${fragment.length} characters`);
  const packed = fromBase64Url(withoutEscapes(fragment.slice(PREFIX.length)));
  if (packed === null) return fault('damaged', 'it holds characters that no link has');
  const inflated = await inflate(packed, MAX_LINK_BYTES);
  if (inflated.kind === 'too-large') return fault('too-large', 'it unpacks to more than 1 MiB');
  if (inflated.kind === 'damaged') return fault('damaged', 'it cannot be unpacked');
  return readLink(inflated.bytes);
}

function readLink(bytes: Uint8Array): LinkReading {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fault('damaged', 'what it holds is not text in the right form');
  }
  if (typeof value !== 'object' || value === null) return fault('not-a-problem', 'it holds no problem');
  const parts = value as { readonly problem?: unknown; readonly view?: unknown };
  const problem = parseProblem(parts.problem);
  if (!problem.ok) return fault('not-a-problem', problem.error.message);
  // A view that this release does not understand loses the place, never the question.
  const view = v.safeParse(viewSchema, parts.view ?? {});
  const question = { ...problem.value, index: withoutLive(problem.value.index) };
  return { kind: 'link', link: { problem: question, view: view.success ? view.output : {} } };
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
