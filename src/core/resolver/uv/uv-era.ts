/** Differences of uv's releases, as rows of one table. Code asks a row for a rule, never for a version number. */

export interface UvEra {
  /** From this release on, `0.12.16`. */
  readonly release: string;
  /** Pre-releases are a fallback after stable versions, and versions that cannot be used are recorded as intervals. */
  readonly prefersStable: boolean;
  /** How a failure is drawn: `×` and `╰─▶`, wrapped at 80 columns; or `error:` and `cause:`, not wrapped. */
  readonly frame: 'arrows' | 'causes';
  /** Markers are printed as the shortest cover of their diagram, parts in common first. */
  readonly factorsMarkers: boolean;
}

const V0_13: UvEra = { release: '0.13.0', prefersStable: true, frame: 'causes', factorsMarkers: true };
const V0_12_16: UvEra = { ...V0_13, release: '0.12.16', factorsMarkers: false };
const V0_12: UvEra = { ...V0_12_16, release: '0.12.0', frame: 'arrows' };
const V0_11: UvEra = { ...V0_12, release: '0.11.0', prefersStable: false };

/** Newest first. */
const UV_ERAS: readonly UvEra[] = [V0_13, V0_12_16, V0_12, V0_11];

function parts(release: string): readonly number[] {
  return release.split('.').map((part) => Number.parseInt(part, 10));
}

function isAtLeast(release: string, bound: string): boolean {
  const own = parts(release);
  for (const [index, part] of parts(bound).entries()) {
    const mine = own[index] ?? 0;
    if (mine !== part) return mine > part;
  }
  return true;
}

/** The row of a release, `0.13` or `0.12.24`; the oldest for all that came before. */
export function uvEra(release: string): UvEra {
  return UV_ERAS.find((era) => isAtLeast(release, era.release)) ?? V0_11;
}
