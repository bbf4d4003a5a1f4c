/**
 * The one table of releases: which of each tool can be chosen, newest first. A new release is one entry here, and a row
 * of its tool's differences where it has some (resolver/pip/era.ts, resolver/uv/uv-era.ts).
 */
export const RELEASES = {
  /** Minor releases of pip with the backtracking resolver. */
  pip: [
    ...['26.3', '26.2', '26.1', '26.0', '25.3', '25.2', '25.1', '25.0', '24.3', '24.2', '24.1', '24.0'],
    ...[
      '23.3',
      '23.2',
      '23.1',
      '23.0',
      '22.3',
      '22.2',
      '22.1',
      '22.0',
      '21.3',
      '21.2',
      '21.1',
      '21.0',
      '20.3',
    ],
  ],
  uv: ['0.13', '0.12', '0.11'],
  poetry: ['2.5'],
  pdm: ['2.29'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What runs where nobody names an engine. */
export const DEFAULT_ENGINE = `pip@${RELEASES.pip[0]}` as const;

/** What texts that only say "uv" are run with. */
export const DEFAULT_UV_ENGINE = `uv@${RELEASES.uv[0]}` as const;

/** What projects and reports of Poetry's and PDM's are run with. */
export const POETRY_ENGINE = `poetry@${RELEASES.poetry[0]}` as const;
export const PDM_ENGINE = `pdm@${RELEASES.pdm[0]}` as const;
