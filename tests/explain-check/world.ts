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
  return x.rank - y.rank || x.number - y.number;
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
    // PEP 440: a local version counts only where the bound names one.
    if (bound.includes('+')) return (version === bound) === (operator !== '!=');
    const prefix = bound.endsWith('.*') ? bound.slice(0, -2) : null;
    const order = prefix === null ? compare(version, bound) : 0;
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

export class World {
  readonly problem: SmallProblem;
  readonly isUv: boolean;
  /** Versions of each project, lowest first. */
  readonly versions = new Map<string, readonly string[]>();
  readonly #releases = new Map<string, Release>();

  constructor(problem: SmallProblem) {
    this.problem = problem;
    this.isUv = problem.engine.startsWith('uv');
    for (const [project, releases] of Object.entries(problem.index.facts.projects)) {
      const name = normal(project);
      this.versions.set(name, Object.keys(releases).toSorted(compare));
      for (const [version, release] of Object.entries(releases))
        this.#releases.set(`${name} ${version}`, release);
    }
  }

  release(name: string, version: string): Release | undefined {
    return this.#releases.get(`${name} ${version}`);
  }

  /** Whether a marker holds; `extra` is the one that is asked for, '' for none. */
  holds(marker: string, extra: string, python = this.problem.environment.python): boolean {
    if (marker === '') return true;
    return marker.split(/\s+or\s+/u).some((part) =>
      part.split(/\s+and\s+/u).every((atom) => {
        const match = /^\(?\s*(\w+)\s*(==|!=|>=|<=|<|>)\s*['"]([^'"]*)['"]\s*\)?$/u.exec(atom.trim());
        if (!match) throw new Error(`a marker that the checker does not read: ${marker}`);
        const [, variable, operator, value] = match;
        if (variable === 'extra') return (normal(value!) === extra) === (operator === '==');
        if (variable === 'sys_platform') return (value === 'linux') === (operator === '==');
        const own = variable === 'python_version' ? python.split('.').slice(0, 2).join('.') : python;
        return isIn(own, [[operator!, value!]]);
      }),
    );
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
