/**
 * Files that are opened together, put where each belongs: `-r` and `-c` lines that name one of them are followed, the
 * rest goes by what a file is and what it is called. What is not taken is named, and why.
 */
import type { Pane } from './syntax/diagnostic.ts';
import { followIncludes } from './included-files.ts';
import { MANIFEST_KINDS, recogniseManifest, type ManifestKind } from './manifest-kind.ts';
import { manifestPanes, type Manifest, type ManifestEnvironment, type ManifestOptions } from './manifest.ts';
import { readManifest } from './read-manifest.ts';

export interface NamedText {
  /** With its folder where that is known: `backend/requirements.txt`. */
  readonly name: string;
  readonly text: string;
}

/** Where the files went. */
export interface FilePlacement {
  readonly panes: Readonly<Partial<Record<Pane, string>>>;
  /** Which files each pane's text comes from, in order. */
  readonly sources: Readonly<Partial<Record<Pane, readonly string[]>>>;
  /** What was not taken, and why; a sentence each. */
  readonly notes: readonly string[];
  /** What projects and locks among them say besides. */
  readonly options: ManifestOptions;
  readonly environment: ManifestEnvironment;
  /** A project and its own lock, where nothing else asks for anything: it can be locked as it stands. */
  readonly project: LockedProject | null;
}

/** A `pyproject.toml` beside the lock file of a tool that locks it. */
export interface LockedProject {
  readonly tool: 'uv' | 'poetry';
  readonly pyproject: string;
  readonly lock: string;
  /** The names of both files. */
  readonly names: readonly string[];
}

const PANE_BY_NAME: readonly (readonly [RegExp, Pane])[] = [
  [/constraint/i, 'constraints'],
  [/overrid/i, 'overrides'],
  [/freeze|installed/i, 'installed'],
  [/overlay|toy/i, 'overlay'],
];

/** What a project asks for; of several, the first kind of this list is taken. */
const PROJECTS: readonly ManifestKind[] = [
  ...(['pyproject', 'setup-cfg', 'setup-py', 'pipfile', 'script', 'conda-environment', 'metadata'] as const),
  ...(['requires-txt', 'tox-ini', 'pip-command'] as const),
];
/** What was chosen or is there; of several, the first kind of this list is taken. */
const LOCKS: readonly ManifestKind[] = [
  ...(['uv-lock', 'poetry-lock', 'pdm-lock', 'pylock', 'pipfile-lock', 'pip-list', 'pip-report'] as const),
  'conda-list',
];

interface Placed {
  readonly texts: Partial<Record<Pane, string[]>>;
  readonly sources: Partial<Record<Pane, string[]>>;
  readonly notes: string[];
  options: ManifestOptions;
  environment: ManifestEnvironment;
}

/**
 * Places files. One file alone keeps its text: it goes to `preferred` (the pane that it was dropped on) where it is a
 * list of requirements. A file that another one includes stands in that one's text in place of its line.
 */
export function placeFiles(files: readonly NamedText[], preferred: Pane | null): FilePlacement {
  const placed: Placed = { texts: {}, sources: {}, notes: [], options: {}, environment: {} };
  const kinds = files.map(({ text }) => recogniseManifest(text).kind);
  const plain = files.filter((_file, index) => isPlainKind(kinds[index]!));
  for (const { file, text, isConstraining } of followIncludes(plain)) {
    const own = files.length === 1 && preferred !== null ? preferred : paneByName(file.name);
    put(placed, isConstraining ? 'constraints' : own, file.name, text);
  }
  const others = files.flatMap((file, index) =>
    isPlainKind(kinds[index]!) ? [] : [{ file, kind: kinds[index]! }],
  );
  const [only] = others;
  // The page asks what to make of it: the text stands as it is.
  if (files.length === 1 && only !== undefined) {
    const isGuess = preferred !== null && recogniseManifest(only.file.text).confidence === 'guess';
    put(placed, isGuess ? preferred : 'requirements', only.file.name, only.file.text);
  } else placeOthers(placed, others);
  return {
    panes: joinTexts(placed),
    sources: placed.sources,
    notes: placed.notes,
    options: placed.options,
    environment: placed.environment,
    project: lockedProject(plain, others),
  };
}

/** Tools that take what their lock says as what to keep. */
const LOCK_TOOLS: Readonly<Partial<Record<ManifestKind, LockedProject['tool']>>> = {
  'uv-lock': 'uv',
  'poetry-lock': 'poetry',
};

function lockedProject(plain: readonly NamedText[], others: readonly OtherFile[]): LockedProject | null {
  if (plain.length > 0 || others.length !== 2) return null;
  const project = others.find(({ kind }) => kind === 'pyproject')?.file;
  const lock = others.find(({ kind }) => LOCK_TOOLS[kind] !== undefined);
  if (project === undefined || lock === undefined) return null;
  return {
    tool: LOCK_TOOLS[lock.kind]!,
    pyproject: project.text,
    lock: lock.file.text,
    names: [project.name, lock.file.name],
  };
}

interface OtherFile {
  readonly file: NamedText;
  readonly kind: ManifestKind;
}

/** Projects ask, locks say what is there; reports are questions of their own. */
function placeOthers(placed: Placed, others: readonly OtherFile[]): void {
  const byRank = (kinds: readonly ManifestKind[]): OtherFile[] =>
    others
      .filter(({ kind }) => kinds.includes(kind))
      .sort((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind));
  let hasRequirements = placed.texts.requirements !== undefined;
  for (const { file, kind } of byRank(PROJECTS)) {
    if (hasRequirements) leave(placed, file, kind, 'something else of them says what to install');
    else hasRequirements = take(placed, file, kind, 'requirements');
  }
  let hasLock = placed.texts.installed !== undefined;
  for (const { file, kind } of byRank(LOCKS)) {
    if (hasLock) leave(placed, file, kind, 'something else of them says what is installed');
    else hasLock = take(placed, file, kind, 'installed');
  }
  for (const { file, kind } of others)
    if (!PROJECTS.includes(kind) && !LOCKS.includes(kind))
      leave(placed, file, kind, 'it is a question of its own');
}

/** Puts what a file says into the panes where it belongs; whether there was anything for `wanted`. */
function take(placed: Placed, file: NamedText, kind: ManifestKind, wanted: Pane): boolean {
  const { manifest } = readManifest(file.text, kind);
  const panes = manifestPanes(manifest);
  if ((panes[wanted as keyof typeof panes] ?? '').trim() === '') {
    leave(placed, file, kind, manifest.unreadable ?? 'it names no requirement that can be read');
    return false;
  }
  for (const [pane, text] of Object.entries(panes))
    if (text.trim() !== '') put(placed, pane as Pane, file.name, text);
  placed.options = { ...manifest.options, ...placed.options };
  placed.environment = { ...manifest.environment, ...placed.environment };
  noteWhatIsLeft(placed, file, manifest);
  return true;
}

/** Groups that the owning tool would not take without being told. */
function noteWhatIsLeft(placed: Placed, { name }: NamedText, { groups, kind }: Manifest): void {
  const left = groups.filter(({ isDefault, entries }) => !isDefault && entries.length > 0);
  if (left.length === 0 || LOCKS.includes(kind)) return;
  placed.notes.push(`${name}: its groups ${left.map(({ label }) => label).join(', ')} are not taken.`);
}

function leave(placed: Placed, { name }: NamedText, kind: ManifestKind, why: string): void {
  placed.notes.push(`${name} (${MANIFEST_KINDS[kind]}) is not taken: ${why}. Open it alone to have it read.`);
}

function put({ texts, sources }: Placed, pane: Pane, name: string, text: string): void {
  (texts[pane] ??= []).push(text);
  (sources[pane] ??= []).push(name);
}

/** Several files in one pane are told apart by a comment; the last line of each ends with it. */
function joinTexts({ texts, sources }: Placed): Partial<Record<Pane, string>> {
  const panes: Partial<Record<Pane, string>> = {};
  for (const [pane, parts] of Object.entries(texts) as [Pane, string[]][])
    panes[pane] =
      parts.length === 1
        ? parts[0]!
        : parts.map((part, index) => `# ${sources[pane]![index]!}\n${withFinalNewline(part)}`).join('\n');
  return panes;
}

function isPlainKind(kind: ManifestKind): boolean {
  return kind === 'requirements' || kind === 'constraints' || kind === 'pip-freeze';
}

function paneByName(name: string): Pane {
  return PANE_BY_NAME.find(([pattern]) => pattern.test(name.replace(/^.*[/\\]/, '')))?.[1] ?? 'requirements';
}

function withFinalNewline(text: string): string {
  const whole = text.replace(/\\[ \t]*\r?\n?$/, '');
  return whole === '' || whole.endsWith('\n') ? whole : `${whole}\n`;
}
