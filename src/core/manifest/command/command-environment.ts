/** Options of install commands that say which Python and which machine is meant. */
import { parsePlatform } from '../../packaging/platform.ts';
import type { ManifestEnvironment } from '../manifest.ts';

/** Names that stand for the usual machine of their kind. */
const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:many)?linux.*_?(?:aarch64|arm64)$|^aarch64-(?:unknown-)?(?:linux-gnu|manylinux)/, 'linux-aarch64'],
  [/^musllinux.*aarch64$|^aarch64-unknown-linux-musl/, 'musllinux-aarch64'],
  [/^musllinux.*x86_64$|^x86_64-unknown-linux-musl/, 'musllinux-x86_64'],
  [/^(?:many)?linux(?:.*x86_64)?$|^x86_64-(?:unknown-)?(?:linux-gnu|manylinux)/, 'linux-x86_64'],
  [/^macos(?:x.*(?:arm64|universal2))?$|^aarch64-apple-darwin|^macos$/, 'macos-arm64'],
  [/^macosx.*x86_64$|^x86_64-apple-darwin/, 'macos-x86_64'],
  [/^win(?:_arm64|dows-arm64)$|^aarch64-pc-windows/, 'windows-arm64'],
  [/^win32$|^i686-pc-windows/, 'windows-x86'],
  [/^(?:win_amd64|windows)$|^x86_64-pc-windows/, 'windows-amd64'],
];

/** A name with a version of its own, `manylinux_2_17_x86_64`, `macosx_11_0_arm64`, means that machine. */
const VERSIONED = /^(?:(?:manylinux|macosx|musllinux)_\d|\w+-manylinux_\d)/;

/** What an option says of the environment; null when it says nothing, or nothing that is known. */
export function environmentChange(
  flag: string,
  value: string,
  before: ManifestEnvironment,
): ManifestEnvironment | null {
  switch (flag) {
    case '--python-version':
    case '--python':
      return pythonChange(value);
    case '--platform':
    case '--python-platform': {
      // Of several platforms the first is the one that pip prefers.
      if (before.platform !== undefined) return {};
      const platform = platformOf(value);
      return platform === null ? null : { platform };
    }
    case '--implementation':
      if (value !== 'pp' && value !== 'cp') return null;
      return { implementation: value === 'pp' ? 'pypy' : 'cpython' };
    case '--abi': {
      // `cp313t` is the free-threaded build of the Python that was named before.
      const isFree = /^cp\d+t$/.test(value) && before.python !== undefined && !before.python.endsWith('t');
      return isFree ? { python: `${before.python}t` } : null;
    }
    default:
      return null;
  }
}

function pythonChange(value: string): ManifestEnvironment | null {
  const match = /^(?:(cpython|python|pypy)[-@]?)?(\d+(?:\.\d+){1,2}(?:(?:a|b|rc)\d+)?t?)$/.exec(value);
  if (match !== null)
    return { python: match[2]!, ...(match[1] === 'pypy' ? { implementation: 'pypy' } : {}) };
  // pip takes `311` for 3.11.
  const short = /^(\d)(\d{1,2})$/.exec(value);
  return short === null ? null : { python: `${short[1]!}.${short[2]!}` };
}

function platformOf(value: string): string | null {
  const exact = VERSIONED.test(value) ? parsePlatform(value) : null;
  if (exact?.ok === true) return exact.value.name;
  return PLATFORMS.find(([pattern]) => pattern.test(value))?.[1] ?? null;
}
