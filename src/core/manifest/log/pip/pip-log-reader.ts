/** What the lines of pip's output mean, gathered into evidence; which line means what is in `pip-log.ts`. */
import { normalizeName } from '../../../packaging/name.ts';
import { parseRequirement } from '../../../packaging/requirement.ts';
import {
  EMPTY_SPECIFIER_SET,
  parseSpecifierSet,
  specifierSetContains,
} from '../../../packaging/specifier.ts';
import type { Version } from '../../../packaging/version.ts';
import { Evidence } from '../evidence.ts';
import type { LogLine } from '../log-line.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { splitParent, unjoin } from './pip-log-text.ts';
import { readCauses, readReporterLine } from './pip-reporter-line.ts';
import { releaseOfFilename } from '../../release-filename.ts';
import { TriedReleases } from '../tried-releases.ts';
import { UnnamedAskers } from './unnamed-askers.ts';
import { witnessVersion } from '../witness-versions.ts';

type Match = RegExpExecArray;

export class PipLogReader {
  readonly evidence = new Evidence();
  readonly builder: ManifestBuilder;
  readonly tries = new TriedReleases();
  readonly askers = new UnnamedAskers();
  /** What the user asked for, with a limit that is not told; to be asked for unless another line tells it. */
  readonly #unlimited = new Map<string, () => void>();
  /** Wishes of a conflict's block: the last block of the text is the answer. */
  #conflict: string[] | null = null;
  /** The file that pip looked at last, by project: the parent of what it collects next. */
  readonly #current = new Map<string, string>();
  #ignored: { readonly version: string; readonly requiresPython?: string; readonly isYanked?: boolean }[] =
    [];
  /** How many lines meant something. */
  understood = 0;

  constructor(builder: ManifestBuilder) {
    this.builder = builder;
  }

  finish(): void {
    for (const project of this.#conflict ?? []) this.evidence.clashes(project);
    for (const [project, ask] of this.#unlimited) if (!this.evidence.isAsked(project)) ask();
    if (this.#conflict !== null) this.tries.giveUp(this.evidence, this.builder);
    if (this.understood === 0)
      this.builder.complain(
        'error',
        'nothing-understood',
        'There is no line of pip here that tells of requirements',
        {
          start: 0,
          end: 1,
        },
      );
    this.askers.settle(this.evidence, this.builder);
    this.evidence.settle(this.builder);
  }

  beginConflict(): void {
    this.#conflict = [];
  }

  ask(text: string, line: LogLine, role: 'requirements' | 'constraints'): void {
    const requirement = unjoin(text);
    if (role === 'requirements') this.askers.isUsers(requirement);
    this.evidence.ask(this.builder, requirement, line.span, role);
    this.#noteClash(requirement);
  }

  /** A line of the resolver's own reporter, without its name. */
  reported(text: string, line: LogLine): void {
    this.askers.reported(text);
    readReporterLine(this.evidence, this.builder, text, line.span);
  }

  /** The causes as a traceback prints them. */
  causes(text: string, line: LogLine): void {
    this.beginConflict();
    for (const cause of readCauses(text)) {
      if (cause.text.endsWith(', None')) this.askers.isUsers(cause.requirement);
      readReporterLine(this.evidence, this.builder, `adding_requirement(${cause.text})`, line.span);
      this.#noteClash(cause.requirement);
    }
  }

  depends(match: Match): void {
    const requirement = unjoin(match[3]!);
    this.evidence.depends(match[1]!, match[2]!, requirement);
    this.#noteClash(requirement);
  }

  #noteClash(requirement: string): void {
    const parsed = parseRequirement(requirement);
    if (parsed.ok) this.#conflict?.push(parsed.value.name);
  }

  /** `name>=3 (from parent) (from versions: 1.0, 2.0)`; the parent may have parentheses of its own. */
  notFound(text: string, line: LogLine): void {
    const versionsAt = text.lastIndexOf('(from versions:');
    const listed = versionsAt < 0 ? null : text.slice(versionsAt + 15).replace(/\).*$/, '');
    const subject = (versionsAt < 0 ? text : text.slice(0, versionsAt)).trim();
    const [wish, parent] = splitParent(subject);
    const parsed = parseRequirement(wish);
    if (!parsed.ok) return;
    const { name } = parsed.value;
    const versions = (listed ?? '').split(',').map((version) => version.trim());
    for (const version of versions) if (/^v?\d/.test(version)) this.evidence.exists(name, version);
    for (const { version, ...details } of this.#ignored) this.evidence.exists(name, version, details);
    if (this.#ignored.length > 0)
      this.builder.guess(
        `The ignored versions are taken to be of \`${name}\`; pip does not say of which project.`,
      );
    this.#ignored = [];
    if (listed !== null || parsed.value.specifier.specifiers.length > 0)
      this.evidence.lacks(name, [parsed.value.specifier]);
    this.#wish(wish, parent, line);
  }

  ignoredForPython(text: string): void {
    for (const part of text.split(';')) {
      const match = /^\s*(\S+) Requires-Python (.+)$/.exec(part);
      if (match !== null) this.#ignored.push({ version: match[1]!, requiresPython: match[2]!.trim() });
    }
  }

  ignoredYanked(text: string): void {
    for (const version of text.split(',')) this.#ignored.push({ version: version.trim(), isYanked: true });
  }

  collecting(text: string, line: LogLine): void {
    const [wish, parent] = splitParent(text);
    this.askers.collected(wish, parent);
    this.#wish(wish, parent, line);
  }

  /** With `-vv`, of what is about to be read: who asks is told even by releases that do not say it elsewhere. */
  tracked([, wish = '', path = '', parent]: Match, line: LogLine): void {
    this.file(path);
    if (parent === undefined) return;
    this.askers.tracked(wish, parent);
    this.#wish(wish, parent, line);
  }

  /**
   * Somebody's wish: the user's, or that of the parent's release that was looked at last. The parent's text is the
   * requirement that brought it in, and after an arrow comes who had that one, up to the user.
   */
  #wish(wish: string, parent: string | undefined, line: LogLine): void {
    this.#wishOfAncestors(parent, line);
    const asker =
      parent === undefined ? null : /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)/.exec(parent.split('->')[0]!.trim());
    if (asker === null || /^-[rce]\b/.test(parent!.trim())) {
      this.evidence.ask(this.builder, wish, line.span);
      return;
    }
    const name = normalizeName(asker[1]!.replace(/\[.*$/, ''));
    const version = this.#current.get(name) ?? this.#standIn(name, parent!.split('->')[0]!);
    this.evidence.depends(asker[1]!, version, wish);
  }

  /** The release that asks, where the text does not tell which of those that were asked for. */
  #standIn(name: string, request: string): string {
    const parsed = parseRequirement(request);
    const set = parsed.ok ? parsed.value.specifier : EMPTY_SPECIFIER_SET;
    const isFit = (version: Version): boolean => specifierSetContains(set, version, { prereleases: true });
    const known = this.evidence.versionsOf(name).find(isFit);
    if (known !== undefined) return known.text;
    const made = witnessVersion([set], () => true)?.text ?? '1.0';
    if (set.specifiers.every(({ operator }) => operator !== '=='))
      this.builder.guess(`Which release of \`${name}\` asks is not in the text; ${made} stands for it.`);
    return made;
  }

  #wishOfAncestors(parent: string | undefined, line: LogLine): void {
    if (parent === undefined || /^-[rce]\b/.test(parent.trim())) return;
    const arrow = parent.indexOf('->');
    const wish = arrow < 0 ? parent : parent.slice(0, arrow);
    if (parseRequirement(wish).ok) this.#wish(wish, arrow < 0 ? undefined : parent.slice(arrow + 2), line);
  }

  alreadySatisfied(match: Match, line: LogLine): void {
    // `name>=1 in /path/to/site-packages (from parent) (1.2.3)`; older releases put the parent before the path.
    const place = match[1]!.indexOf(' in ');
    const version = /\(([^()\s]+)\)$/.exec(match[1]!)?.[1];
    if (place < 0 || version === undefined) return;
    const [, after] = splitParent(match[1]!.slice(place, match[1]!.lastIndexOf(' (')));
    const [wish, before] = splitParent(match[1]!.slice(0, place));
    const parent = before ?? after;
    const parsed = parseRequirement(wish);
    if (!parsed.ok) return;
    const { name } = parsed.value;
    this.evidence.exists(name, version);
    this.#current.set(parsed.value.normalizedName, version);
    const pin = parseRequirement(`${name}==${version}`);
    if (pin.ok) this.builder.addOnce('installed', pin.value, line.span);
    this.#wish(wish, parent, line);
  }

  file(path: string): void {
    const release = releaseOfFilename(path);
    if (release === null) return;
    this.evidence.exists(release.name, release.version);
    this.tries.add(release.name, release.version);
    this.#current.set(release.name, release.version);
  }

  /** A file in a folder or a cache. Who asks for it is told, but not which versions. */
  processing([, path = '', parent]: Match, line: LogLine): void {
    const release = releaseOfFilename(path);
    if (release === null) return;
    const isFirst = !this.#current.has(release.name);
    this.file(path);
    if (!isFirst) return;
    const limit = this.tries.limit(release.name, release.version, this.evidence);
    if (limit !== '')
      this.builder.guess(
        `\`${release.name}${limit}\` stands for a limit that the text does not tell; so many releases fitted.`,
      );
    const wish = release.name + limit;
    if (parent !== undefined && !/^-[rce]\b/.test(parent)) this.#wish(wish, parent, line);
    else if (!/^-c\b/.test(parent ?? ''))
      this.#unlimited.set(release.name, () => this.#wish(wish, parent, line));
  }

  foundLink(match: Match): void {
    const release = releaseOfFilename(match[1]!);
    if (release === null) return;
    const requiresPython = match[2];
    this.evidence.exists(release.name, match[3]!, requiresPython === undefined ? {} : { requiresPython });
  }

  otherPython(match: Match): void {
    const release = releaseOfFilename(match[3]!);
    if (release !== null) this.evidence.exists(release.name, release.version, { requiresPython: match[2]! });
    this.builder.environment = { ...this.builder.environment, python: match[1]! };
  }

  installedConflict(match: Match, line: LogLine): void {
    const [, name = '', version = '', requirement = '', other, otherVersion] = match;
    this.evidence.depends(name, version, requirement);
    const pins = [`${name}==${version}`];
    if (other !== undefined && otherVersion !== undefined) {
      this.evidence.exists(other, otherVersion);
      pins.push(`${other}==${otherVersion}`);
    }
    for (const text of pins) {
      const pin = parseRequirement(text);
      if (pin.ok) this.builder.addOnce('installed', pin.value, line.span);
    }
  }

  installs(text: string): void {
    for (const word of text.split(/\s+/)) {
      const match = /^(.+)-(v?\d[^-]*)$/.exec(word);
      if (match !== null) this.evidence.exists(match[1]!, match[2]!);
    }
  }

  packageNeedsPython(match: Match): void {
    const version = this.evidence.newestOf(match[1]!) ?? '1.0';
    this.evidence.exists(match[1]!, version, { requiresPython: match[3]! });
    this.builder.environment = { ...this.builder.environment, python: match[2]! };
  }

  /** pip 24.1 and later pass over such releases as if they were not there. */
  invalidMetadata(match: Match): void {
    const set = parseSpecifierSet(`==${match[1]!}`);
    if (set.ok) this.evidence.isUnusable(match[2]!, [set.value]);
  }

  release(match: Match): void {
    this.builder.engine = `pip@${match[1]!}`;
    this.builder.environment = { ...this.builder.environment, python: match[2]! };
  }
}
