/** Which kind of text was pasted: recognised by what only that kind has. */
import { hasInstallCommand } from './command/install-line.ts';
import { otherFailureOf } from './log/other-failures.ts';
import { plainOutput } from './log/output/log-line.ts';
import { looksLikeRequiresTxt } from './project/core-metadata.ts';
import { FILE_MARKS, OUTPUT_MARKS, type Mark } from './manifest-marks.ts';

/** Every kind that can be read, and what the page calls it. */
export const MANIFEST_KINDS = {
  requirements: 'requirements.txt',
  constraints: 'constraints file',
  'pip-command': 'install command',
  'pip-freeze': 'pip freeze',
  'pip-list': 'pip list',
  'pip-report': 'pip inspect or installation report',
  pyproject: 'pyproject.toml',
  'setup-cfg': 'setup.cfg',
  pipfile: 'Pipfile',
  'poetry-lock': 'poetry.lock',
  'uv-lock': 'uv.lock',
  pylock: 'pylock.toml',
  'conda-environment': 'conda environment.yml',
  'pip-log': 'output of pip',
  'uv-log': 'output of uv',
  'poetry-log': 'output of Poetry',
  'pdm-log': 'output of PDM',
  'pip-tools-log': "output of pip-compile's own resolver",
  'conda-log': 'output of conda',
  'tool-error': 'error that is none of versions',
  'uv-check': 'uv pip check',
  'dependency-tree': 'dependency tree',
  'pipdeptree-json': 'pipdeptree --json',
  'pip-show': 'pip show',
  cyclonedx: 'CycloneDX',
  'pdm-lock': 'pdm.lock',
  'pipfile-lock': 'Pipfile.lock',
  script: 'script with its requirements (PEP 723)',
  'setup-py': 'setup.py',
  metadata: 'METADATA or PKG-INFO',
  'requires-txt': 'requires.txt of an egg',
  'conda-list': 'conda list',
  'tox-ini': 'tox.ini',
} as const;

export type ManifestKind = keyof typeof MANIFEST_KINDS;

/** How sure we are: `certain` is a mark that no other kind has, `likely` more than one small mark, else `guess`. */
export type Confidence = 'certain' | 'likely' | 'guess';

export interface KindReading {
  readonly kind: ManifestKind;
  readonly confidence: Confidence;
  /** Other kinds that showed a mark, best first; the menu offers them before the rest. */
  readonly alternatives: readonly ManifestKind[];
}

/** Kinds that tell what a resolver did. */
const RESOLVERS: readonly ManifestKind[] = [
  ...(['pip-log', 'uv-log', 'poetry-log', 'pdm-log', 'pip-tools-log', 'conda-log'] as const),
  ...(['uv-check', 'dependency-tree'] as const),
];

/** Texts are recognised by their beginning; of output, the end counts as much: that is where a run failed. */
const HEAD = 60_000;
const TAIL = 20_000;

/** Recognises a text. Whatever shows no mark of another kind is read as requirements, as pip would. */
export function recogniseManifest(text: string): KindReading {
  const head = withoutBlankRuns(text.slice(0, HEAD));
  const weights = new Map<ManifestKind, number>();
  const tail = text.length > HEAD ? text.slice(Math.max(HEAD, text.length - TAIL)) : '';
  const output = plainOutput(`${head}\n${withoutBlankRuns(tail)}`);
  const weigh = ({ kind, pattern, weight }: Mark, looked: string): void => {
    if (pattern.test(looked)) weights.set(kind, (weights.get(kind) ?? 0) + weight);
  };
  for (const mark of FILE_MARKS) weigh(mark, head);
  for (const mark of OUTPUT_MARKS) weigh(mark, output);
  // What a resolver says counts for more than what stopped the tool around it.
  if (!RESOLVERS.some((kind) => weights.has(kind)) && otherFailureOf(output) !== null)
    weights.set('tool-error', 12);
  if (hasInstallCommand(head)) weights.set('pip-command', (weights.get('pip-command') ?? 0) + 10);
  if (looksLikeRequiresTxt(head)) weights.set('requires-txt', (weights.get('requires-txt') ?? 0) + 8);
  if (looksFrozen(head)) weights.set('pip-freeze', (weights.get('pip-freeze') ?? 0) + 4);
  const ranked = [...weights].sort((left, right) => right[1] - left[1]);
  const [best, second] = ranked;
  if (best === undefined || best[1] < 6)
    return { kind: 'requirements', confidence: 'likely', alternatives: ranked.map(([kind]) => kind) };
  const isClear = best[1] >= 10 && best[1] - (second?.[1] ?? 0) >= 4;
  return {
    kind: best[0],
    confidence: isClear ? 'certain' : best[1] >= 8 ? 'likely' : 'guess',
    alternatives: ranked.slice(1).map(([kind]) => kind),
  };
}

/**
 * Marks that begin with blanks look at every line end anew: of a run of blank lines one says as much as all, and a
 * text of nothing else would take time by its square.
 */
function withoutBlankRuns(text: string): string {
  let wasBlank = false;
  const lines = text.split(/\r?\n/u).filter((line) => {
    const isBlank = line.trim() === '';
    const isKept = !(isBlank && wasBlank);
    wasBlank = isBlank;
    return isKept;
  });
  return lines.join('\n');
}

/** Every line pins one version and none has a marker: the shape of `pip freeze`, which is also a valid manifest. */
function looksFrozen(head: string): boolean {
  const lines = head.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.length >= 8 && lines.every((line) => /^[A-Za-z0-9._-]+(?:==[^\s;]+| @ \S+)$/.test(line));
}
