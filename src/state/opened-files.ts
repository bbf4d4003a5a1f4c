/** Files that are dropped on the page or opened from the menu: saved questions, and manifests of every kind. */
import {
  MAX_FILE_BYTES,
  readTextFile,
  type TextFileFault,
  type TextFileReading,
} from '../client/text-file.ts';
import { LONG_TEXT, readBeside } from '../client/long-texts.ts';
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';
import {
  placeFiles,
  type FilePlacement,
  type LockedProject,
  type NamedText,
} from '../core/manifest/file-set.ts';
import { applyManifest } from '../core/problem/apply-manifest.ts';
import { parseProblem, type Problem } from '../core/problem/problem.ts';
import { askOfLocked, lockedNote } from '../core/problem/project-problem.ts';
import { isTraceFile, readTraceFile } from '../core/share/trace-file/trace-file.ts';
import { fileFaultMessage, type Message } from './messages.ts';
import { PANE_NAMES } from './pane-names.ts';
import type { Playground } from './playground.svelte.ts';

/** What became of opened files. */
export interface OpenedFiles {
  /** The panes that were filled; empty when nothing was opened, or a saved question. */
  readonly panes: readonly Pane[];
  /** The former texts of those panes, to be put back. */
  readonly before: Partial<Problem>;
}

const NOTHING: OpenedFiles = { panes: [], before: {} };

/**
 * Opens files: one saved question takes the place of this one, everything else goes into the panes. Files that are no
 * text, too large or unreadable are named, and the others are opened all the same.
 */
export async function openFiles(
  playground: Playground,
  files: readonly File[],
  preferred: Pane | null,
): Promise<OpenedFiles> {
  const readings = await Promise.all(files.map(readTextFile));
  const read = readings.flatMap((reading): NamedText[] => (reading.kind === 'read' ? [reading] : []));
  const refusals = readings.flatMap(refusalOf);
  if (refusals.length > 0) playground.say(refusalMessage(refusals, read.length));
  else playground.dismiss('files-refused');
  const [first] = read;
  if (first === undefined) return NOTHING;
  if (read.length === 1 && isTraceFile(first.text)) {
    openTrace(playground, first.text);
    return NOTHING;
  }
  if (read.length === 1 && isSavedQuestion(first.text)) {
    openSaved(playground, first.text);
    return NOTHING;
  }
  const placement = await placed(read, preferred);
  const { project } = placement;
  const locked = project === null ? null : askOfLocked(playground.problem, project);
  return locked === null ? fillPanes(playground, placement) : openProject(playground, locked, project!);
}

/** A project beside its lock: both take the places that they have in the question. */
function openProject(playground: Playground, locked: Problem, project: LockedProject): OpenedFiles {
  const changed = ['engine', 'requirements', 'pyproject', 'lock', 'options', 'environment'] as const;
  const { problem } = playground;
  const of = (from: Problem): Partial<Problem> =>
    Object.fromEntries(changed.map((field) => [field, from[field]]));
  const before = { ...of(problem), pyproject: problem.pyproject ?? '', lock: problem.lock ?? '' };
  playground.edit(of(locked), 'at-once');
  playground.say({ id: 'files', tone: 'note', text: `Opened: ${lockedNote(project)}` });
  return { panes: ['pyproject'], before };
}

/** Long files are read beside the page, which stays as it is until they are. */
async function placed(files: readonly NamedText[], preferred: Pane | null): Promise<FilePlacement> {
  const length = files.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= LONG_TEXT) return placeFiles(files, preferred);
  return readBeside((readers) => readers.placeFiles(files, preferred)).answer;
}

/** A run that was saved is shown as it was; nothing runs. */
function openTrace(playground: Playground, text: string): void {
  const run = readTraceFile(text);
  if (run.ok) {
    const { summary, trace } = run.value;
    playground.showRun({ summary: { ...summary, liveBasis: [] }, trace });
    playground.say({
      id: 'files',
      tone: 'note',
      text: 'This run was opened from a file and shows what was saved. Change the question or run it to ask anew.',
    });
  } else playground.say({ id: 'files-refused', tone: 'error', text: run.error.message });
}

function openSaved(playground: Playground, text: string): void {
  const problem = parseProblem(JSON.parse(text));
  if (problem.ok) playground.open({ problem: problem.value, view: {} }, 'link');
  else playground.say(fileFaultMessage(problem.error.message));
}

/** A JSON object with requirements; reports of pip's and the like have none and are read as what they are. */
function isSavedQuestion(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'requirements' in value;
  } catch {
    return false;
  }
}

function fillPanes(
  playground: Playground,
  { panes, sources, notes, options, environment }: FilePlacement,
): OpenedFiles {
  const { problem } = playground;
  const filled = Object.keys(panes) as Pane[];
  const { overlay, ...texts } = panes;
  const { overlay: hasOverlay, ...others } = Object.fromEntries(
    filled.map((pane) => [pane, pane === 'overlay' ? true : (problem[pane] ?? '')]),
  );
  const settings = applyManifest(problem, { options, environment, engine: null, overlay: null });
  const before = {
    ...others,
    options: problem.options,
    environment: problem.environment,
    ...(hasOverlay === true ? { index: problem.index } : {}),
  };
  const index = overlay === undefined ? {} : { index: { ...problem.index, overlay } };
  playground.edit(
    { ...texts, ...index, options: settings.options, environment: settings.environment },
    'at-once',
  );
  const said = filled.map((pane) => `${(sources[pane] ?? []).join(' and ')} in ${PANE_NAMES[pane]}`);
  playground.say({ id: 'files', tone: 'note', text: [`Opened ${said.join('; ')}.`, ...notes].join(' ') });
  return { panes: filled, before };
}

function refusalOf(reading: TextFileReading): string[] {
  return reading.kind === 'read' ? [] : [`${reading.name} ${REFUSALS[reading.kind]}`];
}

const REFUSALS: Readonly<Record<TextFileFault, string>> = {
  'too-large': `is larger than ${MAX_FILE_BYTES / 1_048_576} MiB`,
  binary: 'is no text: wheels, archives and pictures cannot be read here',
  unreadable: 'cannot be read; a folder must be opened file by file',
};

function refusalMessage(refusals: readonly string[], opened: number): Message {
  const rest =
    opened > 0
      ? 'The others were opened.'
      : 'What stands in the editor is unchanged. Requirements, project and lock files, logs and saved questions can be opened.';
  return { id: 'files-refused', tone: 'error', text: `Not opened: ${refusals.join('; ')}. ${rest}` };
}
