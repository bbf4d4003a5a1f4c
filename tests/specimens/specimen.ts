/** Writes small traces by hand, in words: `search.pin('a 1.0')`. What it names is interned as engines intern it. */
import { NO_PARENT } from '../../src/core/resolver/events.ts';
import { OUTCOME_KINDS, type Outcome } from '../../src/core/resolver/outcome.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import type { LineSource } from '../../src/core/resolver/trace.ts';

/** `text` of a requirement, and the candidate (`a 1.0`) or the line number that brings it. */
export type SpecimenCause = readonly [text: string, parent: string | number];

export class Specimen {
  readonly trace = new TraceRecorder();
  readonly #packages = new Map<string, number>();
  readonly #candidates = new Map<string, number>();
  readonly #requirements = new Map<string, number>();
  #rounds = 0;

  package(identifier: string): number {
    const name = identifier.replace(/\[.*/u, '');
    return intern(this.#packages, identifier, () => this.trace.addPackage({ identifier, name }));
  }

  candidate(text: string): number {
    const [identifier = '', version = ''] = text.split(' ');
    const label = `${identifier}==${version}`;
    return intern(this.#candidates, text, () =>
      this.trace.addCandidate({ package: this.package(identifier), version, label, origin: 'index' }),
    );
  }

  requirement(text: string, parent: string | number): number {
    const identifier = /^[\w.-]+(?:\[[^\]]*\])?/u.exec(text)?.[0] ?? text;
    return intern(this.#requirements, `${text} ${parent}`, () => {
      const source: LineSource | undefined =
        typeof parent === 'number' ? { pane: 'requirements', line: parent } : undefined;
      return this.trace.addRequirement({
        package: this.package(identifier),
        text,
        ...(source && { source }),
      });
    });
  }

  /** Lines of the user's, in order, from line 1. */
  lines(...texts: readonly string[]): this {
    texts.forEach((text, place) => {
      this.trace.record('page', this.package(/^[\w.-]+/u.exec(text)![0]));
      this.trace.record('require', this.requirement(text, place + 1), NO_PARENT);
    });
    return this;
  }

  round(): this {
    this.trace.record('round', this.#rounds++);
    return this;
  }

  /** The candidate's metadata is read, and its requirements are added. */
  try(text: string, ...requires: readonly string[]): this {
    const candidate = this.candidate(text);
    this.trace.record('metadata', candidate);
    for (const require of requires) this.trace.record('require', this.requirement(require, text), candidate);
    return this;
  }

  pin(text: string, ...requires: readonly string[]): this {
    this.try(text, ...requires);
    this.trace.record('pin', this.candidate(text));
    return this;
  }

  skip(text: string, requires: readonly string[], ...causes: readonly SpecimenCause[]): this {
    this.try(text, ...requires);
    this.trace.record('reject', this.candidate(text), this.causes(causes));
    return this;
  }

  conflict(...causes: readonly SpecimenCause[]): this {
    this.trace.record('conflict', this.causes(causes));
    return this;
  }

  unpin(...texts: readonly string[]): this {
    for (const text of texts) this.trace.record('unpin', this.candidate(text));
    return this;
  }

  restore(...texts: readonly string[]): this {
    for (const text of texts) this.trace.record('restore', this.candidate(text));
    return this;
  }

  jump(fromDepth: number, toDepth: number, ...causes: readonly SpecimenCause[]): this {
    this.trace.record('backjump', fromDepth, toDepth, this.causes(causes));
    return this;
  }

  rollback(fromDepth: number, toDepth: number): this {
    this.trace.record('rollback', fromDepth, toDepth);
    return this;
  }

  done(outcome: Outcome['kind']): TraceRecorder {
    this.trace.record('done', OUTCOME_KINDS.indexOf(outcome));
    return this.trace;
  }

  causes(causes: readonly SpecimenCause[]): number {
    return this.trace.addCauses(
      causes.map(([text, parent]) => ({
        requirement: this.requirement(text, parent),
        parent: typeof parent === 'number' ? NO_PARENT : this.candidate(parent),
      })),
    );
  }
}

function intern(table: Map<string, number>, key: string, add: () => number): number {
  const known = table.get(key);
  if (known !== undefined) return known;
  const row = add();
  table.set(key, row);
  return row;
}
