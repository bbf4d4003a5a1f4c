/** How much of a question stands on the Options tab. Small, since the tab's name needs it from the beginning. */
import { makeProblem, type Problem } from '../../../core/problem/problem.ts';

const DEFAULTS = makeProblem({ requirements: '' }).options;

/**
 * How many options, marker variables and kinds of interpreter differ from the defaults. Python's version and the
 * platform do not count: the header shows them always.
 */
export function countSaid({ options, environment }: Problem): number {
  const said = (Object.keys(options) as (keyof Problem['options'])[]).filter(
    (name) => JSON.stringify(options[name]) !== JSON.stringify(DEFAULTS[name]),
  ).length;
  const { implementation, python, markers = {} } = environment;
  const isOther = (implementation ?? 'cpython').toLowerCase() !== 'cpython' || python.endsWith('t');
  return said + (isOther ? 1 : 0) + Object.keys(markers).length;
}
