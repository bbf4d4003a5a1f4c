/**
 * pip's output as a Problem: the text of ResolutionImpossible and of "no matching distribution", the warnings about
 * what is installed, and `-v`, `-vv`, `-vvv` and `PIP_RESOLVER_DEBUG` logs (pip 20.3 to 26.2).
 */
import { parseRequirement } from '../packaging/requirement.ts';
import { parseSpecifierSet } from '../packaging/specifier.ts';
import { Evidence } from './evidence.ts';
import { logLines, type LogLine } from './log-line.ts';
import { ManifestBuilder } from './manifest-builder.ts';
import type { Manifest } from './manifest.ts';
import { splitParent, unjoin } from './pip-log-text.ts';
import { readReporterLine } from './pip-reporter-line.ts';
import { releaseOfFilename } from './release-filename.ts';
import { joinWrappedLines } from './wrapped-output.ts';

/** Reads pip's output. */
export function readPipLog(text: string): Manifest {
  const builder = new ManifestBuilder('pip-log', text);
  builder.group('main', 'requirements', 'requirements', true);
  builder.group('constraints', 'constraints', 'constraints', true);
  builder.group('installed', 'installed', 'installed', true);
  const reader = new PipLogReader(builder);
  for (const line of joinWrappedLines(logLines(text))) reader.read(line);
  reader.finish();
  return builder.build();
}

type Match = RegExpExecArray;
type Handler = (reader: PipLogReader, match: Match, line: LogLine) => void;

const NAME = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;

/** In the order of trying; each line has at most one meaning. */
const RULES: readonly (readonly [RegExp, Handler])[] = [
  [
    /^\s*Reporter\.(.*)$/,
    (reader, match, line) => readReporterLine(reader.evidence, reader.builder, match[1]!, line.span),
  ],
  [/^\s*The conflict is caused by:/, (reader) => reader.beginConflict()],
  [
    /^\s*The user requested \(constraint\) (.+)$/,
    (reader, match, line) => reader.ask(match[1]!, line, 'constraints'),
  ],
  [/^\s*The user requested (.+)$/, (reader, match, line) => reader.ask(match[1]!, line, 'requirements')],
  [
    new RegExp(String.raw`^\s*(${NAME}(?:\[[^\]]*\])?) (\S+) depends on (.+)$`),
    (reader, match) => reader.depends(match),
  ],
  [
    /Could not find a version that satisfies the requirement (.+)$/,
    (reader, match, line) => reader.notFound(match[1]!, line),
  ],
  [
    /Ignored the following versions that require a different python version: (.+)$/,
    (reader, match) => reader.ignoredForPython(match[1]!),
  ],
  [/Ignored the following yanked versions: (.+)$/, (reader, match) => reader.ignoredYanked(match[1]!)],
  [/^\s*Collecting ([^\s(].*)$/, (reader, match, line) => reader.collecting(match[1]!, line)],
  [
    /^\s*Requirement already satisfied: (\S.*)$/,
    (reader, match, line) => reader.alreadySatisfied(match, line),
  ],
  [/^\s*Obtaining dependency information for .* from (\S+)$/, (reader, match) => reader.file(match[1]!)],
  [
    /^\s*(?:Downloading|Using cached) (\S+\.(?:whl|zip|tar\.gz|tar\.bz2|whl\.metadata))\b/,
    (reader, match) => reader.file(match[1]!),
  ],
  [
    /^\s*Found link (\S+)(?: \(from [^)]*\))?(?: \(requires-python:([^)]*)\))?, version: (\S+)/,
    (reader, match) => reader.foundLink(match),
  ],
  [
    /^\s*Link requires a different Python \(([\d.]+) not in: '([^']*)'\): (\S+)/,
    (reader, match) => reader.otherPython(match),
  ],
  [
    new RegExp(
      String.raw`^\s*(?:ERROR: )?(${NAME}) (\S+) (?:requires|has requirement) (.+?), (?:but you(?:'ll)? have (${NAME}) (\S+?)(?: which is incompatible)?|which is not installed)\.?$`,
    ),
    (reader, match, line) => reader.installedConflict(match, line),
  ],
  [/^\s*(?:Successfully installed|Would install) (.+)$/, (reader, match) => reader.installs(match[1]!)],
  [
    /Ignoring version (\S+) of (\S+) since it has invalid metadata/,
    (reader, match) => reader.invalidMetadata(match),
  ],
  [
    /Package '([^']+)' requires a different Python: ([\d.]+) not in '([^']*)'/,
    (reader, match) => reader.packageNeedsPython(match),
  ],
  [/^\s*(?:Using )?pip (\d+\.\d+)\S* from .*\(python ([\d.]+)\)/, (reader, match) => reader.release(match)],
];

class PipLogReader {
  readonly evidence = new Evidence();
  readonly builder: ManifestBuilder;
  /** Wishes of a conflict's block: the last block of the text is the answer. */
  #conflict: string[] | null = null;
  /** The file that pip looked at last, by project: the parent of what it collects next. */
  readonly #current = new Map<string, string>();
  #ignored: { readonly version: string; readonly requiresPython?: string; readonly isYanked?: boolean }[] =
    [];
  #understood = 0;

  constructor(builder: ManifestBuilder) {
    this.builder = builder;
  }

  read(line: LogLine): void {
    for (const [pattern, handle] of RULES) {
      const match = pattern.exec(line.text);
      if (match === null) continue;
      this.#understood++;
      handle(this, match, line);
      return;
    }
  }

  finish(): void {
    for (const project of this.#conflict ?? []) this.evidence.clashes(project);
    if (this.#understood === 0)
      this.builder.complain(
        'error',
        'nothing-understood',
        'There is no line of pip here that tells of requirements',
        {
          start: 0,
          end: 1,
        },
      );
    this.evidence.settle(this.builder);
  }

  beginConflict(): void {
    this.#conflict = [];
  }

  ask(text: string, line: LogLine, role: 'requirements' | 'constraints'): void {
    const requirement = unjoin(text);
    this.evidence.ask(this.builder, requirement, line.span, role);
    this.#noteClash(requirement);
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
    this.#wish(wish, parent, line);
  }

  /** Somebody's wish: the user's, or that of the parent's release that was looked at last. */
  #wish(wish: string, parent: string | undefined, line: LogLine): void {
    const asker =
      parent === undefined ? null : /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)/.exec(parent.split('->')[0]!.trim());
    if (asker === null || /^-[rce]\b/.test(parent!.trim())) {
      this.evidence.ask(this.builder, wish, line.span);
      return;
    }
    const name = asker[1]!.replace(/\[.*$/, '').toLowerCase().replaceAll('_', '-');
    const pinned = /==\s*([^\s,;]+)/.exec(parent!)?.[1];
    const version = this.#current.get(name) ?? pinned ?? this.evidence.newestOf(name);
    if (version === null) {
      this.builder.guess(`Which release of \`${name}\` asks is not in the text; 1.0 stands for it.`);
      this.evidence.depends(asker[1]!, '1.0', wish);
    } else this.evidence.depends(asker[1]!, version, wish);
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
    this.#current.set(release.name, release.version);
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
