/** `--share TARGET`: the text that the page's Share menu would copy, with a link to the step that decides. */
import { encodeLink, LINK_LENGTH } from '../../client/codec/permalink.ts';
import { encodeEmbed, iframeLine } from '../../client/codec/embed-link.ts';
import type { Run } from '../../core/headless/run.ts';
import type { Explanation } from '../../core/explain/explanation.ts';
import { statusText } from '../../core/explain/status-text.ts';
import { withoutDefaults, type Problem } from '../../core/problem/problem.ts';
import { decidingStep } from '../../core/search-tree/deciding-step.ts';
import { buildSearchTree } from '../../core/search-tree/search-tree-builder.ts';
import { anonymise } from '../../core/share/anonymise.ts';
import { takeSameSteps } from '../../core/share/same-steps.ts';
import { sharedText, SHARE_TARGETS, type ShareTarget } from '../../core/share/shared-text.ts';
import { writeTraceFile } from '../../core/share/trace-file/trace-file.ts';
import { traceDigest } from '../../core/share/trace-digest.ts';
import { readManifest, SNAPSHOT_FOLDER } from '../snapshot/snapshot-files.ts';

/**
 * Also `link`: the fragment alone; `anonymous`: the Problem with other names, `trace`: the run, both as JSON; `embed`: a
 * line of HTML.
 */
export type ShareFlag = ShareTarget | 'link' | 'anonymous' | 'trace' | 'embed';
export const SHARE_FLAGS: readonly ShareFlag[] = [...SHARE_TARGETS, 'link', 'anonymous', 'trace', 'embed'];

/** The text; '' for a link that would be too long to travel. `page` is the address before the fragment. */
export async function shareOf(
  target: ShareFlag,
  run: Run,
  explanation: Explanation,
  page: string,
  rerun: (problem: Problem) => Run | null,
): Promise<string> {
  if (target === 'anonymous') return anonymous(run, rerun);
  if (target === 'trace') return traceFile(run, explanation);
  if (target === 'embed') return embedLine(run, explanation, page);
  const fragment = await fragmentOf(run);
  if (target === 'link') return fragment;
  const { problem, metrics, caveats = [], trace } = run;
  const link = fragment.length > LINK_LENGTH.warn || fragment === '' ? '' : `${page}${fragment}`;
  return sharedText(target, { problem, explanation, metrics, caveats, link }, trace);
}

/** '' for a run that fits into no address. */
async function embedLine(run: Run, explanation: Explanation, page: string): Promise<string> {
  const summary = { ...run, explanation, milliseconds: 0 };
  const step = run.trace.length === 0 ? 0 : decidingStep(buildSearchTree(run.trace), run.trace);
  const fragment = await encodeEmbed({ run: { summary, trace: run.trace }, step });
  const title = statusText(explanation).replaceAll('`', '');
  return fragment === null ? '' : iframeLine(`${page.replace(/[^/]*$/u, '')}embed.html`, fragment, title);
}

/** '' for a run of too many events. */
function traceFile(run: Run, explanation: Explanation): string {
  const summary = { ...run, explanation, milliseconds: 0 };
  return writeTraceFile({ summary, trace: run.trace }) ?? '';
}

/** '' where names cannot be changed, or where the search with other names does not take the same steps. */
function anonymous(run: Run, rerun: (problem: Problem) => Run | null): string {
  const renamed = anonymise(run.problem);
  const again = renamed === null ? null : rerun(renamed.problem);
  return renamed !== null && again !== null && takeSameSteps(run.trace, again.trace)
    ? JSON.stringify(withoutDefaults(renamed.problem))
    : '';
}

async function fragmentOf({ problem, trace }: Run): Promise<string> {
  // A path to facts means nothing to anybody else.
  if (typeof problem.index.facts === 'string') return '';
  const hash = snapshotHash(problem);
  const step = trace.length === 0 ? {} : { step: decidingStep(buildSearchTree(trace), trace) };
  const view = { ...step, trace: traceDigest(trace), ...(hash === null ? {} : { snapshot: hash }) };
  const fragment = await encodeLink({ problem, view });
  return fragment.length > LINK_LENGTH.refuse ? '' : fragment;
}

/** The first digits of the hash of its directory, which names every shard by its own. */
function snapshotHash({ index }: Problem): string | null {
  const manifest = readManifest(SNAPSHOT_FOLDER);
  if (!manifest.ok) return null;
  const found = manifest.value.snapshots.find(({ id }) => id === index.snapshot);
  return found?.directory.sha256.slice(0, 8) ?? null;
}
