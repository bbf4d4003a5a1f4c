/** Opens files into a playground, and puts the former texts back. */
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';
import type { Problem } from '../core/problem/problem.ts';
import type { Playground } from './playground.svelte.ts';

export class FileOpener {
  /** The texts that the files last opened took the place of. */
  #before: Partial<Problem> | null = $state.raw(null);
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  get canPutBack(): boolean {
    return this.#before !== null;
  }

  /** Opens files; `target` is what they were dropped on. Gives the first pane that was filled, if any. */
  async open(files: readonly File[], target: Element | null): Promise<Pane | null> {
    const { openFiles } = await import('./opened-files.ts');
    const onPane = target?.closest('[data-pane]')?.getAttribute('data-pane') as Pane | undefined;
    const { panes, before } = await openFiles(this.#playground, files, onPane ?? null);
    const [first = null] = panes;
    if (first !== null) this.#before = before;
    return first;
  }

  putBack(): void {
    if (this.#before !== null) this.#playground.edit(this.#before, 'at-once');
    this.#before = null;
    this.#playground.dismiss('files');
  }
}
