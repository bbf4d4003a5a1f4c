/** A lesson's file from its parts, as the page's builder writes it; what is written reads back as the same lesson. */
import { stringify } from 'yaml';
import { withoutDefaults, type Problem } from '../problem/problem.ts';

export interface LessonDraft {
  readonly title: string;
  readonly read: string;
  readonly ask: string;
  readonly goals: readonly string[];
  readonly hints: readonly string[];
  readonly say: string;
  readonly start: Problem;
  readonly solution: Problem;
}

/** The fields of a question in a lesson's file; facts of others and what is fetched live have no place in it. */
function questionOf(problem: Problem): Record<string, unknown> {
  const { requirements, constraints, overrides, installed, options } = withoutDefaults(problem);
  const { overlay, snapshot } = problem.index;
  const texts = { requirements, constraints, overrides, installed };
  return {
    engine: problem.engine,
    python: problem.environment.python,
    platform: problem.environment.platform,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined && text !== '')),
    ...(options === undefined ? {} : { options }),
    ...(overlay === undefined ? {} : { index: overlay }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

/** `My first lesson` → `my-first-lesson`. */
function nameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 50);
  return name === '' ? 'lesson' : name;
}

export function writeLesson({ title, read, ask, goals, hints, say, start, solution }: LessonDraft): string {
  return stringify(
    {
      lesson: nameOf(title),
      title,
      read,
      ...questionOf(start),
      ...(ask === '' && goals.length === 0
        ? {}
        : {
            change: { ask, goals, ...(hints.length === 0 ? {} : { hints }), solution: questionOf(solution) },
          }),
      ...(say === '' ? {} : { say }),
    },
    { lineWidth: 110, blockQuote: 'literal' },
  );
}
