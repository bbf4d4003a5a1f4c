/**
 * `-r` and `-c` lines that name a file at hand: its text takes the line's place. As for pip, a file that is required
 * inside a constraints file is required, and a file's last line ends with it.
 */
import type { NamedText } from './file-set.ts';
import { parseRequirementsFile } from './requirements/requirements-file.ts';

export interface FollowedFile {
  readonly file: NamedText;
  readonly text: string;
  /** Whether another file names it by `-c`. */
  readonly isConstraining: boolean;
}

interface Include {
  readonly kind: 'requirements' | 'constraints';
  readonly target: string;
  readonly span: { readonly start: number; readonly end: number };
  /** Index of the file that is meant; null where none is at hand, or several could be. */
  readonly file: number | null;
}

/** The files that no other one stands for, in their order. Two files of one name are two files. */
export function followIncludes(files: readonly NamedText[]): readonly FollowedFile[] {
  const includes = files.map((file, index) => includesOf(files, file, index));
  const constraining = new Set<number>();
  for (const list of includes)
    for (const { kind, file } of list) if (kind === 'constraints' && file !== null) constraining.add(file);
  const shown = new Set<number>();
  const text = (index: number, path: readonly number[]): string => {
    shown.add(index);
    let result = '';
    let end = 0;
    for (const include of includes[index]!) {
      const { file, span } = include;
      // Two files that include one another do so once.
      if (file === null || path.includes(file)) continue;
      // What a constraints file requires is required all the same.
      const isElsewhere = include.kind === 'constraints' || constraining.has(index);
      const inner = isElsewhere ? '' : withoutEnd(text(file, [...path, file]));
      const heading = headingOf(include, isElsewhere);
      result += files[index]!.text.slice(end, span.start) + heading + (inner === '' ? '' : `\n${inner}`);
      ({ end } = span);
    }
    return result + files[index]!.text.slice(end);
  };
  return orderOf(files, includes, constraining).flatMap((index) => {
    if (shown.has(index)) return [];
    return [{ file: files[index]!, text: text(index, [index]), isConstraining: constraining.has(index) }];
  });
}

/** Files that no other one includes come first, so that of files which include one another only the first is a root. */
function orderOf(
  files: readonly NamedText[],
  includes: readonly (readonly Include[])[],
  constraining: ReadonlySet<number>,
): number[] {
  const named = new Set(
    includes.flatMap((list, from) =>
      constraining.has(from)
        ? []
        : list.flatMap(({ kind, file }) =>
            kind === 'requirements' && file !== null && file !== from ? [file] : [],
          ),
    ),
  );
  const all = files.map((_file, index) => index);
  return [...all.filter((index) => !named.has(index)), ...all.filter((index) => named.has(index))];
}

function headingOf({ kind, target }: Include, isElsewhere: boolean): string {
  if (!isElsewhere) return `# -r ${target}`;
  return `# -${kind === 'constraints' ? 'c' : 'r'} ${target}: see the ${kind}`;
}

function includesOf(files: readonly NamedText[], { name, text }: NamedText, own: number): Include[] {
  return parseRequirementsFile(text).options.includes.map(({ kind, target, span }) => ({
    kind,
    target,
    span,
    file: findFile(files, name, target, own),
  }));
}

/** By its path from the including file's folder; else by its name, where only one file has it. */
function findFile(files: readonly NamedText[], from: string, target: string, own: number): number | null {
  const path = normalize(`${from.replace(/[^/\\]*$/, '')}${target}`);
  const exact = indicesOf(files, ({ name }) => normalize(name) === path);
  if (exact.length === 1) return exact[0] === own ? null : exact[0]!;
  const base = path.replace(/^.*\//, '');
  const named = indicesOf(files, ({ name }) => normalize(name).replace(/^.*\//, '') === base);
  return named.length === 1 && named[0] !== own ? named[0]! : null;
}

function indicesOf(files: readonly NamedText[], isMeant: (file: NamedText) => boolean): number[] {
  return files.flatMap((file, index) => (isMeant(file) ? [index] : []));
}

/** `a/../b\c` → `b/c`. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split(/[/\\]/)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Without the end of its last line, and without a backslash that would go on into the next file. */
function withoutEnd(text: string): string {
  return text.replace(/\\?[ \t]*\r?\n?$/, '');
}
