/** Extras that were asked for and that the chosen release does not have: pip warns and goes on, uv says nothing. */
import { isMissing } from '../package-index/package-index.ts';
import { normalizeName } from '../packaging/name.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { Pin } from '../resolver/outcome.ts';
import { pinnedFile } from '../resolver/pinned-file.ts';
import type { Surprise } from './explanation.ts';
import { code, listOf, nameAtVersion } from './words.ts';

/** One surprise for each pin of which an extra does not exist. */
export function missingExtras(request: ResolveRequest, pins: readonly Pin[]): readonly Surprise[] {
  return pins.flatMap((pin): readonly Surprise[] => {
    const asked = new Set(
      [
        ...pin.extras,
        ...request.requirements.flatMap(({ requirement }) =>
          requirement.normalizedName === pin.name ? requirement.extras : [],
        ),
      ].map(normalizeName),
    );
    const file = asked.size === 0 ? undefined : pinnedFile(request.index, pin);
    const metadata = file === undefined ? null : request.index.metadata(file);
    if (metadata === null || isMissing(metadata)) return [];
    const there = new Set(metadata.providesExtra.map(normalizeName));
    const absent = [...asked].filter((extra) => !there.has(extra));
    if (absent.length === 0) return [];
    const text = `${nameAtVersion(pin.name, pin.version)} has no extra ${listOf(absent.map(code), 'or')}: nothing is installed for it.`;
    return [{ kind: 'no-extra', package: pin.name, text }];
  });
}
