/** Random small indexes and requests on them, the same for the same seed. */

export interface LiveRelease {
  readonly requires: readonly string[];
  readonly requires_python?: string;
  readonly extras?: readonly string[];
}

export interface LiveCase {
  readonly index: Readonly<Record<string, Readonly<Record<string, LiveRelease>>>>;
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly installed: Readonly<Record<string, readonly [version: string, requires: readonly string[]]>>;
  /** Words of pip's command line. */
  readonly options: readonly string[];
}

/** A generator of numbers in [0, 1), good enough for tests (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const EXTRAS = ['x', 'y'];
const OPTIONS: readonly (readonly string[])[] = [
  [],
  [],
  ['--upgrade'],
  ['--upgrade', '--upgrade-strategy', 'eager'],
  ['--force-reinstall'],
  ['--pre'],
  ['--no-deps'],
  ['--ignore-installed'],
];

/** One case. */
export function randomCase(random: () => number): LiveCase {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const chance = (share: number): boolean => random() < share;
  const names = 'abcdefg'.slice(0, 3 + below(5)).split('');
  const versionText = (number: number): string => {
    const suffix = chance(0.12) ? pick(['rc1', '.dev2', '.post1']) : '';
    return `${number}.0${suffix}`;
  };
  const specifier = (): string => {
    const bound = 1 + below(4);
    return pick([
      '',
      '',
      '',
      `>=${bound}.0`,
      `<${bound + 1}.0`,
      `==${bound}.0`,
      `!=${bound}.0`,
      `~=${bound}.0`,
      `==${bound}.*`,
    ]);
  };
  const withExtras = (name: string): string => (chance(0.2) ? `${name}[${pick(['x', 'y', 'x,y'])}]` : name);
  const dependency = (): string => {
    const marker = chance(0.1) ? pick([' ; python_version >= "3.8"', ' ; sys_platform == "win32"']) : '';
    return `${withExtras(pick(names))}${specifier()}${marker}`;
  };
  const release = (): LiveRelease => {
    const requires = Array.from({ length: below(3) }, dependency);
    const extras = chance(0.3) ? EXTRAS : [];
    for (const extra of extras)
      if (chance(0.7)) requires.push(`${pick(names)}${specifier()} ; extra == "${extra}"`);
    return {
      requires,
      ...(extras.length > 0 ? { extras } : {}),
      ...(chance(0.08) ? { requires_python: pick(['>=3.6', '>=3.20', '<3.8']) } : {}),
    };
  };
  const index: Record<string, Record<string, LiveRelease>> = {};
  for (const name of names) {
    index[name] = {};
    for (let number = 1; number <= 1 + below(4); number += 1) index[name][versionText(number)] = release();
  }
  const installed: Record<string, [string, string[]]> = {};
  for (const name of names)
    if (chance(0.2)) installed[name] = [`${1 + below(4)}.0`, chance(0.4) ? [dependency()] : []];
  return {
    index,
    requirements: Array.from({ length: 1 + below(3) }, () => `${withExtras(pick(names))}${specifier()}`),
    constraints: chance(0.25) ? [`${pick(names)}${specifier() || '>=1.0'}`] : [],
    installed: chance(0.5) ? installed : {},
    options: pick(OPTIONS),
  };
}

/** Every case that is one step smaller. */
export function* smallerCases(given: LiveCase): Generator<LiveCase> {
  for (const list of ['requirements', 'constraints'] as const) {
    for (const [place] of given[list].entries()) yield { ...given, [list]: given[list].toSpliced(place, 1) };
  }
  if (given.options.length > 0) yield { ...given, options: [] };
  for (const name of Object.keys(given.installed))
    yield { ...given, installed: without(given.installed, name) };
  for (const [name, releases] of Object.entries(given.index)) {
    yield { ...given, index: without(given.index, name) };
    for (const [version, { requires, ...rest }] of Object.entries(releases)) {
      yield { ...given, index: { ...given.index, [name]: without(releases, version) } };
      for (const [place] of requires.entries()) {
        const release = { ...rest, requires: requires.toSpliced(place, 1) };
        yield { ...given, index: { ...given.index, [name]: { ...releases, [version]: release } } };
      }
    }
  }
}

function without<Value>(values: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}

/** A case as overlay text with its command, for people. */
export function caseText({ index, requirements, constraints, installed, options }: LiveCase): string {
  const lines = [
    `pip install ${[...options, ...requirements].map((word) => JSON.stringify(word)).join(' ')}`,
  ];
  for (const constraint of constraints) lines.push(`constraint ${constraint}`);
  for (const [name, [version, requires]] of Object.entries(installed)) {
    lines.push(`installed ${name} ${version}${requires.length > 0 ? ` needs ${requires.join(' | ')}` : ''}`);
  }
  for (const [name, releases] of Object.entries(index)) {
    for (const [version, release] of Object.entries(releases)) {
      const python = release.requires_python === undefined ? '' : ` python ${release.requires_python}`;
      const extras = release.extras === undefined ? '' : ` extras ${release.extras.join(',')}`;
      const needs = release.requires.length > 0 ? ` -> ${release.requires.join(' | ')}` : '';
      lines.push(`${name} ${version}${python}${extras}${needs}`);
    }
  }
  return lines.join('\n');
}
