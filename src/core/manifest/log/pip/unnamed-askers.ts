/**
 * Lines `Collecting name>=1` that do not say who asks. Since 23.1 pip names the parent of everything but the user's own
 * wishes; before, only with `-v`, so that whatever it collects looks as if the user had asked for it.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import type { Evidence } from '../evidence.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';

export class UnnamedAskers {
  /** What was collected without a parent: texts by project. */
  readonly #wishes = new Map<string, Set<string>>();
  /** Texts that the log gives to the user in so many words. */
  readonly #sure = new Set<string>();
  /** Texts that it gives to others. */
  readonly #others = new Set<string>();
  /** Whether any line `Collecting …` names a parent, so that those without one are the user's. */
  #namesParents = false;
  /** Whether the resolver's own reporter tells who asks for what. */
  #hasReporter = false;

  /** Of a line `Collecting …`. */
  collected(wish: string, parent: string | undefined): void {
    if (parent !== undefined) this.#namesParents = true;
    const parsed = parseRequirement(wish);
    if (parent !== undefined || !parsed.ok) return;
    const { normalizedName, text } = parsed.value;
    this.#wishes.set(normalizedName, (this.#wishes.get(normalizedName) ?? new Set()).add(text));
  }

  /** Of a line that names the parent of what was collected before it. */
  tracked(wish: string, parent: string): void {
    const parsed = parseRequirement(wish);
    if (parsed.ok) (/^-[re]\b/.test(parent.trim()) ? this.#sure : this.#others).add(parsed.value.text);
  }

  /** The text says that the user asks for this. */
  isUsers(wish: string): void {
    const parsed = parseRequirement(wish);
    if (parsed.ok) this.#sure.add(parsed.value.text);
  }

  /** Reads what follows `Reporter.` for what the user asks. */
  reported(text: string): void {
    this.#hasReporter ||= text.startsWith('adding_requirement(');
    const wish = /^adding_requirement\(Specifier\w*\('([^'\\]*)'\), None\)/.exec(text)?.[1];
    if (wish !== undefined) this.isUsers(wish);
  }

  /** Takes back what was not the user's, and says what is not known to be. */
  settle(evidence: Evidence, builder: ManifestBuilder): void {
    if (this.#namesParents && !this.#hasReporter) return;
    let isGuessed = false;
    for (const [project, texts] of this.#wishes) {
      const unsure = [...texts].filter((text) => !this.#sure.has(text));
      // Nobody asks for two ranges of one project; the packages that were tried in turn do.
      const areOthers = texts.size > 1 || [...texts].every((text) => this.#others.has(text));
      if (this.#hasReporter || areOthers) {
        builder.remove('main', ({ requirement }) => unsure.includes(requirement.text));
        if (unsure.length === texts.size) evidence.forgetAsker(project);
      } else isGuessed ||= unsure.length > 0;
    }
    if (isGuessed)
      builder.guess(
        'pip collects packages here without saying who asks; they are taken as asked for by you.',
      );
  }
}
