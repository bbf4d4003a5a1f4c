/** Keeps what was read of lines, so that a keystroke in a long file costs one line and not two thousand. */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import type { Pane } from '../syntax/diagnostic.ts';
import { readRequirementsLine, type LineReading } from './requirements-line.ts';

/** How many lines one generation holds; two generations live at a time. */
const GENERATION = 8192;

/** A line's reading depends only on its text, pane and policy; these are the key. Old lines fall out by generations. */
export class RequirementsLineCache {
  #young = new Map<string, LineReading>();
  #old = new Map<string, LineReading>();

  /** The reading of a block, kept or new. */
  read(raw: string, pane: Pane, policy: PrereleasePolicy = 'packaging-26'): LineReading {
    const key = `${policy.slice(-2)}${pane === 'constraints' ? 'c' : 'r'}${raw}`;
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const reading = this.#old.get(key) ?? readRequirementsLine(raw, pane, policy);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, reading);
    return reading;
  }
}
