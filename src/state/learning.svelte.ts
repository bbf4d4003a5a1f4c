/**
 * A lesson under way: where the learner is in it, what was predicted, and how the goals stand. The engine judges; this
 * only remembers. Progress is kept in this browser and never needed.
 */
import { readStoredJson, writeStored } from '../client/storage/safe-storage.ts';
import type { JudgeClient } from '../client/pool/judge-client.ts';
import type { Judgement } from '../core/lesson/judge.ts';
import type { Lesson, Option } from '../core/lesson/lesson.ts';
import { momentStep } from '../core/lesson/moment.ts';
import type { Playback } from './playback.svelte.ts';
import type { Playground } from './playground.svelte.ts';

export const STAGES = ['read', 'predict', 'watch', 'change', 'say'] as const;
export type Stage = (typeof STAGES)[number];

const DONE_KEY = 'backjump.lessons';

function storedIds(): readonly string[] {
  const value = readStoredJson(DONE_KEY);
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, 1_000) : [];
}

export class Learning {
  lesson: Lesson | null = $state.raw(null);
  stage: Stage = $state('read');
  /** The option that was chosen; null before. */
  predicted: number | null = $state(null);
  /** Which options are right, by the engine; null while that is not known. */
  right: readonly boolean[] | null = $state.raw(null);
  /** The moment that is shown; -1 before the first. */
  moment: number = $state(-1);
  goals: readonly Judgement[] | null = $state.raw(null);
  /** Why the goals cannot be judged; '' where they can. */
  fault: string = $state('');
  done: readonly string[] = $state.raw(storedIds());
  readonly isMet: boolean = $derived.by(
    () => this.goals !== null && this.goals.length > 0 && this.goals.every(({ holds }) => holds),
  );

  readonly #playground: Playground;
  readonly #playback: Playback;
  readonly #judge: JudgeClient;

  constructor(playground: Playground, playback: Playback, judge: JudgeClient) {
    this.#playground = playground;
    this.#playback = playback;
    this.#judge = judge;
  }

  /** Stages that this lesson has. */
  get stages(): readonly Stage[] {
    const { lesson } = this;
    if (lesson === null) return [];
    return STAGES.filter(
      (stage) =>
        (stage !== 'predict' || lesson.predict !== null) &&
        (stage !== 'watch' || lesson.moments.length > 0) &&
        (stage !== 'change' || lesson.change !== null) &&
        (stage !== 'say' || lesson.say !== ''),
    );
  }

  open(lesson: Lesson): void {
    this.lesson = lesson;
    this.predicted = null;
    this.right = null;
    this.moment = -1;
    this.goals = null;
    this.fault = '';
    this.#playground.open({ problem: lesson.problem, view: { step: 0 } }, 'example');
    this.stage = 'read';
    void this.#findRight(lesson);
  }

  close(): void {
    this.lesson = null;
    this.#judge.close();
  }

  go(stage: Stage): void {
    const { lesson } = this;
    if (lesson === null) return;
    const from = this.stage;
    this.stage = stage;
    if (stage === 'watch') this.showMoment(0);
    else if (stage === 'change' && from !== 'change' && lesson.change !== null) {
      this.goals = null;
      this.#playground.open({ problem: lesson.change.start, view: {} }, 'example');
      void this.judgeGoals();
    }
    if (stage === 'say') this.finish();
  }

  next(): void {
    const { stages } = this;
    const at = stages.indexOf(this.stage);
    if (this.stage === 'watch' && this.lesson !== null && this.moment < this.lesson.moments.length - 1) {
      this.showMoment(this.moment + 1);
      return;
    }
    const stage = stages[at + 1];
    if (stage !== undefined) this.go(stage);
  }

  back(): void {
    if (this.stage === 'watch' && this.moment > 0) {
      this.showMoment(this.moment - 1);
      return;
    }
    const stage = this.stages[this.stages.indexOf(this.stage) - 1];
    if (stage !== undefined) this.go(stage);
  }

  predict(option: number): void {
    this.predicted = option;
  }

  /** Shows a moment: in the lesson's engine, or in the one that it names. */
  showMoment(at: number): void {
    const { lesson } = this;
    const moment = lesson?.moments[at];
    if (lesson === null || moment === undefined) return;
    this.moment = at;
    const engine = moment.engine ?? lesson.problem.engine;
    if (this.#playground.problem.engine !== engine || !this.#isLessonsQuestion())
      this.#playground.open({ problem: { ...lesson.problem, engine }, view: {} }, 'example');
    this.seekMoment();
  }

  /** Goes to the moment that is shown, once its run is on screen. */
  seekMoment(): void {
    const step = this.momentStep;
    if (step !== null) this.#playback.seek(step);
  }

  /** The step of the moment that is shown, in the run on screen; null where it is another run. */
  get momentStep(): number | null {
    const { lesson } = this;
    const moment = lesson?.moments[this.moment];
    const { trace } = this.#playback;
    const shown = this.#playground.shown?.summary.problem;
    if (lesson === null || moment === undefined || trace === null || shown === undefined) return null;
    const isItsRun =
      shown.engine === (moment.engine ?? lesson.problem.engine) &&
      shown.requirements === lesson.problem.requirements &&
      this.#playground.shown?.trace === trace;
    return isItsRun ? momentStep(trace, moment.place) : null;
  }

  /** Asks the engine how the goals stand for the question as it is now. */
  async judgeGoals(): Promise<void> {
    const change = this.lesson?.change;
    if (change === null || change === undefined) return;
    const answer = await this.#judge.judge(this.#playground.problem, change.goals, change.start);
    if (answer.kind === 'displaced') return;
    this.fault = answer.kind === 'failed' ? answer.reason : '';
    this.goals = answer.kind === 'judged' ? answer.judgements : null;
  }

  finish(): void {
    const id = this.lesson?.id ?? '';
    if (id === '' || this.done.includes(id)) return;
    this.done = [...this.done, id];
    writeStored(DONE_KEY, JSON.stringify(this.done));
  }

  clearProgress(): void {
    this.done = [];
    writeStored(DONE_KEY, null);
  }

  #isLessonsQuestion(): boolean {
    const { problem } = this.#playground;
    const asked = this.lesson?.problem;
    return problem.requirements === asked?.requirements && problem.index.overlay === asked.index.overlay;
  }

  async #findRight(lesson: Lesson): Promise<void> {
    const options = lesson.predict?.options ?? [];
    const claims = options.flatMap(({ claim }) => claim ?? []);
    const answer = await this.#judge.judge(lesson.problem, claims, lesson.problem);
    if (this.lesson !== lesson || answer.kind === 'displaced') return;
    if (answer.kind === 'failed' && claims.length > 0) {
      this.fault = answer.reason;
      return;
    }
    const judged = answer.kind === 'judged' ? answer.judgements : [];
    this.right = options.map((option: Option) =>
      option.claim === null
        ? option.isRight
        : judged.some(({ claim, holds }) => claim === option.claim?.text && holds),
    );
  }
}
