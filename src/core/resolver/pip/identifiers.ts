/**
 * Names of the search as dense integers: `flask`, `flask[async,dotenv]`, `<Python from Requires-Python>`.
 * A package with extras is a package of its own for the search; its candidates require the base at the same version.
 */
import type { TraceRecorder } from '../trace-recorder.ts';

/** pip's name for the interpreter, which takes part in the search like a package. */
export const PYTHON_IDENTIFIER = '<Python from Requires-Python>';

export interface Identifier {
  /** As pip spells it: normalised name, normalised extras sorted. */
  readonly text: string;
  /** Normalised project name; '' for Python. */
  readonly project: string;
  /** Normalised, sorted. */
  readonly extras: readonly string[];
  /** Identifier of the project without extras; itself when there are none. */
  readonly base: number;
  /** Row of the trace's packages. */
  readonly packageRow: number;
}

export class IdentifierTable {
  readonly #recorder: TraceRecorder;
  readonly #entries: Identifier[] = [];
  readonly #byText = new Map<string, number>();

  constructor(recorder: TraceRecorder) {
    this.#recorder = recorder;
  }

  /** The integer of a project with extras, both as `shownExtras` gives them. */
  of(project: string, extras: readonly string[] = []): number {
    if (extras.length === 0) return this.#add(project, project, extras);
    return this.#add(`${project}[${extras.join(',')}]`, project, extras);
  }

  python(): number {
    return this.#add(PYTHON_IDENTIFIER, '', []);
  }

  entry(identifier: number): Identifier {
    return this.#entries[identifier]!;
  }

  text(identifier: number): string {
    return this.#entries[identifier]!.text;
  }

  #add(text: string, project: string, extras: readonly string[]): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const base = extras.length === 0 ? -1 : this.of(project);
    const identifier = this.#entries.length;
    const packageRow = this.#recorder.addPackage({ identifier: text, name: project });
    this.#entries.push({ text, project, extras, base: base === -1 ? identifier : base, packageRow });
    this.#byText.set(text, identifier);
    return identifier;
  }
}
