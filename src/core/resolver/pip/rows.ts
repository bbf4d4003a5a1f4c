/** Rows of the trace for what the pip engine's events name: each different thing once. */
import { NO_PARENT } from '../events.ts';
import type { Cause, LineSource } from '../trace.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { Information } from '../backtracking/provider.ts';
import type { PipCandidate } from './candidate.ts';
import type { IdentifierTable } from './identifiers.ts';
import type { PipRequirement } from './requirement.ts';

/** Parents as part of a key: far above the number of rows, far below what a double holds exactly. */
const PARENTS = 0x2000000;

export class TraceRows {
  readonly #recorder: TraceRecorder;
  readonly #identifiers: IdentifierTable;
  readonly #requirements = new Map<string, number>();
  readonly #candidates = new Map<string, number>();
  readonly #causes = new Map<number, Cause>();
  /** Lists with the same hash. */
  readonly #lists = new Map<number, number[]>();

  constructor(recorder: TraceRecorder, identifiers: IdentifierTable) {
    this.#recorder = recorder;
    this.#identifiers = identifiers;
  }

  /** A requirement's row; one of the user's lines has a row of its own. */
  requirement(identifier: number, text: string, source?: LineSource): number {
    const { packageRow } = this.#identifiers.entry(identifier);
    if (source !== undefined) return this.#recorder.addRequirement({ package: packageRow, text, source });
    const key = `${packageRow} ${text}`;
    let row = this.#requirements.get(key);
    if (row === undefined) {
      row = this.#recorder.addRequirement({ package: packageRow, text });
      this.#requirements.set(key, row);
    }
    return row;
  }

  constraint(project: string, text: string, source: LineSource): number {
    const { packageRow } = this.#identifiers.entry(this.#identifiers.of(project));
    return this.#recorder.addRequirement({ package: packageRow, text, source, isConstraint: true });
  }

  candidate(identifier: number, version: string, origin: 'index' | 'installed' | 'url' | 'python'): number {
    const { packageRow, text } = this.#identifiers.entry(identifier);
    const label = origin === 'python' ? `<Python ${version}>` : `${text}==${version}`;
    const key = `${origin} ${label}`;
    let row = this.#candidates.get(key);
    if (row === undefined) {
      row = this.#recorder.addCandidate({ package: packageRow, version, label, origin });
      this.#candidates.set(key, row);
    }
    return row;
  }

  /** The row of a list of causes. A search names the same lists again and again; each is kept once. */
  causes(information: readonly Information<PipRequirement, PipCandidate>[]): number {
    let hash = information.length;
    for (const { requirement, parent } of information) {
      hash = (Math.imul(hash, 31) + requirement.row) | 0;
      hash = (Math.imul(hash, 31) + (parent === null ? NO_PARENT : parent.row)) | 0;
    }
    const rows = this.#lists.get(hash);
    const known = rows?.find((row) => this.#isList(row, information));
    if (known !== undefined) return known;
    const list = information.map(({ requirement, parent }) => this.#cause(requirement.row, parent?.row));
    const row = this.#recorder.addCauses(list);
    if (rows === undefined) this.#lists.set(hash, [row]);
    else rows.push(row);
    return row;
  }

  #isList(row: number, information: readonly Information<PipRequirement, PipCandidate>[]): boolean {
    const list = this.#recorder.causeLists[row]!;
    if (list.length !== information.length) return false;
    for (let index = 0; index < list.length; index += 1) {
      const { requirement, parent } = information[index]!;
      const cause = list[index]!;
      if (cause.requirement !== requirement.row) return false;
      if (cause.parent !== (parent === null ? NO_PARENT : parent.row)) return false;
    }
    return true;
  }

  #cause(requirement: number, parent: number = NO_PARENT): Cause {
    const key = requirement * PARENTS + parent + 1;
    let cause = this.#causes.get(key);
    if (cause === undefined) this.#causes.set(key, (cause = { requirement, parent }));
    return cause;
  }
}
