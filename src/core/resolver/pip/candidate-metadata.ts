/** A file's metadata as values: parsed dependencies, Requires-Python, extras. */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { parseRequirement, type Requirement, formatParseError } from '../../packaging/requirement.ts';
import { parseSpecifierSet, type SpecifierSet } from '../../packaging/specifier.ts';
import type { Result } from '../../packaging/result.ts';
import { type ExtraNaming, safeExtra } from './extra-name.ts';

/** What a package without any has. */
export const NO_METADATA: CandidateMetadata = {
  dependencies: [],
  requiresPython: null,
  providesExtra: new Map(),
  unreadable: null,
};

export interface CandidateMetadata {
  readonly dependencies: readonly Requirement[];
  /** Null when there is none, or none that can be read. */
  readonly requiresPython: SpecifierSet | null;
  /** Names as pip compares them, and as the metadata spells them: markers of old releases are compared as written. */
  readonly providesExtra: ReadonlyMap<string, string>;
  /** The first dependency that could not be read, as Python prints the error; releases before 24.1 die of it. */
  readonly unreadable: string | null;
}

/** What metadata says, as text. */
export interface MetadataText {
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  readonly providesExtra: readonly string[];
}

/** Parses each text once, as the pip of a policy does: older ones understand more (`pytz>=2011k`). */
export class MetadataReader {
  readonly #policy: PrereleasePolicy;
  readonly #nameExtra: ExtraNaming;
  readonly #spellsSafely: boolean;
  readonly #byText = new Map<string, Result<Requirement>>();

  /** `spellsSafely`: pkg_resources, which spells extras by its own rule, stands between metadata and pip. */
  constructor(policy: PrereleasePolicy, nameExtra: ExtraNaming, spellsSafely: boolean) {
    this.#policy = policy;
    this.#nameExtra = nameExtra;
    this.#spellsSafely = spellsSafely;
  }

  /** The metadata, or the first dependency that cannot be read, as Python prints the error. */
  read(text: MetadataText): { readonly metadata: CandidateMetadata } | { readonly invalid: string } {
    const dependencies: Requirement[] = [];
    for (const line of text.requiresDist) {
      const stripped = line.trim();
      const parsed = this.requirement(stripped);
      if (!parsed.ok) return { invalid: formatParseError(stripped, parsed.error) };
      dependencies.push(parsed.value);
    }
    return { metadata: this.#make(text, dependencies, null) };
  }

  /** Metadata with a dependency that cannot be read, up to the moment when the dependencies are needed. */
  unreadable(text: MetadataText, error: string): CandidateMetadata {
    return this.#make(text, [], error);
  }

  #make(
    text: MetadataText,
    dependencies: readonly Requirement[],
    unreadable: string | null,
  ): CandidateMetadata {
    const python = text.requiresPython === null ? null : parseSpecifierSet(text.requiresPython, this.#policy);
    return {
      dependencies,
      requiresPython: python?.ok === true && python.value.text !== '' ? python.value : null,
      providesExtra: new Map(text.providesExtra.map((extra) => [this.#nameExtra(extra), extra])),
      unreadable,
    };
  }

  requirement(text: string): Result<Requirement> {
    let parsed = this.#byText.get(text);
    if (parsed === undefined) {
      parsed = this.#spelled(parseRequirement(text, this.#policy));
      this.#byText.set(text, parsed);
    }
    return parsed;
  }

  #spelled(parsed: Result<Requirement>): Result<Requirement> {
    if (!this.#spellsSafely || !parsed.ok || parsed.value.extras.length === 0) return parsed;
    const requirement = parsed.value;
    const extras = requirement.extras.map(safeExtra);
    const text = requirement.text.replace(/\[[^\]]*\]/u, `[${extras.toSorted().join(',')}]`);
    return { ok: true, value: { ...requirement, extras, text } };
  }
}
