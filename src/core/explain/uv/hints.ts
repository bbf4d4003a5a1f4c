/** uv's hints: what might help, found while walking the reduced tree, first cause before second. */
import { sourceName } from '../../package-index/package-sources.ts';
import { isPrerelease, type Version } from '../../packaging/version.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { projectName } from '../../resolver/uv/package.ts';
import type { ErrorTree, Fact } from './error-tree.ts';
import { boundsText, packageRangeText, prefixText } from './package-range.ts';
import { requirementErrorLines } from './requirement-error.ts';
import { tagHint } from './tag-hints.ts';

/** Hints by what they are about: of several with one key the first is told. */
type Hints = Map<string, string>;

/** Whether a range names a pre-release, apart from what `==1.2.*` and `~=1.2` are made of. */
function namesPrerelease(range: VersionRange): boolean {
  return range.segments().some((segment) => {
    if (prefixText(segment) !== null) return false;
    const { lower, upper } = segment;
    if (lower !== null && isPrerelease(lower.version)) return true;
    if (upper === null || !isPrerelease(upper.version)) return false;
    return upper.isAfter || !isCompatibleBound(upper.version);
  });
}

/** The end of `~=1.2`: `<2.dev0`. */
function isCompatibleBound({ dev, pre, post, local }: Version): boolean {
  return dev === 0 && pre === null && post === null && local === null;
}

function prereleaseHint(name: string, range: VersionRange, failure: UvFailure, hints: Hints): void {
  const selection = failure.prereleases.selection(name);
  if (selection !== 'disallow' && selection !== 'only-without-stable') return;
  const isOverridden = failure.prereleases.override(name) !== null;
  const option = isOverridden ? `--prerelease-package ${name}=allow` : '--prerelease=allow';
  if (namesPrerelease(range)) {
    const example = packageRangeText(name, range, 'compatibility');
    addHint(
      hints,
      `prerelease-requested ${name}`,
      `\`${name}\` was requested with a pre-release marker (e.g., ${example}), but pre-releases weren't enabled (try: \`${option}\`)`,
    );
    return;
  }
  const found = failure.included
    .get(name)
    ?.findLast((version) => isPrerelease(version) && range.contains(version));
  if (found === undefined) return;
  addHint(
    hints,
    `prerelease-available ${name}`,
    `Pre-releases are available for \`${name}\` in the requested range (e.g., ${found.text}), but pre-releases weren't enabled (try: \`${option}\`)`,
  );
}

/** What stands for an index in uv's words; the default one's address is not for the core to know. */
function indexText(name: string | null): string {
  return name ?? 'the default index';
}

/** uv reads the first index that has a project: others, which were not asked, might have what fits. */
function uncheckedIndexHint(name: string, range: VersionRange, failure: UvFailure, hints: Hints): void {
  const { indexOrder, facts } = failure;
  const [release] = facts.knownListing(name)?.releases ?? [];
  if (release === undefined || range.isFull || range.hasNoSegments) return;
  const source = release.files[0]?.distribution.index;
  const place = indexOrder.indexOf(source === undefined ? null : sourceName(source));
  const next = place < 0 ? undefined : indexOrder[place + 1];
  if (next === undefined) return;
  const wanted = packageRangeText(name, range, 'compatibility');
  addHint(
    hints,
    `unchecked-index ${name}`,
    `\`${name}\` was found on ${indexText(indexOrder[place]!)}, but not at the requested version (${wanted}). A compatible version may be available on a subsequent index (e.g., ${indexText(next)}). By default, uv will only consider versions that are published on the first index that contains a given package, to avoid dependency confusion attacks. If all indexes are equally trusted, use \`--index-strategy unsafe-best-match\` to consider all versions from all indexes, regardless of the order in which they were defined.`,
  );
}

/** A moment as uv prints it: no fraction of a second where there is none, and no zeros at its end. */
function momentText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/u, 'Z');
}

function latestText(latest: Version, range: VersionRange, published: number | null): string {
  const time = published === null ? null : momentText(published);
  if (range.singleVersion === null) {
    const at = time === null ? '' : `, published at ${time}`;
    return ` The latest version satisfying the requirement is v${latest.text}${at}.`;
  }
  return time === null ? '' : ` The requested version, v${latest.text}, was published at ${time}.`;
}

function excludeNewerHint(name: string, range: VersionRange, failure: UvFailure, hints: Hints): void {
  const { excludeNewer } = failure;
  if (excludeNewer === null) return;
  if (failure.included.get(name)?.some((version) => range.contains(version)) === true) return;
  const latest = failure.known.get(name)?.findLast((version) => range.contains(version));
  if (latest === undefined) return;
  const published = failure.facts
    .knownListing(name)
    ?.release(latest)
    ?.files.map((file) => file.distribution.uploadTime)
    .filter((time) => time !== null)
    .sort()[0];
  const detail = latestText(latest, range, published === undefined ? null : Date.parse(published));
  addHint(
    hints,
    `exclude-newer ${name}`,
    `\`${name}\` was filtered by \`exclude-newer\` to only include packages uploaded before ${momentText(excludeNewer)}.${detail} Consider using \`exclude-newer-package\` to override the cutoff for this package.`,
  );
}

function buildHint(name: string, kind: 'no-build' | 'no-binary', failure: UvFailure, hints: Hints): void {
  const isForAll = kind === 'no-build' ? failure.isNoBuildForAll : failure.isNoBinaryForAll;
  const option = `--${kind}`;
  const scope = isForAll
    ? `for all packages (i.e., with \`${option}\`)`
    : `for \`${name}\` (i.e., with \`${option}-package ${name}\`)`;
  const text =
    kind === 'no-build'
      ? `Wheels are required for \`${name}\` because building from source is disabled ${scope}`
      : `A source distribution is required for \`${name}\` because using pre-built wheels is disabled ${scope}`;
  addHint(hints, `${kind} ${name}`, text);
}

function pythonHint(fact: Extract<Fact, { kind: 'dependency' }>, failure: UvFailure, hints: Hints): void {
  const needed = failure.packages[fact.dependency]!;
  const name = projectName(failure.packages[fact.dependent]!);
  if (needed.kind !== 'python' || needed.role !== 'target' || name === null) return;
  const { source, targetText } = failure.python;
  const example = packageRangeText(name, fact.versions, 'compatibility');
  const supported = fact.required.segments().map(boundsText).join(' | ').replaceAll(',', ', ');
  const support = `that are not supported by your dependencies (e.g., ${example} only supports ${supported})`;
  const text = {
    'requires-python': `The \`requires-python\` value (${targetText}) includes Python versions ${support}. Consider using a more restrictive \`requires-python\` value (like ${supported}).`,
    'python-version': `The \`--python-version\` value (${targetText}) includes Python versions ${support}. Consider using a higher \`--python-version\` value.`,
    interpreter: `The Python interpreter uses a Python version that is not supported by your dependencies (e.g., ${example} only supports ${supported}). Consider passing a \`--python-version\` value to raise the minimum supported version.`,
  }[source];
  addHint(hints, `requires-python ${source}`, text);
}

/** A project that asks for itself, at a version that it has not. */
function selfHint(fact: Extract<Fact, { kind: 'dependency' }>, failure: UvFailure, hints: Hints): void {
  const [dependent, needed] = [fact.dependent, fact.dependency].map((place) =>
    projectName(failure.packages[place]!),
  );
  if (dependent === null || dependent === undefined || dependent !== needed || dependent !== failure.member)
    return;
  addHint(
    hints,
    `itself ${dependent}`,
    `The project \`${dependent}\` depends on itself at an incompatible version. This is likely a mistake. If you intended to depend on a third-party package named \`${dependent}\`, consider renaming the project \`${dependent}\` to avoid creating a conflict.`,
  );
}

/** What is wrong with the newest version whose metadata cannot be read. */
function metadataHint(name: string, range: VersionRange, failure: UvFailure, hints: Hints): void {
  const versions = failure.known.get(name) ?? [];
  for (const version of versions.toReversed()) {
    if (!range.contains(version)) continue;
    const line = failure.facts.unreadableLine(name, version);
    if (line === null) continue;
    const wrong = requirementErrorLines(line, '  ').join('\n');
    addHint(
      hints,
      `invalid-metadata ${name}`,
      `Metadata for \`${name}\` (v${version.text}) could not be parsed:\n${wrong}`,
    );
    return;
  }
}

function addHint(hints: Hints, key: string, text: string): void {
  if (!hints.has(key)) hints.set(key, text);
}

function factHints(fact: Fact, failure: UvFailure, hints: Hints): void {
  if (fact.kind === 'root') return;
  if (fact.kind === 'dependency') {
    selfHint(fact, failure, hints);
    pythonHint(fact, failure, hints);
    return;
  }
  const name = projectName(failure.packages[fact.package]!);
  if (name === null) return;
  prereleaseHint(name, fact.versions, failure, hints);
  uncheckedIndexHint(name, fact.versions, failure, hints);
  if (fact.kind === 'no-versions') {
    excludeNewerHint(name, fact.versions, failure, hints);
    return;
  }
  const { reason } = fact;
  if (reason.kind === 'no-build' || reason.kind === 'no-binary') buildHint(name, reason.kind, failure, hints);
  if (reason.kind === 'invalid-metadata') metadataHint(name, fact.versions, failure, hints);
  if (reason.kind !== 'tag') return;
  const text = tagHint(name, fact.versions, reason.mismatch, failure);
  if (text !== null) addHint(hints, `tags ${reason.mismatch} ${name}`, text);
}

/** The fork that failed is not about the environment at hand. */
function elsewhereHint(elsewhere: 'python' | 'environment', { python }: UvFailure): string {
  if (elsewhere === 'environment') {
    return 'The resolution failed for an environment that is not the current one, consider limiting the environments with `tool.uv.environments`.';
  }
  const current = python.installed.release.slice(0, 2).join('.');
  return `While the active Python version is ${current}, the resolution failed for other Python versions supported by your project. Consider limiting your project's supported Python versions using \`requires-python\`.`;
}

/** The hints for a reduced tree, in uv's order, without `hint: `. */
export function hintTexts(tree: ErrorTree, failure: UvFailure): readonly string[] {
  const hints: Hints = new Map();
  if (failure.elsewhere !== null) addHint(hints, 'elsewhere', elsewhereHint(failure.elsewhere, failure));
  const seen = new Set<ErrorTree>();
  const open = [tree];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (seen.has(current)) continue;
    seen.add(current);
    if (current.kind === 'external') factHints(current.cause, failure, hints);
    else open.push(current.second, current.first);
  }
  return [...hints.values()];
}
