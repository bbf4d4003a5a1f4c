/** What is installed, as a file that nobody would have to fetch: so it is a version like those that an index lists. */
import type { Distribution, ProjectPage } from '../../package-index/package-index.ts';

export function installedFile({ name, provenance }: ProjectPage, version: string): Distribution {
  return {
    project: name,
    version,
    filename: `${name}-${version}-py3-none-any.whl`,
    kind: 'wheel',
    tags: 'py3-none-any',
    build: '',
    requiresPython: null,
    yanked: false,
    uploadTime: null,
    size: null,
    sha256: null,
    url: null,
    provenance,
  };
}
