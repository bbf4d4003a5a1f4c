/**
 * Pasted or dropped texts → a Problem, as the page makes it: the kind is recognised, the reader of that kind reads it,
 * and the groups that the owning tool would take go where they belong.
 */
import { placeFiles, type NamedText } from '../../manifest/file-set.ts';
import { changeOfManifest, type ManifestChange } from '../../manifest/manifest-change.ts';
import type { Confidence, ManifestKind } from '../../manifest/manifest-kind.ts';
import { manifestPanes, type Manifest, type ToldEnding } from '../../manifest/manifest.ts';
import { toldEvents, type ToldEvent } from '../../manifest/log/told-events.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { applyManifest } from '../../problem/apply-manifest.ts';
import type { Problem } from '../../problem/problem.ts';
import { askOfLocked, lockedNote } from '../../problem/project-problem.ts';
import { settleUvReport } from './settle-report.ts';

/** What was made of pasted texts, as the headless command prints it. */
export interface PasteReading {
  readonly kind: ManifestKind;
  readonly confidence: Confidence | 'chosen';
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly installed: readonly string[];
  /** What the texts tell of the machine; no field where they do not. */
  readonly environment: Manifest['environment'];
  /** What is not in the texts and was guessed, a sentence each. */
  readonly guesses: readonly string[];
  /** What was left out or could not be read, and which file went where. */
  readonly notes: readonly string[];
}

export interface Paste {
  readonly read: PasteReading;
  /** Null where nothing can be rebuilt. */
  readonly problem: Problem | null;
  /** Why nothing can be rebuilt, in whole sentences; '' where something can. */
  readonly unreadable: string;
  /** How the run ended that the text tells of; null where it tells of none. */
  readonly ending: ToldEnding | null;
  /** What the run did that the text is the debug output of; empty for all other texts. */
  readonly events: readonly ToldEvent[];
}

/** Reads texts; `base` is the question that stands on the page before. */
export function readPaste(files: readonly NamedText[], base: Problem): Paste {
  const [only] = files;
  if (files.length === 1 && only !== undefined) return readOne(only.text, base);
  return readSet(files, base);
}

/** The same, with what a report of uv leaves open settled by trying. */
export async function settlePaste(files: readonly NamedText[], base: Problem): Promise<Paste> {
  const paste = readPaste(files, base);
  const [only] = files;
  if (paste.read.kind !== 'uv-log' || paste.problem === null || only === undefined) return paste;
  return { ...paste, problem: await settleUvReport(only.text, base, paste.problem) };
}

function readOne(text: string, base: Problem): Paste {
  const { manifest, confidence } = readManifest(text);
  const change = changeOfManifest(manifest);
  const isRefused =
    manifest.kind === 'requirements' && manifest.diagnostics.some(({ severity }) => severity === 'error');
  const notes = manifest.diagnostics.map(({ line, message }) => `Line ${line}: ${message}.`);
  return {
    // The lines of a project that a report tells of stand in the project's text.
    read: describe(manifest, confidence, { ...change, ...manifestPanes(manifest) }, notes),
    // A list with a line that the tool refuses stays as it is, as it does on the page: without the line it is another.
    problem:
      manifest.unreadable !== undefined
        ? null
        : applyManifest(base, isRefused ? { ...change, requirements: text } : change),
    unreadable: manifest.unreadable ?? '',
    ending: manifest.ending ?? null,
    events: manifest.kind === 'pip-log' || manifest.kind === 'uv-log' ? toldEvents(text) : [],
  };
}

function describe(
  manifest: Manifest,
  confidence: Confidence | 'chosen',
  change: ManifestChange,
  notes: readonly string[],
): PasteReading {
  return {
    kind: manifest.kind,
    confidence,
    requirements: linesOf(change.requirements),
    constraints: linesOf(change.constraints),
    installed: linesOf(change.installed),
    environment: manifest.environment,
    guesses: manifest.guesses,
    notes,
  };
}

function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}

/** Files of a set: each where it belongs; what a report among them tells is a question of its own. */
function readSet(files: readonly NamedText[], base: Problem): Paste {
  const { panes, sources, notes, options, environment, project } = placeFiles(files, null);
  const { overlay = null, requirements, constraints, overrides, installed } = panes;
  const texts = definedOf({ requirements, constraints, overrides, installed });
  const problem = applyManifest(base, { ...texts, options, environment, engine: null, overlay });
  const taken = Object.entries(sources).map(([pane, names]) => `${names.join(' and ')}: taken as ${pane}.`);
  const locked = project === null ? null : askOfLocked(base, project);
  const read: PasteReading = {
    kind: 'requirements',
    confidence: 'likely',
    requirements: linesOf(texts.requirements),
    constraints: linesOf(texts.constraints),
    installed: linesOf(texts.installed),
    environment,
    guesses: [],
    notes: locked === null ? [...taken, ...notes] : [lockedNote(project!)],
  };
  if (locked !== null) return { read, problem: locked, unreadable: '', ending: null, events: [] };
  if (taken.length > 0) return { read, problem, unreadable: '', ending: null, events: [] };
  const unreadable =
    `None of the ${files.length} files can be read with the others. ${notes.join(' ')}`.trim();
  return { read, problem: null, unreadable, ending: null, events: [] };
}

type SetTexts = Pick<ManifestChange, 'requirements' | 'constraints' | 'overrides' | 'installed'>;

/** The panes that files fill; the others stay as they are. */
function definedOf(texts: { readonly [Pane in keyof SetTexts]: string | undefined }): SetTexts {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}
