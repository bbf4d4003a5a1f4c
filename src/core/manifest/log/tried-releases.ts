/** Which releases pip tried in a search that a log tells of, and what follows from that for what it does not tell. */
import { parseVersion, type Version } from '../../packaging/version.ts';
import type { Evidence } from './evidence.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';

export class TriedReleases {
  /** By normalised name, in the order of trying. */
  readonly #versions = new Map<string, string[]>();
  /** How many releases fitted what was asked of a project, by normalised name. */
  readonly #fitting = new Map<string, number>();

  /** A file of this release was fetched, or its metadata. */
  add(project: string, version: string): void {
    const versions = this.#versions.get(project) ?? [];
    this.#versions.set(project, versions);
    if (!versions.includes(version)) versions.push(version);
  }

  /** The finder's last count before it gives its candidates. */
  fitting(project: string, count: number): void {
    if (!this.#fitting.has(project)) this.#fitting.set(project, count);
  }

  /**
   * What was asked of a project, guessed from the release that was tried first, the newest that fitted, and the count of
   * those that did; '' where nothing shows that there was a limit.
   */
  limit(project: string, version: string, evidence: Evidence): string {
    const count = this.#fitting.get(project);
    const newest = parseVersion(version);
    const known = evidence.versionsOf(project);
    if (count === undefined || count === 0 || count >= known.length || !newest.ok) return '';
    if (count === 1) return `==${newest.value.text}`;
    const from = known.findIndex((each) => each.text === newest.value.text);
    const oldest: Version | undefined = known[from + count - 1];
    const above = from > 0 ? `<=${newest.value.text}` : '';
    const below = oldest === undefined || from + count === known.length ? '' : `>=${oldest.text}`;
    return [below, above].filter((part) => part !== '').join(',');
  }

  /**
   * The search failed. pip names who asks for a project only when it meets it first, so what other releases of the asker
   * need is not told. If one of them had needed nothing, the search would have ended with it.
   */
  giveUp(evidence: Evidence, builder: ManifestBuilder): void {
    for (const [project, versions] of this.#versions) {
      const told = versions.filter((version) => evidence.needsSomething(project, version));
      if (told.length === 0) continue;
      for (const [index, version] of versions.entries()) {
        if (told.includes(version)) continue;
        const model = versions.slice(0, index).findLast((earlier) => told.includes(earlier)) ?? told[0]!;
        evidence.inherit(project, version, model);
        builder.guess(
          `\`${project}\` ${version} was tried in vain; it is taken to need what ${model} needs.`,
        );
      }
    }
  }
}
