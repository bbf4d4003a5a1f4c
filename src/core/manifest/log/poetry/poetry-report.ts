/**
 * Poetry's "version solving failed" report as a Problem (`SolveFailure`, Poetry 1.0 to 2.5). Premises are facts; what
 * follows the comma ("requires", "is incompatible with") is their consequence and is passed over.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import type { Span } from '../../../packaging/result.ts';
import { EMPTY_SPECIFIER_SET, parseSpecifierSet, type SpecifierSet } from '../../../packaging/specifier.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { POETRY_ENGINE } from '../../tool-releases.ts';
import { translatePoetryConstraint } from '../../project/poetry-constraint.ts';
import { readInstallLine } from '../../command/install-line.ts';
import { Evidence } from '../evidence.ts';
import { PhraseCursor } from '../phrase-cursor.ts';
import { readPoetryOutput, type PoetryOutput } from './poetry-output.ts';
import { PoetryPythons } from './poetry-python.ts';

/** Reads Poetry's report. */
export function readPoetryReport(text: string): Manifest {
  const builder = new ManifestBuilder('poetry-log', text);
  builder.engine = POETRY_ENGINE;
  builder.group('main', 'requirements', 'requirements', true);
  const output = readPoetryOutput(text);
  const reader = new PoetryReportReader(builder, output.span);
  if (output.reports > 1)
    builder.guess(
      `The text holds ${output.reports} reports of Poetry; the last one is read. Paste another alone to read that.`,
    );
  for (const [name, version] of output.selected) reader.selected(name, version);
  for (const fact of output.facts) reader.read(fact);
  reader.read(output.prose);
  reader.readLines(output);
  reader.finish();
  return builder.build();
}

const WHOLE =
  'Paste the whole report, from its first "Because" to "version solving failed", or the `pyproject.toml`.';

interface Term {
  readonly name: string;
  /** null for a bare name: the project itself where it depends, any version where it is depended on. */
  readonly versions: readonly SpecifierSet[] | null;
}

const NAME = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[^\]]*\])?`;
/** `name (versions)`, perhaps with the place that it is taken from. */
const TERM = new RegExp(String.raw`(${NAME})(?: \(([^()]*)\))?(?: @ \S+[^\s,.])?`, 'y');
const CLAUSE = String.raw`(?:[<>=!~^]{0,3} ?v?\d[\w.*+!-]*|\*)`;
/** Versions without parentheses: `>=3.8, <4.0 || >=5`; a sentence's comma is followed by a word. */
const VERSIONS = String.raw`${CLAUSE}(?:(?: ?, ?| ?\|\| ?| (?=[<>=!~^]))${CLAUSE})*`;
const REQUIRES_PYTHON = new RegExp(String.raw` requires Python (${VERSIONS})`, 'y');
const NO_VERSIONS = new RegExp(String.raw`(${NAME}) match (${VERSIONS})`, 'y');
/** Poetry joins two clauses; a longer chain is no sentence of its. */
const MOST_RELATIVES = 20;
const BARE_WORDS = /^(?:because|and|so|thus|no|every|version|versions|both|if|or|is|not)$/i;

class PoetryReportReader {
  readonly #builder: ManifestBuilder;
  readonly #evidence = new Evidence('proof');
  readonly #pythons = new PoetryPythons();
  readonly #pythonLimits: SpecifierSet[] = [];
  readonly #span: Span;
  #understood = 0;
  #depth = 0;

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

  selected(name: string, version: string): void {
    this.#evidence.exists(name.replace(/\[.*$/, ''), version);
  }

  /** What Poetry prints without a report: ranges of Python, refusals, lists. */
  readLines({ others }: PoetryOutput): void {
    let isList = false;
    for (const line of others) {
      this.#pythons.readLine(this.#builder, line);
      if (/^Incompatible constraints in requirements of /.test(line)) isList = true;
      else if (isList) isList = this.#listed(line);
      else this.#refusal(line);
    }
    if (this.#understood > 0) return;
    for (const { name, limit } of this.#pythons.limits) {
      const versions = readVersions(limit);
      if (versions?.length !== 1) continue;
      this.#evidence.needsPython(name, [EMPTY_SPECIFIER_SET], versions[0]!.text);
      this.#understood++;
    }
  }

  /** `alpha (==1.16.0)`, or as PEP 508 has it, with a marker. */
  #listed(line: string): boolean {
    const [subject = '', marker = ''] = line.split(/ ?;(.*)/s);
    const match = new RegExp(String.raw`^(${NAME}) ?\(([^()]*)\)$`).exec(subject.trim());
    const versions = match === null ? null : readVersions(match[2]!);
    if (match === null || versions === null) return false;
    const text = `${match[1]!}${versions[0]?.text ?? ''}${marker === '' ? '' : ` ; ${marker}`}`;
    this.#evidence.ask(this.#builder, text, this.#span);
    this.#understood++;
    return true;
  }

  #refusal(line: string): void {
    const unmatched = /Could not find a matching version of package (\S+?)\.?$/.exec(line)?.[1];
    if (unmatched !== undefined) {
      const { requirement } = splitAtSign(unmatched);
      this.#missing(requirement, null, 'Which versions were asked for is not in the text.');
      return;
    }
    const uninstallable = /Unable to find installation candidates for (\S+) \(([^()\s]+)\)/.exec(line);
    if (uninstallable !== null) {
      const set = parseSpecifierSet(`==${uninstallable[2]!}`);
      if (!set.ok) return;
      this.#evidence.isUnusable(uninstallable[1]!, [set.value]);
      this.#missing(`${uninstallable[1]!}==${uninstallable[2]!}`, [], '');
      return;
    }
    const absent = /^Package (\S+) \(([^()\s]+)\) not found\.?$/.exec(line);
    if (absent !== null) {
      const versions = readVersions(absent[2]!);
      this.#missing(`${absent[1]!}${versions?.[0]?.text ?? ''}`, versions, '');
      return;
    }
    const command = readInstallLine(line);
    if (command !== null)
      for (const item of command.requirements.map(({ text }) => text)) this.#commanded.push(item);
  }

  readonly #commanded: string[] = [];

  /** Something asked for of which nothing fits. */
  #missing(requirement: string, lacking: readonly SpecifierSet[] | null, guess: string): void {
    const parsed = parseRequirement(requirement);
    if (!parsed.ok) return;
    const typed = this.#commanded.find((text) => {
      const other = parseRequirement(text);
      return other.ok && other.value.normalizedName === parsed.value.normalizedName;
    });
    this.#understood++;
    this.#evidence.ask(this.#builder, typed ?? requirement, this.#span);
    if (lacking === null || lacking.length > 0) this.#evidence.lacks(parsed.value.name, lacking);
    if (guess !== '' && typed === undefined) this.#builder.guess(guess);
  }

  finish(): void {
    this.#pythons.settle(this.#builder, this.#pythonLimits);
    if (this.#understood === 0) {
      const message = 'There is no report of Poetry here that tells of requirements';
      this.#builder.complain('error', 'nothing-understood', message, this.#span);
      this.#builder.unreadable = `${message}. ${WHOLE}`;
      return;
    }
    this.#builder.ending = {
      kind: 'failed',
      wanted: `Poetry found no solution, but what the text tells of can be had all at once on one Python and platform: Poetry resolves for the project's whole range of both, or some of its reasons are not in the text. ${WHOLE}`,
    };
    this.#evidence.settle(this.#builder);
  }

  #statement(cursor: PhraseCursor): true | null {
    if (cursor.take(/no versions of /y)) return this.#noVersions(cursor);
    const isEvery = cursor.take(/every version of /y) !== null;
    const subject = this.#term(cursor);
    if (subject === null) return null;
    const owner = isEvery ? { ...subject, versions: [EMPTY_SPECIFIER_SET] } : subject;
    const python = cursor.take(REQUIRES_PYTHON);
    if (python !== null) return this.#needsPython(owner, python[1]!);
    if (cursor.take(/ depends on (?:both )?/y) === null) return null;
    return this.#dependencies(cursor, owner);
  }

  #dependencies(cursor: PhraseCursor, owner: Term): true | null {
    const wishes = this.#wishes(cursor);
    if (wishes.length === 0) return null;
    for (const wish of wishes) this.#add(owner, wish);
    this.#relative(cursor, wishes.at(-1)!);
    return true;
  }

  /** `… which depends on c (>=2)`, `… which doesn't match any versions`, `… which requires Python <3.9`. */
  #relative(cursor: PhraseCursor, subject: Term): void {
    const owner = { ...subject, versions: subject.versions ?? [EMPTY_SPECIFIER_SET] };
    if (cursor.take(/ which doesn['’]t match any versions/y)) {
      if (owner.versions.length > 0)
        this.#evidence.lacks(
          owner.name,
          owner.versions.some(({ text }) => text === '') ? null : owner.versions,
        );
      return;
    }
    const python = cursor.attempt(() =>
      cursor.take(/ which/y) === null ? null : cursor.take(REQUIRES_PYTHON),
    );
    if (python !== null) this.#needsPython(owner, python[1]!);
    else if (this.#depth < MOST_RELATIVES && cursor.take(/ which depends on (?:both )?/y)) {
      this.#depth++;
      this.#dependencies(cursor, owner);
      this.#depth--;
    }
  }

  /** `numpy (1.24.0) requires Python >=3.8`. */
  #needsPython(subject: Term, limit: string): true | null {
    const versions = readVersions(limit);
    if (subject.versions === null || versions === null) return null;
    const [only] = versions;
    if (only === undefined) return null;
    this.#pythonLimits.push(only);
    this.#evidence.needsPython(subject.name, subject.versions, only.text);
    return true;
  }

  #noVersions(cursor: PhraseCursor): true | null {
    const name = cursor.take(NO_VERSIONS);
    const versions = name === null ? null : readVersions(name[2]!);
    if (name === null || versions === null) return null;
    this.#evidence.lacks(name[1]!, versions.some(({ text }) => text === '') ? null : versions);
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
      const [first] = alternatives;
      if (subject.versions !== null && first !== undefined)
        this.#evidence.needsPython(subject.name, subject.versions, first.text);
      return;
    }
    // An empty set of versions: two constraints of one line exclude each other.
    const isEmpty = alternatives.length === 0;
    const limit = isEmpty ? '<0' : alternatives.length === 1 ? alternatives[0]!.text : '';
    const text = wish.name + limit;
    if (isEmpty)
      this.#builder.guess(
        `\`${wish.name}\` is needed in a set of versions that is empty: \`${text}\` stands for it.`,
      );
    if (subject.versions === null) {
      this.#evidence.ask(this.#builder, text, this.#span, 'requirements', isEmpty ? undefined : alternatives);
      return;
    }
    const parsed = parseRequirement(text);
    if (parsed.ok)
      this.#evidence.allDepend(
        subject.name,
        subject.versions,
        parsed.value,
        isEmpty ? [parsed.value.specifier] : alternatives,
      );
  }

  #term(cursor: PhraseCursor): Term | null {
    return cursor.attempt(() => {
      const match = cursor.take(TERM);
      if (match === null || BARE_WORDS.test(match[1]!)) return null;
      if (match[2] === undefined) return { name: match[1]!, versions: null };
      if (match[2].trim() === '<empty>') return { name: match[1]!, versions: [] };
      const versions = readVersions(match[2].replace(/ (?:@ )?(?:\.{0,2}\/|file:|git\+|https?:)\S*$/, ''));
      // A branch, a path: any version will do.
      return { name: match[1]!, versions: versions ?? [EMPTY_SPECIFIER_SET] };
    });
  }
}

/** `name@^2` of `poetry add`. */
function splitAtSign(text: string): { readonly requirement: string } {
  const [name = '', versions] = text.split('@', 2);
  const translated = versions === undefined ? null : translatePoetryConstraint(versions);
  return { requirement: translated === null ? name : name + translated.specifiers };
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
