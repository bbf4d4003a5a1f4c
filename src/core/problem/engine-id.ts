/** Names of engines: which tool, and which of its releases. */
import { failure, success, type Result } from '../packaging/result.ts';

export type EngineFamily = 'pip' | 'uv';

export interface EngineId {
  readonly family: EngineFamily;
  /** Release of the tool that is reproduced, `26.2`. */
  readonly version: string;
}

/** Minor releases of pip with the backtracking resolver, newest first. */
export const PIP_VERSIONS = [
  ...['26.2', '26.1', '26.0', '25.3', '25.2', '25.1', '25.0', '24.3', '24.2', '24.1', '24.0', '23.3', '23.2'],
  ...['23.1', '23.0', '22.3', '22.2', '22.1', '22.0', '21.3', '21.2', '21.1', '21.0', '20.3'],
] as const;

const UV_VERSIONS = ['0.12', '0.11'] as const;

/** Every engine that can be chosen, in the order of the menu. */
export const ENGINE_NAMES: readonly string[] = [
  ...PIP_VERSIONS.map((version) => `pip@${version}`),
  ...UV_VERSIONS.map((version) => `uv@${version}`),
];

/**
 * Reads `pip@26.2` or `uv@0.12`. A patch release (`pip@26.2.1`) stands for its minor release; the
 * version is kept as written, since pip's eras know some patch releases apart (pip.md section 2).
 */
export function parseEngineId(text: string): Result<EngineId> {
  const match = /^(pip|uv)@((\d+\.\d+)(?:\.\d+)?)$/.exec(text);
  const [, tool, version, minor] = match ?? [];
  if (tool !== undefined && version !== undefined && ENGINE_NAMES.includes(`${tool}@${minor ?? ''}`)) {
    return success({ family: tool === 'uv' ? 'uv' : 'pip', version });
  }
  return failure(`unknown engine; known are ${ENGINE_NAMES.join(', ')}`, 0, text.length);
}

/** What the engine's tool is called in sentences: `pip`, `uv`. */
export function toolName({ family }: EngineId): string {
  return family;
}
