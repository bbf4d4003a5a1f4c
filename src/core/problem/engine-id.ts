/** Names of engines: which tool, and which of its releases. */
import { failure, success, type Result } from '../packaging/result.ts';

/** `legacy` is pip's resolver before 20.3; `zazo` the prototype of 2019 that backjumping is measured against. */
export type EngineFamily = 'pip' | 'legacy' | 'zazo' | 'uv' | 'poetry';

export interface EngineId {
  readonly family: EngineFamily;
  /** Release of the tool that is reproduced, `26.2`; '' for zazo, which had none. */
  readonly version: string;
}

/** Minor releases of pip with the backtracking resolver, newest first. */
export const PIP_VERSIONS = [
  ...['26.2', '26.1', '26.0', '25.3', '25.2', '25.1', '25.0', '24.3', '24.2', '24.1', '24.0', '23.3', '23.2'],
  ...['23.1', '23.0', '22.3', '22.2', '22.1', '22.0', '21.3', '21.2', '21.1', '21.0', '20.3'],
] as const;

const LEGACY_NAME = 'pip@19.3';
const ZAZO_NAME = 'zazo';

const UV_VERSIONS = ['0.12', '0.11'] as const;

const POETRY_VERSIONS = ['2.5'] as const;

/** Every engine that can be chosen, in the order of the menu. */
export const ENGINE_NAMES: readonly string[] = [
  ...PIP_VERSIONS.map((version) => `pip@${version}`),
  LEGACY_NAME,
  ZAZO_NAME,
  ...UV_VERSIONS.map((version) => `uv@${version}`),
  ...POETRY_VERSIONS.map((version) => `poetry@${version}`),
];

/**
 * Reads `pip@26.2`, `uv@0.12` or `zazo`. A patch release (`pip@26.2.1`) stands for its minor release; the
 * version is kept as written, since pip's eras know some patch releases apart (pip.md section 2).
 */
export function parseEngineId(text: string): Result<EngineId> {
  if (text === ZAZO_NAME) return success({ family: 'zazo', version: '' });
  const match = /^(pip|uv|poetry)@((\d+\.\d+)(?:\.\d+)?)$/.exec(text);
  const [, tool, version, minor] = match ?? [];
  const name = `${tool ?? ''}@${minor ?? ''}`;
  if (version !== undefined && ENGINE_NAMES.includes(name))
    return success({ family: familyOf(name), version });
  return failure(`unknown engine; known are ${ENGINE_NAMES.join(', ')}`, 0, text.length);
}

function familyOf(name: string): EngineFamily {
  if (name === LEGACY_NAME) return 'legacy';
  if (name.startsWith('poetry@')) return 'poetry';
  return name.startsWith('uv@') ? 'uv' : 'pip';
}

/** What the engine's tool is called in sentences: `pip`, `uv`, `zazo`, `Poetry`. */
export function toolName({ family }: EngineId): string {
  if (family === 'poetry') return 'Poetry';
  return family === 'legacy' ? 'pip' : family;
}

/** Whether the tool can leave out what was uploaded after a date: uv, and pip from 26.0 on. */
export function hasDateOption({ family, version }: EngineId): boolean {
  return family === 'uv' || (family === 'pip' && Number(version.split('.')[0]) >= 26);
}

/** Whether the engine resolves a project, all of it and for all its Pythons, and writes a lock. */
export function locksProjects({ family }: EngineId): boolean {
  return family === 'poetry';
}
