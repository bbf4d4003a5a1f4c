/**
 * What the reader typed survives a reload, a link that is opened over it, a second tab and a newer release:
 *
 *   this tab's text      sessionStorage, whole; and localStorage under the tab's own key, for the next visit
 *   texts set aside      localStorage, a key each with its time; the oldest go when there are more than thirty
 *
 * Tabs never write each other's keys. What cannot be read (a newer release wrote it) is never overwritten: it is listed,
 * and can be saved as it is. Where the browser stores nothing, the memory of the page does as long as it is open.
 * Passwords and tokens stay in the tab: what outlives it leaves them out.
 */
import { mapTexts, redactCredentials } from '../../core/share/redact.ts';
import { parseProblem, withoutDefaults, type Problem } from '../../core/problem/problem.ts';
import { makeTextStore, type Lasting, type TextStore } from './safe-storage.ts';

/** One text of the list. */
export interface KeptText {
  readonly key: string;
  /** Milliseconds since 1970; 0 where it is not known. */
  readonly at: number;
  /** Null for one that this release cannot read. */
  readonly problem: Problem | null;
  /** As it is stored. */
  readonly raw: string;
}

const PREFIX = 'backjump.text.';
/** Keys of the first release: one draft, and one set aside. */
const FORMER = ['backjump.draft', 'backjump.draft.aside'] as const;
const MOST_TEXTS = 30;

/** The drafts of one tab. */
export class Drafts {
  readonly #lasting: TextStore;
  readonly #tab: TextStore;
  readonly #now: () => number;
  readonly #id: string;

  constructor(
    lasting = makeTextStore(() => localStorage),
    tab = makeTextStore(() => sessionStorage),
    now: () => number = () => Date.now(),
    newId: () => string = () => String(crypto.getRandomValues(new Uint32Array(1))[0]),
  ) {
    this.#lasting = lasting;
    this.#tab = tab;
    this.#now = now;
    this.#id = tab.read('backjump.tab') ?? newId();
    tab.write('backjump.tab', this.#id);
  }

  /** Keeps the text of this tab; says whether it will outlive the page. */
  keep(problem: Problem): Lasting {
    this.#tab.write(`${PREFIX}current`, written(problem, this.#now()));
    const key = this.#currentKey();
    this.#protect(key);
    return this.#lasting.write(key, written(withoutSecrets(problem), this.#now()));
  }

  /** The text of this tab, else the newest that any tab kept; null where there is none that can be read. */
  current(): Problem | null {
    const own = readText('', this.#tab.read(`${PREFIX}current`));
    if (own?.problem) return own.problem;
    return this.earlier().find(({ problem }) => problem !== null)?.problem ?? null;
  }

  /** Puts a text on the list, for another is opened in its place. */
  setAside(problem: Problem): Lasting {
    const lasting = this.#lasting.write(this.#freeKey(), written(withoutSecrets(problem), this.#now()));
    this.#tab.write(`${PREFIX}aside`, written(problem, this.#now()));
    this.#forgetOldest();
    return lasting;
  }

  /** What this tab set aside last; null when nothing was. */
  asideHere(): Problem | null {
    return readText('', this.#tab.read(`${PREFIX}aside`))?.problem ?? null;
  }

  /** Every text that is kept, newest first; equal ones once. */
  earlier(): readonly KeptText[] {
    const keys = [...this.#lasting.keys().filter((key) => key.startsWith(PREFIX)), ...FORMER];
    const texts = keys.flatMap((key) => readText(key, this.#lasting.read(key)) ?? []);
    const seen = new Set<string>();
    return texts
      .toSorted((a, b) => b.at - a.at)
      .filter((text) => {
        const same = text.problem === null ? text.raw : JSON.stringify(withoutDefaults(text.problem));
        const isNew = !seen.has(same);
        seen.add(same);
        return isNew;
      });
  }

  forget(key: string): void {
    this.#lasting.write(key, null);
  }

  #currentKey(): string {
    return `${PREFIX}tab.${this.#id}`;
  }

  /** Moves what a newer release left under a key, which cannot be read here, to a key of its own. */
  #protect(key: string): void {
    const raw = this.#lasting.read(key);
    if (raw === null || (readText(key, raw)?.problem ?? null) !== null) return;
    this.#lasting.write(this.#freeKey(), raw);
  }

  #freeKey(): string {
    let key = `${PREFIX}${this.#now()}.${this.#id}`;
    while (this.#lasting.read(key) !== null) key += '+';
    return key;
  }

  #forgetOldest(): void {
    const texts = this.earlier().filter(({ problem, key }) => problem !== null && key.startsWith(PREFIX));
    for (const { key } of texts.slice(MOST_TEXTS)) this.forget(key);
  }
}

function written(problem: Problem, at: number): string {
  return JSON.stringify({ at, problem: withoutDefaults(problem) });
}

function withoutSecrets(problem: Problem): Problem {
  return mapTexts(problem, redactCredentials);
}

/** A stored text; the first release stored the Problem alone. */
function readText(key: string, raw: string | null): KeptText | null {
  if (raw === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { key, at: 0, problem: null, raw };
  }
  const isEntry = typeof value === 'object' && value !== null && 'problem' in value;
  const { at, problem } = isEntry ? (value as { at?: unknown; problem: unknown }) : { at: 0, problem: value };
  const parsed = parseProblem(problem);
  return { key, at: typeof at === 'number' ? at : 0, problem: parsed.ok ? parsed.value : null, raw };
}
