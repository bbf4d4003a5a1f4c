/**
 * What stands in text fields of the controls while it is not (yet) a value: nothing typed is lost when a field is left
 * or its tab is closed. A draft holds as long as the value beside which it was typed; a link or a reset ends it.
 */
interface Draft {
  readonly typed: string;
  /** The field's text when the draft was typed. */
  readonly base: string;
}

export class FieldDrafts {
  #drafts: Readonly<Record<string, Draft>> = $state.raw({});

  /** What was typed into a field whose value reads `text`; null when that is all there is to show. */
  typed(field: string, text: string): string | null {
    const draft = this.#drafts[field];
    return draft?.base === text ? draft.typed : null;
  }

  keep(field: string, typed: string, base: string): void {
    this.#drafts = { ...this.#drafts, [field]: { typed, base } };
  }

  drop(field: string): void {
    if (!Object.hasOwn(this.#drafts, field)) return;
    this.#drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([other]) => other !== field));
  }

  clear(): void {
    this.#drafts = {};
  }
}
