/** `Cannot install A, B and C because these package versions have conflicting dependencies.`: what it names. */
import { parseRequirement, type Requirement } from '../../../packaging/requirement.ts';
import { unjoin } from './pip-log-text.ts';

const HEADING = /Cannot install (\S.{0,20000}?) because these package versions have conflict/;

/** The requirements and pins of the sentence; empty for any other line. */
export function readCannotInstall(line: string): readonly Requirement[] {
  const list = HEADING.exec(line)?.[1];
  if (list === undefined) return [];
  // `a<2 and >=1, b==2 and c`: a name begins a new one, an operator goes on with the old.
  return list
    .split(/, (?=[A-Za-z0-9])| and (?=[A-Za-z0-9])/)
    .slice(0, 1000)
    .flatMap((text) => {
      const parsed = parseRequirement(unjoin(text));
      return parsed.ok ? [parsed.value] : [];
    });
}
