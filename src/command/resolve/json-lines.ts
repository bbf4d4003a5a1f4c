/**
 * `--jsonl`: Problems as JSON, one a line, answered one a line in the same order. A line that is no Problem, or at which
 * the program itself fails, gives `{"error": …, "line": N}`, and the stream goes on. Blank lines are passed over.
 */
import type { Result } from '../../core/packaging/result.ts';
import type { Problem } from '../../core/problem/problem.ts';
import { readProblem, type Answer } from './answer.ts';

/** What a line that gives no answer gives instead; `line` counts from 1. */
interface LineError {
  readonly error: string;
  readonly line: number;
}

/** Yields an object for each line that is not blank, in order. `withoutAnswer`: what can be told of a Problem that fails. */
export async function* answerLines(
  lines: AsyncIterable<string>,
  answer: (problem: Problem) => Promise<Result<Answer>>,
  withoutAnswer: (problem: Problem) => object = () => ({}),
): AsyncGenerator<Answer | LineError> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield await answerLine(text, line, answer, withoutAnswer);
  }
}

async function answerLine(
  text: string,
  line: number,
  answer: (problem: Problem) => Promise<Result<Answer>>,
  withoutAnswer: (problem: Problem) => object,
): Promise<Answer | LineError> {
  try {
    const problem = readProblem(text);
    const report = problem.ok ? await answer(problem.value) : problem;
    if (report.ok) return report.value;
    return { error: report.error.message, line, ...(problem.ok ? withoutAnswer(problem.value) : {}) };
  } catch (error) {
    return { error: (error as Error).message, line };
  }
}
