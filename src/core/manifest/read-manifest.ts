/** Reading of a pasted text of any kind: recognise, then hand to the reader of that kind. */
import { readCondaEnvironment } from './project/conda-environment.ts';
import { placeComplaint } from './syntax/diagnostic.ts';
import { makeLineIndex, positionAt } from './syntax/line-index.ts';
import { recogniseManifest, type Confidence, type ManifestKind } from './manifest-kind.ts';
import type { Manifest } from './manifest.ts';
import { readPipCommand } from './command/pip-command.ts';
import { readPipList } from './lock/pip-list.ts';
import { readPipLog } from './log/pip/pip-log.ts';
import { readPipReport } from './lock/pip-report.ts';
import { readPipfile } from './project/pipfile.ts';
import { readPoetryLock } from './lock/poetry-lock.ts';
import { readPoetryReport } from './log/poetry/poetry-report.ts';
import { readPylock } from './lock/pylock.ts';
import { readPyproject } from './project/pyproject.ts';
import { MAXIMUM_TEXT_LENGTH } from './requirements/requirements-file.ts';
import { REQUIREMENTS_MESSAGES } from './requirements/requirements-messages.ts';
import { readRequirementsManifest } from './requirements/requirements-manifest.ts';
import { readSetupCfg } from './project/setup-cfg.ts';
import { readUvLock } from './lock/uv-lock.ts';
import { readUvReport } from './log/uv/uv-report.ts';

/** A manifest with how its kind was decided. */
export interface ManifestReading {
  readonly manifest: Manifest;
  /** `chosen`: the caller said which kind it is. */
  readonly confidence: Confidence | 'chosen';
  /** Other kinds that the text might be, best first. */
  readonly alternatives: readonly ManifestKind[];
}

/** What programs write can be long: `pip inspect` prints every project's description, and locks list every file. */
const MAXIMUM_WRITTEN_LENGTH = 16 << 20;

const WRITTEN_BY_PROGRAMS: ReadonlySet<ManifestKind> = new Set<ManifestKind>([
  ...(['pip-list', 'pip-report', 'poetry-lock', 'uv-lock', 'pylock'] as const),
  ...(['pip-log', 'uv-log', 'poetry-log'] as const),
]);

/**
 * Reads a text of any kind, or as `kind`. Texts above 1 MiB are cut there, those that programs write above 16, with a
 * diagnostic. Never throws: what cannot be read is a diagnostic.
 */
export function readManifest(text: string, kind?: ManifestKind): ManifestReading {
  const recognised = recogniseManifest(text);
  const manifest = readAs(kind ?? recognised.kind, text);
  const others = [recognised.kind, ...recognised.alternatives].filter((other) => other !== manifest.kind);
  return {
    manifest,
    confidence: kind === undefined ? recognised.confidence : 'chosen',
    alternatives: others,
  };
}

function readAs(kind: ManifestKind, text: string): Manifest {
  const limit = WRITTEN_BY_PROGRAMS.has(kind) ? MAXIMUM_WRITTEN_LENGTH : MAXIMUM_TEXT_LENGTH;
  if (text.length <= limit) return READERS[kind](text);
  const kept = text.slice(0, limit);
  const manifest = READERS[kind](kept);
  const span = { start: limit - 1, end: limit };
  const message = REQUIREMENTS_MESSAGES['text-too-long'](limit);
  const complaint = { severity: 'warning', code: 'text-too-long', message, span } as const;
  const diagnostic = placeComplaint(complaint, 'requirements', positionAt(makeLineIndex(kept), span.start));
  return { ...manifest, diagnostics: [...manifest.diagnostics, diagnostic] };
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
