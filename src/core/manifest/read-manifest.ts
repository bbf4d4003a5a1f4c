/** Reading of a pasted text of any kind: recognise, then hand to the reader of that kind. */
import { readCycloneDx } from './environment/cyclonedx.ts';
import { readDependencyTree } from './environment/dependency-tree.ts';
import { readPipShow } from './environment/pip-show.ts';
import { readPipdeptreeJson } from './environment/pipdeptree-json.ts';
import { readUvCheck } from './environment/uv-check.ts';
import { readCondaList } from './lock/conda-list.ts';
import { readPdmLock } from './lock/pdm-lock.ts';
import { readPipfileLock } from './lock/pipfile-lock.ts';
import { readCondaReport } from './log/conda/conda-report.ts';
import { readPdmReport } from './log/pdm/pdm-report.ts';
import { readPipToolsReport } from './log/pip-tools/pip-tools-report.ts';
import { readCoreMetadata, readRequiresTxt } from './project/core-metadata.ts';
import { readScript } from './project/script-block.ts';
import { readSetupPy } from './project/setup-py.ts';
import { readToxIni } from './project/tox-ini.ts';
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
import { readToolError } from './log/tool-error.ts';
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
  ...(['pdm-lock', 'pipfile-lock', 'cyclonedx', 'pipdeptree-json', 'dependency-tree', 'conda-list'] as const),
  ...(['pip-log', 'uv-log', 'poetry-log', 'pdm-log', 'pip-tools-log', 'conda-log', 'tool-error'] as const),
]);

/**
 * Reads a text of any kind, or as `kind`. Texts above 1 MiB are cut there, those that programs write above 16, with a
 * diagnostic. Never throws: what cannot be read is a diagnostic.
 */
export function readManifest(text: string, kind?: ManifestKind): ManifestReading {
  const recognised = recogniseManifest(text);
  const read = readAs(kind ?? recognised.kind, text);
  const manifest = kind === undefined && isProse(read, text) ? { ...read, unreadable: PROSE } : read;
  const others = [recognised.kind, ...recognised.alternatives].filter((other) => other !== manifest.kind);
  return {
    manifest,
    confidence: kind === undefined ? recognised.confidence : 'chosen',
    alternatives: others,
  };
}

const PROSE =
  'This is no list of requirements, and no output of a tool that is known here. Paste the whole output of pip, uv, Poetry, PDM, Pipenv or pip-compile, a requirements or lock file, or the install command.';

/** Hardly a line that is a requirement. */
function isProse({ kind, groups, diagnostics }: Manifest, text: string): boolean {
  if (kind !== 'requirements') return false;
  const entries = groups.reduce((sum, group) => sum + group.entries.length, 0);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return errors > 0 && errors >= entries * 2 && !text.slice(0, 60_000).split('\n').some(looksMeant);
}

/** A line that is refused, and was meant as a requirement all the same. */
function looksMeant(line: string): boolean {
  return /^[ \t]*(?:-e +)?(?:[A-Za-z0-9][\w.-]{0,100} ?(?:\[[^\]\n]{0,100}\])? ?(?:[=~!<>]=|@ ?\S+:)\S?|[a-z+]{2,12}:\/\/\S+[ \t]*$)/.test(
    line.slice(0, 400),
  );
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
  'pdm-log': readPdmReport,
  'pip-tools-log': readPipToolsReport,
  'conda-log': readCondaReport,
  'tool-error': readToolError,
  'uv-check': readUvCheck,
  'dependency-tree': readDependencyTree,
  'pipdeptree-json': readPipdeptreeJson,
  'pip-show': readPipShow,
  cyclonedx: readCycloneDx,
  'pdm-lock': readPdmLock,
  'pipfile-lock': readPipfileLock,
  script: readScript,
  'setup-py': readSetupPy,
  metadata: readCoreMetadata,
  'requires-txt': readRequiresTxt,
  'conda-list': readCondaList,
  'tox-ini': readToxIni,
};
