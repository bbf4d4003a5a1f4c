/** pip's kinds of requirements, as the search sees them. Never changed; one candidate's are made once. */
import type { SpecifierSet } from '../../packaging/specifier.ts';
import type { PipCandidate } from './candidate.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { VersionTable } from './version-table.ts';

interface RequirementBase {
  readonly identifier: number;
  /** Row of the trace's requirements. */
  readonly row: number;
}

/** `flask>=2`: any candidate whose version fits. */
export interface SpecifierRequirement extends RequirementBase {
  readonly kind: 'specifier';
  readonly ireq: InstallRequirement;
  /** The same object for the same text. */
  readonly specifier: SpecifierSet;
  /** Of the project's versions. */
  readonly table: VersionTable;
  /** What the preference looks at: bits of TRAITS. */
  readonly traits: number;
}

/** Exactly this candidate: a URL, or the base of a package with extras. */
export interface ExplicitRequirement extends RequirementBase {
  readonly kind: 'explicit';
  readonly candidate: PipCandidate;
}

/** Requires-Python of a candidate. */
export interface PythonRequirement extends RequirementBase {
  readonly kind: 'python';
  readonly specifier: SpecifierSet;
  /** Of Python versions. */
  readonly table: VersionTable;
  /** The interpreter; null when it does not fit, and nothing ever will. */
  readonly match: PipCandidate | null;
}

/** A URL whose file cannot be used. */
export interface UnsatisfiableRequirement extends RequirementBase {
  readonly kind: 'unsatisfiable';
}

export type PipRequirement =
  SpecifierRequirement | ExplicitRequirement | PythonRequirement | UnsatisfiableRequirement;

/** Bits of `traits`. `UPPER_BOUNDED` and the narrow sense of `PINNED` are of 25.1; see preference.ts. */
export const TRAITS = { PINNED: 1, UPPER_BOUNDED: 2, HAS_OPERATORS: 4, DIRECT: 8 } as const;
