/** What the requirements of one identifier ask for together. */
import type { PipCandidate } from './candidate.ts';
import type { Combination } from './combination.ts';
import { intersectHashes } from './constraints.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { PipRequirement } from './requirement.ts';

const NONE: readonly PipCandidate[] = [];

export class Gathering {
  /** Versions that fit all of it. */
  combination: Combination;
  /** The first requirement that asks for a version; what is found is found for it. */
  template: InstallRequirement | null = null;
  /** Candidates that are asked for as such. */
  explicit: readonly PipCandidate[] = NONE;
  /** Hashes that are allowed; null: any. */
  hashes: readonly string[] | null;

  constructor(combination: Combination, hashes: readonly string[] | null) {
    this.combination = combination;
    this.hashes = hashes;
  }

  add(requirement: PipRequirement): void {
    switch (requirement.kind) {
      case 'specifier':
        this.template ??= requirement.ireq;
        this.combination = this.combination.and(requirement.specifier);
        if (requirement.ireq.hashes !== null) {
          this.hashes = intersectHashes(this.hashes, requirement.ireq.hashes);
        }
        break;
      case 'explicit':
        this.addExplicit(requirement.candidate);
        break;
      case 'python':
        if (requirement.match !== null) this.addExplicit(requirement.match);
        break;
      case 'unsatisfiable':
        break;
    }
  }

  addExplicit(candidate: PipCandidate): void {
    if (!this.explicit.includes(candidate)) this.explicit = [...this.explicit, candidate];
  }
}
