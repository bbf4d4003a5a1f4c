/** The wheel tags that a release of pip knew: newer kinds of platforms came one after the other. */
import type { TargetEnvironment } from '../../packaging/target-environment.ts';
import type { PipEra } from './era-rules.ts';

/**
 * The target as a release sees it. `packaging.tags` brought PEP 600's `manylinux_2_17` and macOS 11 in pip 20.3,
 * `musllinux` in 21.2, iOS in 24.3 and Android in 25.1; what an older pip does not know it passes over.
 */
export function targetOfEra(target: TargetEnvironment, { unknownPlatforms }: PipEra): TargetEnvironment {
  if (unknownPlatforms === null) return target;
  const tags = target.tags.filter((tag) => !unknownPlatforms.test(tag.slice(tag.lastIndexOf('-') + 1)));
  if (tags.length === target.tags.length) return target;
  return { ...target, tags, tagRank: new Map(tags.map((tag, rank) => [tag, rank])) };
}
