/**
 * Poetry's "version solving failed" report as a Problem (poetry-core's `SolveFailure`, Poetry 1.0 to 2.x). Premises are
 * facts; what follows the comma ("requires", "is incompatible with") is their consequence and is passed over.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import type { Span } from '../../../packaging/result.ts';
import { EMPTY_SPECIFIER_SET, parseSpecifierSet, type SpecifierSet } from '../../../packaging/specifier.ts';
import { Evidence } from '../evidence.ts';
import { logLines } from '../log-line.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { PhraseCursor } from '../phrase-cursor.ts';
import { translatePoetryConstraint } from '../../project/poetry-constraint.ts';

/** Reads Poetry's report. */
export function readPoetryReport(text: string): Manifest {
  const builder = new ManifestBuilder('poetry-log', text);
  builder.group('main', 'requirements', 'requirements', true);
  const { prose, facts, span } = sortLines(builder, text);
  const reader = new PoetryReportReader(builder, span);
  for (const fact of facts) reader.read(fact);
  reader.read(prose);
  reader.finish();
  return builder.build();
}

interface PoetryOutput {
  /** The report, in one line. */
  readonly prose: string;
  /** What `-vvv` prints while it solves: `dl-weather depends on cloudpickle (^1.0)`. */
  readonly facts: readonly string[];
  readonly span: Span;
}

function sortLines(builder: ManifestBuilder, text: string): PoetryOutput {
  const words: string[] = [];
  const facts: string[] = [];
  let first: Span | null = null;
  for (const line of logLines(text)) {
    const plain = line.text.replace(/^\s*(?:\(\d+\)\s*)?/, '').trim();
    const solver = /^\d{1,3}: (?:fact: (.*))?/.exec(plain);
    if (solver?.[1] !== undefined) facts.push(solver[1]);
    if (first === null && (solver?.[1] !== undefined || /because /i.test(plain))) first = line.span;
    if (first !== null && plain !== '' && solver === null) words.push(plain);
    readPythonLine(builder, plain);
  }
  const span = first ?? { start: 0, end: Math.min(1, text.length) };
  return { prose: words.join(' ').replace(/\s+/g, ' '), facts, span };
}

/** The project's range, and `- scipy requires Python <3.11,>=3.8, so it will not be satisfied for Python >=3.11,<4.0`. */
function readPythonLine(builder: ManifestBuilder, line: string): void {
  const range =
    /(?:supported Python range|Python requirement) \(([^)]*)\) is not compatible/.exec(line) ??
    /must support the following Python versions: (\S+)/.exec(line);
  const translated = range === null ? null : translatePoetryConstraint(range[1]!);
  if (translated !== null && translated.specifiers !== '')
    builder.options = { ...builder.options, requiresPython: translated.specifiers };
  const unmet = /so it will not be satisfied for Python [^\n]{0,80}?>=(\d+\.\d+(?:\.\d+)?)/.exec(line)?.[1];
  if (unmet === undefined || builder.environment.python !== undefined) return;
  builder.environment = { ...builder.environment, python: unmet };
  builder.guess(
    `Poetry looks at a whole range of Pythons at once; ${unmet} is the one in it for which this fails.`,
  );
}

interface Term {
  readonly name: string;
  /** null for a bare name: the project itself where it depends, any version where it is depended on. */
  readonly versions: readonly SpecifierSet[] | null;
}

const TERM = /([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[^\]]*\])?)(?: \(([^()]*)\))?/y;

const REQUIRES_PYTHON = / requires Python ([^ ]+(?: \|\| [^ ]+)*?)(?=,? (?:and |[A-Za-z])|[.,]?$|, )/y;

class PoetryReportReader {
  readonly #builder: ManifestBuilder;
  readonly #evidence = new Evidence();
  readonly #span: Span;
  #understood = 0;

  constructor(builder: ManifestBuilder, span: Span) {
    this.#builder = builder;
    this.#span = span;
  }

  read(prose: string): void {
    const cursor = new PhraseCursor(prose);
    while (!cursor.isAtEnd) {
      if (cursor.attempt(() => this.#statement(cursor)) === null) cursor.skipWord();
      else this.#understood++;
    }
  }

  finish(): void {
    if (this.#understood === 0)
      this.#builder.complain('error', 'nothing-understood', 'There is no report of Poetry here', this.#span);
    this.#evidence.settle(this.#builder);
  }

  #statement(cursor: PhraseCursor): true | null {
    if (cursor.take(/no versions of /y)) return this.#noVersions(cursor);
    const isEvery = cursor.take(/every version of /y) !== null;
    const subject = this.#term(cursor);
    const python = subject === null ? null : cursor.take(REQUIRES_PYTHON);
    if (subject !== null && python !== null) return this.#needsPython(subject, python[1]!);
    if (subject === null || cursor.take(/ (?:which )?depends on (?:both )?/y) === null) return null;
    const wishes = this.#wishes(cursor);
    if (wishes.length === 0) return null;
    for (const wish of wishes)
      this.#add(isEvery ? { ...subject, versions: [EMPTY_SPECIFIER_SET] } : subject, wish);
    return true;
  }

  /** `numpy (1.24.0) requires Python >=3.8`. */
  #needsPython(subject: Term, limit: string): true | null {
    const versions = readVersions(limit);
    if (subject.versions === null || versions === null) return null;
    const [only] = versions;
    if (versions.length === 1 && only !== undefined)
      this.#evidence.needsPython(subject.name, subject.versions, only.text);
    return true;
  }

  #noVersions(cursor: PhraseCursor): true | null {
    const name = cursor.take(
      /([A-Za-z0-9][A-Za-z0-9._-]*) match ([^ ]+(?: \|\| [^ ]+)*?)(?=,? (?:and |[A-Za-z])|[.,]?$|, )/y,
    );
    if (name === null) return null;
    const versions = readVersions(name[2]!);
    if (versions === null) return null;
    this.#evidence.lacks(name[1]!, versions);
    return true;
  }

  /** `b (>=2) and c (<3)`; a term that itself depends begins the next statement. */
  #wishes(cursor: PhraseCursor): Term[] {
    const wishes: Term[] = [];
    for (;;) {
      const wish = cursor.attempt(() => {
        if (wishes.length > 0 && cursor.take(/ and /y) === null) return null;
        if (cursor.take(/(?:no versions of|every version of) /y)) return null;
        const term = this.#term(cursor);
        const isNext = wishes.length > 0 && cursor.take(/ (?:depends|requires|is) /y) !== null;
        return term === null || isNext ? null : term;
      });
      if (wish === null) return wishes;
      wishes.push(wish);
    }
  }

  #add(subject: Term, wish: Term): void {
    const alternatives = wish.versions ?? [EMPTY_SPECIFIER_SET];
    if (wish.name.toLowerCase() === 'python') {
      if (subject.versions !== null)
        this.#evidence.needsPython(subject.name, subject.versions, alternatives[0]!.text);
      return;
    }
    const limit = alternatives.length === 1 ? alternatives[0]!.text : '';
    const text = wish.name + limit;
    if (alternatives.length > 1)
      this.#builder.guess(
        `\`${wish.name}\` has alternatives, which pip cannot express; its limit is left out.`,
      );
    if (subject.versions === null) {
      this.#evidence.ask(this.#builder, text, this.#span);
      return;
    }
    const parsed = parseRequirement(text);
    if (parsed.ok) this.#evidence.allDepend(subject.name, subject.versions, parsed.value, alternatives);
  }

  #term(cursor: PhraseCursor): Term | null {
    return cursor.attempt(() => {
      const match = cursor.take(TERM);
      if (match === null || /^(?:because|and|so|thus|no|every|version|versions)$/i.test(match[1]!))
        return null;
      if (match[2] === undefined) return { name: match[1]!, versions: null };
      const versions = readVersions(match[2]);
      return versions === null ? null : { name: match[1]!, versions };
    });
  }
}

function readVersions(text: string): readonly SpecifierSet[] | null {
  const sets: SpecifierSet[] = [];
  for (const part of text.replace(/[.,]$/, '').split('||')) {
    const translated = translatePoetryConstraint(part.trim());
    const parsed = translated === null ? null : parseSpecifierSet(translated.specifiers);
    if (parsed?.ok !== true) return null;
    sets.push(parsed.value);
  }
  return sets;
}
