/** Completion, hover and live diagnostics for the editor, from the snapshot that the page has open. */
import type { SnapshotStore } from '../client/snapshot/snapshot-store.ts';
import type { LanguageAssistance } from '../core/manifest/language/assistance.ts';
import type { IndexNames, KnownRelease } from '../core/manifest/language/index-names.ts';
import { makeOverlayIndex } from '../core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../core/package-index/overlay/overlay-parse.ts';
import { isMissing, type PackageIndex, type ProjectPage } from '../core/package-index/package-index.ts';
import { findEntry, namesByPopularity } from '../core/package-index/snapshot/directory.ts';
import { normalizeName } from '../core/packaging/name.ts';

/** Extras are read from so many of the releases listed last, which are the newest. */
const RELEASES_WITH_EXTRAS = 12;

/** Loads what is needed and makes the assistance on a snapshot under a problem's overlay; null when it cannot be opened. */
export async function loadLanguageAssistance(
  snapshots: SnapshotStore,
  id: string,
  {
    python,
    engine,
    overlay: overlayText,
    isLive,
  }: { python: string; engine: string; overlay: string; isLive: boolean },
): Promise<LanguageAssistance | null> {
  const [opened, { makeLanguageAssistance }, { readingPolicy }] = await Promise.all([
    snapshots.openSnapshot(id),
    import('../core/manifest/language/make-assistance.ts'),
    import('../core/ledger/engine-era.ts'),
  ]);
  if (!opened.ok) return null;
  const overlay = parseOverlay(overlayText).overlay;
  const isClosed = overlay.statements.some((statement) => statement.kind === 'closed-world');
  const written = new Set(
    overlay.statements.flatMap((statement) =>
      statement.kind === 'release' || statement.kind === 'change' ? [normalizeName(statement.project)] : [],
    ),
  );
  const names = [...written, ...(isClosed ? [] : namesByPopularity(opened.value))];
  const index: IndexNames = {
    names: () => names,
    isPartial: isLive && !isClosed,
    async releases(name) {
      const isListed = !isClosed && findEntry(opened.value, name) >= 0;
      if (!isListed && !written.has(name)) return null;
      if (isListed) await snapshots.loadMissing(id, [{ missing: 'page', project: name, loadable: true }]);
      const snapshot = await snapshots.index(id);
      if (snapshot === null) return [];
      const whole = makeOverlayIndex(overlay, snapshot);
      const page = whole.page(name);
      return isMissing(page) ? [] : releasesOf(whole, page);
    },
  };
  return makeLanguageAssistance(index, python, readingPolicy(engine));
}

/** One entry a version: yanked when every file is, with the limit that its first file states. */
function releasesOf(index: PackageIndex, page: ProjectPage): KnownRelease[] {
  const releases = new Map<string, KnownRelease>();
  const versions = [...new Set(page.distributions.map((distribution) => distribution.version))];
  const withExtras = new Set(versions.slice(-RELEASES_WITH_EXTRAS));
  for (const distribution of page.distributions) {
    const { version, uploadTime, yanked, requiresPython } = distribution;
    const known = releases.get(version);
    if (known !== undefined) {
      if (yanked === false) releases.set(version, { ...known, yanked: false });
      continue;
    }
    const metadata = withExtras.has(version) ? index.metadata(distribution) : null;
    const extras = metadata === null || isMissing(metadata) ? [] : metadata.providesExtra;
    releases.set(version, { version, uploadTime, yanked, requiresPython, extras });
  }
  return [...releases.values()];
}
