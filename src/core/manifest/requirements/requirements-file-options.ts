/** The options that hold for a whole requirements file, accumulated the way pip accumulates them. */
import { normalizeName } from '../../packaging/name.ts';
import type { Span } from '../../packaging/result.ts';
import type { FileOption } from './requirements-option.ts';

/** Another file that is named by `-r` or `-c`. */
export interface FileInclude {
  readonly kind: 'requirements' | 'constraints';
  readonly target: string;
  readonly line: number;
  readonly span: Span;
}

export interface RequirementsFileOptions {
  /** null: the default index. The last `-i` wins. */
  readonly indexUrl: string | null;
  readonly extraIndexUrls: readonly string[];
  readonly noIndex: boolean;
  readonly findLinks: readonly string[];
  readonly pre: boolean;
  readonly preSpan: Span | null;
  /** Normalised names or `:all:`; PEP 503 names, pip's `ReleaseControl` (26.0 and later). */
  readonly allReleases: readonly string[];
  readonly onlyFinal: readonly string[];
  /** Normalised names or `:all:`; pip's `FormatControl`: later options take names from the other set. */
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
  readonly preferBinary: boolean;
  /** `--require-hashes` is true, `--no-require-hashes` false; null leaves it to pip: any hash asks for all. */
  readonly requireHashes: boolean | null;
  readonly trustedHosts: readonly string[];
  readonly useFeatures: readonly string[];
  readonly includes: readonly FileInclude[];
}

/** Two lists of names that exclude one another, `--only-binary` and `--no-binary`, as pip keeps them. */
export interface NamePair {
  readonly target: Set<string>;
  readonly other: Set<string>;
}

/** Collects options in the order of the file. */
export class FileOptionsCollector {
  #indexUrl: string | null = null;
  #extraIndexUrls: string[] = [];
  #noIndex = false;
  #preSpan: Span | null = null;
  #preferBinary = false;
  #requireHashes: boolean | null = null;
  readonly #findLinks: string[] = [];
  readonly #trustedHosts: string[] = [];
  readonly #useFeatures: string[] = [];
  readonly #includes: FileInclude[] = [];
  readonly #onlyBinary = new Set<string>();
  readonly #noBinary = new Set<string>();
  readonly #allReleases = new Set<string>();
  readonly #onlyFinal = new Set<string>();

  /** Adds one option of a line without requirement; options that mean nothing to a file are passed over. */
  add({ flag, value, span }: FileOption, line: number): void {
    switch (flag) {
      case '--index-url':
        if (this.#noIndex) return;
        this.#indexUrl = value;
        this.#extraIndexUrls = [];
        return;
      case '--extra-index-url':
        if (!this.#noIndex) this.#extraIndexUrls.push(value);
        return;
      case '--no-index':
        this.#noIndex = true;
        this.#indexUrl = null;
        this.#extraIndexUrls = [];
        return;
      case '--find-links':
        this.#findLinks.push(value);
        return;
      case '--trusted-host':
        this.#trustedHosts.push(value);
        return;
      case '--use-feature':
        this.#useFeatures.push(value);
        return;
      case '--requirement':
      case '--constraint': {
        const kind = flag === '--requirement' ? 'requirements' : 'constraints';
        this.#includes.push({ kind, target: value, line, span });
        return;
      }
      default:
        this.#addChoice(flag, value, span);
    }
  }

  #addChoice(flag: FileOption['flag'], value: string, span: Span): void {
    if (flag === '--pre') this.#preSpan ??= span;
    else if (flag === '--prefer-binary') this.#preferBinary = true;
    else if (flag === '--require-hashes') this.#requireHashes = true;
    else if (flag === '--no-require-hashes') this.#requireHashes = false;
    else if (flag === '--only-binary') takeNames(value, { target: this.#onlyBinary, other: this.#noBinary });
    else if (flag === '--no-binary') takeNames(value, { target: this.#noBinary, other: this.#onlyBinary });
    else if (flag === '--all-releases')
      takeNames(value, { target: this.#allReleases, other: this.#onlyFinal });
    else if (flag === '--only-final') takeNames(value, { target: this.#onlyFinal, other: this.#allReleases });
  }

  collected(): RequirementsFileOptions {
    return {
      indexUrl: this.#indexUrl,
      extraIndexUrls: this.#extraIndexUrls,
      noIndex: this.#noIndex,
      findLinks: this.#findLinks,
      pre: this.#preSpan !== null,
      preSpan: this.#preSpan,
      allReleases: [...this.#allReleases],
      onlyFinal: [...this.#onlyFinal],
      onlyBinary: [...this.#onlyBinary],
      noBinary: [...this.#noBinary],
      preferBinary: this.#preferBinary,
      requireHashes: this.#requireHashes,
      trustedHosts: this.#trustedHosts,
      useFeatures: this.#useFeatures,
      includes: this.#includes,
    };
  }
}

/**
 * pip's `handle_mutual_excludes`: `:all:` empties both sets and fills the target, `:none:` empties the target, a name
 * moves from the other set to the target.
 */
export function takeNames(value: string, { target, other }: NamePair): void {
  let words = value.split(',');
  const all = words.lastIndexOf(':all:');
  if (all >= 0) {
    other.clear();
    target.clear();
    target.add(':all:');
    words = words.slice(all + 1);
    // Without a `:none:` behind it, pip drops whatever follows `:all:`.
    if (!words.includes(':none:')) return;
  }
  for (const word of words) {
    if (word === ':none:') {
      target.clear();
      continue;
    }
    const name = normalizeName(word);
    if (name === '') continue;
    other.delete(name);
    target.add(name);
  }
}
