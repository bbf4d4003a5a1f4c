/** A project that a tool locks, as a question that can be changed: its wishes, its Python, and what each change comes to. */
import type { Requirement } from '../../packaging/requirement.ts';
import type { Outcome } from '../../resolver/outcome.ts';
import type { LineSource } from '../../resolver/trace.ts';

/** One dependency of a project, where it is written. */
export interface ProjectWish {
  /** Normalised. */
  readonly name: string;
  /** As it is written: `web = "^1.0"`, `web>=1`. */
  readonly written: string;
  /** The same as PEP 508 has it. */
  readonly requirement: Requirement;
  readonly source: LineSource;
}

/** What becomes of one wish. `also` is a second entry of the same name, for other Pythons. */
export interface WishEdit {
  /** Specifiers; '' for any version. */
  readonly limit?: string;
  /** Pythons for which it holds, as specifiers, alternatives joined by `||`. */
  readonly python?: string;
  readonly also?: { readonly limit: string; readonly python: string };
}

export interface ProjectChange {
  /** By position; null: the wish goes. */
  readonly wishes?: ReadonlyMap<number, WishEdit | null>;
  /** Replaces the Pythons that the project supports. */
  readonly python?: string;
}

/** A line of a text that becomes another; with several lines where it holds breaks, '' where it goes. */
export interface TextEdit {
  readonly source: LineSource;
  readonly newLine: string;
}

export interface ChangedProject {
  readonly edits: readonly TextEdit[];
  /** Each changed wish as it is written then, by position; absent where it goes. */
  readonly written: ReadonlyMap<number, string>;
  /** The range of Pythons that an option has to be set to, where no text says it. */
  readonly requiresPython: string | null;
  /** Runs the tool. */
  readonly run: (maxRounds: number) => Outcome;
}

export interface ProjectQuestion {
  readonly wishes: readonly ProjectWish[];
  /** Pythons that the project supports, as it says them; '' for all. */
  readonly python: string;
  /** The same as PEP 440 has them: comma-joined specifiers, one text for each alternative. */
  readonly pythons: readonly string[];
  readonly pythonSource: LineSource | null;
  /** Whose rules decide which versions can be used. */
  readonly rules: 'pip' | 'uv';
  /** Whether nothing but its wishes says what is installed: no overrides, excludes or limits of the project's own. */
  readonly isPlain: boolean;
  /** Null where the text cannot be changed so. */
  readonly change: (change: ProjectChange) => ChangedProject | null;
}
