/** What pip says of a broken environment: after an installation, and when asked with `pip check`. */
import type { EnvironmentProblem } from '../../resolver/pip/environment-check.ts';

/** A line of the warning that follows an installation. */
export function installedConflictLine(problem: EnvironmentProblem): string {
  const { name, version, requirement } = problem;
  const claim = `${name} ${version} requires ${requirement.text}`;
  if (problem.kind === 'missing') return `${claim}, which is not installed.`;
  return `${claim}, but you have ${requirement.normalizedName} ${problem.found} which is incompatible.`;
}

/** The output of `pip check`. */
export function checkText(problems: readonly EnvironmentProblem[]): string {
  if (problems.length === 0) return 'No broken requirements found.';
  return problems.map(checkLine).join('\n');
}

function checkLine(problem: EnvironmentProblem): string {
  const { name, version, requirement } = problem;
  const needed = requirement.normalizedName;
  if (problem.kind === 'missing') return `${name} ${version} requires ${needed}, which is not installed.`;
  return `${name} ${version} has requirement ${requirement.text}, but you have ${needed} ${problem.found}.`;
}
