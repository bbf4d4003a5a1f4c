/**
 * `pip inspect` and `pip install --report` (pip's "Installation Report" and "pip inspect JSON output" formats,
 * version 1): what is installed or would be, with every file's metadata and the environment.
 */
import { parseRequirement } from '../../packaging/requirement.ts';
import { normalizeName } from '../../packaging/name.ts';
import { readJson } from '../syntax/json-value.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { fieldsAt, itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';

/** Reads a report. Its metadata become facts, so that the same answer can be had without any index. */
export function readPipReport(text: string): Manifest {
  const builder = new ManifestBuilder('pip-report', text);
  const json = readJson(text);
  builder.complainAll(json.complaints);
  const root = json.value;
  const isInspect = valueAt(root, 'installed') !== null;
  builder.group('main', 'requested', 'requirements', !isInspect);
  builder.openPins(isInspect ? 'pip inspect' : 'report');
  for (const item of itemsAt(root, isInspect ? 'installed' : 'install')) readDistribution(builder, item);
  const version = textAt(root, 'pip_version');
  const minor = version === null ? null : /^(\d+\.\d+)/.exec(version.text)?.[1];
  if (minor !== null && minor !== undefined) builder.engine = `pip@${minor}`;
  readEnvironment(builder, valueAt(root, 'environment'));
  return builder.build();
}

function readDistribution(builder: ManifestBuilder, item: SpannedValue): void {
  const metadata = valueAt(item, 'metadata');
  const name = textAt(metadata, 'name');
  const version = textAt(metadata, 'version');
  if (name === null || version === null) {
    builder.complain('warning', 'invalid-pin', 'An entry without name and version', item.span);
    return;
  }
  const hashes = fieldsAt(item, 'download_info', 'archive_info', 'hashes').flatMap((field) =>
    field.value.kind === 'string' && /^sha(?:256|384|512)$/.test(field.name)
      ? [`${field.name}:${field.value.value}`]
      : [],
  );
  builder.addPin(name.text, version.text, { start: name.span.start, end: version.span.end }, hashes);
  const requires = itemsAt(metadata, 'requires_dist').flatMap((line) =>
    line.kind === 'string' ? [line.value] : [],
  );
  const extras = itemsAt(metadata, 'provides_extra').flatMap((line) =>
    line.kind === 'string' ? [line.value] : [],
  );
  const requiresPython = textAt(metadata, 'requires_python');
  const yanked = valueAt(item, 'is_yanked');
  builder.release(normalizeName(name.text), version.text, {
    requires,
    ...(extras.length > 0 ? { extras } : {}),
    ...(requiresPython === null ? {} : { requires_python: requiresPython.text }),
    ...(yanked?.kind === 'boolean' && yanked.value ? { yanked: true } : {}),
  });
  const requested = valueAt(item, 'requested');
  if (requested?.kind === 'boolean' && requested.value) addRequested(builder, item, name.text);
}

/** The report says that a project was asked for, with which extras, but not in which version. */
function addRequested(builder: ManifestBuilder, item: SpannedValue, name: string): void {
  const extras = itemsAt(item, 'requested_extras').flatMap((extra) =>
    extra.kind === 'string' ? [extra.value] : [],
  );
  const parsed = parseRequirement(extras.length === 0 ? name : `${name}[${extras.join(',')}]`);
  if (!parsed.ok) return;
  const place = textAt(item, 'metadata', 'name')?.span ?? item.span;
  builder.add('main', parsed.value, place);
  builder.guess(
    'Which versions were asked for is not in the report: requested projects are taken without a limit.',
  );
}

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'macos', win32: 'windows' };
const MACHINES: Readonly<Record<string, string>> = {
  x86_64: 'x86_64',
  AMD64: 'amd64',
  aarch64: 'aarch64',
  arm64: 'arm64',
  ARM64: 'arm64',
};

function readEnvironment(builder: ManifestBuilder, environment: SpannedValue | null): void {
  const python = textAt(environment, 'python_full_version') ?? textAt(environment, 'python_version');
  const system = SYSTEMS[textAt(environment, 'sys_platform')?.text ?? ''];
  const machine = MACHINES[textAt(environment, 'platform_machine')?.text ?? ''];
  const implementation = textAt(environment, 'platform_python_implementation');
  builder.environment = {
    ...(python === null ? {} : { python: python.text.replace(/[^\d.].*$/, '') }),
    ...(system === undefined || machine === undefined ? {} : { platform: `${system}-${machine}` }),
    ...(implementation?.text === 'PyPy' ? { implementation: 'pypy' } : {}),
  };
}
