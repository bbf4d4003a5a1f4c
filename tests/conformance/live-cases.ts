/** Random small indexes and requests on them, the same for the same seed. */

export interface LiveRelease {
  readonly requires: readonly string[];
  readonly requires_python?: string;
  readonly extras?: readonly string[];
  /** The reason of a yank; only index pages tell it. */
  readonly yanked?: string;
  /** What the metadata says its version is, where that is wrong. */
  readonly says?: string;
  /** `sdist`, or what stands between version and `.whl` of a wheel; without it the one wheel of `wheelName`. */
  readonly files?: readonly string[];
}

export type LiveIndex = Readonly<Record<string, Readonly<Record<string, LiveRelease>>>>;

/** What is installed: version, requirements, extras. */
export type LiveInstalled = readonly [
  version: string,
  requires: readonly string[],
  extras: readonly string[],
];

export interface LiveCase {
  /** `pages`: an index with pages, which tell yanks and Requires-Python; `folder`: a find-links folder and no index. */
  readonly layout: 'pages' | 'folder';
  readonly index: LiveIndex;
  /** Another index, `--extra-index-url`. */
  readonly extra: LiveIndex;
  /** Another folder, `--find-links`. */
  readonly links: LiveIndex;
  /** Wheels at addresses of their own, which requirements write as `DIRECT/filename`. */
  readonly direct: LiveIndex;
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly installed: Readonly<Record<string, LiveInstalled>>;
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
const MARKERS = [
  'python_version >= "3.8"',
  'sys_platform == "win32"',
  'python_full_version < "3.11.2" or os_name == "nt"',
  'implementation_name == "cpython" and extra != "x"',
];
const OPTIONS: readonly (readonly string[])[] = [
  ...[[], [], []],
  ['--upgrade'],
  ['--upgrade', '--upgrade-strategy', 'eager'],
  ['--force-reinstall'],
  ['--ignore-installed'],
  ['--no-deps'],
  ['--ignore-requires-python'],
  ['--prefer-binary'],
];
const PRERELEASES: readonly (readonly string[])[] = [[], [], [], [], [], ['--pre']];
/** Of pip 26.0 and later. */
const RELEASE_CONTROL: readonly (readonly string[])[] = [
  ['--only-final', ':all:'],
  ['--all-releases', 'a,b'],
  ['--only-final', 'a', '--all-releases', ':all:'],
];

/** Files of a release, as a page may list them; the second is not for this platform, the sixth is a second build. */
const FILES = [
  'py3-none-any',
  'cp311-cp311-win_amd64',
  'cp311-cp311-manylinux_2_17_x86_64',
  'cp311-abi3-manylinux2014_x86_64',
  'py311-none-any',
  '1-py3-none-any',
  'py2-none-any',
  'sdist',
];
const FORMATS: readonly (readonly string[])[] = [
  ['--only-binary', ':all:'],
  ['--only-binary', 'a,b'],
  ['--no-binary', 'b'],
  ['--no-binary', ':all:', '--only-binary', 'a'],
  ['--prefer-binary'],
];

/** The names of a release's files. */
export function fileNames(project: string, version: string, { files }: LiveRelease): readonly string[] {
  if (files === undefined) return [wheelName(project, version)];
  const stem = `${project}-${version}`;
  return files.map((file) => (file === 'sdist' ? `${stem}.tar.gz` : `${stem}-${file}.whl`));
}

/** The only file of most releases. */
export function wheelName(project: string, version: string): string {
  return `${project}-${version}-py3-none-any.whl`;
}

/** What the pip at hand understands, as `26.2.1`. */
export function randomCase(random: () => number, pip: string): LiveCase {
  return new CaseMaker(random, Number(pip.split('.')[0])).make();
}

class CaseMaker {
  readonly #random: () => number;
  readonly #major: number;
  readonly #names: readonly string[];
  /** Whether releases have several files. Building an sdist takes its time, so there are few such cases. */
  readonly #hasFiles: boolean;
  #direct: Record<string, Record<string, LiveRelease>> = {};

  constructor(random: () => number, major: number) {
    this.#random = random;
    this.#major = major;
    this.#hasFiles = this.#chance(0.15);
    this.#names = 'abcdefg'.slice(0, 3 + this.#below(5)).split('');
  }

  make(): LiveCase {
    const layout = this.#chance(0.6) ? 'pages' : 'folder';
    if (this.#chance(0.25) && !this.#hasFiles) this.#direct = this.#index(0.4, layout);
    const hasInstalled = this.#chance(0.5);
    return {
      layout,
      index: this.#index(1, layout),
      extra: layout === 'pages' && this.#chance(0.3) ? this.#index(0.6, layout) : {},
      links: this.#chance(0.3) ? this.#index(0.6, 'folder') : {},
      direct: this.#direct,
      requirements: this.#list(1 + this.#below(3), () => this.#requirement()),
      constraints: this.#chance(0.3) ? this.#list(1 + this.#below(2), () => this.#constraint()) : [],
      installed: hasInstalled ? this.#installed() : {},
      options: [
        ...this.#pick(OPTIONS),
        ...this.#prereleases(),
        ...(this.#hasFiles && this.#chance(0.5) ? this.#pick(FORMATS) : []),
      ],
    };
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #list<T>(length: number, make: () => T): T[] {
    return Array.from({ length }, make);
  }

  #prereleases(): readonly string[] {
    return this.#major >= 26 && this.#chance(0.12) ? this.#pick(RELEASE_CONTROL) : this.#pick(PRERELEASES);
  }

  /** `share` of the names, each with a few releases. */
  #index(share: number, layout: LiveCase['layout']): Record<string, Record<string, LiveRelease>> {
    const index: Record<string, Record<string, LiveRelease>> = {};
    for (const name of this.#names) {
      if (!this.#chance(share)) continue;
      index[name] = {};
      const last = 1 + this.#below(4);
      for (let number = 1; number <= last; number += 1)
        index[name][this.#version(number)] = this.#release(number, layout);
    }
    return index;
  }

  #version(number: number): string {
    return `${number}.0${this.#chance(0.12) ? this.#pick(['rc1', '.dev2', '.post1', '+local.1']) : ''}`;
  }

  #release(number: number, layout: LiveCase['layout']): LiveRelease {
    const requires = this.#list(this.#below(3), () => this.#dependency());
    const extras = this.#chance(0.3) ? EXTRAS : [];
    for (const extra of extras) {
      const more = this.#chance(0.2) ? ` and ${this.#pick(MARKERS.slice(0, 2))}` : '';
      if (this.#chance(0.7)) requires.push(`${this.#wanted()} ; extra == "${extra}"${more}`);
    }
    // What cannot be read ends older releases in ways that are not about resolving.
    if (this.#major >= 25 && this.#chance(0.03)) requires.push('b>=nonsense');
    return {
      requires,
      ...(extras.length > 0 ? { extras } : {}),
      ...(this.#chance(0.1) ? { requires_python: this.#pick(['>=3.6', '>=3.20', '<3.8', '!=3.10.*']) } : {}),
      ...(layout === 'pages' && this.#chance(0.12) ? { yanked: this.#pick(['', 'broken']) } : {}),
      ...(this.#chance(0.03) ? { says: `${number}.9` } : {}),
      ...(this.#hasFiles && this.#chance(0.5) ? { files: this.#files() } : {}),
    };
  }

  #files(): readonly string[] {
    return [...new Set(this.#list(1 + this.#below(3), () => this.#pick(FILES)))];
  }

  #specifier(): string {
    const bound = 1 + this.#below(4);
    const plain = ['', '', '', '', `>=${bound}.0`, `<${bound + 1}.0`, `==${bound}.0`, `!=${bound}.0`];
    const special = [`~=${bound}.0`, `==${bound}.*`, `>=${bound}.0rc1`, `>${bound}.0,<${bound + 2}`];
    // Before 24.1 pip cannot read back what it prints of `===` before a marker.
    if (this.#major >= 25) special.push(`===${bound}.0`);
    return this.#chance(0.65) ? this.#pick(plain) : this.#pick(special);
  }

  /** A project with extras and a specifier, or an address. */
  #wanted(): string {
    const name = this.#pick(this.#names);
    const extras = this.#chance(0.2) ? `[${this.#pick(['x', 'y', 'x,y', 'z'])}]` : '';
    const versions = Object.keys(this.#direct[name] ?? {});
    if (versions.length === 0 || this.#chance(0.6)) return `${name}${extras}${this.#specifier()}`;
    return `${name}${extras} @ DIRECT/${wheelName(name, this.#pick(versions))}`;
  }

  #dependency(): string {
    return this.#chance(0.12) ? `${this.#wanted()} ; ${this.#pick(MARKERS)}` : this.#wanted();
  }

  #requirement(): string {
    return this.#chance(0.05) ? `${this.#wanted()} ; ${this.#pick(MARKERS.slice(0, 2))}` : this.#wanted();
  }

  #constraint(): string {
    const text = this.#wanted().replace(/\[[^\]]*\]/u, '');
    const limit = text.length === 1 ? `${text}>=1.0` : text;
    return this.#chance(0.1) ? `${limit} ; ${this.#pick(MARKERS.slice(0, 2))}` : limit;
  }

  #installed(): Record<string, LiveInstalled> {
    const installed: Record<string, LiveInstalled> = {};
    for (const name of this.#names) {
      if (!this.#chance(0.3)) continue;
      const requires = this.#chance(0.4) ? [this.#dependency()] : [];
      const extras = this.#chance(0.3) ? EXTRAS : [];
      if (extras.length > 0) requires.push(`${this.#wanted()} ; extra == "x"`);
      installed[name] = [this.#version(1 + this.#below(4)), requires, extras];
    }
    return installed;
  }
}
