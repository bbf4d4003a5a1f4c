/** The tools that lock projects, by their names and engines. */
import { DEFAULT_UV_ENGINE, PDM_ENGINE, POETRY_ENGINE } from '../manifest/tool-releases.ts';
import { parseEngineId, toolName } from './engine-id.ts';
import type { Problem } from './problem.ts';

/** Tools that lock projects, with the engine that each is asked by where the question names no release of it. */
export const LOCKING = { uv: DEFAULT_UV_ENGINE, poetry: POETRY_ENGINE, pdm: PDM_ENGINE } as const;

export type LockingTool = keyof typeof LOCKING;

/** The tool that resolves the project of a question, as sentences call it; null where the lines are what is asked. */
export function projectTool({ engine, pyproject = '' }: Problem): string | null {
  const id = parseEngineId(engine);
  if (!id.ok || !Object.hasOwn(LOCKING, id.value.family)) return null;
  return id.value.family !== 'uv' || pyproject.trim() !== '' ? toolName(id.value) : null;
}

/** The name of a tool in sentences. */
export function lockerName(tool: LockingTool): string {
  const id = parseEngineId(LOCKING[tool]);
  return id.ok ? toolName(id.value) : tool;
}
