/** What uv tells of its search with `--verbose`, as facts; the words are in `explain/uv/log-text.ts`. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { MarkerTree } from './marker-tree.ts';
import type { PythonRequirement } from './python-requirement.ts';

/** Numbers are those of the package table. */
export type UvLogFact =
  | { readonly kind: 'python'; readonly python: PythonRequirement }
  /** `version` null: asked for by the user, or by the project whose lock is made. */
  | {
      readonly kind: 'dependency';
      readonly parent: number;
      readonly version: Version | null;
      readonly package: number;
      readonly range: VersionRange;
    }
  | { readonly kind: 'search'; readonly package: number; readonly range: VersionRange }
  | {
      readonly kind: 'select';
      readonly package: number;
      readonly version: Version;
      readonly from: 'compatible' | 'installed';
      readonly filename: string;
    }
  | { readonly kind: 'no-version'; readonly package: number }
  /** `version` null: found by unit propagation. */
  | {
      readonly kind: 'conflict';
      readonly package: number;
      readonly version: Version | null;
      readonly terms: readonly number[];
    }
  | { readonly kind: 'too-many'; readonly package: number; readonly part: 'affected' | 'culprit' }
  | { readonly kind: 'backtracked'; readonly levels: number }
  | {
      readonly kind: 'divided';
      readonly package: number;
      readonly version: Version | null;
      readonly parts: number;
    }
  | { readonly kind: 'split-begins' | 'split-ends'; readonly marker: MarkerTree; readonly target: string };

export interface UvLogEntry {
  /** Of the trace: the event that the line comes with, or the next one. */
  readonly step: number;
  readonly fact: UvLogFact;
}

/** Lines at most that are kept; the search goes on without more. */
const MAX_ENTRIES = 500_000;

export class UvLog {
  readonly entries: UvLogEntry[] = [];
  readonly #recorder: TraceRecorder;

  constructor(recorder: TraceRecorder) {
    this.#recorder = recorder;
  }

  tell(fact: UvLogFact): void {
    if (this.#recorder.isRead && this.#recorder.keepsLog && this.entries.length < MAX_ENTRIES)
      this.entries.push({ step: this.#recorder.length, fact });
  }
}
