/**
 * Many runs and one result. The result is valid at any moment: what is not known yet is absent from it, so that a
 * comparison that is stopped half-way keeps what it has.
 *
 *   while (jobs = comparison.next()) take(job, answer) …     in any order, several at a time
 *   comparison.result()                                      now, or later, with more in it
 */
import type { Answer, Answers, Job } from './job.ts';

export interface Progress {
  readonly done: number;
  /** As far as it is known now; grows where one answer leads to the next question. */
  readonly total: number;
}

export interface Comparison<Result> {
  /** Jobs that can be begun now and were not handed out before; empty while answers are awaited, and at the end. */
  next(): readonly Job[];
  take(job: Job, answer: Answer): void;
  result(): Result;
  progress(): Progress;
}

/** The list of jobs of a comparison, with their answers. A job is known by its key and asked once. */
export class JobList {
  readonly #jobs = new Map<string, Job>();
  readonly #keys = new Map<Job, string>();
  readonly #answers = new Map<string, Answer>();
  #waiting: Job[] = [];

  /** Does nothing for a key that is there already. */
  add(key: string, job: Job): void {
    if (this.#jobs.has(key)) return;
    this.#jobs.set(key, job);
    this.#keys.set(job, key);
    this.#waiting.push(job);
  }

  has(key: string): boolean {
    return this.#jobs.has(key);
  }

  next(): readonly Job[] {
    const jobs = this.#waiting;
    this.#waiting = [];
    return jobs;
  }

  take(job: Job, answer: Answer): void {
    const key = this.#keys.get(job);
    if (key !== undefined) this.#answers.set(key, answer);
  }

  /** The answer to a job of this kind; null while it is not there. */
  answer<Kind extends Job['kind']>(key: string, kind: Kind): Answers[Kind] | null {
    const answer = this.#answers.get(key);
    return answer?.kind === kind ? (answer.value as Answers[Kind]) : null;
  }

  progress(): Progress {
    return { done: this.#answers.size, total: this.#jobs.size };
  }
}

/** Does all jobs one after the other. `doJob` has the facts. */
export async function runComparison<Result>(
  comparison: Comparison<Result>,
  doJob: (job: Job) => Answer | Promise<Answer>,
): Promise<Result> {
  for (let jobs = comparison.next(); jobs.length > 0; jobs = comparison.next()) {
    for (const job of jobs) comparison.take(job, await doJob(job));
  }
  return comparison.result();
}
