/** Collects what a reader of one format finds, and puts everything in its place at the end. */
import type { SearchMark } from './log/search-mark.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import type { Span } from '../packaging/result.ts';
import { placeComplaint, type Complaint, type Fix, type Pane, type Severity } from './syntax/diagnostic.ts';
import { makeLineIndex, positionAt, type LineIndex } from './syntax/line-index.ts';
import type { ManifestKind } from './manifest-kind.ts';
import type {
  FactsDraft,
  GroupRole,
  Manifest,
  ManifestEntry,
  ManifestEnvironment,
  ManifestGroup,
  ManifestOptions,
  ReleaseDraft,
  ToldEnding,
} from './manifest.ts';
import { adviseRequirement } from './requirements/requirement-advice.ts';
import type { SpannedValue } from './syntax/spanned-value.ts';

interface OpenGroup {
  readonly id: string;
  readonly label: string;
  readonly role: GroupRole;
  readonly isDefault: boolean;
  readonly entries: ManifestEntry[];
}

export class ManifestBuilder {
  options: ManifestOptions = {};
  environment: ManifestEnvironment = {};
  engine: string | null = null;
  /** The whole text, of a project that its own tool resolves as it stands. */
  project: string | null = null;
  /** How the run ended that the text tells of. */
  ending: ToldEnding | null = null;
  /** The search that the text tells of from its beginning. */
  search: SearchMark | null = null;
  /** Why nothing can be rebuilt, in whole sentences. */
  unreadable: string | null = null;
  /** Options that say where to look, as lines of a requirements file. */
  readonly sourceLines: string[] = [];
  readonly #kind: ManifestKind;
  readonly #pane: Pane;
  readonly #lines: LineIndex;
  readonly #groups = new Map<string, OpenGroup>();
  readonly #complaints: Complaint[] = [];
  readonly #guesses = new Set<string>();
  /** Derived: the texts of each group that `addOnce` was asked about. */
  readonly #texts = new Map<string, Set<string>>();
  #projects: Map<string, Map<string, ReleaseDraft>> | null = null;

  constructor(kind: ManifestKind, text: string) {
    this.#kind = kind;
    this.#pane = kind === 'pyproject' ? 'pyproject' : 'requirements';
    this.#lines = makeLineIndex(text);
  }

  /** Opens a group (again); the first call decides its label and role. */
  group(id: string, label: string, role: GroupRole, isDefault: boolean): void {
    if (!this.#groups.has(id)) this.#groups.set(id, { id, label, role, isDefault, entries: [] });
  }

  /** Reads a PEP 508 text and adds it; a text that is none becomes an error with what was probably meant. */
  addText(group: string, text: string, span: Span, isVerbatim = true): Requirement | null {
    const parsed = parseRequirement(text);
    if (parsed.ok) {
      this.add(group, parsed.value, span);
      return parsed.value;
    }
    const advice = isVerbatim ? adviseRequirement(text.trim()) : null;
    const fixes = advice === null ? [] : [{ title: advice.title, edits: [{ span, text: advice.text }] }];
    const place = isVerbatim ? within(parsed.error.span, span) : span;
    this.complain('error', 'invalid-requirement', `Not a requirement: ${parsed.error.message}`, place, fixes);
    return null;
  }

  /** Adds every string of an array as a requirement; anything else in it is complained of. */
  addArray(group: string, items: readonly SpannedValue[]): void {
    for (const item of items) {
      if (item.kind === 'string') this.addText(group, item.value, item.span, item.isVerbatim);
      else this.complain('error', 'not-a-text', 'A requirement must be a text between quotes', item.span);
    }
  }

  /** Opens the groups that a list of exact versions may go to: what is installed, or the same as limits or wishes. */
  openPins(label: string): void {
    this.group('installed', `${label} as installed`, 'installed', true);
    this.group('pins-constraints', `${label} as constraints`, 'constraints', false);
    this.group('pins', `${label} as requirements`, 'requirements', false);
  }

  /**
   * Adds one exact version to the groups of `openPins`, under a marker unless that is ''; names and versions that are
   * none are complained of.
   */
  addPin(name: string, version: string, span: Span, hashes: readonly string[] = [], marker = ''): void {
    const parsed = parseRequirement(`${name}==${version}${marker === '' ? '' : ` ; ${marker}`}`);
    if (!parsed.ok) {
      const message = `\`${name} ${version}\` is not a project and a version: ${parsed.error.message}`;
      this.complain('warning', 'invalid-pin', message, span);
      return;
    }
    for (const group of ['installed', 'pins-constraints', 'pins'])
      this.add(group, parsed.value, span, { hashes: group === 'pins' ? hashes : [] });
  }

  add(
    group: string,
    requirement: Requirement,
    span: Span,
    details: { readonly hashes?: readonly string[]; readonly isEditable?: boolean } = {},
  ): void {
    this.#texts.get(group)?.add(requirement.text);
    this.#groups.get(group)?.entries.push({
      requirement,
      span,
      line: positionAt(this.#lines, span.start).line,
      hashes: details.hashes ?? [],
      isEditable: details.isEditable ?? false,
    });
  }

  /** Adds a requirement unless the group has the same text already. */
  addOnce(group: string, requirement: Requirement, span: Span): void {
    let texts = this.#texts.get(group);
    if (texts === undefined) {
      texts = new Set(this.entriesOf(group).map((entry) => entry.requirement.text));
      this.#texts.set(group, texts);
    }
    if (!texts.has(requirement.text)) this.add(group, requirement, span);
  }

  /** The entries that a group has so far. */
  entriesOf(group: string): readonly ManifestEntry[] {
    return this.#groups.get(group)?.entries ?? [];
  }

  /** Takes entries out of a group again. */
  remove(group: string, isUnwanted: (entry: ManifestEntry) => boolean): void {
    const open = this.#groups.get(group);
    if (open === undefined) return;
    const kept = open.entries.filter((entry) => !isUnwanted(entry));
    this.#texts.delete(group);
    open.entries.length = 0;
    for (const entry of kept) open.entries.push(entry);
  }

  /** Notes a release that the text tells of; a second telling of the same release adds its requirements. */
  release(name: string, version: string, draft: ReleaseDraft): void {
    this.#projects ??= new Map();
    const releases = this.#projects.get(name) ?? new Map<string, ReleaseDraft>();
    this.#projects.set(name, releases);
    const known = releases.get(version);
    const requires = [...new Set([...(known?.requires ?? []), ...draft.requires])];
    const extras = [...new Set([...(known?.extras ?? []), ...(draft.extras ?? [])])];
    releases.set(version, { ...known, ...draft, requires, ...(extras.length > 0 ? { extras } : {}) });
  }

  /** Notes a project that exists in the text, but without any release. */
  noRelease(name: string): void {
    this.#projects ??= new Map();
    if (!this.#projects.has(name)) this.#projects.set(name, new Map());
  }

  guess(sentence: string): void {
    this.#guesses.add(sentence);
  }

  complain(severity: Severity, code: string, message: string, span: Span, fixes: readonly Fix[] = []): void {
    const complaint = { severity, code, message, span };
    this.#complaints.push(fixes.length === 0 ? complaint : { ...complaint, fixes });
  }

  complainAll(complaints: readonly Complaint[]): void {
    for (const item of complaints) this.#complaints.push(item);
  }

  build(): Manifest {
    const diagnostics = this.#complaints
      .map((complaint) =>
        placeComplaint(complaint, this.#pane, positionAt(this.#lines, complaint.span.start)),
      )
      .sort((left, right) => left.span.start - right.span.start);
    return {
      kind: this.#kind,
      groups: [...this.#groups.values()].filter(isWorthShowing),
      options: this.options,
      environment: this.environment,
      engine: this.engine,
      ...(this.project === null ? {} : { project: this.project }),
      facts: this.#factsDraft(),
      guesses: [...this.#guesses],
      ...(this.ending === null ? {} : { ending: this.ending }),
      ...(this.search === null ? {} : { search: this.search }),
      ...(this.unreadable === null ? {} : { unreadable: this.unreadable }),
      ...(this.sourceLines.length === 0 ? {} : { sourceLines: this.sourceLines }),
      diagnostics,
    };
  }

  #factsDraft(): FactsDraft | null {
    if (this.#projects === null) return null;
    const projects: Record<string, Record<string, ReleaseDraft>> = Object.create(null) as Record<
      string,
      Record<string, ReleaseDraft>
    >;
    for (const [name, releases] of this.#projects) projects[name] = Object.fromEntries(releases);
    return { projects: { ...projects } };
  }
}

function isWorthShowing(group: ManifestGroup): boolean {
  return group.entries.length > 0 || group.id === 'main';
}

/** The part of `outer` that `inner`, relative to it, stands for; at least one character. */
function within(inner: Span, outer: Span): Span {
  const start = Math.min(outer.start + inner.start, Math.max(outer.start, outer.end - 1));
  return { start, end: Math.max(start + 1, Math.min(outer.end, outer.start + inner.end)) };
}
