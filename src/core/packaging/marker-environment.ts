/** The values that markers are read against. PEP 508, "Environment Markers"; `packaging.markers.Environment`. */

export interface MarkerEnvironment {
  /** `sys.implementation.name`: `cpython`, `pypy`. */
  readonly implementation_name: string;
  /** Of CPython its own version, of PyPy the PyPy one (`7.3.17`). */
  readonly implementation_version: string;
  /** `os.name`: `posix`, `nt`. */
  readonly os_name: string;
  /** `platform.machine()`: `x86_64`, `arm64`, `AMD64`. */
  readonly platform_machine: string;
  /** `platform.python_implementation()`: `CPython`, `PyPy`. */
  readonly platform_python_implementation: string;
  /** The kernel's or system's release; often no PEP 440 version. */
  readonly platform_release: string;
  /** `platform.system()`: `Linux`, `Darwin`, `Windows`. */
  readonly platform_system: string;
  readonly platform_version: string;
  /** `3.12.4`, `3.14.0rc1`. */
  readonly python_full_version: string;
  /** The first two numbers: `3.12`. */
  readonly python_version: string;
  /** `sys.platform`: `linux`, `darwin`, `win32`. */
  readonly sys_platform: string;
}

/**
 * Names that a marker can use. `extra` is set while dependencies of an extra are read; `extras` and
 * `dependency_groups` belong to lock files (PEP 751) and have no value in metadata.
 */
export type MarkerVariable = keyof MarkerEnvironment | 'extra' | 'extras' | 'dependency_groups';

/** The names in the order in which the standard lists them, `extra` last. */
export const MARKER_VARIABLES: readonly (keyof MarkerEnvironment | 'extra')[] = [
  'os_name',
  'sys_platform',
  'platform_machine',
  'platform_python_implementation',
  'platform_release',
  'platform_system',
  'platform_version',
  'python_version',
  'python_full_version',
  'implementation_name',
  'implementation_version',
  'extra',
];
