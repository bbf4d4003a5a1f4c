/**
 * What pip admits in some company only. A pre-release or a withdrawn version is a candidate if the requirements that
 * stand when it is chosen admit it; more of them never take that back. So a version that a solution's own requirements
 * do not admit needs another requirer, and among everything that the request can lead to those can be listed:
 *
 *     lib 2.0rc1 is refused with { app 1.0 → lib>=1 };  app 0.9 → lib>=2.0rc1 is the only other requirement on lib
 *     clause     lib 2.0rc1 needs app 0.9
 */
import { integersFromRuns, INTEGER_SETS, positionsIn, type IntegerSet } from '../pubgrub/integer-sets.ts';
import type { ProofTerm } from './proof.ts';
import type { CompanyExclusion } from './proof-reader.ts';
import type { ProverUniverse, Refusal } from './prover-universe.ts';

/** Versions that are read at most to know everybody who could ask for a project. */
const MAX_READS = 6_000;

/** Versions of a package that ask for a project, by the requirement's text. */
interface Requirer {
  readonly package: number;
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

export class Company {
  readonly #universe: ProverUniverse;
  #requirers: ReadonlyMap<string, readonly Requirer[]> | null | undefined;
  readonly #stated = new Set<string>();

  constructor(universe: ProverUniverse) {
    this.#universe = universe;
  }

  /**
   * What follows from the refusal of one version of a solution: that it needs other requirers, where all are known, else
   * only that this whole combination is none. Every solution that it rules out is refused for the same reason.
   */
  exclude(solution: ReadonlyMap<number, IntegerSet>, refusal: Refusal): CompanyExclusion {
    const clause = refusal.isFinal ? null : this.#clause(solution, refusal);
    return clause ?? wholeCombination(solution, refusal);
  }

  #clause(solution: ReadonlyMap<number, IntegerSet>, refusal: Refusal): CompanyExclusion | null {
    const requirers = (this.#requirers ??= this.#readRequirers());
    if (requirers === null) return null;
    const { name } = this.#universe.packages[refusal.package]!;
    const others: ProofTerm[] = [];
    for (const { package: number, texts } of requirers.get(name) ?? []) {
      // What the version says of its own project stands in the refusal already.
      if (number === refusal.package) continue;
      const helpers = [...texts].filter(([, own]) => own.some((text) => !refusal.texts.has(text)));
      if (helpers.length === 0) continue;
      const versions = integersFromRuns(helpers.map(([version]) => [version, version] as const));
      const chosen = solution.get(number);
      // The helper is here already, and does not help: only the combination as a whole can be put aside.
      if (chosen !== undefined && INTEGER_SETS.relation(chosen, versions) === 'subset') return null;
      others.push({ package: number, isPositive: false, versions });
    }
    const own = solution.get(refusal.package)!;
    const key = JSON.stringify([refusal.package, own, others]);
    if (this.#stated.has(key)) return null;
    this.#stated.add(key);
    return exclusionOf({ package: refusal.package, isPositive: true, versions: own }, others, refusal);
  }

  /** Everything that the request can lead to; null when that is too much to read. */
  #readRequirers(): ReadonlyMap<string, readonly Requirer[]> | null {
    const universe = this.#universe;
    const found = new Map<string, Requirer[]>();
    const seen = new Set<number>();
    const open = universe.lines().map((line) => line.package);
    let reads = 0;
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (seen.has(number)) continue;
      seen.add(number);
      const { versions, name } = universe.packages[number]!;
      const texts = new Map<string, Map<number, readonly string[]>>();
      for (const version of positionsIn(universe.ownLimit(name), versions.length)) {
        reads += 1;
        if (reads > MAX_READS) return null;
        const reading = universe.read(number, version);
        for (const { package: dependency, specifier } of reading.kind === 'usable'
          ? reading.dependencies
          : []) {
          open.push(dependency);
          const asked = universe.packages[dependency]!.name;
          if (asked === name && dependency !== number && specifier.specifiers.length === 0) continue;
          const ofProject = texts.get(asked) ?? new Map<number, readonly string[]>();
          ofProject.set(version, [...(ofProject.get(version) ?? []), specifier.text]);
          texts.set(asked, ofProject);
        }
      }
      for (const [asked, ofProject] of texts)
        found.set(asked, [...(found.get(asked) ?? []), { package: number, texts: ofProject }]);
    }
    return found;
  }
}

/** Rules out one combination. It has all that it needs, so whoever adds to it adds what nobody needs. */
function wholeCombination(solution: ReadonlyMap<number, IntegerSet>, refusal: Refusal): CompanyExclusion {
  const terms = [...solution]
    .filter(([number]) => number !== 0)
    .map(([number, versions]): ProofTerm => ({ package: number, isPositive: true, versions }));
  const own = terms.find((term) => term.package === refusal.package)!;
  return exclusionOf(
    own,
    terms.filter((term) => term !== own),
    refusal,
  );
}

function exclusionOf(own: ProofTerm, others: readonly ProofTerm[], { reason }: Refusal): CompanyExclusion {
  const all = [own, ...others];
  return {
    packages: all.map((term) => term.package),
    terms: all.map(({ isPositive, versions }) => ({ isPositive, versions })),
    package: own.package,
    reason: { kind: reason, detail: '' },
  };
}
