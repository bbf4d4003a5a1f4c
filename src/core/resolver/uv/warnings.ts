/** What uv remarks on a solution: facts only, the words are in `explain/uv/warning-words.ts`. */
import type { Pin } from '../outcome.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { MissingFact } from '../../package-index/package-index.ts';
import type { VersionMetadata } from './fact-reader.ts';
import type { ResolutionContext } from './resolution-context.ts';
import type { DecidedVersion } from './fork-step.ts';
import type { UvPackage } from './package.ts';
import { unpinnedTransitive } from './unpinned.ts';
import { uvEra } from './uv-era.ts';
import { versionOf } from '../../packaging/version-cut.ts';

export type UvWarning =
  /** An extra was asked for that the version does not declare. */
  | {
      readonly kind: 'missing-extra';
      readonly name: string;
      readonly version: string;
      readonly extra: string;
    }
  /** `reason` is '' when none was given. */
  | { readonly kind: 'yanked'; readonly name: string; readonly version: string; readonly reason: string }
  /** The lowest version was asked for of something that has no lower bound. */
  | { readonly kind: 'unpinned'; readonly name: string; readonly isDirect: boolean }
  /** `if-necessary-or-explicit` was asked for, which 0.12 reads as `if-necessary`. */
  | { readonly kind: 'deprecated-mode' };

function declaredExtras(
  context: ResolutionContext,
  pin: Pick<Pin, 'name' | 'version'>,
): ReadonlySet<string> | null {
  const metadata = metadataOf(context, pin);
  return metadata === null || 'missing' in metadata ? null : new Set(metadata.extras.map(normalizeName));
}

function metadataOf(
  { facts }: ResolutionContext,
  { name, version }: Pick<Pin, 'name' | 'version'>,
): VersionMetadata | MissingFact | null {
  const release = facts.knownListing(name)?.release(versionOf(version));
  const usability = release && facts.usability(release);
  return usability?.kind === 'usable' ? facts.metadata(usability.described) : null;
}

/** What has to be loaded before anything can be said of the extras of these pins: with `--no-deps` none was read. */
export function unreadExtras(context: ResolutionContext, pins: readonly Pin[]): readonly MissingFact[] {
  return pins.flatMap((pin) => {
    const metadata = pin.extras.length === 0 ? null : metadataOf(context, pin);
    return metadata !== null && 'missing' in metadata && metadata.loadable ? [metadata] : [];
  });
}

function pinWarnings(context: ResolutionContext, pin: Pin): readonly UvWarning[] {
  const { name, version, yanked } = pin;
  const warnings: UvWarning[] = yanked === false ? [] : [{ kind: 'yanked', name, version, reason: yanked }];
  const declared = pin.extras.length === 0 ? null : declaredExtras(context, pin);
  for (const extra of pin.extras) {
    if (declared?.has(extra) === false) warnings.push({ kind: 'missing-extra', name, version, extra });
  }
  return warnings;
}

interface Solved {
  readonly pins: readonly Pin[];
  readonly decided: Iterable<readonly [UvPackage, DecidedVersion]>;
}

/** The warnings, in their order: those of the search, which come before a failure, too, then those on what was found. */
export function warningsOn(context: ResolutionContext, solved: Solved | null): readonly UvWarning[] {
  const { options, toolVersion } = context.request;
  const isDeprecated = options.prerelease === 'if-necessary-or-explicit' && uvEra(toolVersion).prefersStable;
  const mode: readonly UvWarning[] = isDeprecated ? [{ kind: 'deprecated-mode' }] : [];
  const unpinned = (names: Iterable<string>, isDirect: boolean): readonly UvWarning[] =>
    [...names].map((name) => ({ kind: 'unpinned', name, isDirect }));
  const searched = [...mode, ...unpinned(context.unpinned, true)];
  if (solved === null) return searched;
  const transitive = options.resolution === 'lowest' ? unpinnedTransitive(context, solved.decided) : [];
  return [
    ...searched,
    ...solved.pins.flatMap((pin) => pinWarnings(context, pin)),
    ...unpinned(transitive, false),
  ];
}
