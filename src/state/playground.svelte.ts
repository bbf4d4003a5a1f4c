/**
 * Every piece of app state, on one screen, and what the reader can do to it. Big values are replaced, never mutated;
 * what can be derived is derived. Links and files are opened and made in sharing.ts.
 */
import { tick } from 'svelte';
import { replaceFragment } from '../client/address.ts';
import { Drafts } from '../client/storage/drafts.ts';
import type { View } from '../client/codec/permalink.ts';
import type { RunResult, WorkerClient } from '../client/worker-client.ts';
import type { Fix } from '../core/explain/explanation.ts';
import { statusText } from '../core/explain/status-text.ts';
import type { RunSummary } from '../core/headless/resolver-service.ts';
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';
import type { ViewId } from '../core/search-tree/fitting-view.ts';
import { withoutDefaults, type Problem } from '../core/problem/problem.ts';
import type { Trace } from '../core/resolver/trace.ts';
import type { LineOrigin } from '../core/share/shell/command-texts.ts';
import { Appearance } from './appearance.svelte.ts';
import { History, whatChanged } from './history.svelte.ts';
import { isNothingAsked, NOTHING_ASKED } from './nothing-asked.ts';
import type { NamedSnapshot } from './repair-ways.ts';
import { loadCancelledRun, summarizeCancelled } from './cancelled-summary.ts';
import { isKeystroke, isUnfinished } from './unfinished.ts';
import { outsideExampleWorld } from './example-world.ts';
import { Beside } from './beside.svelte.ts';
import { OPENED, type Origin } from './origin.ts';
import type { GrowingRun, ShownRun, WorkingRun } from './shown-run.ts';
import * as messages from './messages.ts';

/** Milliseconds from the last keystroke to the run. */
export const TYPING_PAUSE = 300;
/** Milliseconds before a run shows that it is under way. */
const BLINK = 200;

/** Milliseconds after which a run is drawn while it goes on, and from one drawing of it to the next. */
const DRAWN_AFTER = 700;
const DRAWN_EVERY = 400;
/** Drawing a run that grows takes at most one part in so many of the page's time. */
const DRAWING_SHARE = 6;

/** A question, and where to look at its answer. */
export interface Opening {
  readonly problem: Problem;
  readonly view: View;
}

/** Where the reader writes: a line, from 1, of one of the texts. */
export interface CaretPlace {
  readonly pane: Pane;
  readonly line: number;
}

/** A change of the question that was made for the reader, and what stood before it. */
export interface AppliedChange {
  readonly pane: Pane;
  /** What was done, in words. */
  readonly text: string;
  readonly before: Problem;
  /** The question that it made: any other means that the reader has gone on. */
  readonly after: Problem;
}

type FinishedRun = Extract<RunResult, { kind: 'finished' }>;

export type { ShownRun } from './shown-run.ts';

export class Playground {
  /** The question as it stands in the page's controls, answered or not. */
  problem: Problem = $state.raw()!;
  origin: Origin = $state('example');
  /** Whose lines these are; a stranger's stay a stranger's while the reader edits them. */
  lineOrigin: LineOrigin = $state('own');
  /** The answer on screen; the one before stays until the next is there. Null until the first. */
  shown: ShownRun | null = $state.raw(null);
  /** A fix that was applied last, until the reader goes on. */
  change: AppliedChange | null = $state.raw(null);
  /** The line that is being written and must be finished before its answer is shown; null as a rule. */
  heldLine: number | null = $state(null);
  /** The run under way, when it has lasted long enough to be worth saying. */
  working: WorkingRun | null = $state.raw(null);
  /** The search so far of a run that lasts; null once it is over. */
  growing: GrowingRun | null = $state.raw(null);
  /** Is told of each piece of the run under way, drawn or not. */
  onChunk: ((trace: Trace) => void) | null = null;
  /** Which view of the trace is open. */
  panel: NonNullable<View['panel']> = $state('search');
  /** Whether the reader has chosen the view; until then the shape of the run does. */
  isPanelChosen = false;
  /** What the page has to say about itself, newest last; one of each id. */
  messages: readonly messages.Message[] = $state.raw([]);
  /** What screen readers hear next. */
  announcement: string = $state('');
  /** What was opened last, as a link or an example says it: a lesson or a comparison may be part of it. */
  opened: View = $state.raw({});
  /** Whether a draft waits to be brought back. */
  hasDraftAside: boolean = $state(false);
  /** Whether the address holds a link to this question, which the next edit makes untrue. */
  isLinkInAddress: boolean = $state(false);
  /** Where the sender of the link that was opened last looked, and at which run; null once the question is another. */
  sender: Opening | null = $state.raw(null);
  /** What a fresh question is asked of; null until the list of snapshots is there. */
  newestSnapshot: NamedSnapshot | null = $state.raw(null);
  /** Theme, contrast, panel sizes, habits. */
  readonly appearance = new Appearance();
  /** Whether the answer on screen is that of the question in the controls. */
  readonly isCurrent: boolean = $derived.by(() => this.shown?.summary.problem === this.problem);

  /** What is open beside picture and answer, and what was asked of packages. */
  readonly beside: Beside;
  /** What the question was since the page was opened. */
  readonly history = new History();
  /** What the reader typed, here and before. */
  readonly drafts = new Drafts();
  readonly example: Opening;
  /** What can be asked of the run that finished last. */
  readonly questions: Pick<WorkerClient, 'lock' | 'log'>;
  readonly #client: WorkerClient;
  #openAt: number | null = null;
  /** When the run under way is to be drawn next. */
  #drawAt = 0;
  #caret: CaretPlace | null = null;
  /** Whether the last change of the question was typed. */
  #isTyped = false;
  /** An answer that complains of the line that is being written: shown when the caret has left it. */
  #held: { readonly result: FinishedRun; readonly problem: Problem } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: WorkerClient, example: Opening) {
    this.questions = this.#client = client;
    this.beside = new Beside(client);
    this.example = example;
    this.problem = example.problem;
    this.hasDraftAside = this.drafts.asideHere() !== null;
  }

  /** Changes part of the question, as the reader does; the answer follows after the typing pause, or at once. */
  edit(changes: Partial<Problem>, when: 'after-pause' | 'at-once' = 'after-pause'): void {
    const next = this.#inItsWorld({ ...this.problem, ...changes });
    const isTyped = when === 'after-pause' && isKeystroke(this.problem, next);
    if (!areEqual(this.problem, next))
      this.history.record(next, whatChanged(this.problem, next, when === 'after-pause'), isTyped);
    this.#change(next, when, isTyped);
  }

  /** A question that has nothing of the example in it any more is asked of the newest tools and index. */
  #inItsWorld(next: Problem): Problem {
    if (this.newestSnapshot === null || this.lineOrigin === 'link') return next;
    const { problem } = this.example;
    const outside = outsideExampleWorld(problem, this.newestSnapshot.id, this.problem, next);
    if (outside === null) return next;
    this.say(messages.outsideExampleMessage(problem, outside, this.newestSnapshot.title));
    return outside;
  }

  /** Goes back, or on, in what the question was; nothing where there is nothing there. */
  travel(place: number): void {
    const problem = this.history.goTo(place);
    if (problem === null) return;
    this.dismiss('world');
    this.#change(problem, 'at-once', false);
  }

  #change(next: Problem, when: 'after-pause' | 'at-once', isTyped: boolean): void {
    this.change = null;
    this.heldLine = null;
    this.#isTyped = isTyped;
    this.problem = next;
    this.origin = 'draft';
    this.#openAt = null;
    if (this.isLinkInAddress) replaceFragment('');
    this.isLinkInAddress = false;
    clearTimeout(this.#timer);
    if (when === 'at-once') this.#afterPause();
    else this.#timer = setTimeout(() => this.#afterPause(), TYPING_PAUSE);
  }

  /** Opens a view of the trace, and stays with it. */
  choosePanel(panel: ViewId): void {
    this.panel = panel;
    this.isPanelChosen = true;
  }

  /** Puts a fix into the text, to be undone. */
  apply(fix: Pick<Fix, 'source' | 'text'>, changes: Partial<Problem>): void {
    const before = this.problem;
    this.edit(changes, 'at-once');
    this.change = { pane: fix.source?.pane ?? 'requirements', text: fix.text, before, after: this.problem };
  }

  /** One of the question's texts. */
  textOf(pane: Pane): string {
    return (pane === 'overlay' ? this.problem.index.overlay : this.problem[pane]) ?? '';
  }

  /** Puts back what stood before the fix that was applied last. */
  undoChange(): void {
    const { change } = this;
    if (change === null) return;
    const { entries, place } = this.history;
    // The step before is what stood before the fix: going back leaves nothing of it behind.
    if (entries[place - 1]?.problem === change.before) this.travel(place - 1);
    else this.edit(change.before, 'at-once');
  }

  /** The reader's caret stands in a line; null when no text has the focus. An answer that waited for that is shown. */
  setCaret(place: CaretPlace | null): void {
    const before = this.#caret;
    this.#caret = place;
    if (place?.line === before?.line && place?.pane === before?.pane) return;
    const held = this.#held;
    this.heldLine = null;
    this.#held = null;
    if (held === null || held.problem !== this.problem) return;
    this.#isTyped = false;
    void this.#receive(held.result, held.problem, null);
  }

  /** The draft of an earlier visit, before anything runs. */
  setDraft(draft: Problem): void {
    this.problem = draft;
    this.origin = 'draft';
    this.history.record(draft, 'Brought back');
  }

  /** Puts another question in place of this one. What the reader typed is set aside, never lost. */
  open(opening: Opening, origin: Origin): void {
    const isSame = areEqual(this.problem, opening.problem);
    if (this.origin === 'draft' && origin !== 'draft' && !isSame) this.#setDraftAside(this.problem);
    clearTimeout(this.#timer);
    this.problem = opening.problem;
    this.history.record(opening.problem, OPENED[origin]);
    if (!isSame || this.origin !== 'draft') {
      this.origin = origin;
      this.lineOrigin = origin === 'link' ? 'link' : 'own';
    }
    this.dismiss('world');
    this.sender = origin === 'link' ? opening : null;
    this.opened = opening.view;
    this.panel = opening.view.panel ?? 'search';
    // A link that names a step was looked at in Search, where it names no other view.
    this.isPanelChosen = opening.view.panel !== undefined || opening.view.step !== undefined;
    this.#openAt = opening.view.step ?? null;
    this.run();
  }

  /** Shows a run that was made elsewhere, without running anything; the next edit asks anew. */
  showRun({ summary, trace }: Pick<ShownRun, 'summary' | 'trace'>): void {
    if (this.origin === 'draft') this.#setDraftAside(this.problem);
    clearTimeout(this.#timer);
    this.#client.displace();
    this.problem = summary.problem;
    this.history.record(summary.problem, 'Opened a run');
    this.origin = 'link';
    this.lineOrigin = 'link';
    this.sender = null;
    this.opened = {};
    this.isPanelChosen = false;
    this.shown = { summary, trace, openAt: null, isChecking: false };
    this.#announce(summary);
  }

  /** Brings the draft back that a link or the example displaced; what stands here takes its place. */
  takeDraftBack(): void {
    const draft = this.drafts.asideHere();
    if (draft !== null) this.takeText(draft);
  }

  /** Brings an earlier text back; what the reader typed since is set aside. */
  takeText(text: Problem): void {
    if (this.origin === 'draft' && !areEqual(this.problem, text)) this.drafts.setAside(this.problem);
    this.hasDraftAside = false;
    this.origin = 'draft';
    this.lineOrigin = 'own';
    this.dismiss('draft');
    this.open({ problem: text, view: {} }, 'draft');
    this.keepDraft();
  }

  /** Resolves the question now; the answer appears in `shown`, and its latency in the browser's timeline. */
  run(): void {
    this.#isTyped = false;
    this.#resolve();
  }

  #resolve(): void {
    clearTimeout(this.#timer);
    this.heldLine = null;
    const { problem } = this;
    const startedAt = performance.now();
    const openAt = this.#openAt;
    this.dismiss('run');
    let saidAt = startedAt + BLINK - 1_000;
    this.growing = null;
    this.#drawAt = startedAt + DRAWN_AFTER;
    const ended = this.#client.run(problem, ({ trace, milliseconds }) => {
      this.onChunk?.(trace);
      const now = performance.now();
      if (now >= this.#drawAt) this.#draw(trace, now);
      if (now - saidAt < 1_000) return;
      saidAt = now;
      this.working = { events: trace.length, seconds: milliseconds / 1_000 };
    });
    const blink = setTimeout(() => {
      this.working ??= { events: 0, seconds: BLINK / 1_000 };
      // At hand when the reader presses Stop.
      void loadCancelledRun();
    }, BLINK);
    void ended.then(async (result) => {
      clearTimeout(blink);
      if (result.kind === 'displaced') return;
      await this.#receive(result, problem, openAt);
      await tick();
      performance.measure(`backjump: run ${result.kind}`, { start: startedAt });
    });
  }

  /** Explains the run on screen with ten times the work, where that may say more. */
  lookFurther(): void {
    if (this.shown === null || this.shown.isChecking) return;
    this.shown = { ...this.shown, isChecking: true, hasLookedFurther: true };
    void this.#check(this.shown, true);
  }

  /** Leaves it at what is explained so far. */
  stopLooking(): void {
    this.#client.stopExplaining();
  }

  /** Stops the run under way within the call; what it did so far is shown. */
  cancel(): void {
    this.#client.cancel();
  }

  /** Keeps what the reader typed in this browser. */
  keepDraft(): void {
    if (this.origin !== 'draft') return;
    const lasting = this.drafts.keep(this.problem);
    if (lasting === 'kept') this.dismiss('storage');
    else this.say(messages.storageMessage(lasting));
  }

  say(message: messages.Message): void {
    this.messages = [...this.messages.filter((other) => other.id !== message.id), message];
    this.announcement = message.text;
  }

  dismiss(id: string): void {
    if (this.messages.some((message) => message.id === id))
      this.messages = this.messages.filter((message) => message.id !== id);
  }

  /** Lets the page draw the run so far, and leaves it time for everything else before it draws again. */
  #draw(trace: Trace, now: number): void {
    this.#drawAt = Infinity;
    this.growing = { trace };
    void tick().then(() => {
      const end = performance.now();
      this.#drawAt = end + Math.max(DRAWN_EVERY, DRAWING_SHARE * (end - now));
    });
  }

  #afterPause(): void {
    this.keepDraft();
    if (this.appearance.values.runsWhileTyping) this.#resolve();
  }

  /** Replaces what could be said at once by what further runs make sure of, as it comes. */
  async #check(shown: ShownRun, looksFurther = false): Promise<void> {
    let latest = shown;
    const explanation = await this.#client.explain((soFar) => {
      if (this.shown !== latest) return;
      latest = { ...shown, summary: { ...shown.summary, explanation: soFar } };
      this.shown = latest;
    }, looksFurther);
    if (this.shown !== latest) return;
    const summary = explanation === null ? latest.summary : { ...shown.summary, explanation };
    this.shown = { ...shown, summary, isChecking: false };
    if (summary.explanation.sentence !== shown.summary.explanation.sentence) this.#announce(summary);
  }

  #announce(summary: RunSummary): void {
    this.announcement = isNothingAsked(summary) ? `${NOTHING_ASKED}.` : statusText(summary.explanation);
  }

  /**
   * Whether a run complains of the very line that is being written: of a name or a specifier that may be half of one.
   * The last answer stays until the caret has left it.
   */
  #isUnfinished({ summary }: FinishedRun): boolean {
    const caret = this.#caret;
    if (!this.#isTyped || caret === null || this.shown === null) return false;
    return isUnfinished(summary, this.problem, caret);
  }

  #setDraftAside(draft: Problem): void {
    const lasting = this.drafts.setAside(draft);
    this.hasDraftAside = true;
    this.say(messages.draftSetAsideMessage(lasting === 'kept'));
  }

  async #receive(
    result: Exclude<RunResult, { kind: 'displaced' }>,
    problem: Problem,
    openAt: number | null,
  ): Promise<void> {
    if (result.kind === 'finished' && this.#isUnfinished(result)) {
      this.#held = { result, problem };
      this.heldLine = this.#caret?.line ?? null;
      this.working = null;
      return;
    }
    // Nothing moves on the page before the answer is there: that would cost what Stop is to take.
    const partial = result.kind === 'cancelled' ? await summarizeCancelled(problem, result) : null;
    this.working = null;
    switch (result.kind) {
      case 'finished':
        this.shown = {
          summary: { ...result.summary, problem },
          trace: result.trace,
          openAt,
          isChecking: true,
        };
        this.#announce(result.summary);
        void this.#check(this.shown);
        break;
      case 'cancelled':
        if (partial === null) break;
        this.#announce(partial);
        this.shown = { summary: partial, trace: result.trace, openAt: null, isChecking: false };
        break;
      case 'no-facts':
        this.say(messages.factsMessage(result.reason));
        break;
      case 'worker-died':
        this.say(messages.workerDiedMessage(result.reason));
        break;
    }
    // Not before its trace is shown: the picture goes on from where it was.
    this.growing = null;
  }
}

function areEqual(left: Problem, right: Problem): boolean {
  return JSON.stringify(withoutDefaults(left)) === JSON.stringify(withoutDefaults(right));
}
