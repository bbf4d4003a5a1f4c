/** The project that an engine locks: a `pyproject.toml`, or lines taken as one. */
import { placeComplaint, type Diagnostic } from '../manifest/syntax/diagnostic.ts';
import { makeLineIndex, positionAt } from '../manifest/syntax/line-index.ts';
import type { SpannedValue } from '../manifest/syntax/spanned-value.ts';
import { pythonTomlComplaint } from '../manifest/syntax/python-toml/toml-complaint.ts';
import { readToml } from '../manifest/syntax/toml-value.ts';
import type { Problem } from '../problem/problem.ts';
import type { UserRequirement } from '../resolver/engine.ts';
import type { TomlTable, TomlValue } from '../resolver/poetry/project/project-text.ts';

export interface ReadProject {
  readonly project: TomlTable;
  /** What the tool's lock file says; null where there is none. */
  readonly lock: TomlTable | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the texts are no TOML. */
  readonly isRefused: boolean;
  /** What the tool says of a text that is no TOML, where it is known word for word. */
  readonly refusal: string | null;
}

/** Deeper values are cut off: no project nests its tables that far. */
const MAXIMUM_DEPTH = 32;

export function readProjectText(problem: Problem, requirements: readonly UserRequirement[]): ReadProject {
  const { pyproject = '', lock = '' } = problem;
  const locked = lock.trim() === '' ? null : plainTable(readToml(lock).value);
  if (pyproject.trim() === '')
    return {
      project: projectOfLines(problem, requirements),
      lock: locked,
      diagnostics: [],
      isRefused: false,
      refusal: null,
    };
  const { value, complaints } = readToml(pyproject);
  const lines = makeLineIndex(pyproject);
  const diagnostics = complaints.map((complaint) =>
    placeComplaint(complaint, 'pyproject', positionAt(lines, complaint.span.start)),
  );
  const refusal = problem.engine.startsWith('poetry@') ? poetryRefusal(pyproject, lock) : null;
  const isRefused = complaints.length > 0 || refusal !== null;
  return { project: plainTable(value), lock: locked, diagnostics, isRefused, refusal };
}

/** poetry-core 2.5, `PyProjectTOML.data`; poetry 2.5, `Locker`: a lock that cannot be read holds nothing fast. */
function poetryRefusal(pyproject: string, lock: string): string | null {
  const complaint = pythonTomlComplaint(pyproject);
  if (complaint === null) {
    const inLock = lock.trim() === '' ? null : pythonTomlComplaint(lock);
    return inLock === null ? null : `Unable to read the lock file (${inLock}).`;
  }
  const isDuplicate = complaint.startsWith('Cannot overwrite a value');
  const cause = isDuplicate ? '\nThis is often caused by a duplicate entry.' : '';
  return `pyproject.toml is not a valid TOML file.\nTOMLDecodeError: ${complaint}${cause}`;
}

/** Requirements as a project that supports the chosen Python and all after it. */
function projectOfLines(
  { environment, options }: Problem,
  requirements: readonly UserRequirement[],
): TomlTable {
  const minor = /^\d+\.\d+/.exec(environment.python)?.[0] ?? '3.12';
  return {
    project: {
      name: 'project',
      version: '0',
      'requires-python': options.requiresPython ?? `>=${minor}`,
      dependencies: requirements.map(({ requirement }) => requirement.text),
    },
    tool: { poetry: { 'package-mode': false } },
  };
}

function plainTable(value: SpannedValue): TomlTable {
  const plain = plainValue(value, 0);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as TomlTable) : {};
}

function plainValue(value: SpannedValue, depth: number): TomlValue {
  if (depth > MAXIMUM_DEPTH) return null;
  switch (value.kind) {
    case 'table':
      return Object.fromEntries(
        [...value.fields].map(([name, field]) => [name, plainValue(field.value, depth + 1)]),
      );
    case 'array':
      return value.items.map((item) => plainValue(item, depth + 1));
    case 'null':
      return null;
    default:
      return value.value;
  }
}
