/** What the lines of pip's output mean, gathered into evidence; which line means what is in `pip-log.ts`. */
import { normalizeName } from '../../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../../packaging/requirement.ts';
import { parseSpecifierSet } from '../../../packaging/specifier.ts';
import { formatVersion } from '../../../packaging/version.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { releaseOfFilename } from '../../release-filename.ts';
import { Evidence } from '../evidence.ts';
import { Machine } from '../machine.ts';
import type { LogLine } from '../output/log-line.ts';
import { TriedReleases } from '../tried-releases.ts';
import { readCannotInstall } from './cannot-install.ts';
import { listedCauses } from './cause-list.ts';
import { CollectedWishes } from './collected-wishes.ts';
import {
  ownIgnored,
  readIgnoredForPython,
  readIgnoredYanked,
  type IgnoredRelease,
} from './ignored-releases.ts';
import { PipEnvironment } from './pip-environment.ts';
import { splitParent, unjoin } from './pip-log-text.ts';
import { noteReporterCall, readCandidate, readReporterCall } from './pip-reporter-line.ts';
import { ToldRun } from './told-run.ts';
import { endingOf, type PipFindings } from './pip-ending.ts';
import { UnnamedAskers } from './unnamed-askers.ts';

type Match = RegExpExecArray;

export class PipLogReader {
  readonly evidence = new Evidence();
  readonly machine = new Machine();
  readonly builder: ManifestBuilder;
  readonly tries = new TriedReleases();
  readonly askers = new UnnamedAskers();
  readonly environment: PipEnvironment;
  readonly wishes: CollectedWishes;
  readonly findings: PipFindings = {
    heading: [],
    causes: 0,
    hasImpossible: false,
    notFound: [],
    isTooDeep: false,
    hasFailed: false,
    hasInstalled: false,
    isSearching: false,
    stopped: null,
    hasError: false,
  };
  /** What the text's install commands ask for. */
  readonly #told = new ToldRun();
  readonly #commanded: { readonly requirement: Requirement; readonly line: LogLine }[] = [];
  /** Wishes of the conflict's list, or of its traceback. */
  readonly #conflict = new Set<string>();
  #ignored: IgnoredRelease[] = [];
  #yanked: readonly IgnoredRelease[] = [];
  /** How many lines meant something. */
  understood = 0;

  constructor(builder: ManifestBuilder) {
    this.builder = builder;
    this.environment = new PipEnvironment(this.evidence, builder);
    this.wishes = new CollectedWishes(this);
  }

  finish(): void {
    const { findings } = this;
    for (const project of this.#conflict) this.evidence.clashes(project);
    this.wishes.askUnlimited();
    if (this.#conflict.size > 0) this.tries.giveUp(this.evidence, this.builder);
    this.askers.settle(this.evidence, this.builder);
    const isFailure = findings.causes > 0 || findings.notFound.length > 0 || findings.hasFailed;
    if (this.environment.hasComplaints && !isFailure && findings.heading.length === 0)
      this.evidence.isEnvironment = true;
    this.#useHeading();
    this.#useCommand();
    this.machine.settle(this.builder);
    endingOf(this);
    if (this.#told.isWhole) this.#told.write(this.builder, this.evidence.projects);
    else if (findings.causes > 0 || !findings.hasImpossible || this.evidence.projects.size > 0)
      this.evidence.settle(this.builder);
  }

  /** The sentence before the list says who clashes; without the list it is all there is. */
  #useHeading(): void {
    const { heading, causes } = this.findings;
    if (causes > 0) return;
    const names = new Set(heading.map(({ normalizedName }) => normalizedName));
    for (const requirement of heading) {
      const pins = heading.filter(({ normalizedName }) => normalizedName === requirement.normalizedName);
      // Two wishes for one project clash by themselves; of others the causes are not told, and the index may know them.
      if (pins.length > 1 && names.size === 1) {
        this.evidence.clashes(requirement.name);
        this.evidence.ask(this.builder, requirement.text, { start: 0, end: 1 });
      } else this.builder.addOnce('main', requirement, { start: 0, end: 1 });
    }
  }

  /** What was typed above the output says who asked, with which limits. */
  #useCommand(): void {
    for (const { requirement, line } of this.#commanded) {
      const { normalizedName, text } = requirement;
      if (this.evidence.isEnvironment) this.builder.addOnce('main', requirement, line.span);
      else if (this.evidence.knows(normalizedName) && !this.evidence.isAsked(normalizedName))
        this.evidence.ask(this.builder, text, line.span);
    }
  }

  commanded(requirements: readonly Requirement[], line: LogLine): void {
    for (const requirement of requirements) this.#commanded.push({ requirement, line });
  }

  cannotInstall(line: LogLine): void {
    const heading = readCannotInstall(line.text);
    if (heading.length > 0) this.findings.heading = heading;
    this.findings.hasImpossible = true;
    this.findings.hasFailed = true;
  }

  ask(text: string, line: LogLine, role: 'requirements' | 'constraints'): void {
    const requirement = unjoin(text);
    this.findings.causes++;
    if (role === 'requirements') this.askers.isUsers(requirement);
    this.evidence.ask(this.builder, requirement, line.span, role);
    this.#noteClash(requirement);
  }

  /** A line of the resolver's own reporter, without its name. */
  reported(text: string, line: LogLine): void {
    this.askers.reported(text);
    const call = readReporterCall(text);
    if (call === null) return;
    this.#told.read(call);
    noteReporterCall(this.evidence, this.builder, call, line.span);
  }

  /** The causes as a traceback prints them. */
  causes(text: string, line: LogLine): void {
    this.findings.hasImpossible = true;
    this.findings.hasFailed = true;
    const listed = [...listedCauses(text)];
    if (new Set(listed.map(({ requirement }) => requirement)).size === 1)
      this.#onlyCause(listed[0]!.requirement);
    for (const { requirement, parent, kind } of listed) {
      this.findings.causes++;
      if (parent === 'None') this.askers.isUsers(requirement);
      const isNamed = /^(?:Specifier|RequiresPython)/.test(kind);
      noteReporterCall(
        this.evidence,
        this.builder,
        {
          method: 'adding_requirement',
          kind: isNamed ? kind.replace(/Requirement$/, '') : 'Specifier',
          requirement,
          parent: readCandidate(parent),
        },
        line.span,
      );
    }
  }

  /** A wish that is the whole cause has no release that meets it: else another would stand beside it. */
  #onlyCause(requirement: string): void {
    const parsed = parseRequirement(requirement);
    if (!parsed.ok || parsed.value.specifier.specifiers.length === 0) return;
    this.evidence.lacks(parsed.value.name, [parsed.value.specifier]);
  }

  depends(match: Match): void {
    const requirement = unjoin(match[3]!);
    const parsed = parseRequirement(requirement);
    // Prose has such lines, too; a requirement is what pip prints.
    if (!parsed.ok && !/^Python\b/.test(requirement)) return;
    this.findings.causes++;
    this.evidence.depends(match[1]!, match[2]!, requirement);
    this.#noteClash(requirement);
  }

  #noteClash(requirement: string): void {
    const parsed = parseRequirement(requirement);
    if (!parsed.ok) return;
    this.machine.wanted(requirement);
    this.#conflict.add(parsed.value.normalizedName);
  }

  /** `name>=3 (from parent) (from versions: 1.0, 2.0)`; the parent may have parentheses of its own. */
  notFound(text: string, line: LogLine): void {
    const versionsAt = text.lastIndexOf('(from versions:');
    const listed = versionsAt < 0 ? null : text.slice(versionsAt + 15).replace(/\).*$/, '');
    const subject = (versionsAt < 0 ? text : text.slice(0, versionsAt)).replace(' (unavailable)', '').trim();
    const [wish, parent] = splitParent(subject);
    const parsed = parseRequirement(unjoin(wish));
    if (!parsed.ok) return;
    const { name } = parsed.value;
    this.findings.hasFailed = true;
    this.machine.wanted(wish);
    const versions = (listed ?? '').split(',').map((version) => version.trim());
    for (const version of versions) if (/^v?\d/.test(version)) this.evidence.exists(name, version);
    this.#giveIgnored(parsed.value);
    this.findings.notFound.push({
      requirement: parsed.value,
      hasNone: listed !== null && /^\s*none\b/.test(listed),
    });
    for (const { version } of this.#yanked)
      this.evidence.exists(name, formatVersion(version), { isYanked: true });
    this.#yanked = [];
    const own = ownIgnored(parsed.value, this.#ignored);
    if (own.length === 0 && (listed !== null || parsed.value.specifier.specifiers.length > 0))
      this.evidence.lacks(name, [parsed.value.specifier]);
    this.wishes.add(parsed.value.text, parent, line);
  }

  #giveIgnored(requirement: Requirement): void {
    const own = ownIgnored(requirement, this.#ignored);
    for (const { version, ...details } of own)
      this.evidence.exists(requirement.name, formatVersion(version), details);
    if (this.#ignored.length === 0) return;
    this.builder.guess(
      own.length > 0
        ? `The ignored versions that fit \`${requirement.text}\` are taken to be of \`${requirement.name}\`; pip does not say of which project.`
        : `pip passed over ${this.#ignored.length} versions and does not say of which projects: it lists those of every project of the run.`,
    );
  }

  /** `No matching distribution found for name>=3 (from parent)`, with the sentence before it or without. */
  noMatch(text: string, line: LogLine): void {
    const [wish] = splitParent(text);
    const parsed = parseRequirement(unjoin(wish));
    if (!parsed.ok) return;
    this.findings.hasFailed = true;
    const { normalizedName } = parsed.value;
    if (this.findings.notFound.some(({ requirement }) => requirement.normalizedName === normalizedName))
      return;
    if (this.findings.causes > 0) return;
    this.notFound(text, line);
  }

  ignoredForPython(text: string): void {
    this.#ignored = readIgnoredForPython(text).slice(0, 5000);
    for (const { requiresPython } of this.#ignored)
      if (requiresPython !== undefined) this.machine.isOutside(requiresPython);
  }

  /** Of the project that failed; those of other projects are not listed. */
  ignoredYanked(text: string): void {
    this.#yanked = readIgnoredYanked(text).slice(0, 5000);
  }

  file(path: string): void {
    this.wishes.file(path);
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
    this.machine.isPython(match[1]!);
  }

  /** `a 1.0 requires b<2, but you have b 3.0 which is incompatible.` */
  installedConflict(match: Match, line: LogLine): void {
    const [, name = '', version = '', requirement = '', other, otherVersion] = match;
    const isThere = other !== undefined && otherVersion !== undefined;
    if (isThere) this.environment.has(other, otherVersion, line.span);
    const found = isThere ? `${other} ${otherVersion}` : null;
    this.environment.complains(name, version, requirement, found, line.span);
  }

  /** `ContextualVersionConflict: (lib 1.21 (/path), Requirement.parse('lib<1.20'), {'app'})`. */
  versionConflict(match: Match, line: LogLine): void {
    const [, name = '', version = '', requirement = '', hosts = ''] = match;
    this.environment.has(name, version, line.span);
    const named = [...hosts.matchAll(/'([A-Za-z0-9][\w.-]*)'/g)].map((host) => host[1]!);
    if (named.length === 0) this.#openConflict(requirement, line);
    for (const host of named.slice(0, 50))
      this.environment.complains(host, '', requirement, `${name} ${version}`, line.span);
  }

  /** Who needs it is not told: the program that was started. */
  #openConflict(requirement: string, line: LogLine): void {
    this.findings.hasFailed = true;
    this.wishes.add(requirement, undefined, line);
  }

  /** `DistributionNotFound: The 'lib>=1' distribution was not found and is required by app, other`. */
  distributionNotFound(match: Match, line: LogLine): void {
    const [, requirement = '', hosts = ''] = match;
    const named = hosts === 'the application' ? [] : hosts.split(/, ?/);
    for (const host of named.slice(0, 50))
      if (/^[A-Za-z0-9][\w.-]*$/.test(host))
        this.environment.complains(host, '', requirement, null, line.span);
    if (named.length === 0) this.#openConflict(requirement, line);
  }

  installs(text: string, line: LogLine): void {
    this.findings.hasInstalled = true;
    for (const word of text.split(/\s+/).slice(0, 5000)) {
      const match = /^(.+)-(v?\d[^-]*)$/.exec(word);
      if (match === null) continue;
      this.evidence.exists(match[1]!, match[2]!);
      if (this.environment.hasComplaints) this.environment.has(match[1]!, match[2]!, line.span);
    }
  }

  packageNeedsPython(match: Match): void {
    const version = this.evidence.newestOf(match[1]!) ?? '1.0';
    this.evidence.exists(match[1]!, version, { requiresPython: match[3]! });
    this.findings.hasFailed = true;
    this.machine.isPython(match[2]!);
  }

  /** `name-1.0-cp37-cp37m-linux_x86_64.whl is not a supported wheel on this platform.` */
  unsupportedWheel(filename: string, line: LogLine): void {
    const release = releaseOfFilename(filename);
    const tags = /-([^-]+-[^-]+-[^-]+)\.whl$/.exec(filename)?.[1];
    if (release === null || tags === undefined) return;
    this.findings.hasFailed = true;
    this.evidence.exists(release.name, release.version, { wheels: [tags] });
    this.evidence.ask(this.builder, `${release.name}==${release.version}`, line.span);
  }

  /** `Double requirement given: a==2 (from -r …) (already in a==1 (from …), name='a')`. */
  doubleRequirement(match: Match, line: LogLine): void {
    this.findings.hasFailed = true;
    for (const text of [match[2]!, match[1]!]) {
      const [wish] = splitParent(text);
      this.evidence.ask(this.builder, wish, line.span);
      this.#noteClash(wish);
    }
  }

  /** pip 24.1 and later pass over such releases as if they were not there. */
  invalidMetadata(match: Match): void {
    const set = parseSpecifierSet(`==${match[1]!}`);
    if (set.ok) this.evidence.isUnusable(normalizeName(match[2]!), [set.value]);
  }

  release(match: Match): void {
    this.builder.engine = `pip@${match[1]!}`;
    this.machine.isPython(match[2]!);
  }
}
