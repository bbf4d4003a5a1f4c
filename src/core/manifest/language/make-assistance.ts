/** Ties the questions of an editor to an index. Nothing here waits: what is not loaded yet is asked for and told later. */
import { normalizeName } from '../../packaging/name.ts';
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import { placeComplaint, type Complaint, type Diagnostic, type Pane } from '../syntax/diagnostic.ts';
import { makeLineIndex, positionAt } from '../syntax/line-index.ts';
import { RequirementsLineCache } from '../requirements/requirements-line-cache.ts';
import { parseRequirementsFile, type RequirementsFile } from '../requirements/requirements-file.ts';
import type { Completion, Hover, LanguageAssistance } from './assistance.ts';
import { complainAboutLimits, complainAboutUnknownName } from './check-against-index.ts';
import {
  completeExtra,
  completeMarker,
  completeMarkerValue,
  completeName,
  completeOperator,
  completeOption,
  completeVersion,
  proposeVersions,
} from './complete.ts';
import { hoverName, hoverSpecifiers } from './hover.ts';
import type { IndexNames, KnownRelease } from './index-names.ts';
import { contextAt, overlayContextAt } from './line-context.ts';
import { completeOverlayWord, hoverOverlayWord, overlayVersionAt } from './overlay-language.ts';
import { orderReleases, type OrderedRelease } from './ordered-releases.ts';

/** More projects of one text are not looked up for checking their limits. */
const MAXIMUM_LOOKUPS = 300;

/** Makes the assistance for one index, one Python (`3.12`) and one policy; make another when any of them changes. */
export function makeLanguageAssistance(
  names: IndexNames,
  python: string,
  policy: PrereleasePolicy = 'packaging-26',
): LanguageAssistance {
  const version = parseVersion(python.replace(/t$/, ''));
  return new Assistance(names, version.ok ? version.value : null, policy);
}

class Assistance implements LanguageAssistance {
  readonly #names: IndexNames;
  readonly #python: Version | null;
  readonly #policy: PrereleasePolicy;
  readonly #cache = new RequirementsLineCache();
  readonly #listeners = new Set<() => void>();
  /** null: the index does not know the project. */
  readonly #releases = new Map<string, readonly OrderedRelease[] | null>();
  readonly #loading = new Map<string, Promise<readonly KnownRelease[] | null>>();
  #known: ReadonlySet<string> | null = null;

  constructor(names: IndexNames, python: Version | null, policy: PrereleasePolicy) {
    this.#names = names;
    this.#python = python;
    this.#policy = policy;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  diagnose(text: string, pane: Pane): readonly Diagnostic[] {
    const file = parseRequirementsFile(text, { pane, policy: this.#policy, cache: this.#cache });
    const complaints = this.#checkAgainstIndex(file, text);
    if (complaints.length === 0) return file.diagnostics;
    const lines = makeLineIndex(text);
    const placed = complaints.map((complaint) =>
      placeComplaint(complaint, pane, positionAt(lines, complaint.span.start)),
    );
    return [...file.diagnostics, ...placed].sort((left, right) => left.span.start - right.span.start);
  }

  async complete(text: string, offset: number, pane: Pane): Promise<readonly Completion[]> {
    if (pane === 'overlay') return this.#completeOverlay(text, offset);
    const context = contextAt(text, offset);
    switch (context.kind) {
      case 'name':
        return completeName(context, this.#names.names());
      case 'version':
        return completeVersion(context, await this.#load(context.name));
      case 'operator':
        return completeOperator(context, await this.#load(context.name));
      case 'extra':
        return pane === 'constraints' ? [] : completeExtra(context, await this.#load(context.name));
      case 'marker-variable':
        return completeMarker(context);
      case 'marker-value':
        return completeMarkerValue(context);
      case 'option':
        return completeOption(context);
      case 'nothing':
        return [];
    }
  }

  async hover(text: string, offset: number, pane: Pane): Promise<Hover | null> {
    if (pane === 'overlay') return hoverOverlayWord(text, offset);
    const context = contextAt(text, offset);
    if (context.kind !== 'name' && context.kind !== 'version') return null;
    const releases = await this.#load(context.kind === 'name' ? context.text : context.name);
    if (releases.length === 0) return null;
    return context.kind === 'name' ? hoverName(context, releases) : hoverSpecifiers(context, releases);
  }

  /** The language's own words, then names and versions of the index. */
  async #completeOverlay(text: string, offset: number): Promise<readonly Completion[]> {
    const words = completeOverlayWord(text, offset);
    const context = overlayContextAt(text, offset);
    const version = overlayVersionAt(text, offset);
    const found =
      version !== null
        ? proposeVersions(version.span, await this.#load(version.name))
        : context.kind === 'name'
          ? completeName(context, this.#names.names())
          : [];
    return [...words, ...found.map((each) => ({ ...each, rank: each.rank + words.length }))];
  }

  #checkAgainstIndex(file: RequirementsFile, text: string): Complaint[] {
    const names = this.#names.names();
    if (names.length === 0) return [];
    this.#known ??= new Set(names);
    const complaints: Complaint[] = [];
    const allowsAll = file.options.pre || file.options.allReleases.includes(':all:');
    for (const entry of file.entries.slice(0, MAXIMUM_LOOKUPS)) {
      const { normalizedName, url } = entry.requirement;
      if (url !== null) continue;
      if (!this.#known.has(normalizedName)) {
        if (this.#names.isPartial !== true) complaints.push(complainAboutUnknownName(entry, text, names));
        continue;
      }
      const releases = this.#releases.get(normalizedName);
      if (releases === undefined) void this.#load(normalizedName);
      else if (releases !== null) {
        const allows = allowsAll || file.options.allReleases.includes(normalizedName);
        const complaint = complainAboutLimits(entry, text, releases, allows);
        if (complaint !== null) complaints.push(complaint);
      }
    }
    return complaints;
  }

  /** Releases, newest first; none for an unknown project or when loading failed, in which case it is tried again. */
  async #load(written: string): Promise<readonly OrderedRelease[]> {
    const name = normalizeName(written);
    const kept = this.#releases.get(name);
    if (kept !== undefined) return kept ?? [];
    let loading = this.#loading.get(name);
    if (loading === undefined) this.#loading.set(name, (loading = this.#names.releases(name)));
    try {
      const releases = await loading;
      const ordered = releases === null ? null : orderReleases(releases, this.#python);
      if (!this.#releases.has(name)) {
        this.#releases.set(name, ordered);
        for (const notify of this.#listeners) notify();
      }
      return ordered ?? [];
    } catch {
      return [];
    } finally {
      this.#loading.delete(name);
    }
  }
}
