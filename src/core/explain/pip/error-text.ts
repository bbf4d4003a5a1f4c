/** pip's report at the end of a run that failed, word for word, in the words of the release. */
import type { PipEra } from '../../resolver/pip/era.ts';
import type { PipTextEra } from '../../resolver/pip/text-era.ts';
import type { PipReport } from '../../resolver/pip/report.ts';
import { abortText } from './abort-text.ts';
import { type ConsoleLine, errorLines, informationLines } from './console-line.ts';
import { pythonQuoted } from './python-quoted.ts';

type Report<Kind extends PipReport['kind']> = Extract<PipReport, { readonly kind: Kind }>;

/** All lines in pip's order, blank ones included. */
export function errorReportLines(report: PipReport, era: PipEra): readonly ConsoleLine[] {
  switch (report.kind) {
    case 'requires-python':
      return errorLines(requiresPythonText(report, era.texts));
    case 'no-matching-version':
      return noMatchingLines(report, era.texts);
    case 'conflict':
      return conflictLines(report, era.texts);
    case 'too-deep':
      return era.texts.explainsTooDeep ? tooDeepLines() : crashLines(`ResolutionTooDeep: ${report.rounds}`);
    case 'crash':
      return crashLines(crashText(report));
    case 'abort':
      return errorLines(abortText(report.abort, era.texts));
  }
}

/** What Python prints as the last line of its traceback, by exception. */
const CRASH_TEXTS: Readonly<Record<string, string>> = {
  RecursionError: 'RecursionError: maximum recursion depth exceeded',
  IndexError: 'IndexError: list index out of range',
  AttributeError: "AttributeError: 'NoneType' object has no attribute 'iter_requirement'",
};

function crashText({ exception, said = '' }: Report<'crash'>): string {
  return said === '' ? (CRASH_TEXTS[exception] ?? exception) : `${exception}: ${said}`;
}

/** The traceback's own lines name files of pip's and are left out. */
function crashLines(exception: string): readonly ConsoleLine[] {
  return errorLines(`Exception:\nTraceback (most recent call last):\n${exception}`);
}

function requiresPythonText({ python, causes }: Report<'requires-python'>, texts: PipTextEra): string {
  const [first] = causes;
  if (first !== undefined && (causes.length === 1 || !texts.listsVersions)) {
    return (
      `Package ${pythonQuoted(first.name)} requires a different Python: ` +
      `${python} not in ${pythonQuoted(first.specifier)}`
    );
  }
  const lines = causes.map(
    ({ specifier, formatted }) => `${pythonQuoted(specifier)} (required by ${formatted})`,
  );
  return [`Packages require a different Python. ${python} not in:`, ...lines].join('\n');
}

function noMatchingLines(report: Report<'no-matching-version'>, texts: PipTextEra): readonly ConsoleLine[] {
  const { parent, versions, yankedVersions, skippedPythons } = report;
  const requirement = texts.namesParents ? report.bareRequirement : report.requirement;
  const lines: ConsoleLine[] = [];
  if (texts.listsYanked && yankedVersions.length > 0) {
    lines.push(...errorLines(`Ignored the following yanked versions: ${yankedVersions.join(', ')}`));
  }
  if (texts.listsSkippedPythons && skippedPythons.length > 0) {
    const skipped = skippedPythons.join('; ');
    lines.push(
      ...errorLines(`Ignored the following versions that require a different python version: ${skipped}`),
    );
  }
  const wanted = texts.saysFinalVersion && report.isOnlyFinal ? 'final version' : 'version';
  const origin = parent === null ? '' : ` (from ${parent})`;
  const listed = texts.listsYanked ? versions : report.allVersions;
  const known = texts.listsVersions ? ` (from versions: ${listed.join(', ') || 'none'})` : '';
  lines.push(
    ...errorLines(
      `Could not find a ${wanted} that satisfies the requirement ${requirement}${origin}${known}`,
    ),
  );
  if (requirement === 'requirements.txt') lines.push(...informationLines(REQUIREMENTS_TXT_HINT));
  return [
    ...lines,
    ...errorLines(`No matching distribution found for ${requirement}${texts.namesParents ? origin : ''}`),
  ];
}

const REQUIREMENTS_TXT_HINT =
  'HINT: You are attempting to install a package literally named "requirements.txt" (which cannot exist). ' +
  "Consider using the '-r' flag to install the packages listed in requirements.txt";

function conflictLines(report: Report<'conflict'>, texts: PipTextEra): readonly ConsoleLine[] {
  const triggers = joinWithAnd(report.triggers);
  const summary = `Cannot install ${triggers} because these package versions have conflicting dependencies.`;
  const help =
    texts.help === 'topics'
      ? 'topics/dependency-resolution/#dealing-with-dependency-conflicts'
      : 'user_guide/#fixing-conflicting-dependencies';
  return [
    ...errorLines(summary),
    ...informationLines(conflictText(report, texts)),
    ...errorLines(`ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/${help}`),
  ];
}

function conflictText(report: Report<'conflict'>, texts: PipTextEra): string {
  const lines = ['', 'The conflict is caused by:'];
  for (const { parent, requirement } of report.lines) {
    lines.push(
      parent === null ? `    The user requested ${requirement}` : `    ${parent} depends on ${requirement}`,
    );
  }
  if (texts.listsVersions) {
    for (const constraint of report.constraints) {
      lines.push(`    The user requested (constraint) ${constraint}`);
    }
  }
  if (texts.addsNoMatching) {
    lines.push('', NO_MATCHING, ...report.noMatching.map((name) => `    ${name}`));
  }
  const attempt = texts.attemptsWithTo ? 'to attempt' : 'attempt';
  lines.push(
    '',
    'To fix this you could try to:',
    "1. loosen the range of package versions you've specified",
    `2. remove package versions to allow pip ${attempt} to solve the dependency conflict`,
    '',
  );
  return lines.join('\n');
}

const NO_MATCHING =
  'Additionally, some packages in these conflicts have no matching distributions available for your environment:';

/** `a`, `a and b`, `a, b and c`. */
function joinWithAnd(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? 'the requested packages';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function tooDeepLines(): readonly ConsoleLine[] {
  const text = [
    'error: resolution-too-deep',
    '',
    '× Dependency resolution exceeded maximum depth',
    '╰─> Pip cannot resolve the current dependencies as the dependency graph is too complex for pip to solve efficiently.',
    '',
    "hint: Try adding lower bounds to constrain your dependencies, for example: 'package>=2.0.0' instead of just 'package'. ",
    '',
    'Link: https://pip.pypa.io/en/stable/topics/dependency-resolution/#handling-resolution-too-deep-errors',
  ];
  return text.map((line) => ({ stream: 'error', text: line }));
}
