/** Names of engines: which tool, and which of its releases. */
import { failure, success, type Result } from '../packaging/result.ts';
import { RELEASES } from '../manifest/tool-releases.ts';

/** `legacy` is pip's resolver before 20.3; `zazo` the prototype of 2019 that backjumping is measured against. */
export type EngineFamily = 'pip' | 'legacy' | 'zazo' | 'uv' | 'poetry' | 'pdm';

export interface EngineId {
  readonly family: EngineFamily;
  /** Release of the tool that is reproduced, `26.2`; '' for zazo, which had none. */
  readonly version: string;
}

const LEGACY_NAME = 'pip@19.3';
const ZAZO_NAME = 'zazo';

/** Every engine that can be chosen, in the order of the menu. */
export const ENGINE_NAMES: readonly string[] = [
  ...RELEASES.pip.map((version) => `pip@${version}`),
  LEGACY_NAME,
  ZAZO_NAME,
  ...RELEASES.uv.map((version) => `uv@${version}`),
  ...RELEASES.poetry.map((version) => `poetry@${version}`),
  ...RELEASES.pdm.map((version) => `pdm@${version}`),
];

/**
 * Reads `pip@26.2`, `uv@0.12` or `zazo`. A patch release (`pip@26.2.1`) stands for its minor release; the version is
 * kept as written, since some patch releases are known apart (pip.md section 2). A release that is newer than all that
 * are known is taken as the newest known.
 */
export function parseEngineId(text: string): Result<EngineId> {
  if (text === ZAZO_NAME) return success({ family: 'zazo', version: '' });
  const match = ENGINE_PATTERN.exec(text);
  const [, tool, version, minor] = match ?? [];
  const name = `${tool ?? ''}@${minor ?? ''}`;
  if (version !== undefined && ENGINE_NAMES.includes(name))
    return success({ family: familyOf(name), version });
  const newest = newerThanKnown(text);
  if (newest !== null) return success({ family: familyOf(newest), version: newest.split('@')[1]! });
  return failure(`unknown engine; known are ${ENGINE_NAMES.join(', ')}`, 0, text.length);
}

const ENGINE_PATTERN = /^(pip|uv|poetry|pdm)@((\d{1,4}\.\d{1,4})(?:\.\d{1,4})?)$/;

/** For a release that came after the newest one known, `uv@0.14`: the name of that one; null for all others. */
export function newerThanKnown(text: string): string | null {
  const [, tool, , minor] = ENGINE_PATTERN.exec(text) ?? [];
  if (minor === undefined || (tool !== 'pip' && tool !== 'uv' && tool !== 'poetry' && tool !== 'pdm'))
    return null;
  const newest = RELEASES[tool][0];
  return releaseRank(minor) > releaseRank(newest) ? `${tool}@${newest}` : null;
}

function releaseRank(minor: string): number {
  const [major = 0, second = 0] = minor.split('.').map(Number);
  return major * 10_000 + second;
}

function familyOf(name: string): EngineFamily {
  if (name === LEGACY_NAME) return 'legacy';
  if (name.startsWith('poetry@')) return 'poetry';
  if (name.startsWith('pdm@')) return 'pdm';
  return name.startsWith('uv@') ? 'uv' : 'pip';
}

/** What the engine's tool is called in sentences: `pip`, `uv`, `zazo`, `Poetry`, `PDM`. */
export function toolName({ family }: EngineId): string {
  if (family === 'poetry') return 'Poetry';
  if (family === 'pdm') return 'PDM';
  return family === 'legacy' ? 'pip' : family;
}

/** Whether the tool can leave out what was uploaded after a date: uv, and pip from 26.0 on. */
export function hasDateOption({ family, version }: EngineId): boolean {
  return family === 'uv' || (family === 'pip' && Number(version.split('.')[0]) >= 26);
}

/** Whether the engine resolves a project, all of it and for all its Pythons, and writes a lock. */
export function locksProjects({ family }: EngineId): boolean {
  return family === 'poetry' || family === 'pdm';
}
