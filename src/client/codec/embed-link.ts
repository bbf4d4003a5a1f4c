/**
 * A run in the address of an embedded page, so that it shows without a network, an index or an engine:
 *
 *   #e1.412/PACKED          step; base64url( deflate-raw( a trace file, without what an embed does not show ) )
 */
import { readTraceFile, writeTraceFile, type TracedRun } from '../../core/share/trace-file/trace-file.ts';
import { failure, success, type Result } from '../../core/packaging/result.ts';
import { htmlEscaped } from '../../core/share/markdown/markdown-text.ts';
import { deflate, fromBase64Url, inflate, toBase64Url } from './deflate.ts';
import { LINK_LENGTH } from './link-bounds.ts';

/** Bytes of a trace file that an address may unpack to. */
const MAX_UNPACKED = 8 * 1_048_576;

export interface EmbeddedRun {
  readonly run: TracedRun;
  readonly step: number;
}

/** The fragment, with its `#`; null where it would be longer than any link. */
export async function encodeEmbed({ run, step }: EmbeddedRun): Promise<string | null> {
  const { summary, trace } = run;
  const { explanation } = summary;
  const unseen = { proof: [], others: [], leftOut: [], caps: [], fixes: [], chains: [], surprises: [] };
  const shown = {
    ...summary,
    diagnostics: [],
    notices: [],
    explanation: { ...explanation, ...unseen, tool: { text: '', notes: [] }, check: null },
  };
  const text = writeTraceFile({ summary: shown, trace });
  if (text === null || text.length > MAX_UNPACKED) return null;
  const packed = toBase64Url(await deflate(new TextEncoder().encode(text)));
  const fragment = `#e1.${Math.max(0, Math.round(step))}/${packed}`;
  return fragment.length > LINK_LENGTH.refuse ? null : fragment;
}

/** Reads such a fragment. The error is a sentence for the reader. Never throws. */
export async function decodeEmbed(fragment: string): Promise<Result<EmbeddedRun>> {
  if (fragment.length > LINK_LENGTH.refuse) return fault('is longer than any that is made here');
  const match = /^#e1\.(\d{1,9})\/([\w-]+)$/u.exec(fragment);
  if (match === null) return fault('holds no run');
  const bytes = fromBase64Url(match[2]!);
  const inflated = bytes === null ? null : await inflate(bytes, MAX_UNPACKED);
  if (inflated?.kind !== 'bytes') return fault('cannot be unpacked');
  const text = new TextDecoder().decode(inflated.bytes);
  const run = readTraceFile(text);
  return run.ok ? success({ run: run.value, step: Number(match[1]) }) : run;
}

function fault(why: string): Result<never> {
  return failure(`The address of this embed ${why}.`, 0, 0);
}

/** One line of HTML to paste into docs or a blog. `page` is the address of the embedded page. */
export function iframeLine(page: string, fragment: string, title: string): string {
  const attribute = (text: string): string => htmlEscaped(text.replaceAll(/[\n\r\t]/gu, ' '));
  return `<iframe src="${attribute(page + fragment)}" title="${attribute(title)}" width="100%" height="480" style="border:1px solid" loading="lazy" referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}
