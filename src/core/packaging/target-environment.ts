/** The Python and the machine that a resolution is for. */
import { type MarkerEnvironment } from './marker-environment.ts';
import { parsePlatform, type Platform } from './platform.ts';
import { failure, success, type Result } from './result.ts';
import { supportedTags, type Interpreter } from './tags.ts';
import { parseVersion, type Version } from './version.ts';

export interface TargetEnvironment {
  /** Three numbers, `3.12.4`: what `Requires-Python` is held against. */
  readonly pythonVersion: string;
  readonly python: Version;
  /** Standard spelling, `linux-x86_64`. */
  readonly platform: string;
  /** `cpython` or `pypy`. */
  readonly implementation: string;
  readonly markers: MarkerEnvironment;
  /** Supported wheel tags, best first. */
  readonly tags: readonly string[];
  /** Derived: place of each tag in `tags`. Lower is better; absent is unsupported. */
  readonly tagRank: ReadonlyMap<string, number>;
}

/** Marker values by name; those that are undefined are left as they are. */
export type MarkerOverrides = { readonly [Name in keyof MarkerEnvironment]?: string | undefined };

export interface TargetDescription {
  /** `3.12.4`; `3.12` is completed to `3.12.0`; `3.13t` is free-threaded; `3.14.0rc1` is a pre-release. */
  readonly python: string;
  /** See `parsePlatform`. */
  readonly platform: string;
  /** `cpython` (default) or `pypy`. */
  readonly implementation?: string | undefined;
  /** Marker values to put in place of the platform's own. */
  readonly markers?: MarkerOverrides | undefined;
}

/** Numbers are bounded, since tags are made for every minor version below the given one. */
const PYTHON = /^(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,3}))?((?:a|b|rc)\d{1,3})?(t)?$/;

/** PyPy's own version, by the Python version it runs; what `implementation_version` says. The last release of each. */
const PYPY_VERSIONS: Readonly<Record<string, string>> = {
  '2.7': '7.3.20',
  '3.6': '7.3.3',
  '3.7': '7.3.9',
  '3.8': '7.3.11',
  '3.9': '7.3.16',
  '3.10': '7.3.19',
  '3.11': '7.3.20',
};

/** Completes a description. The error names the part that is wrong; its span is within that part. */
export function makeTargetEnvironment(description: TargetDescription): Result<TargetEnvironment> {
  const { python, implementation = 'cpython' } = description;
  const match = PYTHON.exec(python);
  if (match === null) return failure(`Unknown Python version '${python}'`, 0, python.length);
  const kind = implementation.toLowerCase();
  if (kind !== 'cpython' && kind !== 'pypy')
    return failure(`Unknown implementation '${implementation}'`, 0, implementation.length);
  const platform = parsePlatform(description.platform);
  if (!platform.ok) return platform;
  const [, major = '', minor = '0', micro = '0', prerelease = '', threading] = match;
  const interpreter: Interpreter = {
    kind,
    major: Number(major),
    minor: Number(minor),
    isFreeThreaded: threading !== undefined,
  };
  const pythonVersion = `${interpreter.major}.${interpreter.minor}.${Number(micro)}`;
  const version = parseVersion(pythonVersion);
  if (!version.ok) return version;
  const tags = supportedTags(interpreter, platform.value.tags);
  const markers = makeMarkers(interpreter, pythonVersion + prerelease, platform.value);
  return success({
    pythonVersion,
    python: version.value,
    platform: platform.value.name,
    implementation: kind,
    markers: { ...markers, ...withoutUndefined(description.markers ?? {}) },
    tags,
    tagRank: new Map(tags.map((tag, index) => [tag, index])),
  });
}

function makeMarkers(interpreter: Interpreter, fullVersion: string, platform: Platform): MarkerEnvironment {
  const pythonVersion = `${interpreter.major}.${interpreter.minor}`;
  const isCPython = interpreter.kind === 'cpython';
  return {
    ...platform.markers,
    implementation_name: interpreter.kind,
    implementation_version: isCPython ? fullVersion : (PYPY_VERSIONS[pythonVersion] ?? '7.3.0'),
    platform_python_implementation: isCPython ? 'CPython' : 'PyPy',
    python_full_version: fullVersion,
    python_version: pythonVersion,
  };
}

function withoutUndefined(markers: MarkerOverrides): Partial<MarkerEnvironment> {
  return Object.fromEntries(Object.entries(markers).filter(([, value]) => value !== undefined));
}
