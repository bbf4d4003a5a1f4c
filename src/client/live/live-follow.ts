/**
 * What a resolver will most likely ask next, so that a load brings more than one fact: the newest final release's
 * metadata, and then the pages of what it needs. A guess costs a request, so only pure wheels are followed: every
 * target takes the same one.
 */
import { fileKeyOf, type LiveFact } from '../../core/package-index/live/live-layer.ts';
import type { Distribution, MissingFact } from '../../core/package-index/package-index.ts';
import { parseRequirement } from '../../core/packaging/requirement.ts';
import { compareVersions, isPrerelease, parseVersion, type Version } from '../../core/packaging/version.ts';

function newestPureWheel(files: readonly Distribution[]): Distribution | null {
  let best: { readonly file: Distribution; readonly version: Version } | null = null;
  for (const file of files) {
    if (file.kind !== 'wheel' || file.yanked !== false || !/(?:^|\.)py3\b.*-none-any$/u.test(file.tags))
      continue;
    const parsed = parseVersion(file.version);
    if (!parsed.ok || isPrerelease(parsed.value)) continue;
    if (best === null || compareVersions(parsed.value, best.version) > 0)
      best = { file, version: parsed.value };
  }
  return best?.file ?? null;
}

/** The facts that most likely follow from one. */
export function followingFacts(fact: LiveFact): readonly MissingFact[] {
  if (fact.kind === 'page') {
    const file = newestPureWheel(fact.page.distributions);
    if (file === null) return [];
    return [{ missing: 'metadata', ...fileKeyOf(file), version: file.version, loadable: true }];
  }
  if (typeof fact.metadata === 'string') return [];
  return fact.metadata.requiresDist.flatMap((text): readonly MissingFact[] => {
    const parsed = parseRequirement(text);
    if (!parsed.ok || parsed.value.marker !== null || parsed.value.url !== null) return [];
    return [{ missing: 'page', project: parsed.value.normalizedName, loadable: true }];
  });
}
