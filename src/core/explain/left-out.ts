/** What never took part in the search: versions that exist, but not for this Python, platform and these options. */
import type { Ledger, LedgerReason } from '../ledger/ledger.ts';
import { parseVersion, isPrerelease } from '../packaging/version.ts';
import type { Trace } from '../resolver/trace.ts';
import type { LeftOut, LeftOutGroup } from './explanation.ts';
import { reasonWords, type LedgerTarget } from './ledger-words.ts';
import { versionWords } from './version-words.ts';

/** Projects that are listed; those with most left out come first. */
const LISTED_PROJECTS = 60;

/**
 * For each project of a run: its versions by the reason that left them out. What a line or a candidate did not want is
 * not counted here, nor versions that the run did look at, whatever the rules say of them at its end.
 */
export function leftOut(ledgers: readonly Ledger[], trace: Trace, target: LedgerTarget): readonly LeftOut[] {
  const seen = versionsSeen(trace);
  return ledgers
    .flatMap((ledger) => leftOutOf(ledger, target, seen))
    .toSorted((a, b) => b.leftOut - a.leftOut || (a.package < b.package ? -1 : 1))
    .slice(0, LISTED_PROJECTS);
}

function isBefore(reason: LedgerReason | null): reason is LedgerReason {
  return reason !== null && reason.kind !== 'specifier' && reason.kind !== 'constraint';
}

function leftOutOf(ledger: Ledger, target: LedgerTarget, seen: ReadonlySet<string>): readonly LeftOut[] {
  const versions = ledger.versions.toReversed();
  const texts = versions.map(({ version }) => version);
  const bits = new Map<string, bigint>();
  versions.forEach(({ version, reason }, position) => {
    if (!isBefore(reason) || seen.has(`${ledger.project} ${version}`)) return;
    // Each has a reason of its own; the ledger tells them.
    const told = reason.kind === 'yanked' ? { ...reason, reason: '' } : reason;
    const words =
      reason.kind === 'date' && reason.uploadTime !== null
        ? 'was uploaded after the cut-off date'
        : reasonWords(told, ledger.limits, target);
    bits.set(words, (bits.get(words) ?? 0n) | (1n << BigInt(position)));
  });
  if (bits.size === 0) return [];
  const groups = [...bits].map(([reason, set]) => groupOf(reason, set, texts));
  const sum = groups.reduce((total, group) => total + group.count, 0);
  const ordered = groups.toSorted((a, b) => b.count - a.count);
  return [{ package: ledger.project, versions: texts.length, leftOut: sum, groups: ordered }];
}

function groupOf(reason: string, set: bigint, texts: readonly string[]): LeftOutGroup {
  const members = texts.filter((_, position) => (set & (1n << BigInt(position))) !== 0n);
  const hasOnlyPrereleases = members.every((text) => {
    const version = parseVersion(text);
    return version.ok && isPrerelease(version.value);
  });
  // Pre-releases lie scattered between the others: their stretches say nothing.
  const words =
    hasOnlyPrereleases && members.length > 3 ? members.slice(-3).join(', ') : versionWords(texts, set);
  return { reason, count: members.length, versions: words };
}

function versionsSeen(trace: Trace): ReadonlySet<string> {
  return new Set(
    trace.candidates.map((row) => {
      const version = parseVersion(row.version);
      return `${trace.packages[row.package]?.name ?? ''} ${version.ok ? version.value.text : row.version}`;
    }),
  );
}
