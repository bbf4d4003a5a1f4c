/**
 * The facts of a small Problem, read for the checker alone: versions, requirements, markers and Python bounds as far as
 * the generator writes them. Nothing of src is used, so that a mistake there cannot hide here.
 */
export interface Release {
  readonly requires: readonly string[];
  readonly requires_python?: string;
  readonly yanked?: boolean | string;
  readonly extras?: readonly string[];
  readonly wheels?: readonly string[];
  readonly unknown?: boolean;
}

export interface SmallProblem {
  readonly engine: string;
  readonly requirements: string;
  readonly constraints?: string;
  /** uv's. */
  readonly overrides?: string;
  readonly environment: { readonly python: string; readonly platform: string };
  readonly index: { readonly facts: { readonly projects: Record<string, Record<string, Release>> } };
}

interface Parsed {
  readonly release: readonly number[];
  /** Sorts pre-releases before the release and post-releases after it. */
  readonly rank: number;
  readonly number: number;
}

/** `1.2rc1`, `1.0.post1`: what the generator writes of PEP 440. Null for anything else. */
function parse(text: string): Parsed | null {
  const match = /^v?(\d+(?:\.\d+)*)(?:\.?(a|b|rc|post|dev)(\d+))?(?:\+[a-z0-9.]+)?$/u.exec(text.trim());
  if (!match) return null;
  const rank = { dev: -4, a: -3, b: -2, rc: -1, post: 1 }[match[2] ?? ''] ?? 0;
  return { release: match[1]!.split('.').map(Number), rank, number: Number(match[3] ?? 0) };
}

export function compare(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  if (x === null || y === null) return a < b ? -1 : Number(a > b);
  for (let at = 0; at < Math.max(x.release.length, y.release.length); at += 1) {
    const difference = (x.release[at] ?? 0) - (y.release[at] ?? 0);
    if (difference !== 0) return difference;
  }
  const order = x.rank - y.rank || x.number - y.number;
  // A local label sorts above the version without it.
  return order || (a === b ? 0 : localOf(a) < localOf(b) ? -1 : Number(localOf(a) > localOf(b)));
}

function localOf(version: string): string {
  return version.split('+')[1] ?? '';
}

export function isPre(version: string): boolean {
  return (parse(version)?.rank ?? 0) < 0;
}

export interface Wish {
  readonly name: string;
  readonly extras: readonly string[];
  readonly clauses: readonly (readonly [string, string])[];
  readonly marker: string;
}

export function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/gu, '-');
}

/** Null for what is no requirement that the checker reads. */
export function wish(text: string): Wish | null {
  const [head = '', marker = ''] = text.split(/\s*;\s*/u, 2);
  const match = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*\(?([^)]*)\)?\s*$/u.exec(head);
  if (!match) return null;
  const clauses = (match[3] ?? '')
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map((clause) => /^(===|==|!=|~=|>=|<=|>|<)\s*(\S+)$/u.exec(clause));
  if (clauses.some((clause) => clause === null)) return null;
  const extras = (match[2] ?? '').split(',').map((extra) => normal(extra.trim()));
  return {
    name: normal(match[1]!),
    extras: extras.filter((extra) => extra !== ''),
    clauses: clauses.map((clause) => [clause![1]!, clause![2]!] as const),
    marker: marker.trim(),
  };
}

function startsWith(version: string, prefix: string): boolean {
  const [own, wanted] = [parse(version)?.release ?? [], prefix.split('.').map(Number)];
  return wanted.every((number, at) => (own[at] ?? 0) === number);
}

/** Whether a version is in a set of clauses; pre-releases count as versions like others. */
export function isIn(version: string, clauses: Wish['clauses']): boolean {
  return clauses.every(([operator, bound]) => {
    if (operator === '===') return version === bound;
    // PEP 440: a local version counts only where the bound names one.
    if (bound.includes('+')) return (version === bound) === (operator !== '!=');
    const prefix = bound.endsWith('.*') ? bound.slice(0, -2) : null;
    // PEP 440: where the bound names no label, the one of the version does not count.
    const order = prefix === null ? compare(version.split('+')[0]!, bound) : 0;
    switch (operator) {
      case '==':
      case '===':
        return prefix === null ? order === 0 : startsWith(version, prefix);
      case '!=':
        return prefix === null ? order !== 0 : !startsWith(version, prefix);
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      // PEP 440: `<2.0` leaves pre-releases of 2.0 out, `>1.0` post-releases of 1.0.
      case '<':
        return order < 0 && !(isPre(version) && !isPre(bound) && sameRelease(version, bound));
      case '>':
        return (
          order > 0 &&
          !((parse(version)?.rank ?? 0) > 0 && (parse(bound)?.rank ?? 0) <= 0 && sameRelease(version, bound))
        );
      default: {
        const release = bound.split('.');
        return order >= 0 && startsWith(version, release.slice(0, -1).join('.'));
      }
    }
  });
}

function sameRelease(a: string, b: string): boolean {
  const [x, y] = [parse(a)?.release ?? [], parse(b)?.release ?? []];
  return Array.from({ length: Math.max(x.length, y.length) }).every((_, at) => (x[at] ?? 0) === (y[at] ?? 0));
}

/** What markers read of the one environment of all these Problems. */
const CPYTHON_LINUX: Readonly<Record<string, string>> = {
  sys_platform: 'linux',
  platform_system: 'Linux',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
  os_name: 'posix',
  platform_release: '',
  platform_version: '',
};

export class World {
  readonly problem: SmallProblem;
  readonly isUv: boolean;
  readonly #projects = new Map<string, Readonly<Record<string, Release>>>();
  readonly #versions = new Map<string, readonly string[]>();

  constructor(problem: SmallProblem) {
    this.problem = problem;
    this.isUv = problem.engine.startsWith('uv');
    for (const [project, releases] of Object.entries(problem.index.facts.projects))
      this.#projects.set(normal(project), releases);
  }

  /** Versions of a project, lowest first; of none undefined. */
  versionsOf(name: string): readonly string[] | undefined {
    const known = this.#versions.get(name);
    const releases = this.#projects.get(name);
    if (known !== undefined || releases === undefined) return known;
    const sorted = Object.keys(releases).toSorted(compare);
    this.#versions.set(name, sorted);
    return sorted;
  }

  /** What uv's overrides put in the place of a wish; the wish itself where there are none. */
  overridden(own: Wish): readonly Wish[] {
    const overrides = this.lines(this.problem.overrides ?? '').flatMap(({ text }) => wish(text) ?? []);
    const named = overrides.filter(({ name }) => name === own.name);
    return named.length === 0 ? [own] : named.map((item) => ({ ...item, extras: own.extras }));
  }

  /** Whether the facts leave something open. */
  get hasUnknown(): boolean {
    return [...this.#projects.values()].some((releases) =>
      Object.values(releases).some(({ unknown }) => unknown === true),
    );
  }

  release(name: string, version: string): Release | undefined {
    const releases = this.#projects.get(name) ?? {};
    return Object.hasOwn(releases, version) ? releases[version] : undefined;
  }

  /** Whether a marker holds; `extra` is the one that is asked for, '' for none. */
  holds(marker: string, extra: string, python = this.problem.environment.python): boolean {
    if (marker === '') return true;
    // A name, an operator or a quoted text; parentheses, and, or.
    const tokens = marker.match(/"[^"]*"|'[^']*'|[()]|not\s+in|[a-z_.]+|[<>=!~]+/gu) ?? [];
    let at = 0;
    const either = (): boolean => {
      let isTrue = both();
      while (tokens[at] === 'or') isTrue = (at++, both()) || isTrue;
      return isTrue;
    };
    const both = (): boolean => {
      let isTrue = atom();
      while (tokens[at] === 'and') isTrue = (at++, atom()) && isTrue;
      return isTrue;
    };
    const atom = (): boolean => {
      if (tokens[at] === '(') {
        at++;
        const isTrue = either();
        if (tokens[at++] !== ')') throw new Error(`a marker that the checker does not read: ${marker}`);
        return isTrue;
      }
      const [left = '', operator = '', right = ''] = [tokens[at++], tokens[at++], tokens[at++]];
      return this.#compares(left, operator.replace(/\s+/gu, ' '), right, extra, python);
    };
    return either();
  }

  #compares(left: string, operator: string, right: string, extra: string, python: string): boolean {
    const isSwapped = /^["']/u.test(left);
    const [variable, value] = isSwapped ? [right, left.slice(1, -1)] : [left, right.slice(1, -1)];
    if (variable === 'extra') return (normal(value) === extra) === (operator === '==');
    const own = {
      ...CPYTHON_LINUX,
      python_version: python.split('.').slice(0, 2).join('.'),
      python_full_version: python,
    }[variable];
    if (own === undefined) throw new Error(`a marker that the checker does not read: ${variable}`);
    if (operator === 'in' || operator === 'not in') {
      const [small, large] = isSwapped ? [value, own] : [own, value];
      return large.includes(small) === (operator === 'in');
    }
    const isVersion = variable.endsWith('version') && variable !== 'platform_version';
    const turned = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }[operator] ?? operator;
    if (isVersion) return isIn(own, [[isSwapped ? turned : operator, value]]);
    return operator === '!=' ? own !== value : own === value;
  }

  /** Whether the Python at hand may use the release: uv heeds lower bounds only. */
  admitsPython(release: Release, python = this.problem.environment.python): boolean {
    const parsed = wish(`x${release.requires_python ?? ''}`);
    const clauses = parsed?.clauses ?? [];
    return isIn(
      python,
      this.isUv
        ? clauses.filter(([operator]) => /[>~=]/u.test(operator) && operator !== '!=' && operator !== '<=')
        : clauses,
    );
  }

  hasFile(release: Release, python = this.problem.environment.python): boolean {
    const minor = python.split('.')[1]!;
    return (release.wheels ?? ['py2.py3-none-any']).some((tag) =>
      /-none-any$/u.test(tag) && /py3/u.test(tag.split('-')[0]!)
        ? true
        : tag.startsWith(`cp3${minor}-`) && /linux\w*_x86_64/u.test(tag),
    );
  }

  lines(text: string): readonly { readonly line: number; readonly text: string }[] {
    const found: { line: number; text: string }[] = [];
    let open: { line: number; text: string } | null = null;
    for (const [at, raw] of text.split('\n').entries()) {
      const piece = raw.replace(/\s*\\$/u, '');
      open =
        open === null ? { line: at + 1, text: piece } : { line: open.line, text: `${open.text} ${piece}` };
      if (raw.endsWith('\\')) continue;
      const own = open.text.replace(/(^|\s+)#.*$/u, '').trim();
      if (own !== '' && !own.startsWith('-')) found.push({ line: open.line, text: own });
      open = null;
    }
    return found;
  }
}
