/** PDM as an engine: the search's values in PDM's words. */
import type { Engine } from '../../resolver/engine.ts';
import type { EngineResult } from '../../resolver/outcome.ts';
import { bothPythons } from '../../resolver/pdm/python-set.ts';
import { coversPythons } from '../../resolver/pdm/python-set.ts';
import { resolveWithPdm, type PdmAnswer, type PdmCause } from '../../resolver/pdm/resolve.ts';
import { InvalidProject } from '../../resolver/poetry/project/table-dependency.ts';
import { causeLines, logTexts } from './log-text.ts';

export const resolvePdm: Engine = (request, recorder): EngineResult => {
  try {
    return told(resolveWithPdm(request, recorder));
  } catch (error) {
    if (!(error instanceof InvalidProject)) throw error;
    const metrics = { rounds: 0, pinned: 0, rejected: 0, undone: 0, requirements: 0, pages: 0, metadata: 0 };
    return { outcome: { kind: 'invalid' }, message: error.message, notices: [], metrics };
  }
};

function told(answer: PdmAnswer): EngineResult {
  const { outcome, metrics, end, log, identifiers, project } = answer;
  const { unknown, dropsPython } = project;
  return {
    outcome,
    message: messageOf(answer),
    notices: dropsPython
      ? [{ level: 'warning', text: "The 'python' requirement is not necessary and will be ignored." }]
      : [],
    metrics,
    ...(end.kind === 'solved' ? { packages: end.entries.map((entry) => ({ ...entry })) } : {}),
    logSteps: () => logTexts(log, identifiers),
    log: () => logTexts(log, identifiers).map(({ text }) => text),
    ...(unknown.length === 0
      ? {}
      : {
          caveats: [
            `What is not in an index is unknown here and was left out: ${unknown.map((line) => `\`${line}\``).join(', ')}. With it, the answer can be another.`,
          ],
        }),
  };
}

function messageOf({ end, project, identifiers }: PdmAnswer): string {
  switch (end.kind) {
    case 'not-found':
      return `[CandidateNotFound]: Unable to find candidates for ${end.project}. There may exist some issues with the package name or network condition.`;
    case 'too-deep':
      return '[ResolutionError]: The dependency resolution exceeds the maximum loop depth of 10000';
    case 'impossible':
      return `ERROR: ${withoutMarkup(conflictText(end.causes, project, (identifier) => identifiers.texts[identifier]!))}`;
    default:
      return '';
  }
}

/** PDM's console takes `[name]` for a style and leaves it out. */
function withoutMarkup(text: string): string {
  return text.replace(/\[[a-z][^[\]]*\]/g, '');
}

function conflictText(
  causes: readonly PdmCause[],
  project: PdmAnswer['project'],
  nameOf: (identifier: number) => string,
): string {
  const [first] = causes;
  if (first === undefined) return '';
  if (causes.every(({ requirement }) => requirement.key === 'python')) return pythonText(causes, project);
  const start = `Unable to find a resolution for ${nameOf(first.requirement.identifier)}`;
  if (causes.length === 1) return `${start}\nPlease make sure the package name is correct.`;
  return [
    start,
    'because of the following conflicts:',
    ...causeLines(causes).map((line) => `  ${line}`),
    'To fix this, you could loosen the dependency version constraints in pyproject.toml. See https://pdm-project.org/en/latest/usage/lockfile/#solve-the-locking-failure for more details.',
  ].join('\n');
}

function pythonText(causes: readonly PdmCause[], { python }: PdmAnswer['project']): string {
  const blocking = causes.filter(({ requirement }) => !coversPythons(requirement.python, python));
  const lines = blocking.map(({ requirement, parent }) => {
    const from =
      parent === null
        ? ' (from project)'
        : ` (from <Candidate ${parent.name}@${parent.release?.version.text ?? ''} from http://INDEX/simple/${parent.requirement.key}/>)`;
    return `  ${requirement.text}${from}`;
  });
  const both = blocking.reduce((range, { requirement }) => bothPythons(range, requirement.python), python);
  const advice =
    both.constraint.kind === 'empty'
      ? 'Consider changing the version specifiers of the dependencies to be compatible'
      : `A possible solution is to change the value of \`requires-python\` in pyproject.toml to ${both.text}.`;
  return [
    `Unable to find a resolution because the following dependencies don't work on all Python versions in the range of the project's \`requires-python\`: ${python.text}.`,
    ...[...new Set(lines)].sort(),
    advice,
  ].join('\n');
}
