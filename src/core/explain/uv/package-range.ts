/** A package in a range, in uv's words: `a>=1,<2`, `all versions of a`, or a list with a line for each interval. */
import { cutAfter, cutBefore, type VersionCut } from '../../packaging/version-cut.ts';
import { VersionRange, type RangeSegment } from '../../packaging/version-range.ts';
import { versionsEqual, type Version } from '../../packaging/version.ts';

/** `dependency`: what is asked for. `compatibility`: what is said of a package. `availability`: what exists. */
export type RangeRole = 'dependency' | 'compatibility' | 'availability';

const LIST_WORDS = {
  dependency: 'one of:',
  compatibility: 'all of:',
  availability: 'are available:',
} as const;

/** `==1.2.*` for everything from 1.2.dev0 up to 1.3.dev0, or null. */
export function prefixText({ lower, upper }: RangeSegment): string | null {
  if (lower === null || upper === null || lower.isAfter || upper.isAfter) return null;
  if (!isDevelopmentZero(lower.version) || !isDevelopmentZero(upper.version)) return null;
  const low = lower.version.release;
  const high = upper.version.release;
  if (low.length !== high.length) return null;
  const last = low.length - 1;
  const isNext = low.every((part, index) => high[index] === (index === last ? part + 1 : part));
  const epoch = lower.version.epoch === 0 ? '' : `${lower.version.epoch}!`;
  return isNext ? `==${epoch}${low.join('.')}.*` : null;
}

function isDevelopmentZero({ dev, pre, post, local }: Version): boolean {
  return dev === 0 && pre === null && post === null && local === null;
}

/** Bounds without a package, `>=1,<2`; '' when there are none. */
export function boundsText(segment: RangeSegment): string {
  const { lower, upper } = segment;
  const low = lower === null ? '' : `${lower.isAfter ? '>' : '>='}${lower.version.text}`;
  const high = upper === null ? '' : `${upper.isAfter ? '<=' : '<'}${upper.version.text}`;
  if (lower === null || upper === null) return low + high;
  if (!lower.isAfter && upper.isAfter && versionsEqual(lower.version, upper.version))
    return `==${lower.version.text}`;
  return prefixText(segment) ?? `${low},${high}`;
}

/** `packageName` as printed, extra and marker included. Several intervals take a line each. */
export function packageRangeText(packageName: string, range: VersionRange, role: RangeRole): string {
  const segments = range.segments();
  if (segments.length === 0) return `${packageName} ∅`;
  const texts = segments.map((segment) => {
    const bounds = boundsText(segment);
    return bounds === '' && role === 'compatibility'
      ? `all versions of ${packageName}`
      : packageName + bounds;
  });
  if (texts.length === 1) return texts[0]!;
  return `${LIST_WORDS[role]}${texts.map((text) => `\n    ${text}`).join('')}\n`;
}

/** Whether the words take a plural verb: several intervals, or "all versions of". */
export function isPlural(range: VersionRange, role: RangeRole): boolean {
  const [first, ...others] = range.segments();
  if (first === undefined) return false;
  if (role === 'compatibility' && first.lower === null && first.upper === null) return true;
  return others.length > 0;
}

/**
 * What is available, in the listing's words: intervals beside it vanish, those that cover it shrink to its ends, and
 * an inclusive end that is not listed becomes exclusive.
 */
export function availabilityRange(range: VersionRange, listing: readonly Version[]): VersionRange {
  const lowest = listing[0];
  const highest = listing.at(-1);
  if (lowest === undefined || highest === undefined) return VersionRange.EMPTY;
  const envelope = VersionRange.closed(lowest, highest);
  if (versionsEqual(lowest, highest)) return envelope;
  const isListed = (cut: VersionCut): boolean =>
    listing.some((version) => versionsEqual(version, cut.version));
  const segments = range.segments().flatMap((segment) => {
    const { lower, upper } = segment;
    const alone = VersionRange.fromSegments([segment]);
    if (alone.isDisjoint(envelope)) return [];
    if (envelope.isSubset(alone)) {
      return [
        {
          lower: lower === null ? null : cutBefore(lowest),
          upper: upper === null && lower !== null ? null : cutAfter(highest),
        },
      ];
    }
    return [
      {
        lower: lower !== null && !lower.isAfter && !isListed(lower) ? { ...lower, isAfter: true } : lower,
        upper: upper?.isAfter === true && !isListed(upper) ? { ...upper, isAfter: false } : upper,
      },
    ];
  });
  return VersionRange.fromSegments(segments);
}
