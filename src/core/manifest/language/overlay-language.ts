/** Completion and hover for the words of the overlay language (core/package-index/overlay/overlay.ts). */
import type { Span } from '../../packaging/result.ts';
import type { Completion, Hover } from './assistance.ts';

interface Word {
  /** What follows it, as a pattern. */
  readonly form: string;
  readonly meaning: string;
}

/** Words with which a clause begins, after a semicolon. */
export const CLAUSE_WORDS: Readonly<Record<string, Word>> = {
  depends: {
    form: 'depends left, right >=2',
    meaning: 'What the release needs. In a change: in place of the requirements on those projects.',
  },
  extra: { form: 'extra fast: numba', meaning: 'What an extra of this name needs besides.' },
  python: { form: 'python >=3.8', meaning: 'The Pythons that the release is for (Requires-Python).' },
  yanked: {
    form: 'yanked "broken build"',
    meaning: 'Withdrawn by its authors, with their reason in double quotes.',
  },
  uploaded: {
    form: 'uploaded 2024-05-01',
    meaning: 'When it came to the index: what an as-of date goes by.',
  },
  wheels: {
    form: 'wheels cp311-cp311-win_amd64',
    meaning:
      'The tags of its wheels; `none` for no wheel. Without this there is one wheel for every Python and platform.',
  },
  sdist: { form: 'sdist', meaning: 'There is a source archive too; `sdist only` for no wheel beside it.' },
  'build-requires': {
    form: 'build-requires setuptools <60',
    meaning: 'What building the source archive needs.',
  },
  'backend-requires': {
    form: 'backend-requires wheel',
    meaning: 'What the build backend asks for besides, once it runs.',
  },
  unknown: { form: 'unknown', meaning: 'Nobody knows what the release needs.' },
  index: {
    form: 'index https://packages.example/simple',
    meaning: 'The index that lists the release, where several are read.',
  },
  url: {
    form: 'url https://code.example/app-1.0.tar.gz',
    meaning: 'The release is at this address, and no index lists it.',
  },
  drops: { form: 'drops six', meaning: 'In a change: requirements on these projects go.' },
};

/** Words with which a line can begin. */
const STATEMENT_WORDS: Readonly<Record<string, Word>> = {
  change: {
    form: 'change core 2.1; depends typing-x <4',
    meaning: 'Changes a release that the index has; all else of it stays.',
  },
  remove: {
    form: 'remove core 2.0..2.4',
    meaning: 'Takes releases off the index; without versions, the whole project.',
  },
  'closed world': { form: 'closed world', meaning: 'Nothing exists but what is written here.' },
};

/** The line around an offset, up to the offset and whole. */
function lineAt(
  text: string,
  offset: number,
): { readonly start: number; readonly before: string; readonly line: string } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { start, before: text.slice(start, offset), line: text.slice(start, end < 0 ? text.length : end) };
}

function completions(
  words: Readonly<Record<string, Word>>,
  typed: string,
  span: Span,
): readonly Completion[] {
  return Object.entries(words)
    .filter(([word]) => word.startsWith(typed))
    .map(([word, { form }], rank) => ({
      kind: 'keyword',
      label: word,
      detail: form === word ? '' : form,
      insert: word,
      span,
      rank,
      isDiscouraged: false,
    }));
}

/** Words that can stand at the caret: those of a clause behind a semicolon, those of a statement where a line begins. */
export function completeOverlayWord(text: string, offset: number): readonly Completion[] {
  const { before } = lineAt(text, offset);
  if (before.includes('#')) return [];
  const clause = /;\s*([a-z-]*)$/u.exec(before);
  const word = clause ?? /^\s*([a-z]*(?: [a-z]*)?)$/u.exec(before);
  const typed = word?.[1];
  if (typed === undefined) return [];
  const span = { start: offset - typed.length, end: offset };
  return completions(clause === null ? STATEMENT_WORDS : CLAUSE_WORDS, typed, span);
}

/** The project whose versions can stand at the caret, `change core 2.|`, and the word that one would replace. */
export function overlayVersionAt(
  text: string,
  offset: number,
): { readonly name: string; readonly span: Span } | null {
  const { before, line } = lineAt(text, offset);
  const head = /^\s*(?:(?:change|remove)\s+)?([A-Za-z0-9][\w.-]*)\s+(?:[^\s;#,]+\s*,\s*)*([^\s;#,]*)$/u.exec(
    before,
  );
  const [, name, typed] = head ?? [];
  if (name === undefined || typed === undefined) return null;
  if (/^\s*(?:change|remove|closed)\s+\S*$/u.test(before) && !/^\d/u.test(typed)) return null;
  const rest = /^[^\s;#,]*/u.exec(line.slice(before.length))?.[0] ?? '';
  return { name, span: { start: offset - typed.length, end: offset + rest.length } };
}

/** What the word under the pointer does, with an example. */
export function hoverOverlayWord(text: string, offset: number): Hover | null {
  const { start, line } = lineAt(text, offset);
  const comment = line.search(/(?:^|\s)#/u);
  const found = [
    ...line.matchAll(/;\s*(?<word>[a-z-]+)/gu),
    ...line.matchAll(/^\s*(?<word>change(?=\s)|remove(?=\s)|closed\s+world)/gu),
  ];
  for (const match of found) {
    const word = match.groups?.['word'] ?? '';
    const from = start + match.index + match[0].length - word.length;
    const known = CLAUSE_WORDS[word] ?? STATEMENT_WORDS[word.replace(/\s+/u, ' ')];
    const isComment = comment >= 0 && from - start > comment;
    if (known === undefined || isComment || offset < from || offset > from + word.length) continue;
    return {
      span: { start: from, end: from + word.length },
      paragraphs: [known.meaning, `For example: \`${known.form}\``],
    };
  }
  return null;
}
