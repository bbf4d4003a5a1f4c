/**
 * Failures that are not about versions: what stopped the tool, and what to paste where its resolver is to be looked at.
 * Their words are those of pip 9 to 26, uv 0.1 to 0.13, Poetry 1 and 2, PDM 2 and Pipenv.
 */
interface OtherFailure {
  readonly pattern: RegExp;
  readonly sentence: string;
}

const ASK =
  'To see what a resolver does with your requirements, paste them, or the install command, or the project file.';

const OTHER_FAILURES: readonly OtherFailure[] = [
  {
    pattern: /externally-managed-environment|This environment is externally managed/,
    sentence: `pip refused to install into the system's Python (externally-managed-environment); that is no matter of versions, and a virtual environment avoids it.`,
  },
  {
    pattern: /In --require-hashes mode, all requirements must have their versions pinned/,
    sentence:
      'pip refused because of --require-hashes: with hashes every requirement, those of dependencies too, needs a pin and a hash. That is no conflict of versions.',
  },
  {
    pattern:
      /(?:THESE PACKAGES DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode|Hash mismatch for `)/,
    sentence:
      'The files that were downloaded do not have the hashes that the requirements name. That is no conflict of versions.',
  },
  {
    pattern:
      /(?:subprocess-exited-with-error|metadata-generation-failed|Failed building wheel for \S|Could not build wheels for \S|Getting requirements to build wheel did not run successfully|Command errored out with exit status|failed-wheel-build-for-install|Failed to build (?:`|installable wheels|\S+==)|The build backend returned an error|ChefBuildError|BackendSubprocessError|setup\.py (?:egg_info|bdist_wheel)\S* (?:did not run successfully|exited with))/,
    sentence:
      'A package could not be built, or its requirements could not be read from its sources. Why is in the lines of its build, and no resolver can mend it; another release that has a wheel may.',
  },
  {
    pattern:
      /(?:SSLError\(|CERTIFICATE_VERIFY_FAILED|Could not fetch URL \S|NewConnectionError\(|Failed to establish a new connection|ConnectTimeoutError\(|ProxyError\(|ReadTimeoutError\(|Failed to fetch: `http|All attempts to connect to \S+ failed|error sending request for url)/,
    sentence:
      'The index could not be reached, so the tool knew of no release. That says nothing about whether the projects or versions exist.',
  },
  {
    pattern: /^[ \t]*(?:\^C)?(?:ERROR: )?(?:Operation cancelled by user|KeyboardInterrupt)/m,
    sentence:
      'The run was ended by hand before the search was, so that nobody knows what it would have found.',
  },
  {
    pattern: /^[ \t]*(?:Killed|MemoryError|Terminated)[ \t]*$|exit code:? 137\b/m,
    sentence:
      'The run was killed before its search had ended, so that nobody knows what it would have found.',
  },
  {
    pattern:
      /Distribution `[^`\n]+` can't be installed because |can't be installed because it doesn't have a source distribution or wheel/,
    sentence:
      'uv has a version in its lock that has no file for this machine. The versions agree with each other; what lacks is a wheel or a source distribution for the platform. Paste the `pyproject.toml` to resolve it again for the platforms that matter.',
  },
  {
    pattern: /Requirements contain conflicting URLs for package `/,
    sentence:
      'Two requirements name different addresses for one project, and uv takes none of them. Only one of the addresses can stay.',
  },
  {
    pattern:
      /(?:Groups?|Extras?|Dependency groups?|Package) .{1,200} (?:are|is) incompatible with the (?:declared )?conflicts/,
    sentence:
      'The project itself declares that these extras or groups exclude each other ([tool.uv] conflicts).',
  },
  {
    pattern:
      /(?:The requested interpreter resolved to Python \S+ which is incompatible|requested interpreter resolved to Python|No interpreter found for Python|is not supported by the project \(|\[NoPythonVersion\]|Poetry was unable to find a compatible version)/,
    sentence:
      'The Python that was used is none of those that the project supports. No package was looked at.',
  },
  {
    pattern:
      /(?:The Poetry configuration is invalid|Could not parse version constraint: |Invalid TOML file|is not a valid TOML file\.|Invalid PEP 440 version: |The requirement is invalid: |Cyclic dependency group include|Dependency group '[^'\n]{1,100}' \(included in|Duplicate dependency group names: |Group '[^'\n]{1,100}' includes group '|^[ \t]*'(?:list|str|int|float|bool)' object has no attribute '(?:keys|get|items|setdefault)'[ \t]*$|\[(?:RequirementError|ProjectError|InvalidPyVersion)\]: |Failed to parse: `pyproject\.toml`|\[PdmUsageError\]|TOML parse error at line)/m,
    sentence: 'The project file was refused before anything was looked for. Paste the `pyproject.toml`.',
  },
  {
    pattern:
      /(?:Unable to read the lock file \(|The lock file (?:does not have a metadata entry|is not compatible with)|pyproject\.toml changed significantly since poetry\.lock|poetry\.lock is not up to date with pyproject\.toml|lock file is not up to date|The lockfile at `[^`\n]+` needs to be updated|Lock file hash doesn't match|The lock file might not be compatible)/,
    sentence:
      'The lock file cannot be read, is older than the project file, or is of another release of the tool. That is no conflict: lock again, or paste the `pyproject.toml` to see what that gives.',
  },
  {
    pattern:
      /Your dependencies could not be resolved\. You likely have a mismatch|^[ \t]*(?:✘ )?Locking Failed!/m,
    sentence:
      'Pipenv found no solution; the list of what clashes, which it prints above or below this, is not in the text. Paste the whole output, or the `Pipfile`.',
  },
  {
    pattern: /failed to solve the (?:conda|pypi) requirements of|Cannot solve the request because of:/,
    sentence: "This is pixi's solver for conda packages, which is not read here. Paste the project file.",
  },
  {
    pattern:
      /PackageNotFoundError: No package metadata was found for|ModuleNotFoundError: No module named|ImportError: cannot import name/,
    sentence: 'A program did not find what it imports, when it was started. No resolver ran here.',
  },
  {
    pattern:
      /^[ \t]*(?:ERROR: )?(?:Could not open requirements file|Invalid requirement: |No such file or directory: )/m,
    sentence:
      'The requirements file was refused or not found before anything was looked for. Paste the file.',
  },
];

/** What stopped the tool, in whole sentences; null where the text tells of no such thing. */
export function otherFailureOf(text: string): string | null {
  const found = OTHER_FAILURES.find(({ pattern }) => pattern.test(text));
  return found === undefined ? null : `${found.sentence} ${ASK}`;
}

/** Whether what `otherFailureOf` said is that the index was out of reach. */
export function isConnection(sentence: string | null): boolean {
  return sentence?.startsWith('The index could not be reached') === true;
}
