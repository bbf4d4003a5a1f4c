/**
 * Changes of a project that were tried with the tool itself and work: a limit moved to the nearest release that would
 * do, the supported Pythons narrowed, a wish marked for the Pythons that have it, a wish split by Python, a wish left out.
 */
import type { Version } from '../../packaging/version.ts';
import type { ResolveRequest } from '../../resolver/engine.ts';
import type { Pin } from '../../resolver/outcome.ts';
import { nearestThat, nearVersions } from '../near-versions.ts';
import { specifierFor } from '../requirement-edit.ts';
import type { RepairKind } from '../repair.ts';
import { TRIAL_ROUNDS, verdictOf } from './guilty-wishes.ts';
import { lockableRanges, type PythonAxis } from './python-axis.ts';
import type {
  ChangedProject,
  ProjectChange,
  ProjectQuestion,
  TextEdit,
  WishEdit,
} from './project-question.ts';

export interface ProjectRepair {
  readonly kind: RepairKind;
  /** The wish that changes; null where the supported Pythons do. */
  readonly wish: number | null;
  readonly edits: readonly TextEdit[];
  readonly requiresPython: string | null;
  /** What the wish, or the range, becomes. */
  readonly edit: WishEdit | null;
  /** The wish as it is written then; null where it goes. */
  readonly written: string | null;
  readonly python: string | null;
  readonly pins: readonly Pin[];
}

export interface ProjectRepairs {
  readonly repairs: readonly ProjectRepair[];
  readonly tried: number;
  /** Those of which nobody can say whether they would do: facts are missing, or the run was too long. */
  readonly undecided: number;
  readonly isCutShort: boolean;
}

/** Wishes that are looked at. */
const MOST_WISHES = 6;
/** Ranges of Python that are tried. */
const MOST_RANGES = 3;

/** `axis` is null where the conflict has nothing to do with Python; `advised` are ranges that the tool names. */
export function tryProjectRepairs(
  question: ProjectQuestion,
  request: ResolveRequest,
  guilty: readonly number[],
  axis: PythonAxis | null,
  advised: readonly string[],
  maxRuns: number,
): ProjectRepairs {
  const trials = new Trials(question, request, maxRuns);
  const wishes = guilty.slice(0, MOST_WISHES);
  for (const wish of wishes) trials.tryLimit(wish);
  if (axis !== null) {
    const ranges = [...new Set([...advised, ...lockableRanges(axis)])].slice(0, MOST_RANGES);
    // One range is enough of each: the others are smaller.
    ranges.some((range) => trials.tryPython(range));
    for (const wish of wishes) ranges.some((range) => trials.tryMark(wish, range));
    for (const wish of wishes) ranges.some((range) => trials.trySplit(wish, range, axis));
  }
  for (const wish of wishes) trials.tryWithout(wish);
  return trials.all();
}

class Trials {
  readonly #question: ProjectQuestion;
  readonly #request: ResolveRequest;
  readonly #maxRuns: number;
  readonly #repairs: ProjectRepair[] = [];
  #tried = 0;
  #undecided = 0;
  #isCutShort = false;

  constructor(question: ProjectQuestion, request: ResolveRequest, maxRuns: number) {
    this.#question = question;
    this.#request = request;
    this.#maxRuns = maxRuns;
  }

  all(): ProjectRepairs {
    return {
      repairs: this.#repairs,
      tried: this.#tried,
      undecided: this.#undecided,
      isCutShort: this.#isCutShort,
    };
  }

  #pins(change: ProjectChange): readonly Pin[] | null {
    return this.#locked(change)?.pins ?? null;
  }

  /** The changed project with what locks it; null where nothing does, or the runs are used up. */
  #locked(change: ProjectChange): { readonly changed: ChangedProject; readonly pins: readonly Pin[] } | null {
    if (this.#tried >= this.#maxRuns) {
      this.#isCutShort = true;
      return null;
    }
    this.#tried += 1;
    const changed = this.#question.change(change);
    const outcome = changed?.run(TRIAL_ROUNDS);
    if (outcome !== undefined && outcome.kind !== 'solved' && outcome.kind !== 'unsolvable')
      this.#undecided += 1;
    return changed === null || outcome?.kind !== 'solved' ? null : { changed, pins: outcome.pins };
  }

  #keep(kind: RepairKind, wish: number | null, change: ProjectChange): boolean {
    const locked = this.#locked(change);
    if (locked === null) return false;
    const { changed, pins } = locked;
    const edit = wish === null ? null : (change.wishes?.get(wish) ?? null);
    const { edits, requiresPython } = changed;
    const written = wish === null ? null : (changed.written.get(wish) ?? null);
    this.#repairs.push({
      kind,
      wish,
      edits,
      requiresPython,
      edit,
      written,
      python: change.python ?? null,
      pins,
    });
    return true;
  }

  #one(wish: number, edit: WishEdit | null): ProjectChange {
    return { wishes: new Map([[wish, edit]]) };
  }

  /** What the tool takes where the wish has no limit says in which direction to look for the nearest. */
  tryLimit(wish: number): void {
    const { requirement } = this.#question.wishes[wish]!;
    if (requirement.specifier.specifiers.length === 0) return;
    const pins = this.#pins(this.#one(wish, { limit: '' }));
    const pin = pins?.find(({ name }) => name === requirement.normalizedName);
    if (pin === undefined) return;
    const near = nearVersions(this.#request, requirement);
    const isAbove = near.above.some(({ text }) => text === pin.version);
    const versions = isAbove ? near.above : near.below;
    const found = nearestThat(versions, (version) => this.#couldBe(wish, { limit: `==${version.text}` }));
    if (found === null) return;
    const kind = isAbove ? 'raise' : 'lower';
    this.#keep(kind, wish, this.#one(wish, { limit: specifierFor(requirement, found.version) }));
  }

  #couldBe(wish: number, edit: WishEdit): boolean {
    if (this.#tried >= this.#maxRuns) return false;
    this.#tried += 1;
    return verdictOf(this.#question, this.#one(wish, edit)) === 'possible';
  }

  tryPython(range: string): boolean {
    return this.#keep('narrow-python', null, { python: range });
  }

  tryMark(wish: number, range: string): boolean {
    return this.#keep('mark', wish, this.#one(wish, { python: range }));
  }

  /** The wish for the Pythons that have it, and another limit for the others, where those lie on one side. */
  trySplit(wish: number, range: string, axis: PythonAxis): boolean {
    const others = beside(range, axis);
    if (others === null) return false;
    const { requirement } = this.#question.wishes[wish]!;
    const wide = { python: range, also: { limit: '', python: others } };
    if (this.#pins(this.#one(wish, wide)) === null) return false;
    const near = nearVersions(this.#request, requirement);
    const possible = (version: Version): boolean =>
      this.#couldBe(wish, { python: range, also: { limit: `==${version.text}`, python: others } });
    const below = nearestThat(near.below, possible);
    const above = below === null ? nearestThat(near.above, possible) : null;
    const version = (below ?? above)?.version;
    if (version === undefined) return false;
    const limit = below === null ? `>=${version.text}` : `<=${version.text}`;
    return this.#keep('split', wish, this.#one(wish, { python: range, also: { limit, python: others } }));
  }

  tryWithout(wish: number): boolean {
    if (this.#question.wishes.length === 1) return false;
    return this.#keep('remove', wish, this.#one(wish, null));
  }
}

/** The Pythons of the project beside a range, `>=3.10` → `<3.10`; null where there are some on both sides of it. */
function beside(range: string, { stretches }: PythonAxis): string | null {
  const low = /^>=(\d[\d.]*)/.exec(range.trim())?.[1];
  const high = /(?:^|,)<(\d[\d.]*)$/.exec(range.trim())?.[1];
  const first = stretches.findIndex(({ verdict }) => verdict === 'possible');
  const last = stretches.findLastIndex(({ verdict }) => verdict === 'possible');
  if (first === -1 || stretches.slice(first, last).some(({ verdict }) => verdict !== 'possible')) return null;
  if (first > 0 && last === stretches.length - 1 && low !== undefined) return `<${low}`;
  if (first === 0 && last < stretches.length - 1 && high !== undefined) return `>=${high}`;
  return null;
}
