/**
 * `uv.lock` as uv writes it: tables, fields and their order (uv 0.13, `lock/mod.rs`, `to_toml`). What a field is, says
 * resolver/uv/lock-document.ts. Files stand in it where the index knows their addresses and digests.
 */
import { textAt, valueAt, type SpannedTable } from '../../manifest/syntax/spanned-value.ts';
import { readToml } from '../../manifest/syntax/toml-value.ts';
import { fileTime } from './file-time.ts';
import type { Distribution } from '../../package-index/package-index.ts';
import type { ResolveRequest } from '../../resolver/engine.ts';
import { cutOff } from '../../resolver/uv/file-policy.ts';
import type { LockedDependency, LockedPackage } from '../../resolver/uv/lock-document.ts';
import { itemText, type ConflictItem, type UvProject } from '../../resolver/uv/project.ts';
import { readWheelTags, tooOldForPython } from '../../resolver/uv/wheel-tags.ts';
import { uvEra } from '../../resolver/uv/uv-era.ts';
import type { Version } from '../../packaging/version.ts';
import { filesOf } from './release-files.ts';
import type { LockedRun, LockFile } from './locked-run.ts';
import { inlineArray, inlineTable, linedArray, tomlKey, tomlText } from './toml-text.ts';
import { UvRequirementTexts } from './uv-requirement-text.ts';

/** Versions of the format: since 0.13 there is a `revision`, which older releases count otherwise. */
const FORMAT = { version: 1, revision: 5 };

const PRERELEASE_DEFAULT = 'if-necessary-or-explicit';

interface Writer {
  readonly request: ResolveRequest;
  readonly project: UvProject;
  readonly toml: SpannedTable;
  /** Address of the index, as a source. */
  readonly registry: string;
  /** Addresses of what is locked from an address, by name. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly counts: ReadonlyMap<string, number>;
  readonly versions: ReadonlyMap<string, string>;
  readonly texts: UvRequirementTexts;
  readonly lowest: Version | null;
  /** Whether some release stands without files. */
  lacksFiles: boolean;
}

const text = (value: string): string => tomlText(value, 'literal');
const texts = (values: readonly string[]): readonly string[] => values.map(text);

/** Null where the run is no lock of a project by uv. */
export function uvLockFile(run: LockedRun, registry: string): LockFile | null {
  const { request, packages, locked, problem, outcome } = run;
  const project = request?.uvProject;
  if (request === null || project === undefined || packages === undefined || locked === undefined)
    return null;
  const listing = packages as unknown as readonly LockedPackage[];
  const requirements = new UvRequirementTexts(request.toolVersion, locked.requires_python ?? '');
  const pins = outcome.kind === 'solved' ? outcome.pins : [];
  const writer: Writer = {
    request,
    project,
    toml: readToml(problem.pyproject ?? '').value,
    registry: registry.replace(/\/$/u, ''),
    addresses: new Map(pins.flatMap(({ name, url }) => (url === undefined ? [] : [[name, url] as const]))),
    counts: countNames(listing),
    versions: new Map(listing.map(({ name, version }) => [name, version])),
    texts: requirements,
    lowest: requirements.lowest,
    lacksFiles: false,
  };
  const tables = [
    headOf(writer, locked),
    optionsOf(writer),
    manifestOf(writer),
    ...listing.map((item) => packageOf(writer, item)),
  ];
  return {
    name: 'uv.lock',
    text: tables.filter((table) => table !== '').join('\n'),
    omissions: writer.lacksFiles ? ['files'] : [],
  };
}

function countNames(listing: readonly LockedPackage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of listing) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function lines(fields: readonly (readonly [key: string, value: string] | null)[]): string {
  return fields.flatMap((field) => (field === null ? [] : [`${tomlKey(field[0])} = ${field[1]}\n`])).join('');
}

/** A field of several texts, a line each; null for none. */
function listed(key: string, values: readonly string[]): readonly [string, string] | null {
  return values.length === 0 ? null : [key, linedArray(values)];
}

/** As uv does with requirements: one on the key's line, several a line each. */
function oneOrLined(values: readonly string[]): string {
  return values.length < 2 ? inlineArray(values) : linedArray(values);
}

function headOf({ request, project }: Writer, locked: NonNullable<LockedRun['locked']>): string {
  const { factorsMarkers } = uvEra(request.toolVersion);
  return lines([
    ['version', String(FORMAT.version)],
    factorsMarkers ? ['revision', String(FORMAT.revision)] : null,
    ['requires-python', text(locked.requires_python ?? '')],
    listed('resolution-markers', texts(locked.resolution_markers ?? [])),
    listed('supported-markers', texts(project.environments)),
    listed('required-markers', texts(request.options.requiredEnvironments)),
    project.conflicts.length === 0 ? null : ['conflicts', inlineArray(project.conflicts.map(conflictText))],
  ]);
}

function conflictText(set: readonly ConflictItem[]): string {
  const inOrder = set.toSorted((a, b) => (itemText(a) < itemText(b) ? -1 : 1));
  const items = inOrder.map(({ package: owner, kind, name }) => {
    const part = kind === 'project' ? [] : [[kind, text(name)] as const];
    return inlineTable([['package', text(owner)], ...part], 'wide');
  });
  return linedArray(items);
}

/** What is not uv's default. */
function optionsOf({ request: { options } }: Writer): string {
  const { resolution, prerelease, forkStrategy } = options;
  const newest = cutOff(options);
  const fields = lines([
    resolution === 'highest' ? null : ['resolution-mode', text(resolution)],
    prerelease === null || prerelease === PRERELEASE_DEFAULT ? null : ['prerelease-mode', text(prerelease)],
    forkStrategy === 'requires-python' ? null : ['fork-strategy', text(forkStrategy)],
    newest === null ? null : ['exclude-newer', text(fileTime(new Date(newest).toISOString()))],
  ]);
  return fields === '' ? '' : `[options]\n${fields}`;
}

function manifestOf({ request, texts: requirements }: Writer): string {
  const { constraints, overrides, excludes = [] } = request;
  const list = (values: ResolveRequest['constraints']): string =>
    oneOrLined(requirements.sorted(values.map(({ requirement }) => requirement)));
  const fields = lines([
    constraints.length === 0 ? null : ['constraints', list(constraints)],
    overrides.length === 0 ? null : ['overrides', list(overrides)],
    excludes.length === 0 ? null : ['excludes', oneOrLined(texts(excludes.toSorted()))],
  ]);
  return fields === '' ? '' : `[manifest]\n${fields}`;
}

function packageOf(writer: Writer, item: LockedPackage): string {
  const { project, toml, request } = writer;
  const isOwn = item.name === project.member.name;
  const hasVersion = !isOwn || textAt(toml, 'project', 'version') !== null;
  const files = isOwn ? [] : usableFiles(writer, item);
  if (!isOwn && files.length === 0) writer.lacksFiles = true;
  const sdist = files.find(({ kind }) => kind === 'sdist');
  const wheels = files.filter(({ kind }) => kind === 'wheel');
  const own = lines([
    ['name', text(item.name)],
    hasVersion ? ['version', text(item.version)] : null,
    ['source', sourceText(writer, item.name)],
    isOwn && valueAt(toml, 'tool', 'uv', 'default-groups') !== null
      ? ['default-groups', inlineArray(texts(project.member.defaultGroups))]
      : null,
    listed('resolution-markers', texts(item['resolution-markers'] ?? [])),
    listed('dependencies', dependencyTexts(writer, item.dependencies)),
    sdist === undefined ? null : ['sdist', fileText(sdist)],
    listed(
      'wheels',
      wheels.map((file) => fileText(file)),
    ),
  ]);
  const parts = [
    `[[package]]\n${own}`,
    tableOf(writer, 'package.optional-dependencies', item['optional-dependencies']),
    tableOf(writer, 'package.dev-dependencies', item['dev-dependencies']),
    ...(isOwn ? metadataOf(writer, request) : []),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** An own project is built and linked where it has a build system, and only a list of dependencies otherwise. */
function sourceText({ project, toml, registry, addresses }: Writer, name: string): string {
  if (name !== project.member.name) {
    const address = addresses.get(name);
    return address === undefined
      ? inlineTable([['registry', text(registry)]], 'wide')
      : inlineTable([['url', text(address)]], 'wide');
  }
  const asked = valueAt(toml, 'tool', 'uv', 'package');
  const isPackage = asked?.kind === 'boolean' ? asked.value : valueAt(toml, 'build-system') !== null;
  return inlineTable([[isPackage ? 'editable' : 'virtual', text('.')]], 'wide');
}

function dependencyTexts(writer: Writer, dependencies: readonly LockedDependency[] = []): readonly string[] {
  return dependencies.map(({ name, version, extra, marker }) => {
    const isAmbiguous = (writer.counts.get(name) ?? 0) > 1;
    return inlineTable(
      [
        ['name', text(name)] as const,
        ...(version === undefined ? [] : [['version', text(version)] as const]),
        ...(isAmbiguous ? [['source', sourceText(writer, name)] as const] : []),
        ...(extra === undefined ? [] : [['extra', inlineArray(texts(extra))] as const]),
        ...(marker === undefined ? [] : [['marker', text(marker)] as const]),
      ],
      'wide',
    );
  });
}

function tableOf(
  writer: Writer,
  heading: string,
  table: Readonly<Record<string, readonly LockedDependency[]>> = {},
): string {
  const entries = Object.entries(table);
  if (entries.length === 0) return '';
  return `[${heading}]\n${lines(entries.map(([key, list]) => [key, linedArray(dependencyTexts(writer, list))]))}`;
}

/** What the project itself declares, by which uv sees whether the lock is still its. */
function metadataOf(
  { project: { member }, texts: requirements }: Writer,
  request: ResolveRequest,
): readonly string[] {
  const asked = requirements.declared(member);
  const extras = [...member.extras.keys()];
  const own = lines([
    asked.length === 0 ? null : ['requires-dist', oneOrLined(asked)],
    extras.length === 0 ? null : ['provides-extras', inlineArray(texts(extras))],
  ]);
  const groups = [...member.groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const dev = lines(groups.map(([group, list]) => [group, oneOrLined(requirements.sorted(list))]));
  return [
    own === '' ? '' : `[package.metadata]\n${own}`,
    dev === '' || request.uvProject === undefined ? '' : `[package.metadata.requires-dev]\n${dev}`,
  ];
}

/** Files with an address, without wheels that no Python of the project can use. */
function usableFiles({ request, lowest }: Writer, { name, version }: LockedPackage): readonly Distribution[] {
  return filesOf(request.index, name, version).filter(({ url, kind, tags }) => {
    if (url === null) return false;
    const read = kind === 'wheel' ? readWheelTags(tags) : null;
    if (read === null) return true;
    const isOfPython2 = read.python.every((tag) => /^(?:py|cp|pp)2\d*$/u.test(tag));
    return !isOfPython2 && (lowest === null || tooOldForPython(read, lowest) === null);
  });
}

function fileText({ url, sha256, size, uploadTime, isUploadTimeBound }: Distribution): string {
  return inlineTable(
    [
      ['url', text(url ?? '')] as const,
      ['hash', text(`sha256:${sha256 ?? ''}`)] as const,
      ...(size === null ? [] : [['size', String(size)] as const]),
      ...(uploadTime === null || isUploadTimeBound === true
        ? []
        : [['upload-time', text(fileTime(uploadTime))] as const]),
    ],
    'wide',
  );
}
