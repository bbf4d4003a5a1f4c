/** The options that hold for a whole requirements file, accumulated the way pip accumulates them. */
import { normalizeName } from '../packaging/name.ts';
import type { Span } from '../packaging/result.ts';
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

/** What a file without options asks for. */
export function noFileOptions(): RequirementsFileOptions {
  return {
    indexUrl: null,
    extraIndexUrls: [],
    noIndex: false,
    findLinks: [],
    pre: false,
    preSpan: null,
    allReleases: [],
    onlyFinal: [],
    onlyBinary: [],
    noBinary: [],
    preferBinary: false,
    requireHashes: null,
    trustedHosts: [],
    useFeatures: [],
    includes: [],
  };
}

/** Adds one option of a line without requirement; options that mean nothing to a file are passed over. */
export function applyFileOption(
  options: RequirementsFileOptions,
  option: FileOption,
  line: number,
): RequirementsFileOptions {
  const { flag, value, span } = option;
  switch (flag) {
    case '--index-url':
      return options.noIndex ? options : { ...options, indexUrl: value, extraIndexUrls: [] };
    case '--extra-index-url':
      return { ...options, extraIndexUrls: [...options.extraIndexUrls, value] };
    case '--no-index':
      return { ...options, noIndex: true, indexUrl: null, extraIndexUrls: [] };
    case '--find-links':
      return { ...options, findLinks: [...options.findLinks, value] };
    case '--pre':
      return { ...options, pre: true, preSpan: options.preSpan ?? span };
    case '--prefer-binary':
      return { ...options, preferBinary: true };
    case '--require-hashes':
      return { ...options, requireHashes: true };
    case '--no-require-hashes':
      return { ...options, requireHashes: false };
    case '--trusted-host':
      return { ...options, trustedHosts: [...options.trustedHosts, value] };
    case '--use-feature':
      return { ...options, useFeatures: [...options.useFeatures, value] };
    case '--requirement':
    case '--constraint': {
      const kind = flag === '--requirement' ? 'requirements' : 'constraints';
      return { ...options, includes: [...options.includes, { kind, target: value, line, span }] };
    }
    case '--only-binary': {
      const [onlyBinary, noBinary] = takeNames(value, options.onlyBinary, options.noBinary);
      return { ...options, onlyBinary, noBinary };
    }
    case '--no-binary': {
      const [noBinary, onlyBinary] = takeNames(value, options.noBinary, options.onlyBinary);
      return { ...options, onlyBinary, noBinary };
    }
    case '--all-releases': {
      const [allReleases, onlyFinal] = takeNames(value, options.allReleases, options.onlyFinal);
      return { ...options, allReleases, onlyFinal };
    }
    case '--only-final': {
      const [onlyFinal, allReleases] = takeNames(value, options.onlyFinal, options.allReleases);
      return { ...options, allReleases, onlyFinal };
    }
    case '--editable':
    case '--hash':
    case '--config-settings':
    case '--global-option':
      return options;
  }
}

/**
 * pip's `handle_mutual_excludes`: `:all:` empties both sets and fills this one, `:none:` empties this one, a name
 * moves from the other set to this one. Gives [this set, the other set].
 */
export function takeNames(
  value: string,
  target: readonly string[],
  other: readonly string[],
): [readonly string[], readonly string[]] {
  let words = value.split(',');
  const targetSet = new Set(target);
  const otherSet = new Set(other);
  const all = words.lastIndexOf(':all:');
  if (all >= 0) {
    otherSet.clear();
    targetSet.clear();
    targetSet.add(':all:');
    words = words.slice(all + 1);
    // Without a `:none:` behind it, pip drops whatever follows `:all:`.
    if (!words.includes(':none:')) return [[...targetSet], [...otherSet]];
  }
  for (const word of words) {
    if (word === ':none:') {
      targetSet.clear();
      continue;
    }
    const name = normalizeName(word);
    if (name === '') continue;
    otherSet.delete(name);
    targetSet.add(name);
  }
  return [[...targetSet], [...otherSet]];
}
