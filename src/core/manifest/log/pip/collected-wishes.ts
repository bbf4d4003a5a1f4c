/** Wishes that pip's log tells of while it collects: whose they are, and of which release. */
import { normalizeName } from '../../../packaging/name.ts';
import { parseRequirement } from '../../../packaging/requirement.ts';
import { EMPTY_SPECIFIER_SET, specifierSetContains } from '../../../packaging/specifier.ts';
import type { Version } from '../../../packaging/version.ts';
import { releaseOfFilename } from '../../release-filename.ts';
import type { LogLine } from '../output/log-line.ts';
import { splitCandidate } from '../evidence-terms.ts';
import { witnessVersion } from '../witness-versions.ts';
import { splitParent, unjoin } from './pip-log-text.ts';
import type { PipLogReader } from './pip-log-reader.ts';

type Match = RegExpExecArray;

/** Arrows that are followed: pip draws a chain of parents of any length. */
const MOST_PARENTS = 60;

export class CollectedWishes {
  readonly #reader: PipLogReader;
  /** What the user asked for, with a limit that is not told; to be asked for unless another line tells it. */
  readonly #unlimited = new Map<string, () => void>();
  /** The file that pip looked at last, by project: the parent of what it collects next. */
  readonly #current = new Map<string, string>();

  constructor(reader: PipLogReader) {
    this.#reader = reader;
  }

  askUnlimited(): void {
    for (const [project, ask] of this.#unlimited) if (!this.#reader.evidence.isAsked(project)) ask();
  }

  collecting(text: string, line: LogLine): void {
    const [written, parent] = splitParent(text);
    const wish = unjoin(written);
    const { askers, machine } = this.#reader;
    machine.wanted(wish);
    askers.collected(wish, parent);
    this.add(wish, parent, line);
  }

  /** With `-vv`, of what is about to be read: who asks is told even by releases that do not say it elsewhere. */
  tracked([, wish = '', path = '', parent]: Match, line: LogLine): void {
    this.file(path);
    if (parent === undefined) return;
    this.#reader.askers.tracked(wish, parent);
    this.add(wish, parent, line);
  }

  /**
   * Somebody's wish: the user's, or that of the parent's release that was looked at last. The parent's text is the
   * requirement that brought it in, and after an arrow comes who had that one, up to the user.
   */
  add(wish: string, parent: string | undefined, line: LogLine): void {
    const { evidence, builder } = this.#reader;
    const chain = (parent ?? '').split('->').slice(0, MOST_PARENTS);
    // From the user's own wish, which stands last, to the one that has this wish.
    for (let at = chain.length - 1; at >= 0; at--) {
      const own = chain[at]!;
      if (!isFile(own) && parseRequirement(own.trim()).ok) this.#addOne(own.trim(), chain[at + 1], line);
    }
    if (parseRequirement(wish).ok) this.#addOne(wish, chain[0] === '' ? undefined : chain[0], line);
    else evidence.ask(builder, wish, line.span);
  }

  #addOne(wish: string, parent: string | undefined, line: LogLine): void {
    const { evidence, builder } = this.#reader;
    const asker =
      parent === undefined || isFile(parent) ? null : /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)/.exec(parent.trim());
    if (asker === null) {
      evidence.ask(builder, wish, line.span);
      return;
    }
    const name = normalizeName(asker[1]!.replace(/\[.*$/, ''));
    // `alpha[x]` brings `alpha` itself.
    if (splitCandidate(/^[^\s<>=!~;@]+/.exec(wish)?.[0] ?? wish).name === name) return;
    const version = this.#current.get(name) ?? this.#standIn(name, parent!);
    evidence.depends(asker[1]!, version, wish);
  }

  /** The release that asks, where the text does not tell which of those that were asked for. */
  #standIn(name: string, request: string): string {
    const { evidence, builder } = this.#reader;
    const parsed = parseRequirement(request.trim());
    const set = parsed.ok ? parsed.value.specifier : EMPTY_SPECIFIER_SET;
    const isFit = (version: Version): boolean => specifierSetContains(set, version, { prereleases: true });
    const known = evidence.versionsOf(name).find(isFit);
    if (known !== undefined) return known.text;
    const made = witnessVersion([set], () => true)?.text ?? '1.0';
    if (set.specifiers.every(({ operator }) => operator !== '=='))
      builder.guess(`Which release of \`${name}\` asks is not in the text; ${made} stands for it.`);
    return made;
  }

  alreadySatisfied(match: Match, line: LogLine): void {
    const { evidence, builder } = this.#reader;
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
    evidence.exists(name, version);
    this.#current.set(parsed.value.normalizedName, version);
    const pin = parseRequirement(`${name}==${version}`);
    if (pin.ok) builder.addOnce('installed', pin.value, line.span);
    this.add(wish, parent, line);
  }

  file(path: string): void {
    const release = releaseOfFilename(path);
    if (release === null) return;
    this.#reader.evidence.exists(release.name, release.version);
    this.#reader.tries.add(release.name, release.version);
    this.#current.set(release.name, release.version);
  }

  /** A file in a folder or a cache. Who asks for it is told, but not which versions. */
  processing([, path = '', parent]: Match, line: LogLine): void {
    const release = releaseOfFilename(path);
    if (release === null) return;
    const { tries, evidence, builder } = this.#reader;
    const isFirst = !this.#current.has(release.name);
    this.file(path);
    if (!isFirst) return;
    const limit = tries.limit(release.name, release.version, evidence);
    if (limit !== '')
      builder.guess(
        `\`${release.name}${limit}\` stands for a limit that the text does not tell; so many releases fitted.`,
      );
    const wish = release.name + limit;
    if (parent !== undefined && !isFile(parent)) this.add(wish, parent, line);
    else if (!/^-c\b/.test(parent ?? ''))
      this.#unlimited.set(release.name, () => this.add(wish, parent, line));
  }
}

/** `-r requirements.txt (line 3)`: the user. */
function isFile(parent: string): boolean {
  return /^-[rce]\b/.test(parent.trim());
}
