/**
 * Why, why-not and who-limits for projects that a tool locks: who asks is read from the project's wishes and the metadata
 * of what the run chose, or had in hand; whether a version could be had is tried by the tool, with all others hidden.
 */
import { guiltyWishes, verdictOf } from '../../diagnose/project/guilty-wishes.ts';
import type { ProjectQuestion } from '../../diagnose/project/project-question.ts';
import { isMissing, type PackageIndex } from '../../package-index/package-index.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { Outcome } from '../../resolver/outcome.ts';
import type { Trace } from '../../resolver/trace.ts';
import { answerWith, wishOfVersion, type Query, type QueryAnswer } from '../query.ts';
import { readableRequirement, withoutMarker } from '../requirement-text.ts';
import { capitalized, code, count, lineName, nameAtVersion, shortListOf } from '../words.ts';

/** What a query about a locked project needs. */
export interface QueriedProject {
  readonly question: ProjectQuestion;
  readonly index: PackageIndex;
  readonly outcome: Outcome;
  readonly trace: Trace;
  /** The same project on an index where the project named has only versions that a requirement admits. */
  readonly withOnly: (wish: Requirement) => ProjectQuestion | null;
}

/** Runs of the tool at most for one `why-not`. */
const MOST_RUNS = 24;
const MOST_ROUNDS = 400;
/** Clauses that are told at most. */
const MOST_TOLD = 12;

/** One who asks for a project. */
interface Asker {
  /** Null: the project itself, by a line. */
  readonly name: string | null;
  readonly text: string;
  readonly specifier: string;
}

export function answerProjectQuery(query: Query, run: QueriedProject): QueryAnswer {
  return answerWith(query, run, { why, whoLimits, whyNot });
}

interface Chosen {
  readonly name: string;
  readonly version: string;
}

/** What stands at the end, or what the search had in hand. */
function chosenOf({ outcome, trace }: QueriedProject): readonly Chosen[] {
  if (outcome.kind === 'solved') return outcome.pins;
  const seen = new Map<string, Chosen>();
  for (const { package: row, version } of trace.candidates) {
    const name = trace.packages[row]?.name ?? '';
    if (name !== '') seen.set(`${name} ${version}`, { name, version });
  }
  return [...seen.values()];
}

function askersOf(project: string, run: QueriedProject, chosen: readonly Chosen[]): readonly Asker[] {
  const { question, index } = run;
  const own = question.wishes
    .filter(({ name }) => name === project)
    .map(({ written, source, requirement }): Asker => ({
      name: null,
      text: `${capitalized(lineName(source))} asks for ${code(written)}.`,
      specifier: requirement.specifier.text,
    }));
  const others = chosen
    .filter(({ name }) => name !== project)
    .flatMap(({ name, version }) =>
      needsOf(index, name, version)
        .filter(({ normalizedName }) => normalizedName === project)
        .map((requirement): Asker => {
          const marker = /;\s*(.*)$/su.exec(requirement.text)?.[1];
          const needs = code(readableRequirement(withoutMarker(requirement.text)));
          const where = marker === undefined ? '' : `, where ${code(marker.trim())}`;
          return {
            name,
            text: `${nameAtVersion(name, version)} needs ${needs}${where}.`,
            specifier: requirement.specifier.text,
          };
        }),
    );
  return [...own, ...others];
}

function needsOf(index: PackageIndex, name: string, version: string): readonly Requirement[] {
  const page = index.page(name);
  const file = isMissing(page)
    ? undefined
    : page.distributions.find((distribution) => distribution.version === version);
  const metadata = file === undefined ? null : index.metadata(file);
  if (metadata === null || isMissing(metadata)) return [];
  return metadata.requiresDist.flatMap((line) => {
    const parsed = parseRequirement(line);
    return parsed.ok ? [parsed.value] : [];
  });
}

/** The shortest way from a line to the project. */
function why(project: string, run: QueriedProject): readonly string[] {
  const chosen = chosenOf(run);
  const pins = chosen.filter(({ name }) => name === project);
  const isSolved = run.outcome.kind === 'solved';
  if (isSolved && pins.length === 0) return [`${code(project)} is not part of the lock.`];
  const paths: { readonly name: string; readonly links: readonly string[] }[] = [
    { name: project, links: [] },
  ];
  const seen = new Set([project]);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    for (const { name, text } of askersOf(path.name, run, chosen)) {
      const links = [text, ...path.links];
      if (name === null) {
        const versions = shortListOf([...new Set(pins.map(({ version }) => version))], 4);
        const end = isSolved ? [`So ${code(project)} is there, at ${versions}.`] : [];
        return [...links.slice(0, MOST_TOLD), ...end];
      }
      if (seen.has(name)) continue;
      seen.add(name);
      paths.push({ name, links });
    }
  }
  return [`Nothing in this run asks for ${code(project)}.`];
}

/** Everybody who sets a bound, and how many of the listed versions are within all of them. */
function whoLimits(project: string, run: QueriedProject): readonly string[] {
  const page = run.index.page(project);
  if (isMissing(page)) return [`No list of versions of ${code(project)} was read.`];
  const versions = [...new Set(page.distributions.map(({ version }) => version))];
  const limits = askersOf(project, run, chosenOf(run)).filter(
    ({ name, specifier }) => name === null || specifier !== '',
  );
  const told = [...new Set(limits.map(({ text }) => text))];
  if (limits.every(({ specifier }) => specifier === ''))
    return [
      ...told.slice(0, MOST_TOLD),
      `Nobody limits ${code(project)}: the index lists ${count(versions.length, 'version')}.`,
    ];
  const left = versions.filter((version) =>
    limits.every(({ specifier }) => isWithin(project, specifier, version)),
  );
  const more = told.length > MOST_TOLD ? [`${told.length - MOST_TOLD} more ask for it.`] : [];
  const amount = `${left.length} ${left.length === 1 ? 'is' : 'are'}`;
  return [
    ...told.slice(0, MOST_TOLD),
    ...more,
    `Of ${count(versions.length, 'listed version')} of ${code(project)}, ${amount} within all of these limits.`,
  ];
}

function isWithin(project: string, specifier: string, text: string): boolean {
  const wish = parseRequirement(`${project}${specifier}`);
  const version = parseVersion(text);
  return (
    wish.ok && version.ok && specifierSetContains(wish.value.specifier, version.value, { prereleases: true })
  );
}

/** Lets the tool lock the project with no other version of it in sight. */
function whyNot(project: string, version: string, run: QueriedProject): readonly string[] {
  const { outcome, index } = run;
  const page = index.page(project);
  if (isMissing(page)) return [`No list of versions of ${code(project)} was read.`];
  const versions = [...new Set(page.distributions.map((file) => file.version))];
  const wish = wishOfVersion(project, version, versions);
  if (wish === null) return [`${code(version)} is no version and no specifier.`];
  const asked = code(wish.text);
  const admitted = versions.filter((text) => isWithin(project, wish.specifier.text, text));
  if (admitted.length === 0) return [`The index lists no ${asked}.`];
  const pins = outcome.kind === 'solved' ? outcome.pins : [];
  const own = pins.filter(({ name }) => name === project);
  if (own.length > 0 && own.every((pin) => admitted.includes(pin.version)))
    return [
      `It is what the run takes: ${code(project)} ${shortListOf(
        own.map((pin) => pin.version),
        4,
      )}.`,
    ];
  const question = run.withOnly(wish);
  const tried = question?.change({})?.run(MOST_ROUNDS);
  if (question === null || tried === undefined) return [`Whether ${asked} would do cannot be tried here.`];
  if (tried.kind === 'solved') {
    const taken = tried.pins.filter(({ name }) => name === project);
    return taken.length === 0
      ? [`Nothing asks for ${code(project)}: the project can be locked without it.`]
      : [
          `${asked} can be had: the project can be locked with ${code(project)} ${shortListOf([...new Set(taken.map((pin) => pin.version))], 4)}, but the search did not come to it, because nothing asks for it and other choices come first.`,
        ];
  }
  if (tried.kind !== 'unsolvable')
    return [`Whether ${asked} would do is not known: facts are missing, or it takes too long.`];
  const { wishes } = guiltyWishes(question, [], MOST_RUNS);
  const lines = wishes.map((at) => {
    const { written, source } = question.wishes[at]!;
    return `${code(written)} (${lineName(source)})`;
  });
  const told = shortListOf(lines, 4);
  // The same fail whatever the version: then they say nothing of it.
  const gone = run.question.wishes.flatMap((_wish, at) => (wishes.includes(at) ? [] : [[at, null] as const]));
  return outcome.kind === 'unsolvable' && verdictOf(run.question, { wishes: new Map(gone) }) === 'impossible'
    ? [`The project cannot be locked with any ${code(project)}: ${told} cannot be met in any case.`]
    : [`${asked} cannot be had with ${told}.`];
}
