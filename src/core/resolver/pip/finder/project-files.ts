/** The files of one project that pip's finder would consider, in its order. Page links only; no find-links. */
import type { Distribution } from '../../../package-index/package-index.ts';
import type { Version } from '../../../packaging/version.ts';
import { pageAddress } from '../link-text.ts';
import { AbortSignal } from '../stop-signals.ts';
import type { VersionTable } from '../version-table.ts';
import { compareFiles, isYanked, judgeFiles, type FinderRules, type JudgedFile } from './judge-files.ts';

/** A file that passed every test that does not depend on a requirement. */
export interface FoundFile {
  readonly distribution: Distribution;
  /** As the index knows it, where `distribution` is named by another address. */
  readonly original?: Distribution;
  readonly version: Version;
  /** Of the project's VersionTable. */
  readonly versionIndex: number;
  /** Place of its best tag; lower is better. */
  readonly tagRank: number;
  readonly isYanked: boolean;
}

export interface ProjectFiles {
  /** Best last: pip sorts ascending and goes through them backwards. Among equals the last listed wins. */
  readonly ascending: readonly FoundFile[];
  /** `2.0 Requires-Python >=3.20`, for what was passed over because of its Python. */
  readonly skippedPythons: readonly { readonly version: string; readonly requiresPython: string }[];
}

/** Evaluates the files of a page. Throws AbortSignal where pip gives up at the sight of one. */
export function findFiles(
  distributions: readonly Distribution[],
  table: VersionTable,
  rules: FinderRules,
): ProjectFiles {
  const found: (JudgedFile & { readonly version: Version })[] = [];
  const skippedPythons: ProjectFiles['skippedPythons'][number][] = [];
  for (const judged of judgeFiles(distributions, rules)) {
    const { distribution, version } = judged;
    const [objection] = judged.objections;
    if (objection === undefined && version !== null) found.push({ ...judged, version });
    if (objection?.kind === 'date' && objection.uploadTime === null) refuseUndated(distribution);
    if (objection?.kind !== 'python') continue;
    const { requiresPython } = objection;
    skippedPythons.push({ version: version?.text ?? distribution.version, requiresPython });
  }
  const ascending = found
    .sort((a, b) => compareFiles(a, b, rules))
    .map((file) => ({
      distribution: file.distribution,
      version: file.version,
      versionIndex: table.indexOf(file.version),
      tagRank: file.tagRank,
      isYanked: isYanked(file),
    }));
  return { ascending, skippedPythons };
}

/** `--uploaded-prior-to`: pip refuses to guess where an index does not say. */
function refuseUndated({ project, index }: Distribution): never {
  throw new AbortSignal({ kind: 'upload-time-missing', page: pageAddress(project, index) });
}
