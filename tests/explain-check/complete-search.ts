/**
 * A complete search of its own: tries every choice, in no tool's order, with nothing learned from a failure but that it
 * failed. Slow, and simple enough to be right.
 */
import { isIn, isPre, wish, type Wish, type World } from './world.ts';

export type Choice = ReadonlyMap<string, string>;

interface Limits {
  readonly lines: readonly Wish[];
  readonly constraints: readonly Wish[];
}

/** Choices that are looked at before the search gives up. */
const MAX_STEPS = 200_000;

export class TooMuch extends Error {}

/** Whether some choice of versions satisfies the lines; `python` other than the Problem's for what-if questions. */
export class CompleteSearch {
  readonly #world: World;
  readonly #python: string;
  #steps = 0;

  constructor(world: World, python = world.problem.environment.python) {
    this.#world = world;
    this.#python = python;
  }

  /** The first choice found, or null. `admits` decides on what the tool takes only in some company. */
  solve(requirements: readonly string[], constraints: readonly string[]): Choice | null {
    const limits = this.#limits(requirements, constraints);
    this.#steps = 0;
    return this.#extend(new Map(), limits);
  }

  /** Whether a choice satisfies the lines, with nothing in it that cannot be used. */
  isSolution(choice: Choice, requirements: readonly string[], constraints: readonly string[]): boolean {
    const limits = this.#limits(requirements, constraints);
    const asked = this.#asked(choice, limits);
    const isMet = [...asked].every(([name, wishes]) => {
      const version = choice.get(name);
      return version !== undefined && wishes.every(({ clauses }) => isIn(version, clauses));
    });
    return (
      isMet &&
      [...choice].every(([name, version]) => this.#isUsable(name, version, limits)) &&
      (this.#isAdmitted(choice, limits) || this.#isAdmittedOnTheWay(choice))
    );
  }

  /**
   * pip chooses a withdrawn release or a pre-release that somebody pins, and keeps it when that somebody is chosen anew or
   * no longer asked for: what admitted it is then no part of the answer. (Such an answer is pip's, and no proof of more.)
   */
  #isAdmittedOnTheWay(choice: Choice): boolean {
    if (this.#world.isUv) return false;
    const { projects } = this.#world.problem.index.facts;
    const wishes = Object.values(projects).flatMap((releases) =>
      Object.values(releases).flatMap(({ requires }) => requires.flatMap((text) => wish(text) ?? [])),
    );
    return [...choice].every(([name, version]) => {
      const { yanked = false } = this.#world.release(name, version)!;
      if (yanked === false && !isPre(version)) return true;
      return wishes.some((own) => own.name === name && this.#admits(name, version, [own]));
    });
  }

  #limits(requirements: readonly string[], constraints: readonly string[]): Limits {
    const read = (texts: readonly string[]): readonly Wish[] =>
      texts.flatMap((text) => {
        const parsed = wish(text);
        if (parsed === null) throw new Error(`the checker does not read ${text}`);
        return this.#world.holds(parsed.marker, '', this.#python) ? [parsed] : [];
      });
    const lines = read(requirements).flatMap((own) => this.#world.overridden(own));
    return { lines, constraints: read(constraints) };
  }

  #extend(chosen: Map<string, string>, limits: Limits): Choice | null {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new TooMuch();
    const asked = this.#asked(chosen, limits);
    for (const [name, version] of chosen) {
      const wishes = asked.get(name) ?? [];
      if (wishes.some(({ clauses }) => !isIn(version, clauses))) return null;
    }
    const open = [...asked.keys()].find((name) => !chosen.has(name));
    if (open === undefined) return this.#isAdmitted(chosen, limits) ? chosen : null;
    for (const version of (this.#world.versionsOf(open) ?? []).toReversed()) {
      if (!this.#isUsable(open, version, limits)) continue;
      if (asked.get(open)!.some(({ clauses }) => !isIn(version, clauses))) continue;
      const found = this.#extend(new Map(chosen).set(open, version), limits);
      if (found !== null) return found;
    }
    return null;
  }

  /** Everything that lines and chosen versions ask for, by project, extras followed to their end. */
  #asked(chosen: Choice, { lines, constraints }: Limits): Map<string, Wish[]> {
    const asked = new Map<string, Wish[]>();
    const extras = new Map<string, Set<string>>();
    const ask = (item: Wish): void => {
      asked.set(item.name, [...(asked.get(item.name) ?? []), item]);
      const known = extras.get(item.name) ?? new Set(['']);
      for (const extra of item.extras) known.add(extra);
      extras.set(item.name, known);
    };
    lines.forEach(ask);
    for (let before = -1, done = new Set<string>(); before !== done.size;) {
      before = done.size;
      for (const [name, wanted] of [...extras]) {
        const version = chosen.get(name);
        if (version === undefined) continue;
        for (const extra of [...wanted]) {
          const key = `${name}[${extra}]`;
          if (done.has(key)) continue;
          done.add(key);
          this.#needs(name, version, extra).forEach(ask);
        }
      }
    }
    for (const item of constraints) {
      const known = asked.get(item.name);
      if (known !== undefined) asked.set(item.name, [...known, item]);
    }
    return asked;
  }

  #needs(name: string, version: string, extra: string): readonly Wish[] {
    const release = this.#world.release(name, version)!;
    const declared = (release.extras ?? []).map((item) => item.toLowerCase());
    // pip leaves out what an extra brings that the metadata does not declare.
    if (extra !== '' && !this.#world.isUv && !declared.includes(extra)) return [];
    return release.requires.flatMap((text) => {
      const parsed = wish(text);
      if (parsed === null) throw new Error(`the checker does not read ${text}`);
      return this.#world.holds(parsed.marker, extra, this.#python) ? this.#world.overridden(parsed) : [];
    });
  }

  #isUsable(name: string, version: string, { lines, constraints }: Limits): boolean {
    const release = this.#world.release(name, version)!;
    if (!this.#world.admitsPython(release, this.#python) || !this.#world.hasFile(release, this.#python))
      return false;
    if (!this.#world.isUv) return true;
    const own = [...lines, ...constraints].filter((item) => item.name === name);
    if (release.yanked !== undefined && release.yanked !== false)
      return own.some(
        ({ clauses }) => clauses.length === 1 && /^={2,3}$/u.test(clauses[0]![0]) && isIn(version, clauses),
      );
    // uv 0.12 takes pre-releases after all stable versions, so they are candidates like others.
    const [, minor = 0] = (this.#world.problem.engine.split('@')[1] ?? '').split('.').map(Number);
    if (!isPre(version) || minor >= 12) return true;
    const names = own.some(({ clauses }) =>
      clauses.some(([operator, bound]) => operator !== '!=' && isPre(bound)),
    );
    return names || (this.#world.versionsOf(name) ?? []).every(isPre);
  }

  /** pip: yanked and pre-releases are admitted by what was asked when they were chosen, in some order of choosing. */
  #isAdmitted(chosen: Choice, limits: Limits): boolean {
    if (this.#world.isUv) return true;
    const all = this.#asked(chosen, limits);
    if ([...chosen].some(([name, version]) => !this.#admits(name, version, all.get(name) ?? [])))
      return false;
    const placed = new Map<string, string>();
    for (let before = -1; before !== placed.size;) {
      before = placed.size;
      const asked = this.#asked(placed, limits);
      for (const [name, wishes] of asked) {
        const version = chosen.get(name);
        if (version !== undefined && !placed.has(name) && this.#admits(name, version, wishes))
          placed.set(name, version);
      }
    }
    return placed.size === chosen.size;
  }

  #admits(name: string, version: string, wishes: readonly Wish[]): boolean {
    const release = this.#world.release(name, version)!;
    const clauses = wishes.flatMap((item) => item.clauses);
    const usable = (this.#world.versionsOf(name) ?? []).filter((other) => {
      const own = this.#world.release(name, other)!;
      return (
        this.#world.admitsPython(own, this.#python) &&
        this.#world.hasFile(own, this.#python) &&
        isIn(other, clauses)
      );
    });
    const era = Number.parseFloat(this.#world.problem.engine.split('@')[1] ?? '');
    const namesPre = clauses.some(([operator, bound]) => {
      if (!isPre(bound) || operator === '!=') return false;
      return operator === '<' || operator === '>' ? era >= 25 : true;
    });
    const finals = usable.filter((other) => !isPre(other));
    const fallsBack = finals.length === 0 && (era >= 26 || clauses.length === 0);
    if (isPre(version) && !namesPre && !fallsBack) return false;
    if (release.yanked === undefined || release.yanked === false) return true;
    const applicable = usable.filter((other) => !isPre(other) || namesPre || fallsBack);
    const areAllYanked = applicable.every((other) => {
      const { yanked = false } = this.#world.release(name, other)!;
      return yanked !== false;
    });
    const isPinned = clauses.some(([operator, bound]) => /^={2,3}$/u.test(operator) && !bound.endsWith('.*'));
    // pip 20.3 as it came first takes a withdrawn release after all others; until 22 it needed no pin.
    return era < 20.4 || (areAllYanked && (isPinned || era < 22));
  }
}
