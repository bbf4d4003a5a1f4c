/** Why a package or version cannot be used, in uv's words. */
import { assertNever } from '../../packaging/assert.ts';
import type { PackageReason, TagMismatch, VersionReason } from '../../resolver/uv/unavailable-reason.ts';
import type { TagTable } from '../../resolver/uv/wheel-tags.ts';

const TAG_WORDS: Readonly<Record<TagMismatch, string>> = {
  invalid: 'no wheels with valid tags',
  python: 'no wheels with a matching Python implementation tag',
  abi: 'no wheels with a matching Python ABI tag',
  'abi-python-version': 'no wheels with a matching Python version tag',
  'freethreaded-abi': 'no wheels with a free-threading compatible ABI tag',
  platform: 'no wheels with a matching platform tag',
};

const PACKAGE_WORDS: Readonly<Record<PackageReason['kind'], string>> = {
  'not-found': 'was not found in the package registry',
};

/** Follows the package's name. */
export function packageReasonText(reason: PackageReason): string {
  return PACKAGE_WORDS[reason.kind];
}

/** What one requirement, or two of its specifiers, contradict: `a>2 and a<1, which are incompatible`. */
function contradictionText(name: string, specifiers: readonly string[]): string {
  const all = specifiers.map((specifier) => name + specifier).join(' and ');
  return specifiers.length > 1
    ? `${all}, which are incompatible`
    : `${all}, which does not allow any versions`;
}

/** What the root or a version depends on and cannot have, without the verb. */
export function unsatisfiableText(
  reason: Extract<VersionReason, { kind: 'unsatisfiable-dependency' }>,
): string {
  return contradictionText(reason.name, reason.specifiers);
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  "sys_platform == 'linux'": 'Linux',
  "sys_platform == 'win32'": 'Windows',
  "sys_platform == 'darwin'": 'macOS',
};

/** A required environment: its name where it has one, else its marker. */
function platformName(marker: string): string {
  return PLATFORM_NAMES[marker] ?? `\`${marker}\``;
}

/** Follows the versions that it is about; `isPlural` chooses the verb's number. */
export function versionReasonText(reason: VersionReason, isPlural: boolean): string {
  const has = isPlural ? 'have' : 'has';
  const was = isPlural ? 'were' : 'was';
  switch (reason.kind) {
    case 'yanked':
      return reason.reason === '' ? `${was} yanked` : `${was} yanked (reason: ${reason.reason})`;
    case 'no-build':
      return `${has} no usable wheels`;
    case 'no-binary':
      return `${has} no source distribution`;
    case 'tag':
      return `${has} ${TAG_WORDS[reason.mismatch]}`;
    case 'missing-platform':
      return `${has} no ${platformName(reason.marker)}-compatible wheels`;
    case 'exclude-newer':
      return `${was} published after the exclude newer time`;
    case 'no-publish-time':
      return `${has} no publish time`;
    case 'no-distributions':
      return `${has} no available distributions`;
    case 'requires-python':
    case 'metadata-requires-python':
      return `${isPlural ? 'require' : 'requires'} Python ${reason.specifiers}`;
    case 'invalid-metadata':
      return `${has} invalid metadata`;
    case 'unknown-metadata':
      return `${has} unknown dependencies`;
    case 'unsatisfiable-dependency':
      return `${isPlural ? 'depend' : 'depends'} on ${unsatisfiableText(reason)}`;
    default:
      return assertNever(reason);
  }
}

/** The example that follows a reason about tags: the interpreter's own. Null where uv gives none. */
export function reasonExample(reason: VersionReason, tags: TagTable | null): string | null {
  if (reason.kind !== 'tag' || tags?.best === undefined || tags.best === null) return null;
  const { best } = tags;
  switch (reason.mismatch) {
    case 'invalid':
    case 'freethreaded-abi':
      return null;
    case 'python':
      return `(e.g., \`${best.python[0]!}\`)`;
    case 'abi':
    case 'abi-python-version':
      return `(e.g., \`${best.abi[0]!}\`)`;
    case 'platform':
      return `(e.g., \`${best.platform[0]!}\`)`;
    default:
      return assertNever(reason.mismatch);
  }
}
