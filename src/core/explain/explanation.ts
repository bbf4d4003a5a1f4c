/**
 * The answer to a run as plain values: what happened in one sentence, what can be done, how the lines lead to the
 * clash, the proof, and what the tool itself says. Sentences hold literal text in backticks (words.ts).
 */
import type { MissingFact } from '../package-index/package-index.ts';
import type { Minimality } from '../diagnose/minimal-lines.ts';
import type { PythonAxis } from '../diagnose/project/python-axis.ts';
import type { RepairKind } from '../diagnose/repair.ts';
import type { Pin } from '../resolver/outcome.ts';
import type { LineSource } from '../resolver/trace.ts';
import type { ConflictKind } from './conflict-kind.ts';

/** One link of a chain; a link with a source leads to that line of the editor. */
export interface ChainLink {
  readonly text: string;
  readonly source: LineSource | null;
}

/** How one line, or (line null) the index by itself, leads to the package in which the conflict ends. */
export interface Chain {
  readonly line: LineSource | null;
  readonly links: readonly ChainLink[];
  /** What this chain does to the package: ``leaves `urllib3` 1.21.1 or newer``, ``rules out `dropdown` 1.8.0``. */
  readonly bound: string;
  /** Versions of the package that this chain leaves: first and last position of each stretch of `Clash.versions`. */
  readonly left: readonly (readonly [number, number])[];
}

/** Where the chains meet. */
export interface Clash {
  readonly package: string;
  /** ``no version of `urllib3` is 1.21.1 or newer and older than 1.21``. */
  readonly gap: string;
  /** Every version that exists, lowest first. */
  readonly versions: readonly string[];
}

/** One step of the proof. `because` are positions of earlier steps; empty for facts. */
export interface ProofStep {
  readonly text: string;
  readonly because: readonly number[];
  readonly source: LineSource | null;
}

/** What a line becomes. */
export interface LineEdit {
  readonly source: LineSource;
  /** '' when the line goes. */
  readonly newLine: string;
  /** Set where it is a line that is added at the end; `source` lies behind the last one that asks for something. */
  readonly adds?: true;
}

/** A change that was tried and gives a solution. */
export interface Fix {
  readonly kind: RepairKind;
  /** The first line that changes; null where only the environment does. */
  readonly source: LineSource | null;
  /** ``Change line 3 to `urllib3<1.26` ``. */
  readonly text: string;
  /** What that line becomes; '' when it goes, and where no line changes. */
  readonly newLine: string;
  /** Set where that is a line that is added at the end. */
  readonly adds?: true;
  /** Further lines that change with it. */
  readonly also: readonly LineEdit[];
  /** What else is set: the Python at hand, uv's `--python-version`, or the Pythons that a project supports. */
  readonly setting: {
    readonly python?: string;
    readonly pythonVersion?: string;
    readonly requiresPython?: string;
  } | null;
  /** What would be installed. */
  readonly pins: readonly Pin[];
  readonly note: string;
}

/** A change that was tried, leads to the same pins, and takes much less search. */
export interface SpeedAdvice {
  /** ``Add the line `urllib3>=1.26.16`: 31 rounds instead of 2,412, with the same pins.`` */
  readonly text: string;
  readonly rounds: number;
  /** Lines that change or are added; none where only their order does. */
  readonly edits: readonly LineEdit[];
  /** The line that comes first; null where none moves. */
  readonly first: LineSource | null;
}

/** What a tool printed, and what to know before believing it. */
export interface ToolText {
  readonly text: string;
  readonly notes: readonly string[];
}

/** What a tool's own check of the environment prints afterwards (`pip check`). */
export interface EnvironmentCheck extends ToolText {
  /** Lines that complain; the check's exit status is 1 where there are any. */
  readonly problems: number;
}

/** Something about a solution that people usually want to know. */
export interface Surprise {
  readonly kind: 'old' | 'pre-release' | 'yanked' | 'source-only' | 'broken' | 'no-file' | 'no-extra';
  readonly package: string;
  readonly text: string;
}

/** Why one pin is not the newest final release. */
export interface CapNote {
  readonly package: string;
  readonly version: string;
  readonly newest: string;
  /** Final releases above the pin. */
  readonly newer: number;
  /** Whether the search tried newer ones and gave them up. */
  readonly isGivenUp: boolean;
  /** The step of the search that gave the newest up; null where nothing was given up. */
  readonly step: number | null;
  readonly text: string;
}

/** Versions of one project that never took part. */
export interface LeftOut {
  readonly package: string;
  /** How many versions exist. */
  readonly versions: number;
  readonly leftOut: number;
  /** By reason, most first. */
  readonly groups: readonly LeftOutGroup[];
}

export interface LeftOutGroup {
  /** The end of "it exists, but …". */
  readonly reason: string;
  readonly count: number;
  /** Which, in words. */
  readonly versions: string;
}

/**
 * How a run ended, with the four meanings of "impossible" kept apart. `broken`: the tool ends with pins that do not fit
 * together. `wrong-answer`: it gave up although there is a solution.
 */
export type ExplanationKind =
  'solved' | 'stopped' | 'incomplete' | 'invalid' | 'broken' | 'wrong-answer' | ConflictKind;

/** One set of lines that cannot hold together. */
export type Conflict = Pick<
  Explanation,
  'kind' | 'sentence' | 'lines' | 'minimality' | 'chains' | 'clash' | 'proof'
>;

export interface Explanation {
  readonly kind: ExplanationKind;
  /** At most 40 words. */
  readonly sentence: string;
  /** Further sentences that belong to the first: what it rests on, or a way on. */
  readonly remarks: readonly string[];
  /** The lines that cannot hold together. */
  readonly lines: readonly LineSource[];
  readonly minimality: Minimality;
  readonly fixes: readonly Fix[];
  readonly chains: readonly Chain[];
  readonly clash: Clash | null;
  /** The Pythons of a project that is locked for a range of them, where the conflict is about that. */
  readonly pythons?: PythonAxis;
  readonly proof: readonly ProofStep[];
  /** Further minimal sets of lines that cannot hold together, each with its own reasons. */
  readonly others: readonly Conflict[];
  readonly tool: ToolText;
  /** Null where nothing would be installed, and for tools that have no such check. */
  readonly check: EnvironmentCheck | null;
  readonly surprises: readonly Surprise[];
  /** For each pin that is not the newest: who or what caps it; what the search gave up comes first. */
  readonly caps: readonly CapNote[];
  readonly leftOut: readonly LeftOut[];
  /** Facts without which nothing more, or less, can be said; those that can be loaded are, and then this is asked again. */
  readonly missing: readonly MissingFact[];
  /** For a run with much undoing: what would have led to the same pins sooner; fewest rounds first. */
  readonly faster: readonly SpeedAdvice[];
  /** Whether work that was set aside ran out: looking further may say more. */
  readonly ranOut: boolean;
}

const NOTHING_MORE = {
  remarks: [],
  lines: [],
  minimality: { status: 'not-checked' },
  fixes: [],
  chains: [],
  clash: null,
  proof: [],
  others: [],
  tool: { text: '', notes: [] },
  check: null,
  surprises: [],
  caps: [],
  leftOut: [],
  missing: [],
  faster: [],
  ranOut: false,
} as const satisfies Omit<Explanation, 'kind' | 'sentence'>;

/** An explanation from the parts that are known; all others are empty. */
export function makeExplanation(
  parts: Pick<Explanation, 'kind' | 'sentence'> & Partial<Explanation>,
): Explanation {
  return { ...NOTHING_MORE, ...parts };
}
