/** What never took part in the search: versions that exist, but not for this Python, platform and these options. */
import { isMissing } from '../package-index/package-index.ts';
import { isPrerelease, type Version } from '../packaging/version.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { pipRules, uvRules, type CandidateRules } from '../resolver/prover/candidate-rules.ts';
import type { ProveOptions } from '../resolver/prover/prove.ts';
import { isKind, type Trace } from '../resolver/trace.ts';
import { ProjectListing } from '../resolver/uv/project-listing.ts';
import type { LeftOut, LeftOutGroup } from './explanation.ts';
import { unusableWords } from './unusable-words.ts';
import { versionWords } from './version-words.ts';

/** Projects that are listed; those with most left out come first. */
const LISTED_PROJECTS = 60;

/**
 * For each project whose page the run read: its versions by the reason that left them out. Versions that the run did
 * look at are not counted, whatever the rules say of them in general.
 */
export function leftOut(
  request: ResolveRequest,
  trace: Trace,
  tool: ProveOptions['rules'],
): readonly LeftOut[] {
  const rules = tool === 'uv' ? uvRules(request) : pipRules(request, 'strict');
  const seen = versionsSeen(trace);
  return [...projectsRead(trace)]
    .flatMap((project) => leftOutOf(request, rules, project, seen))
    .toSorted((a, b) => b.leftOut - a.leftOut || (a.package < b.package ? -1 : 1))
    .slice(0, LISTED_PROJECTS);
}

/** Projects whose page the run read. */
function projectsRead(trace: Trace): ReadonlySet<string> {
  const names = new Set<string>();
  for (let step = 0; step < trace.length; step += 1)
    if (isKind(trace, step, 'page')) names.add(trace.packages[trace.first[step]!]?.name ?? '');
  names.delete('');
  return names;
}

function leftOutOf(
  request: ResolveRequest,
  rules: CandidateRules,
  project: string,
  seen: ReadonlySet<string>,
): readonly LeftOut[] {
  const page = request.index.page(project);
  if (isMissing(page)) return [];
  const listing = new ProjectListing(page);
  const texts = listing.versions.map(({ text }) => text);
  const bits = new Map<string, bigint>();
  listing.releases.forEach((release, position) => {
    if (seen.has(`${project} ${release.version.text}`)) return;
    const verdict = rules.judge(project, release, listing);
    if (verdict.kind === 'usable') return;
    const reason = unusableWords(verdict.reason, request.target);
    bits.set(reason, (bits.get(reason) ?? 0n) | (1n << BigInt(position)));
  });
  if (bits.size === 0) return [];
  const groups = [...bits].map(([reason, set]) => groupOf(reason, set, listing.versions, texts));
  const sum = groups.reduce((total, group) => total + group.count, 0);
  const ordered = groups.toSorted((a, b) => b.count - a.count);
  return [{ package: project, versions: texts.length, leftOut: sum, groups: ordered }];
}

function groupOf(
  reason: string,
  set: bigint,
  versions: readonly Version[],
  texts: readonly string[],
): LeftOutGroup {
  const positions = versions.flatMap((version, position) =>
    (set & (1n << BigInt(position))) === 0n ? [] : [{ version, position }],
  );
  const hasOnlyPrereleases = positions.every(({ version }) => isPrerelease(version));
  // Pre-releases lie scattered between the others: their stretches say nothing.
  const words =
    hasOnlyPrereleases && positions.length > 3
      ? positions
          .slice(-3)
          .map(({ version }) => version.text)
          .join(', ')
      : versionWords(texts, set);
  return { reason, count: positions.length, versions: words };
}

function versionsSeen(trace: Trace): ReadonlySet<string> {
  return new Set(trace.candidates.map((row) => `${trace.packages[row.package]?.name ?? ''} ${row.version}`));
}
