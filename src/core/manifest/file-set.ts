/**
 * Files that are opened together, put where each belongs: `-r` and `-c` lines that name one of them are followed, the
 * rest goes by what a file is and what it is called.
 */
import type { Pane } from './syntax/diagnostic.ts';
import { recogniseManifest } from './manifest-kind.ts';
import { parseRequirementsFile } from './requirements/requirements-file.ts';

export interface NamedText {
  /** Without its folder: `requirements.txt`. */
  readonly name: string;
  readonly text: string;
}

/** Where the files went. */
export interface FilePlacement {
  readonly panes: Readonly<Partial<Record<Pane, string>>>;
  /** Which files each pane's text comes from, in order. */
  readonly sources: Readonly<Partial<Record<Pane, readonly string[]>>>;
}

const PANE_BY_NAME: readonly (readonly [RegExp, Pane])[] = [
  [/constraint/i, 'constraints'],
  [/overrid/i, 'overrides'],
  [/freeze|installed/i, 'installed'],
  [/overlay|toy/i, 'overlay'],
];

/**
 * Places files. One file of requirements alone goes to `preferred` (the pane that it was dropped on), if there is one.
 * A file that another one includes stands in that one's text in place of its line.
 */
export function placeFiles(files: readonly NamedText[], preferred: Pane | null): FilePlacement {
  const byName = new Map(files.map((file) => [file.name, file]));
  const included = new Set<string>();
  const constraining = new Set<string>();
  const texts: Partial<Record<Pane, string[]>> = {};
  const sources: Partial<Record<Pane, string[]>> = {};
  const followed = rootsFirst(files).flatMap((file) => {
    if (included.has(file.name)) return [];
    const { name, text } = file;
    return [
      { file, text: isRequirements(text) ? follow(file, byName, { included, constraining }, [name]) : text },
    ];
  });
  for (const { file, text } of followed) {
    const own = files.length === 1 && preferred !== null && isPlain(file.text) ? preferred : paneOf(file);
    const pane = constraining.has(file.name) ? 'constraints' : own;
    (texts[pane] ??= []).push(text);
    (sources[pane] ??= []).push(file.name);
  }
  return { panes: joinTexts(texts, sources), sources };
}

/** Files that no other one includes come first, so that of files which include one another only the first is a root. */
function rootsFirst(files: readonly NamedText[]): readonly NamedText[] {
  const named = new Set(
    files.flatMap(({ name, text }) =>
      (isRequirements(text) ? parseRequirementsFile(text).options.includes : [])
        .filter(({ kind }) => kind === 'requirements')
        .map(({ target }) => baseName(target))
        .filter((target) => target !== name),
    ),
  );
  return [...files.filter(({ name }) => !named.has(name)), ...files.filter(({ name }) => named.has(name))];
}

function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** Several files in one pane are told apart by a comment. */
function joinTexts(
  texts: Partial<Record<Pane, string[]>>,
  sources: Partial<Record<Pane, string[]>>,
): Partial<Record<Pane, string>> {
  const panes: Partial<Record<Pane, string>> = {};
  for (const [pane, parts] of Object.entries(texts) as [Pane, string[]][])
    panes[pane] =
      parts.length === 1
        ? parts[0]!
        : parts.map((part, index) => `# ${sources[pane]![index]!}\n${withFinalNewline(part)}`).join('\n');
  return panes;
}

interface Followed {
  /** Names of files that stand in others' texts. */
  readonly included: Set<string>;
  /** Names of files that others name by `-c`. */
  readonly constraining: Set<string>;
}

/** The text with its includes of files at hand put in; `path` keeps two files from including one another for ever. */
function follow(
  { text }: NamedText,
  byName: ReadonlyMap<string, NamedText>,
  followed: Followed,
  path: readonly string[],
): string {
  const { includes } = parseRequirementsFile(text).options;
  let result = '';
  let end = 0;
  for (const { kind, target, span } of includes) {
    const name = baseName(target);
    const file = byName.get(name);
    if (file === undefined || path.includes(name)) continue;
    if (kind === 'constraints') followed.constraining.add(name);
    else followed.included.add(name);
    const inner =
      kind === 'constraints' ? '' : withoutFinalNewline(follow(file, byName, followed, [...path, name]));
    const heading = kind === 'constraints' ? `# -c ${target}: see the constraints` : `# -r ${target}`;
    result += text.slice(end, span.start) + heading + (inner === '' ? '' : `\n${inner}`);
    ({ end } = span);
  }
  return result + text.slice(end);
}

function isRequirements(text: string): boolean {
  const { kind } = recogniseManifest(text);
  return kind === 'requirements' || kind === 'constraints' || kind === 'pip-freeze';
}

/** Nothing says that the file is of another kind: the pane that it is dropped on decides. */
function isPlain(text: string): boolean {
  const { kind, confidence } = recogniseManifest(text);
  return kind === 'requirements' || kind === 'constraints' || kind === 'pip-freeze' || confidence === 'guess';
}

function paneOf({ name, text }: NamedText): Pane {
  if (!isRequirements(text)) return 'requirements';
  const named = PANE_BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  return named ?? 'requirements';
}

function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function withoutFinalNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}
