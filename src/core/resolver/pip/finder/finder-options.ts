/** Options of pip's that decide which files it considers. Later options win; names beat `:all:`. */
import { readCutOff } from '../../../package-index/facts/cut-off.ts';
import { normalizeName } from '../../../packaging/name.ts';
import type { ResolverOptions } from '../../engine.ts';
import type { PipEra } from '../era.ts';

export interface FinderOptions {
  formats(project: string): { readonly binary: boolean; readonly source: boolean };
  /** True: pre-releases are as good as others. False: never. Null: the requirements decide. */
  allowsPrereleases(project: string): boolean | null;
  readonly preferBinary: boolean;
  readonly ignoreRequiresPython: boolean;
  /** Milliseconds since 1970; null when there is no limit. */
  readonly uploadedPriorTo: number | null;
}

/** `:all:` holds for all, `:none:` empties what came before. */
function listed(entries: readonly string[]): {
  readonly isAll: boolean;
  readonly names: ReadonlySet<string>;
} {
  let isAll = false;
  const names = new Set<string>();
  for (const entry of entries) {
    if (entry === ':none:') {
      isAll = false;
      names.clear();
    } else if (entry === ':all:') isAll = true;
    else names.add(normalizeName(entry));
  }
  return { isAll, names };
}

/** A text that names no moment is refused before anything runs. */
function cutOff(text: string | null): number | null {
  const read = text === null ? null : readCutOff(text, 'pip');
  return read?.ok ? read.value : null;
}

export function finderOptions(options: ResolverOptions, era: PipEra): FinderOptions {
  const onlyBinary = listed(options.onlyBinary);
  const noBinary = listed(options.noBinary);
  const none = listed([]);
  const all = era.releaseControl ? listed(options.allReleases) : none;
  const finals = era.releaseControl ? listed(options.onlyFinal) : none;
  return {
    formats(project) {
      if (onlyBinary.names.has(project)) return { binary: true, source: false };
      if (noBinary.names.has(project)) return { binary: false, source: true };
      return { binary: !noBinary.isAll, source: !onlyBinary.isAll };
    },
    allowsPrereleases(project) {
      if (options.pre) return true;
      if (all.names.has(project)) return true;
      if (finals.names.has(project)) return false;
      if (all.isAll) return true;
      return finals.isAll ? false : null;
    },
    preferBinary: options.preferBinary,
    ignoreRequiresPython: options.ignoreRequiresPython,
    uploadedPriorTo: era.uploadedPriorTo ? cutOff(options.uploadedPriorTo) : null,
  };
}
