/** pip's kinds of candidates. The same file, installed package or combination of extras is always the same object. */
import type { Version } from '../../packaging/version.ts';
import type { InstalledDistribution } from '../engine.ts';
import type { CandidateMetadata } from './candidate-metadata.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { FoundFile } from './finder/project-files.ts';
import type { PipRequirement } from './requirement.ts';

interface CandidateBase {
  readonly identifier: number;
  readonly serial: number;
  /** Row of the trace's candidates. */
  readonly row: number;
  /** Text of the identifier: `flask`, `flask[async]`. */
  readonly name: string;
  /** Normalised project name. */
  readonly project: string;
  readonly version: Version;
  /** The version as the file's name spells it: `2.05` for 2.5. */
  readonly spelling: string;
  /** Of the project's VersionTable. */
  readonly versionIndex: number;
  /** Worked out once, when first asked for. */
  dependencies: readonly PipRequirement[] | null;
}

/** A file, from an index page or from a URL. */
export interface LinkCandidate extends CandidateBase {
  readonly kind: 'link';
  readonly file: FoundFile;
  /** Whether it was named by its URL instead of being found. */
  readonly isDirect: boolean;
  /** The requirement for which it was first looked at. */
  readonly ireq: InstallRequirement;
  /** Null as long as nobody has looked; only pip 20.3 puts that off. */
  metadata: CandidateMetadata | null;
}

/** What is in the environment already. */
export interface InstalledCandidate extends CandidateBase {
  readonly kind: 'installed';
  readonly installed: InstalledDistribution;
  readonly ireq: InstallRequirement;
  readonly metadata: CandidateMetadata;
}

/** A package with extras: requires its base at exactly the same version, and what the extras bring. */
export interface ExtrasCandidate extends CandidateBase {
  readonly kind: 'extras';
  readonly base: LinkCandidate | InstalledCandidate;
  /** Normalised, sorted. */
  readonly extras: readonly string[];
  /** The requirement with the extras that led here. */
  readonly comesFrom: InstallRequirement;
}

/** The interpreter. */
export interface PythonCandidate extends CandidateBase {
  readonly kind: 'python';
}

export type BaseCandidate = LinkCandidate | InstalledCandidate;
export type PipCandidate = BaseCandidate | ExtrasCandidate | PythonCandidate;
