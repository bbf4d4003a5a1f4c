/** Reading of a pasted text of any kind: recognise, then hand to the reader of that kind. */
import { readCondaEnvironment } from './conda-environment.ts';
import { recogniseManifest, type Confidence, type ManifestKind } from './manifest-kind.ts';
import type { Manifest } from './manifest.ts';
import { readPipCommand } from './pip-command.ts';
import { readPipList } from './pip-list.ts';
import { readPipLog } from './pip-log.ts';
import { readPipReport } from './pip-report.ts';
import { readPipfile } from './pipfile.ts';
import { readPoetryLock } from './poetry-lock.ts';
import { readPoetryReport } from './poetry-report.ts';
import { readPylock } from './pylock.ts';
import { readPyproject } from './pyproject.ts';
import { MAXIMUM_TEXT_LENGTH } from './requirements-file.ts';
import { readRequirementsManifest } from './requirements-manifest.ts';
import { readSetupCfg } from './setup-cfg.ts';
import { readUvLock } from './uv-lock.ts';
import { readUvReport } from './uv-report.ts';

/** A manifest with how its kind was decided. */
export interface ManifestReading {
  readonly manifest: Manifest;
  /** `chosen`: the caller said which kind it is. */
  readonly confidence: Confidence | 'chosen';
  /** Other kinds that the text might be, best first. */
  readonly alternatives: readonly ManifestKind[];
}

/**
 * Reads a text of any kind, or as `kind`. Texts above 1 MiB are cut there. Never throws: what cannot be read is a
 * diagnostic.
 */
export function readManifest(text: string, kind?: ManifestKind): ManifestReading {
  const kept = text.slice(0, MAXIMUM_TEXT_LENGTH);
  const recognised = recogniseManifest(kept);
  const manifest = READERS[kind ?? recognised.kind](kept);
  const others = [recognised.kind, ...recognised.alternatives].filter((other) => other !== manifest.kind);
  return {
    manifest,
    confidence: kind === undefined ? recognised.confidence : 'chosen',
    alternatives: others,
  };
}

const READERS: Readonly<Record<ManifestKind, (text: string) => Manifest>> = {
  requirements: (text) => readRequirementsManifest(text, 'requirements'),
  constraints: (text) => readRequirementsManifest(text, 'constraints'),
  'pip-freeze': (text) => readRequirementsManifest(text, 'pip-freeze'),
  'pip-command': readPipCommand,
  'pip-list': readPipList,
  'pip-report': readPipReport,
  pyproject: readPyproject,
  'setup-cfg': readSetupCfg,
  pipfile: readPipfile,
  'poetry-lock': readPoetryLock,
  'uv-lock': readUvLock,
  pylock: readPylock,
  'conda-environment': readCondaEnvironment,
  'pip-log': readPipLog,
  'uv-log': readUvReport,
  'poetry-log': readPoetryReport,
};
