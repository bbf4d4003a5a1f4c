/** A question whose search takes longer than anybody waits. */
import { makeProblem, type Problem } from '../../src/core/problem/problem.ts';

/**
 * The pigeonhole problem as packages: each pigeon's version is the hole it sits in, and needs that hole's only seat.
 * One pigeon too many; every resolver that backtracks has to try nearly all arrangements.
 */
export function endlessProblem(holes = 9): Problem {
  const projects: Record<string, Record<string, { requires: string[] }>> = {};
  const numbers = Array.from({ length: holes }, (_, at) => at + 1);
  const pigeons = [...numbers, holes + 1].map((pigeon) => `pigeon${pigeon}`);
  for (const [at, pigeon] of pigeons.entries()) {
    projects[pigeon] = Object.fromEntries(
      numbers.map((hole) => [`${hole}.0`, { requires: [`seat${hole}==${at + 1}.0`] }]),
    );
  }
  for (const hole of numbers)
    projects[`seat${hole}`] = Object.fromEntries(pigeons.map((_, at) => [`${at + 1}.0`, { requires: [] }]));
  return makeProblem({
    requirements: pigeons.join('\n'),
    options: { maxRounds: 1_000_000_000 },
    index: { facts: { projects } },
  });
}
