/**
 * What the page opens on: a conflict that many people met in 2023. urllib3 2.0 came out in May; the AWS library held
 * on to urllib3 1.26. pip goes through every urllib3 2.0 in turn, pins boto3 again and again, and finds botocore in
 * the way each time: few steps, one reason, choices that are really undone.
 */
import { makeProblem, type Problem } from '../core/problem/problem.ts';

export const WORKED_EXAMPLE: {
  readonly problem: Problem;
  readonly view: { readonly step: number; readonly panel: 'search' };
} = {
  problem: makeProblem({
    requirements: [
      '# What is wrong with these three lines?',
      'boto3>=1.28.43',
      'requests',
      'urllib3>=2',
      '',
    ].join('\n'),
    environment: { python: '3.11', platform: 'linux-x86_64' },
    index: { snapshot: 'pypi-2023-09-07' },
  }),
  /** The step at which the last botocore is skipped: what decides the run. tests/lessons holds it to that. */
  view: { step: 169, panel: 'search' },
};
