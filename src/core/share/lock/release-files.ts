/** Files of locked releases, as far as the index says what a lock file has to say of them. */
import { isMissing, type Distribution, type PackageIndex } from '../../package-index/package-index.ts';
import { parseVersion, versionsEqual } from '../../packaging/version.ts';
import { inlineTable, tomlText } from './toml-text.ts';

/** The files of a release whose digest is known, in the order of the page. None for what no index lists. */
export function filesOf(index: PackageIndex, name: string, version: string): readonly Distribution[] {
  const page = index.page(name);
  const wanted = parseVersion(version);
  if (isMissing(page) || !wanted.ok) return [];
  return page.distributions.filter((file) => {
    if (file.sha256 === null) return false;
    const own = parseVersion(file.version);
    return own.ok && versionsEqual(own.value, wanted.value);
  });
}

/** The same by name, as inline tables of file and digest: how Poetry and PDM write them. */
export function fileTables(index: PackageIndex, name: string, version: string): readonly string[] {
  return filesOf(index, name, version)
    .toSorted((a, b) => (a.filename < b.filename ? -1 : 1))
    .map(({ filename, sha256 }) =>
      inlineTable(
        [
          ['file', tomlText(filename)],
          ['hash', tomlText(`sha256:${sha256 ?? ''}`)],
        ],
        'tight',
      ),
    );
}
