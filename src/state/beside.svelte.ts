/**
 * What is open beside picture and answer, and questions about packages of the run on screen. All of it travels in a
 * link; what was asked of one run is not told of another.
 */
import type { View } from '../client/codec/permalink.ts';
import type { WorkerClient } from '../client/worker-client.ts';
import { queryText, readQuery, type Query, type QueryAnswer } from '../core/explain/query.ts';
import { drawerPart, type DrawerPart } from './drawer-parts.ts';

/** A question that was asked, newest first; `lost`: the worker that ran it is gone, so that only running again can tell. */
export interface AskedQuery {
  readonly text: string;
  readonly answer: QueryAnswer | 'waiting' | 'lost';
}

export class Beside {
  /** The part of the drawer that is open. */
  drawer: DrawerPart | null = $state(null);
  /** The part of the answer that is open. */
  part: string | null = $state(null);
  /** Questions about the run on screen. */
  asked: readonly AskedQuery[] = $state.raw([]);

  readonly #client: Pick<WorkerClient, 'answer'>;
  #run: object | null = null;

  constructor(client: Pick<WorkerClient, 'answer'>) {
    this.#client = client;
  }

  /** What a link says of it. */
  get view(): Pick<View, 'drawer' | 'part' | 'ask'> {
    const [last] = this.asked;
    return {
      ...(this.drawer === null ? {} : { drawer: this.drawer }),
      ...(this.part === null ? {} : { part: this.part }),
      ...(last === undefined || this.drawer !== 'ask' ? {} : { ask: last.text }),
    };
  }

  /** Another run is on screen; `view`: what the link that it was opened with says, null where it is the reader's own. */
  follow(run: object | null, view: View | null): void {
    if (run === this.#run) return;
    this.#run = run;
    this.asked = [];
    if (view === null) return;
    this.drawer = drawerPart(view.drawer) ?? this.drawer;
    this.part = view.part ?? this.part;
    const query = view.ask === undefined ? null : readQuery(view.ask);
    if (query === null) return;
    this.drawer = 'ask';
    void this.ask(query);
  }

  /** Asks once; the answer takes its place in the list. */
  async ask(query: Query): Promise<void> {
    const run = this.#run;
    const text = queryText(query);
    const put = (answer: AskedQuery['answer']): void => {
      this.asked = [{ text, answer }, ...this.asked.filter((other) => other.text !== text)];
    };
    put('waiting');
    const answer = await this.#client.answer(query);
    if (run === this.#run) put(answer ?? 'lost');
  }
}
