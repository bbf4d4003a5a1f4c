/** Projects as questions: who can lock what stands in a `pyproject.toml`, and how that is asked. */
import type { LockedProject } from '../manifest/file-set.ts';
import { tableAt, textAt, valueAt } from '../manifest/syntax/spanned-value.ts';
import { readToml } from '../manifest/syntax/toml-value.ts';
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import { parseEngineId } from './engine-id.ts';
import type { Problem } from './problem.ts';
import { lockerName, LOCKING, type LockingTool } from './project-tool.ts';

/** Who can lock a `pyproject.toml`, the one that it was written for first. */
export function lockersOf(text: string): readonly LockingTool[] {
  const { value } = readToml(text);
  const backend = textAt(value, 'build-system', 'build-backend')?.text ?? '';
  const isFor = (tool: LockingTool, prefix: string): boolean =>
    tableAt(value, 'tool', tool) !== null || backend.startsWith(prefix);
  const own: LockingTool[] = [];
  if (valueAt(value, 'tool', 'poetry') !== null || backend.startsWith('poetry.')) own.push('poetry');
  if (isFor('pdm', 'pdm.')) own.push('pdm');
  if (tableAt(value, 'project') === null) return own;
  const others = (['uv', 'poetry', 'pdm'] as const).filter((tool) => !own.includes(tool));
  const isUvs = isFor('uv', 'uv_build');
  return isUvs ? ['uv', ...own, ...others.filter((tool) => tool !== 'uv')] : [...own, ...others];
}

/**
 * The question how a tool locks a project. The tool's release stays where the question has one of it; the Python is
 * another where the project does not support it: uv looks for one that it does. What was locked before is let go.
 */
export function askToLock(problem: Problem, text: string, tool: LockingTool): Problem {
  const id = parseEngineId(problem.engine);
  const isSame = id.ok && id.value.family === tool;
  return {
    ...problem,
    engine: isSame ? problem.engine : LOCKING[tool],
    requirements: '',
    pyproject: text,
    lock: undefined,
    options: { ...problem.options, update: [] },
    environment: { ...problem.environment, python: suitingPython(problem.environment.python, text) },
  };
}

/** A project beside its lock, as a question; null where the lock's tool does not lock such a project. */
export function askOfLocked(problem: Problem, { tool, pyproject, lock }: LockedProject): Problem | null {
  return lockersOf(pyproject).includes(tool) ? { ...askToLock(problem, pyproject, tool), lock } : null;
}

/** What is made of a project beside its lock. */
export function lockedNote({ names: [project = '', lock = ''], tool }: LockedProject): string {
  return `${project} is locked as ${lockerName(tool)} does, and ${lock} holds its versions where they still fit.`;
}

/** Newest first. */
const PYTHONS = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9', '3.8', '3.7'];

function suitingPython(python: string, text: string): string {
  const range = textAt(readToml(text).value, 'project', 'requires-python')?.text;
  const parsed = range === undefined ? null : parseSpecifierSet(range);
  if (parsed === null || !parsed.ok) return python;
  const suits = (candidate: string): boolean => {
    const version = parseVersion(candidate.replace(/t$/u, ''));
    return version.ok && specifierSetContains(parsed.value, version.value);
  };
  return suits(python) ? python : (PYTHONS.find((candidate) => suits(candidate)) ?? python);
}

/** Names that a lock file beside the project holds fast; null where there is none. */
export function heldCount({ lock = '' }: Problem): number | null {
  if (lock.trim() === '') return null;
  const items = valueAt(readToml(lock).value, 'package');
  return items?.kind === 'array' ? items.items.length : 0;
}
