/** An index that hands out each fact only once it was asked for and loaded, as the worker's does. */
import type { Distribution, MissingFact, PackageIndex } from '../../src/core/package-index/package-index.ts';

/** The same facts, each there only after it was loaded. */
export class LazyIndex implements PackageIndex {
  readonly #whole: PackageIndex;
  readonly #loaded = new Set<string>();
  /** All facts of a project come at once, as they do with a part of a snapshot. */
  readonly #byProject: boolean;

  constructor(whole: PackageIndex, byProject = false) {
    this.#whole = whole;
    this.#byProject = byProject;
  }

  page(project: string): ReturnType<PackageIndex['page']> {
    if (this.#loaded.has(project)) return this.#whole.page(project);
    return { missing: 'page', project, loadable: true };
  }

  metadata(file: Distribution): ReturnType<PackageIndex['metadata']> {
    if (this.#loaded.has(this.#byProject ? file.project : `${file.project} ${file.filename}`))
      return this.#whole.metadata(file);
    const { project, version, filename } = file;
    return { missing: 'metadata', project, version, filename, loadable: true };
  }

  load(fact: MissingFact): void {
    this.#loaded.add(fact.missing === 'metadata' ? `${fact.project} ${fact.filename}` : fact.project);
  }
}
