/**
 * Why a project cannot be locked, and what would help: which of its wishes are to blame, found by leaving out, with
 * runs of the tool itself; why, where one Python on one platform shows it; and changes that were tried.
 */
import { guiltyWishes } from '../../diagnose/project/guilty-wishes.ts';
import {
  tryProjectRepairs,
  type ProjectRepair,
  type ProjectRepairs,
} from '../../diagnose/project/project-repairs.ts';
import { pythonAxis, type PythonAxis, type PythonLimit } from '../../diagnose/project/python-axis.ts';
import type { ProjectQuestion } from '../../diagnose/project/project-question.ts';
import { isMissing } from '../../package-index/package-index.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest } from '../../resolver/engine.ts';
import type { ConflictKind } from '../conflict-kind.ts';
import type { EndedRun } from '../ended-run.ts';
import { explainRun } from '../explain-run.ts';
import type { Explanation, Fix } from '../explanation.ts';
import { distinctLines } from '../narrowing-view.ts';
import { quickExplanation } from '../quick-explanation.ts';
import {
  capitalized,
  code,
  count,
  lineName,
  lineNames,
  listOf,
  shortListOf,
  SENTENCE_WORDS,
  wordCount,
} from '../words.ts';

/** Runs of the tool at most. */
const MOST_RUNS = { guilty: 60, repairs: 90 };

/** Proofs for single environments; the lines are known already. */
const PROOF_BUDGET = {
  decisions: 2000,
  allDecisions: 10_000,
  solves: 8,
  fixes: 0,
  rounds: 0,
  speedRounds: 0,
};

/** `request` is what was run; `times` the usual work may be done. */
export function explainProject(
  run: EndedRun,
  request: ResolveRequest,
  question: ProjectQuestion,
  times = 1,
): Explanation {
  const quick = quickExplanation(run);
  if (run.outcome.kind !== 'unsolvable') return quick;
  const likely = question.wishes.flatMap(({ name }, at) => (names(run.message, name) ? [at] : []));
  const { wishes, minimality } = guiltyWishes(question, likely, MOST_RUNS.guilty * times);
  const limits = pythonLimits(run.message);
  const axis = limits.length === 0 ? null : pythonAxis(question, new Set(wishes), limits);
  const guilty = wishes.map((at) => question.wishes[at]!);
  const alone = inOneEnvironment(run, request, question, wishes);
  const repairs = tryProjectRepairs(
    question,
    request,
    wishes,
    axis,
    advisedRanges(run.message),
    MOST_RUNS.repairs * times,
  );
  const kind = kindOf(request, question, wishes, axis);
  const lines = distinctLines(guilty.map(({ source }) => source));
  // Where wishes share a line, a sentence that speaks of lines does not tell them apart.
  const told = lines.length < guilty.length ? null : alone;
  return {
    ...quick,
    ...(alone === null ? {} : { chains: alone.chains, clash: alone.clash }),
    ...(alone === null || alone.proof.length === 0 ? {} : { proof: alone.proof }),
    kind: alone?.kind ?? kind,
    sentence: told?.sentence ?? ownSentence(run, question, wishes, axis, kind, alone?.clash?.package ?? null),
    remarks: [
      ...(alone === null ? wholeRange(run, question, axis) : alone.remarks),
      ...repairRemarks(repairs),
    ],
    lines,
    minimality,
    fixes: repairs.repairs.map((repair) => fixOf(repair, question)),
    ...(axis === null ? {} : { pythons: axis }),
    ranOut: repairs.isCutShort || repairs.undecided > 0 || minimality.status === 'not-minimal',
  };
}

function names(message: string, name: string): boolean {
  const pattern = name.replaceAll('-', '[-_.]');
  return new RegExp(String.raw`(?<![\w.-])${pattern}(?![\w-])`, 'i').test(message);
}

/** What the tool says of Pythons, in its own words: Poetry's list, PDM's causes. */
function pythonLimits(message: string): readonly PythonLimit[] {
  const found = new Map<string, PythonLimit>();
  const add = (name: string, limit: string): void => {
    if (found.size < 50) found.set(`${name} ${limit}`, { package: name, limit });
  };
  for (const [, name, limit] of message.matchAll(
    /^ {2}- (\S+) requires Python (.{1,200}?), so it will not/gm,
  ))
    add(name!, limit!);
  for (const [, limit, name] of message.matchAll(
    /^ {2}python([<>=!~]\S{0,200}) \(from <Candidate ([^@\s]{1,200})@/gm,
  ))
    add(name!, limit!);
  return [...found.values()];
}

/** Ranges of Pythons that the tool itself proposes. */
function advisedRanges(message: string): readonly string[] {
  const poetry = [...message.matchAll(/set the `python` property to "([^"\n]{1,200})"/g)].map(
    (match) => match[1]!,
  );
  const pdm = /change the value of `requires-python` in pyproject\.toml to (\S{1,200}?)\.?$/m.exec(
    message,
  )?.[1];
  return [...new Set([...poetry, ...(pdm === undefined ? [] : [pdm])])];
}

/** The same wishes on one Python and platform, where they have no solution either; null where each has one. */
function inOneEnvironment(
  run: EndedRun,
  request: ResolveRequest,
  question: ProjectQuestion,
  wishes: readonly number[],
): Explanation | null {
  if (!question.isPlain) return null;
  const requirements = wishes.map((at) => {
    const { requirement, source } = question.wishes[at]!;
    return { requirement, source, hashes: [], isEditable: false };
  });
  const [range = null, ...others] = question.pythons;
  const options = {
    ...request.options,
    universal: true,
    ...(range === null || others.length > 0 ? {} : { requiresPython: range }),
  };
  const asked = { ...request, requirements, constraints: [], options };
  const explained = explainRun(run, asked, {
    rules: question.rules,
    resolve: null,
    ledgers: () => [],
    budget: PROOF_BUDGET,
  });
  return explained.lines.length === 0 || explained.proof.length === 0 ? null : explained;
}

function kindOf(
  { index }: ResolveRequest,
  question: ProjectQuestion,
  wishes: readonly number[],
  axis: PythonAxis | null,
): ConflictKind {
  if (wishes.length !== 1) return axis === null || wishes.length > 1 ? 'conflict' : 'not-for-you';
  const { requirement, name } = question.wishes[wishes[0]!]!;
  const page = index.page(name);
  if (isMissing(page)) return 'conflict';
  if (page.distributions.length === 0) return 'no-such-package';
  const fits = page.distributions.some(({ version }) => {
    const parsed = parseVersion(version);
    return parsed.ok && specifierSetContains(requirement.specifier, parsed.value, { prereleases: true });
  });
  if (!fits) return 'no-version-in-range';
  return axis === null ? 'conflict' : 'not-for-you';
}

function ownSentence(
  run: EndedRun,
  question: ProjectQuestion,
  wishes: readonly number[],
  axis: PythonAxis | null,
  kind: ConflictKind,
  meeting: string | null,
): string {
  const guilty = wishes.map((at) => question.wishes[at]!);
  const [first] = guilty;
  if (first === undefined) return `${run.tool} finds no way to lock this project.`;
  const isOneLine = guilty.every(({ source }) => source.line === first.source.line);
  const written = isOneLine
    ? `${shortListOf(
        guilty.map((wish) => code(wish.written)),
        3,
      )} (${lineName(first.source)})`
    : shortListOf(
        guilty.map((wish) => `${code(wish.written)} (${lineName(wish.source)})`),
        3,
      );
  if (kind === 'no-such-package') return `${written}: the index has no project ${code(first.name)}.`;
  if (kind === 'no-version-in-range')
    return `${written}: the index lists no such version of ${code(first.name)}.`;
  const failing =
    axis?.stretches.filter(({ verdict }) => verdict === 'impossible').map(({ name }) => name) ?? [];
  const where = failing.length === 0 ? '' : ` for Python ${listOf(failing)}`;
  const verb = guilty.length === 1 ? 'cannot be met' : 'cannot be met together';
  const end = meeting === null || guilty.length === 1 ? '' : `: they leave no version of ${code(meeting)}`;
  const sentence = `${written} ${verb}${where}${end}.`;
  return wordCount(sentence) <= SENTENCE_WORDS
    ? sentence
    : `${capitalized(lineNames(guilty.map(({ source }) => source)))} ${verb}${where}.`;
}

/** That the whole range is the matter, where no environment by itself fails. */
function wholeRange(run: EndedRun, question: ProjectQuestion, axis: PythonAxis | null): readonly string[] {
  if (axis === null) return [];
  const range = question.python === '' ? 'every Python' : `every Python of ${code(question.python)}`;
  return [`${run.tool} looks for one answer for ${range}.`];
}

function fixOf(repair: ProjectRepair, question: ProjectQuestion): Fix {
  const [first, ...also] = repair.edits;
  const { kind, requiresPython, pins } = repair;
  return {
    kind,
    source: first?.source ?? null,
    text: fixText(repair, question),
    newLine: first?.newLine ?? '',
    also,
    setting: requiresPython === null ? null : { requiresPython },
    pins,
    note: `Tried: locks with ${count(pins.length, 'package')}.`,
  };
}

function fixText(
  { kind, wish, edit, written: after, python }: ProjectRepair,
  question: ProjectQuestion,
): string {
  if (wish === null) return `Support Python ${code(python ?? '')} only, not ${code(question.python)}`;
  const { name, written, source } = question.wishes[wish]!;
  const place = lineName(source);
  switch (kind) {
    case 'remove':
      return `Take ${code(written)} out of ${place}`;
    case 'mark':
      return `Ask for ${code(name)} on Python ${code(edit?.python ?? '')} only: ${place} becomes ${code(after ?? '')}`;
    case 'split':
      return `Split ${code(name)} by Python, ${code(edit?.also?.limit ?? '')} on ${code(edit?.also?.python ?? '')}: ${place} becomes ${code(after ?? '')}`;
    default:
      return `Change ${place} from ${code(written)} to ${code(after ?? '')}`;
  }
}

function repairRemarks({ repairs, tried, undecided, isCutShort }: ProjectRepairs): readonly string[] {
  const unknown =
    undecided === 0
      ? ''
      : ` Whether ${undecided} of them would do is not known: facts are missing here, or the run takes too long.`;
  const rest = `${unknown}${isCutShort ? ' More could be tried; the work set aside for it ran out.' : ''}`;
  if (repairs.length > 0)
    return rest === '' ? [] : [`${capitalized(count(tried, 'run was', 'runs were'))} made.${rest}`];
  const known = undecided === 0 ? '' : ' as far as is known';
  return [`Nothing single helps${known}: ${count(tried, 'run was', 'runs were')} made with changes.${rest}`];
}
