/**
 * The project of a report of `uv lock`, as a `pyproject.toml` of which uv says the same:
 *
 *   your project depends on a>=1                     dependencies
 *   your project requires app[web], app:dev          the name, its extras and groups
 *   app[web] depends on b                            what they ask for
 *   for split (markers: M; included: app[x]; excluded: app[y])     environments, conflicts
 *   the requested Python version (>=3.9)             requires-python
 */
import { normalizeName } from '../../../packaging/name.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';

/** What a project without a `requires-python` in the report is taken to support. */
const SUPPORTED = '>=3.8';
const NAMELESS = 'project';

/** Older releases "depend on" a group. */
const OWN_PART =
  /\byour project (?:requires ([A-Za-z0-9][\w.-]{0,98}?)(?=\[|:)|depends on ([A-Za-z0-9][\w.-]{0,98}?)(?=:))/;
const OWN = /\byour project(?:'s| and| depends| requires)/;
const SPLIT = /\bfor split \((.{1,2000}?)\):? (?=Because |[a-z])/;
/** `app[x]`, `app[group:dev]`, `app`. */
const ITEM = /^([\w.-]+)(?:\[(group:)?([\w.-]+)\])?$/;

export class ToldProject {
  readonly #builder: ManifestBuilder;
  readonly #name: string;
  readonly #extras = new Set<string>();
  readonly #groups = new Set<string>();
  readonly #environments: readonly string[];
  readonly #included: readonly string[];
  readonly #excluded: readonly string[];
  requiresPython = SUPPORTED;

  private constructor(builder: ManifestBuilder, prose: string) {
    this.#builder = builder;
    const split = SPLIT.exec(prose)?.[1] ?? '';
    const part = (word: string): string =>
      split
        .split('; ')
        .find((text) => text.startsWith(`${word}: `))
        ?.slice(word.length + 2) ?? '';
    const items = (word: string): string[] =>
      part(word)
        .split(', ')
        .filter((text) => ITEM.test(text));
    this.#environments = [part('markers')].filter((marker) => marker !== '');
    this.#included = items('included');
    this.#excluded = items('excluded');
    const own = OWN_PART.exec(prose);
    const named = own?.[1] ?? own?.[2] ?? ITEM.exec([...this.#included, ...this.#excluded][0] ?? '')?.[1];
    this.#name = normalizeName(named ?? NAMELESS);
    for (const item of [...this.#included, ...this.#excluded]) this.#noteItem(item);
  }

  /** Null where the report is of no project. */
  static of(builder: ManifestBuilder, prose: string): ToldProject | null {
    return OWN.test(prose) ? new ToldProject(builder, prose) : null;
  }

  #noteItem(item: string): void {
    const [, , group, name] = ITEM.exec(item) ?? [];
    if (name !== undefined) this.#note(group === undefined ? 'extra' : 'group', name);
  }

  #note(kind: 'extra' | 'group', name: string): string {
    (kind === 'extra' ? this.#extras : this.#groups).add(name);
    const id = `${kind}:${name}`;
    const table = kind === 'extra' ? 'optional-dependencies' : 'dependency-groups';
    this.#builder.group(id, `${table}.${name}`, 'requirements', true);
    return id;
  }

  /** The groups of lines that a term of the report stands for: an extra, a group; null for other projects. */
  partOf(candidate: string): string | null {
    const match = /^([^[:]+)(?:\[([^\]]+)\]|:(.+))$/.exec(candidate);
    if (match === null || normalizeName(match[1]!) !== this.#name) return null;
    return match[2] === undefined ? this.#note('group', match[3]!) : this.#note('extra', match[2]);
  }

  /** The file, when all lines are known. */
  text(): string {
    const lines = [
      '[project]',
      `name = ${quoted(this.#name)}`,
      'version = "0.1.0"',
      `requires-python = ${quoted(this.requiresPython)}`,
      `dependencies = ${this.#listOf('main')}`,
    ];
    const table = (head: string, kind: string, names: ReadonlySet<string>): void => {
      if (names.size === 0) return;
      lines.push('', `[${head}]`);
      for (const name of names) lines.push(`${quoted(name)} = ${this.#listOf(`${kind}:${name}`)}`);
    };
    table('project.optional-dependencies', 'extra', this.#extras);
    table('dependency-groups', 'group', this.#groups);
    const settings = this.#settings();
    if (settings.length > 0) lines.push('', '[tool.uv]', ...settings);
    return `${lines.join('\n')}\n`;
  }

  #listOf(group: string): string {
    const entries = this.#builder.entriesOf(group);
    if (entries.length === 0) return '[]';
    return `[\n${entries.map(({ requirement }) => `  ${quoted(requirement.text)},\n`).join('')}]`;
  }

  #settings(): readonly string[] {
    const lines: string[] = [];
    if (this.#environments.length > 0)
      lines.push(`environments = [${this.#environments.map(quoted).join(', ')}]`);
    const sets = this.#conflicts();
    if (sets.length > 0) lines.push('conflicts = [', ...sets.map((set) => `  [${set.join(', ')}],`), ']');
    return lines;
  }

  /** What a split excludes stands against what it includes. */
  #conflicts(): readonly (readonly string[])[] {
    if (this.#excluded.length === 0) return [];
    const starts: readonly (readonly string[])[] =
      this.#included.length === 0 ? [[]] : this.#included.map((item) => [item]);
    return starts
      .map((start) => [...start, ...this.#excluded].flatMap(itemTable))
      .filter((set) => set.length > 1);
  }
}

function itemTable(item: string): string[] {
  const [, , group, name] = ITEM.exec(item) ?? [];
  return name === undefined ? [] : [`{ ${group === undefined ? 'extra' : 'group'} = ${quoted(name)} }`];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
