/**
 * uv's "No solution found" report as a Problem (uv 0.2 to 0.12, `crates/uv-resolver/src/pubgrub/report.rs`). The
 * premises of each sentence are facts; the conclusions follow from them and are passed over.
 */
import type { Span } from '../../../packaging/result.ts';
import { parseSpecifierSet, type SpecifierSet } from '../../../packaging/specifier.ts';
import { Evidence } from '../evidence.ts';
import { Machine } from '../machine.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { splitCandidate } from '../evidence-terms.ts';
import { PhraseCursor } from '../phrase-cursor.ts';
import { ToldProject } from './told-project.ts';
import { readUvDebugLine } from './uv-debug-log.ts';
import { readUvOutput, sentencesOf, type UvSentence } from './uv-sentences.ts';
import { readUvHints } from './uv-hints.ts';
import { pythonOutside } from '../../command/uv-python.ts';
import { asOneSet, markerSuffix, toRequirement } from './uv-terms.ts';
import { DEFAULT_UV_ENGINE } from '../../tool-releases.ts';

/** Said under `--resolution lowest` and `lowest-direct` only. */
const UNPINNED = /\bThe direct dependency `[^`\n]{1,200}` is unpinned\b/;

const WHOLE =
  'Paste the whole report, from "No solution found" to its last line, or the requirements that uv was given.';

/** Reads uv's report. `isCrowded`: ranges without an end are taken to hold several releases. */
export function readUvReport(text: string, isCrowded = false): Manifest {
  const builder = new ManifestBuilder('uv-log', text);
  builder.engine = isOldFrame(text) ? 'uv@0.12' : DEFAULT_UV_ENGINE;
  builder.group('main', 'requirements', 'requirements', true);
  const { prose, log, span, reports } = readUvOutput(text);
  if (reports > 1)
    builder.guess(
      `The text holds ${reports} reports of uv; the last one is read. Paste another alone to read that.`,
    );
  const reader = new UvReportReader(builder, span, ToldProject.of(builder, prose));
  reader.evidence.isCrowded = isCrowded;
  // Before 0.2 they were written as they stood in the proof: `versions of a that satisfy any of: a>1,<2`.
  reader.evidence.writesRanges = !/\bthat satisfy\b|root depends on/.test(prose);
  if (UNPINNED.test(text)) {
    builder.options = { ...builder.options, resolution: 'lowest-direct' };
    builder.guess('uv warns of lines without a lower bound, so the lowest versions were asked for.');
  }
  for (const line of log) if (readUvDebugLine(reader.evidence, builder, line)) reader.understood++;
  for (const sentence of sentencesOf(prose)) reader.read(sentence);
  readUvHints(reader.evidence, builder, text);
  reader.finish(prose);
  return builder.build();
}

/** Since about 0.12.16 a report begins with `error:` and `cause:`; before, it is drawn with `×` and `╰─▶`. */
function isOldFrame(text: string): boolean {
  return text.includes('╰─▶');
}

/** A project with extras, marker and versions, as one word of the report. */
interface Term {
  readonly candidate: string;
  readonly marker: string;
  readonly specifiers: SpecifierSet;
}

const TERM =
  /([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[A-Za-z0-9._-]+)?)(\[[^\]]*\])?(\{[^}]*\})?((?:[<>=!~]=?[^\s,]+)(?:,[<>=!~]=?[^\s,]+)*)?(?=[\s,.]|$),?\s*/y;

class UvReportReader {
  readonly evidence = new Evidence('proof');
  readonly #machine = new Machine();
  readonly #builder: ManifestBuilder;
  readonly #span: Span;
  /** Null where lines were asked for. */
  readonly #project: ToldProject | null;
  /** Of the sentence: Pythons that the interpreter does not satisfy. */
  #pythonLimits: string[] = [];
  /** Of the sentence: what is asked for. */
  #subjects: { readonly candidate: string; readonly versions: readonly SpecifierSet[] }[] = [];
  /** How many statements meant something. */
  understood = 0;

  constructor(builder: ManifestBuilder, span: Span, project: ToldProject | null) {
    this.#builder = builder;
    this.#project = project;
    this.#span = span;
  }

  read({ premises, conclusion }: UvSentence): void {
    const cursor = new PhraseCursor(premises);
    this.#pythonLimits = [];
    this.#subjects = [];
    while (!cursor.isAtEnd) {
      cursor.take(/and\s+/y);
      if (cursor.attempt(() => this.#statement(cursor)) === null) cursor.skipWord();
      else this.understood++;
    }
    if (this.#pythonLimits.length > 0) this.#limitPython(conclusion);
    this.#concluded(conclusion);
  }

  /** What follows tells of no more than the premises do, but of which releases. */
  #concluded(conclusion: string): void {
    const cursor = new PhraseCursor(conclusion);
    cursor.take(/all versions of\s+/y);
    const terms = this.#alternatives(cursor);
    if (terms === null || !cursor.take(/(?:cannot be used|depends? on|and |are incompatible)/y)) return;
    if (this.#isOwn(terms[0]!.candidate)) return;
    this.evidence.speaksOf(
      terms[0]!.candidate,
      terms.map((term) => term.specifiers),
    );
  }

  /** The short form names the Python that is missed, and leaves out which releases miss it. */
  #limitPython(conclusion: string): void {
    const limit = this.#pythonLimits[0]!;
    const cursor = new PhraseCursor(conclusion);
    const concluded = this.#alternatives(cursor);
    const isUnusable = cursor.take(/(?:cannot be used|depends? on)/y) !== null;
    const subjects =
      concluded !== null && isUnusable
        ? [{ candidate: concluded[0]!.candidate, versions: concluded.map((term) => term.specifiers) }]
        : this.#subjects;
    for (const { candidate, versions } of subjects) this.evidence.needsPython(candidate, versions, limit);
  }

  finish(prose: string): void {
    this.#machine.settle(this.#builder);
    if (this.understood > 0) {
      this.#builder.ending = {
        kind: 'failed',
        wanted: `uv found no solution, but what the text tells of can be had all at once: some of its reasons are not in it. ${WHOLE}`,
      };
      this.evidence.settle(this.#builder);
      this.#builder.project = this.#project?.text() ?? null;
      return;
    }
    const message = prose.includes('∅')
      ? 'uv 0.1 prints `∅` for one line whose limits exclude each other, and does not say which line'
      : 'There is no report of uv here';
    this.#builder.complain('error', 'nothing-understood', message, this.#span);
    this.#builder.unreadable = `${message}. ${WHOLE}`;
  }

  /** One fact; null when the cursor stands at none. */
  #statement(cursor: PhraseCursor): true | null {
    if (
      cursor.take(
        /(?:you require|your (?:project|workspace) (?:requires|depends on)|root depends on|\S+ is a root that depends on)\s+/y,
      )
    )
      return this.#wishes(cursor);
    // An extra or a group of the project's own, `project[web]`, `project:dev`.
    const part = this.#project === null ? null : cursor.attempt(() => this.#ownPart(cursor));
    if (part !== null) return this.#wishesItself(cursor, part) ?? this.#wishes(cursor, part);
    if (cursor.take(/[\w.-]{1,100}:[\w.-]{1,100} depends on\s+/y)) return this.#wishes(cursor);
    if (cursor.take(/only the following versions of (\S+) are available:\s*/y))
      return this.#onlyListed(cursor);
    if (cursor.take(/only\s+/y)) return this.#onlyOne(cursor);
    if (cursor.take(/there (?:is|are) no versions? of\s+/y)) return this.#noVersions(cursor);
    const python = cursor.take(
      /the (requested|current) Python version \(([^)]*)\) does not satisfy Python(\S*?),?(?=\s|$)\s*/y,
    );
    if (python !== null) {
      this.#pythonLimits.push(python[3]!);
      return this.#isPython(python[1]!, python[2]!);
    }
    return this.#aboutTerms(cursor);
  }

  /** `current (3.9.18)` is the interpreter, `requested (>=3.9)` the value of `--python-version`. */
  #isPython(which: string, text: string): true {
    if (which === 'requested' && this.#project !== null) {
      this.#project.requiresPython = text;
      return true;
    }
    const version = /^(?:>=)?(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
    if (version === undefined) return true;
    if (which === 'requested') this.#builder.options = { ...this.#builder.options, pythonVersion: version };
    else this.#builder.environment = { ...this.#builder.environment, python: version };
    return true;
  }

  /** Whether a term is an extra or a group of the project's own. */
  #isOwn(candidate: string): boolean {
    return this.#project !== null && this.#project.partOf(candidate) !== null;
  }

  /** An extra or a group of the project that asks for the project, as another version than it is. */
  #wishesItself(cursor: PhraseCursor, group: string): true | null {
    const wanted = cursor.take(/itself at an incompatible version \(([^)]{1,200})\)\s*/y)?.[1];
    const requirement = wanted === undefined ? null : toRequirement(wanted);
    if (requirement === null) return null;
    this.#builder.addOnce(group, requirement, this.#span);
    return true;
  }

  #ownPart(cursor: PhraseCursor): string | null {
    const name = cursor.take(/[\w.-]{1,100}(?:\[[\w.-]{1,100}\]|:[\w.-]{1,100})/y)?.[0];
    const part = name === undefined ? null : (this.#project?.partOf(name) ?? null);
    return part !== null && cursor.take(/\s+depends on\s+/y) !== null ? part : null;
  }

  #wishes(cursor: PhraseCursor, group = 'main'): true | null {
    const wishes = this.#conjunction(cursor);
    for (const { term, alternatives } of wishes) {
      if (group === 'main' && this.#isOwn(term.candidate)) continue;
      if (term.candidate.includes(':')) continue;
      const text = term.candidate + asOneSet(alternatives) + markerSuffix(term.marker);
      this.#machine.wanted(text);
      this.#subjects.push({ candidate: term.candidate, versions: alternatives });
      this.evidence.ask(this.#builder, text, this.#span, 'requirements', alternatives, group);
    }
    return wishes.length === 0 ? null : true;
  }

  #onlyListed(cursor: PhraseCursor): true | null {
    const terms = this.#terms(cursor);
    if (terms.length === 0) return null;
    this.evidence.onlyHas(
      terms[0]!.candidate,
      terms.map((term) => term.specifiers),
    );
    return true;
  }

  #onlyOne(cursor: PhraseCursor): true | null {
    const term = this.#term(cursor);
    if (term === null || cursor.take(/is available,?\s*/y) === null) return null;
    this.evidence.onlyHas(term.candidate, [term.specifiers]);
    return true;
  }

  #noVersions(cursor: PhraseCursor): true | null {
    const term = this.#term(cursor);
    if (term === null) return null;
    // Before 0.2 the versions followed: `no versions of a that satisfy any of: a>1,<2 a>2`.
    const satisfied = cursor.take(/that satisfy\s+/y) === null ? null : this.#alternatives(cursor);
    const versions = (satisfied ?? [term]).map((each) => each.specifiers);
    if (term.candidate === 'Python') this.#isOutside(versions[0]!);
    else if (versions.every((set) => set.text === '')) this.evidence.isEmpty(term.candidate);
    else this.evidence.lacks(term.candidate, versions);
    return true;
  }

  /** Which Python it was is not told, only what it is not. */
  #isOutside(pythons: SpecifierSet): void {
    const python = pythonOutside(pythons);
    if (python === null || this.#builder.environment.python !== undefined) return;
    this.#builder.environment = { ...this.#builder.environment, python };
    this.#builder.guess(`Python ${python} stands for one that \`${pythons.text}\` does not admit.`);
  }

  /** `all versions of a depend on …`, `a>=1 depends on …`, `a was not found …`, `a==1 was yanked` … */
  #aboutTerms(cursor: PhraseCursor): true | null {
    cursor.take(/all versions of\s+/y);
    const subjects = this.#alternatives(cursor) ?? [];
    const [first] = subjects;
    if (first === undefined) return null;
    const versions = subjects.map((subject) => subject.specifiers);
    this.evidence.speaksOf(first.candidate, versions);
    if (cursor.take(/depends? on\s+/y)) return this.#dependencies(cursor, first.candidate, versions);
    if (
      cursor.take(/(?:was not found in|could not be (?:found|queried)|is not available)[^,]*?(?= and |$)\s*/y)
    )
      this.evidence.lacks(first.candidate, null);
    else if (
      cursor.take(
        /(?:ha(?:s|ve) (?:an? )?(?:invalid|inconsistent|missing|package|metadata|name|unsupported)|(?:is|are) (?:missing|unusable|unavailable)|needs? to be downloaded|(?:was|were) excluded|could not)[^,]*?(?= and |$)\s*/y,
      )
    )
      this.evidence.isUnreadable(first.candidate, versions);
    else if (cursor.take(/(?:was|were) yanked \(reason: /y)) {
      const reason = cursor.take(/[^]*?(?=\)(?:,? and |,|$))/y)?.[0] ?? '';
      cursor.take(/\),?\s*/y);
      this.evidence.isYanked(first.candidate, versions, reason === '' ? true : reason);
    } else if (cursor.take(/(?:was|were) yanked[^,]*?(?= and |$)\s*/y))
      this.evidence.isYanked(first.candidate, versions);
    else if (cursor.take(/ha(?:s|ve) no usable wheels[^,]*?(?= and |$)\s*/y))
      this.#hasOnly(first.candidate, versions, 'sdist');
    else if (cursor.take(/ha(?:s|ve) no source distribution[^,]*?(?= and |$)\s*/y))
      this.#hasOnly(first.candidate, versions, 'wheel');
    else if (cursor.take(/ha(?:s|ve) no (?:wheels|usable|source|binary)[^]*?(?= and (?!\S+ platform)|$)\s*/y))
      this.evidence.isUnusable(first.candidate, versions);
    else return null;
    return true;
  }

  /** The other sort is forbidden: for which projects, the hints tell. */
  #hasOnly(candidate: string, versions: readonly SpecifierSet[], only: 'sdist' | 'wheel'): void {
    this.evidence.hasOnly(candidate, versions, only);
    const { options } = this.#builder;
    const name = splitCandidate(candidate).name;
    const option = only === 'sdist' ? 'onlyBinary' : 'noBinary';
    this.#builder.options = { ...options, [option]: [...new Set([...(options[option] ?? []), name])] };
  }

  #dependencies(cursor: PhraseCursor, candidate: string, versions: readonly SpecifierSet[]): true | null {
    if (cursor.take(/itself at an incompatible version(?: \([^)]*\))?\s*/y)) {
      this.evidence.isUnreadable(candidate, versions);
      return true;
    }
    const wishes = this.#conjunction(cursor);
    for (const { term, alternatives } of wishes) {
      if (term.marker !== '') this.#machine.wanted(`x${markerSuffix(term.marker)}`);
      if (term.candidate === 'Python') {
        this.evidence.needsPython(candidate, versions, asOneSet(alternatives));
        continue;
      }
      const requirement = toRequirement(term.candidate + asOneSet(alternatives) + markerSuffix(term.marker));
      if (requirement !== null) this.evidence.allDepend(candidate, versions, requirement, alternatives);
    }
    return wishes.length === 0 ? null : true;
  }

  /** `a>=1 and b<2`, each possibly `one of: …`; a term that begins the next statement is not taken. */
  #conjunction(
    cursor: PhraseCursor,
  ): { readonly term: Term; readonly alternatives: readonly SpecifierSet[] }[] {
    const found: { term: Term; alternatives: readonly SpecifierSet[] }[] = [];
    for (;;) {
      const next = cursor.attempt(() => {
        if (found.length > 0 && cursor.take(/and\s+/y) === null) return null;
        if (cursor.take(/(?:all versions of|only|there|you|your|the)\s/y)) return null;
        const terms = this.#alternatives(cursor);
        if (terms === null || cursor.take(/(?:depends?|was|were|has|have|is|are|needs?) /y)) return null;
        return terms;
      });
      if (next === null) return found;
      const term = next[0]!;
      found.push({ term, alternatives: next.map((alternative) => alternative.specifiers) });
    }
  }

  #alternatives(cursor: PhraseCursor): Term[] | null {
    if (cursor.take(/(?:one|all|any) of:\s*/y)) {
      const terms = this.#terms(cursor);
      return terms.length === 0 ? null : terms;
    }
    const term = this.#term(cursor);
    return term === null ? null : [term];
  }

  /** The lines of a list: terms of one project, one after the other. */
  #terms(cursor: PhraseCursor): Term[] {
    const terms: Term[] = [];
    for (;;) {
      const term = cursor.attempt(() => {
        const next = this.#term(cursor);
        return next === null || (terms[0] !== undefined && next.candidate !== terms[0].candidate)
          ? null
          : next;
      });
      if (term === null) return terms;
      terms.push(term);
    }
  }

  #term(cursor: PhraseCursor): Term | null {
    return cursor.attempt(() => {
      const match = cursor.take(TERM);
      if (match?.[3] !== undefined) this.#builder.options = { ...this.#builder.options, universal: true };
      if (match === null || /^(?:and|or|you|your|all|only|there|the|we|one)$/i.test(match[1]!)) return null;
      // uv prints bounds with local versions, which PEP 440 has only for `==`.
      const written = (match[4] ?? '').replace(/((?:^|,)(?:[<>]=?|~=)[^,+]*)\+[^,]*/g, '$1');
      const specifiers = parseSpecifierSet(written);
      if (!specifiers.ok) return null;
      return {
        candidate: match[1]! + (match[2] ?? ''),
        marker: (match[3] ?? '{}').slice(1, -1),
        specifiers: specifiers.value,
      };
    });
  }
}
