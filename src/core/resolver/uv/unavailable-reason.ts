/** Why uv cannot use a package or a version. The words are in `explain/uv/unavailable-words.ts`. */

/** How far a wheel's tags are from fitting, the worst first. */
export const TAG_MISMATCHES = [
  'invalid',
  'python',
  'abi',
  'freethreaded-abi',
  'abi-python-version',
  'platform',
] as const;

export type TagMismatch = (typeof TAG_MISMATCHES)[number];

/** A whole project that cannot be used. */
export type PackageReason = { readonly kind: 'not-found' };

/** Versions that cannot be used. Equal reasons of neighbouring versions are told as one. */
export type VersionReason =
  /** `reason` is '' when none was given. */
  | { readonly kind: 'yanked'; readonly reason: string }
  /** Only source distributions, and building is off. */
  | { readonly kind: 'no-build' }
  /** Only wheels, and they are not to be used. */
  | { readonly kind: 'no-binary' }
  | { readonly kind: 'tag'; readonly mismatch: TagMismatch }
  /** Universal mode: no wheel for an environment that the user requires. */
  | { readonly kind: 'missing-platform'; readonly marker: string }
  | { readonly kind: 'exclude-newer' }
  | { readonly kind: 'no-publish-time' }
  | { readonly kind: 'no-distributions' }
  /** The files' Requires-Python excludes the target. uv states it as a dependency on Python. */
  | { readonly kind: 'requires-python'; readonly specifiers: string; readonly role: 'installed' | 'target' }
  /** The same, found only in the metadata. */
  | { readonly kind: 'metadata-requires-python'; readonly specifiers: string }
  /** A requirement in the metadata cannot be read. */
  | { readonly kind: 'invalid-metadata' }
  /** Nobody knows the dependencies, and such versions are left out. */
  | { readonly kind: 'unknown-metadata' }
  /** One requirement contradicts itself: `specifiers` cannot hold together. */
  | {
      readonly kind: 'unsatisfiable-dependency';
      readonly name: string;
      readonly specifiers: readonly string[];
    };

export type UvReason = PackageReason | VersionReason;

/** Whether two reasons read the same. */
export function reasonsEqual(a: UvReason, b: UvReason): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether the reason is about the project as a whole. */
export function isPackageReason(reason: UvReason): reason is PackageReason {
  return reason.kind === 'not-found';
}
