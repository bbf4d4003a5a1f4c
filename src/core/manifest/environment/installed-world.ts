/** Packages that are installed, with what each is said to need: what trees, lists and checks of an environment tell. */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';

interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly span: Span;
  /** Whether the version stands for one that the text does not tell. */
  readonly isGuess: boolean;
  /** By their text, so that a subtree that is printed twice counts once. */
  readonly needs: Map<string, Requirement>;
}

/** More broken requirements than this are counted, not listed. */
const MOST_LISTED = 50;

export class InstalledWorld {
  readonly #builder: ManifestBuilder;
  /** By normalised name; an environment has one version of each. */
  readonly #packages = new Map<string, InstalledPackage>();
  readonly #missing: string[] = [];

  constructor(builder: ManifestBuilder) {
    this.#builder = builder;
    builder.group('main', 'requirements', 'requirements', true);
    builder.group('installed', 'installed', 'installed', true);
  }

  get size(): number {
    return this.#packages.size;
  }

  /** This version is installed; the first version that a text tells of a project counts. */
  has(name: string, version: string, span: Span, isGuess = false): void {
    const key = normalizeName(name);
    if (this.#packages.has(key) || !parseVersion(version).ok) return;
    this.#packages.set(key, { name, version, span, isGuess, needs: new Map() });
  }

  /** An installed package needs something. */
  needs(name: string, requirement: string): void {
    const parsed = parseRequirement(requirement);
    if (parsed.ok) this.#packages.get(normalizeName(name))?.needs.set(parsed.value.text, parsed.value);
  }

  /** A broken requirement whose package's version is not told. */
  isBroken(sentence: string): void {
    if (!this.#missing.includes(sentence)) this.#missing.push(sentence);
  }

  /** The version of a package that is known so far. */
  versionOf(name: string): string | null {
    return this.#packages.get(normalizeName(name))?.version ?? null;
  }

  /** Writes groups and releases, and what is broken. */
  finish(): void {
    for (const { name, version, span, needs } of this.#packages.values()) {
      const pin = parseRequirement(`${name}==${version}`);
      if (!pin.ok) continue;
      this.#builder.add('installed', pin.value, span);
      this.#builder.release(normalizeName(name), version, { requires: [...needs.keys()] });
    }
    const broken = [...this.#missing, ...this.#broken()];
    const rest = broken.length - MOST_LISTED;
    if (broken.length > 0)
      this.#builder.ending = {
        kind: 'broken',
        wanted: `${broken.slice(0, MOST_LISTED).join(' ')}${rest > 0 ? ` And ${rest} more.` : ''}`,
      };
  }

  #broken(): string[] {
    const sentences: string[] = [];
    for (const { name, version, isGuess, needs } of this.#packages.values())
      for (const { normalizedName, specifier, text, marker } of needs.values()) {
        const found = this.#packages.get(normalizedName);
        if (found === undefined || marker !== null) continue;
        const installed = parseVersion(found.version);
        if (!installed.ok || specifierSetContains(specifier, installed.value, { prereleases: true }))
          continue;
        sentences.push(
          `${name}${isGuess ? '' : ` ${version}`} requires ${text}, but ${found.name} ${found.version} is installed.`,
        );
      }
    return sentences;
  }
}
