/** Toy indexes of the comparisons' tests, by hand. */
import { doJob } from '../../../src/core/compare/do-job.ts';
import type { Answer, Job } from '../../../src/core/compare/job.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem, type Problem, type ProblemInput } from '../../../src/core/problem/problem.ts';

export function toyProblem(
  requirements: string,
  overlay: string,
  further: Partial<ProblemInput> = {},
): Problem {
  return makeProblem({
    requirements,
    environment: { python: '3.11', platform: 'linux-x86_64' },
    ...further,
    index: { overlay: `closed world\n${overlay}` },
  });
}

const NO_FACTS = makeFactsIndex({ projects: {} });

export async function answerJob(job: Job): Promise<Answer> {
  const done = await doJob(job, NO_FACTS);
  if (done.kind === 'missing') throw new Error(`missing: ${JSON.stringify(done.missing)}`);
  return done.answer;
}

/** The partial satisfier of dart's solver.md: pip 23.1 to 25.0 say impossible, and there is a solution. */
export const PARTIAL_SATISFIER = toyProblem(
  'foo>=1,<2\ntarget>=2,<3',
  `foo 1.0.0
foo 1.1.0; depends left >=1,<2, right >=1,<2
left 1.0.0; depends shared >=1
right 1.0.0; depends shared <2
shared 2.0.0
shared 1.0.0; depends target >=1,<2
target 1.0.0, 2.0.0`,
);

/** Two right answers: the line that comes first gets its newest version. */
export const TWO_ANSWERS = toyProblem(
  'x\ny',
  `x 2; depends z <2
x 1
y 2; depends z >=2
y 1
z 1, 2`,
);
