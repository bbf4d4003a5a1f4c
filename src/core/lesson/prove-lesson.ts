/**
 * Everything that a lesson says, held against the engines that it names: its claims, the one right answer of its
 * prediction, its moments, and its goals, which the stored solution meets and the start does not.
 */
import type { PackageIndex } from '../package-index/package-index.ts';
import { runAlone } from '../compare/run-alone.ts';
import { judgeClaims, type Judgement } from './judge.ts';
import type { Exercise, Lesson, Option } from './lesson.ts';
import { momentStep } from './moment.ts';

/** `index` is what the lesson's Problem is asked on, without its toy index. */
export async function proveLesson(lesson: Lesson, index: PackageIndex): Promise<readonly Judgement[]> {
  const { problem, engines } = lesson;
  const { judgements } = await judgeClaims(problem, lesson.claims, { index, engines });
  return [
    ...judgements,
    ...(await provePrediction(lesson, index)),
    ...(await proveMoments(lesson, index)),
    ...(lesson.change === null ? [] : await proveExercise(lesson.change, index)),
  ];
}

async function provePrediction(
  { problem, predict }: Lesson,
  index: PackageIndex,
): Promise<readonly Judgement[]> {
  if (predict === null) return [];
  const right: string[] = [];
  for (const option of predict.options) if (await isRight(option, problem, index)) right.push(option.say);
  const isOne = right.length === 1;
  return [
    {
      claim: `“${predict.ask}” has one right answer`,
      engine: problem.engine,
      holds: isOne,
      found: isOne ? '' : right.length === 0 ? 'none is right' : `right are: ${right.join(' · ')}`,
    },
  ];
}

async function isRight(option: Option, problem: Lesson['problem'], index: PackageIndex): Promise<boolean> {
  if (option.claim === null) return option.isRight;
  const { judgements } = await judgeClaims(problem, [option.claim], { index, engines: [problem.engine] });
  return judgements.length > 0 && judgements.every(({ holds }) => holds);
}

async function proveMoments(
  { problem, moments }: Lesson,
  index: PackageIndex,
): Promise<readonly Judgement[]> {
  const judgements: Judgement[] = [];
  for (const { at, place, engine } of moments) {
    const asked = { ...problem, engine: engine ?? problem.engine };
    const { run } = await runAlone(asked, index);
    const holds = momentStep(run.trace, place) !== null;
    judgements.push({
      claim: `the moment “${at}”`,
      engine: asked.engine,
      holds,
      found: holds ? '' : 'the trace has none',
    });
  }
  return judgements;
}

async function proveExercise(
  { start, solution, goals }: Exercise,
  index: PackageIndex,
): Promise<readonly Judgement[]> {
  const met = await judgeClaims(solution, goals, { index, engines: [solution.engine], start });
  const atStart = await judgeClaims(start, goals, { index, engines: [start.engine], start });
  const isOpen = atStart.judgements.some(({ holds }) => !holds);
  return [
    ...met.judgements.map((judgement) => ({ ...judgement, claim: `the solution meets: ${judgement.claim}` })),
    {
      claim: 'the goals are not met at the start',
      engine: start.engine,
      holds: isOpen,
      found: isOpen ? '' : 'they are met before anything is changed',
    },
  ];
}
