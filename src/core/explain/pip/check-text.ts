/** What pip says of a broken environment: after an installation, and when asked with `pip check`. */
import type { ResolveRequest } from '../../resolver/engine.ts';
import type { Pin } from '../../resolver/outcome.ts';
import type { EnvironmentCheck } from '../explanation.ts';
import {
  checkEnvironment,
  environmentAfter,
  type EnvironmentProblem,
} from '../../resolver/pip/environment-check.ts';

/** A line of the warning that follows an installation. */
export function installedConflictLine(problem: EnvironmentProblem): string {
  const { name, version, requirement } = problem;
  const claim = `${name} ${version} requires ${requirement.text}`;
  if (problem.kind === 'missing') return `${claim}, which is not installed.`;
  return `${claim}, but you have ${requirement.normalizedName} ${problem.found} which is incompatible.`;
}

/** What `pip check` would print once these pins are installed beside what is there. */
export function pipCheckText(request: ResolveRequest, pins: readonly Pin[]): string {
  return pipCheck(request, pins).text;
}

/** The same with how many problems there are, and what to know of them. */
export function pipCheck(request: ResolveRequest, pins: readonly Pin[]): EnvironmentCheck {
  const problems = checkEnvironment(environmentAfter(request, pins));
  if (problems.length === 0) return { text: 'No broken requirements found.', problems: 0, notes: [] };
  const chosen = new Set(pins.map(({ name }) => name));
  const isOld = problems.some(({ name }) => !chosen.has(name));
  return {
    text: problems.map(checkLine).join('\n'),
    problems: problems.length,
    notes: isOld ? [INSTALLED_BEFORE] : [],
  };
}

const INSTALLED_BEFORE =
  'pip looks only at what it resolves: packages that are installed already and that nothing asks for may break.';

function checkLine(problem: EnvironmentProblem): string {
  const { name, version, requirement } = problem;
  const needed = requirement.normalizedName;
  if (problem.kind === 'missing') return `${name} ${version} requires ${needed}, which is not installed.`;
  return `${name} ${version} has requirement ${requirement.text}, but you have ${needed} ${problem.found}.`;
}
