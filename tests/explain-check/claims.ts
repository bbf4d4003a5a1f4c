/**
 * Sentences, chains and steps read back into claims: `` `a` 1.0 to 2.0 need `b<2` `` says that each of these versions has
 * that requirement. What is read is the printed text, as a reader sees it.
 */
export type Claim =
  | { readonly kind: 'asks'; readonly pane: string; readonly line: number; readonly text: string }
  | { readonly kind: 'requires'; readonly package: string; readonly versions: string; readonly text: string }
  | {
      readonly kind: 'accepts-none';
      readonly package: string;
      readonly versions: string;
      readonly other: string;
      readonly refused: string;
    }
  | {
      readonly kind: 'needs-python';
      readonly package: string;
      readonly versions: string;
      readonly text: string;
      readonly here: string;
    }
  | {
      readonly kind: 'no-file' | 'yanked' | 'pre-release';
      readonly package: string;
      readonly versions: string;
    }
  | { readonly kind: 'no-project'; readonly package: string }
  | { readonly kind: 'no-release'; readonly package: string }
  | {
      readonly kind: 'newest' | 'oldest' | 'only' | 'lists-only' | 'nearest' | 'unsatisfiable';
      readonly package: string;
      /** Separated by blanks; of the unsatisfiable the specifier. */
      readonly version: string;
    };

const EVERY = String.raw`(?:(?:e|E)very version of \`([^\`]+)\`|\`([^\`]+)\` ((?:\d[\w.+]*(?: or newer| or older| to \d[\w.+]*)?(?:, | and )?)+(?:\d+ more)?))`;

interface Subject {
  readonly package: string;
  readonly versions: string;
}

function subjectOf(match: RegExpMatchArray): Subject {
  return { package: (match[1] ?? match[2])!, versions: (match[3] ?? '*').trim().replace(/(,| and)$/u, '') };
}

/** All claims of a text that the grammar knows. */
export function claimsOf(text: string): readonly Claim[] {
  const claims: Claim[] = [];
  const each = (pattern: string, make: (match: RegExpMatchArray) => Claim): void => {
    for (const match of text.matchAll(new RegExp(pattern.replaceAll('\\`', '`'), 'gu')))
      claims.push(make(match));
  };
  each(
    String.raw`((?:constraints )?)[lL]ine (\d+) (?:asks for|allows only) \`([^\`]+)\`(?! (?:\d|below|newer|other))`,
    (match) => ({
      kind: 'asks',
      pane:
        /^\s*constraints/iu.test(text.slice(Math.max(0, match.index! - 12), match.index! + 12).trim()) ||
        match[1] !== ''
          ? 'constraints'
          : 'requirements',
      line: Number(match[2]),
      text: match[3]!,
    }),
  );
  each(`${EVERY} needs? \`([^\`]+)\`(?! (?:\\d|below|newer|other|at the same))`, (match) => ({
    kind: 'requires',
    ...subjectOf(match),
    text: match[4]!,
  }));
  each(
    `(?:no version of|[nN]one of) ${EVERY.replace('(?:e|E)very version of ', '')} accepts ${EVERY.replaceAll(/\((?!\?)/gu, '(?:')}`,
    (match) => ({
      kind: 'accepts-none',
      ...subjectOf(match),
      other: '',
      refused: match[0],
    }),
  );
  each(
    `${EVERY} needs? Python \`([^\`]+)\`, and (?:this is|\`--python-version\` is) ([\\d.]+\\d)`,
    (match) => ({
      kind: 'needs-python',
      ...subjectOf(match),
      text: match[4]!,
      here: match[5]!,
    }),
  );
  each(`${EVERY} (?:has|have) no file for`, (match) => ({ kind: 'no-file', ...subjectOf(match) }));
  each(`${EVERY} (?:was|were) withdrawn`, (match) => ({ kind: 'yanked', ...subjectOf(match) }));
  each(`${EVERY} (?:is a pre-release|are pre-releases)`, (match) => ({
    kind: 'pre-release',
    ...subjectOf(match),
  }));
  each(String.raw`has no project \`([^\`]+)\``, (match) => ({ kind: 'no-project', package: match[1]! }));
  each(String.raw`lists no release of \`([^\`]+)\``, (match) => ({ kind: 'no-release', package: match[1]! }));
  const versions = String.raw`(\d(?:[\w.+]*\w)?(?:(?:, | and )\d(?:[\w.+]*\w)?)*)`;
  const listing = (kind: 'newest' | 'oldest' | 'only' | 'nearest' | 'lists-only', words: string): void =>
    each(`${words} \`([^\`]+)\` (?:is |are )?${versions}`, (match) => ({
      kind,
      package: match[1]!,
      version: match[2]!.replaceAll(/, | and /gu, ' '),
    }));
  for (const kind of ['newest', 'oldest', 'only', 'nearest'] as const) listing(kind, `its ${kind}`);
  listing('lists-only', 'lists only');
  each(String.raw`asks for \`([\w.-]+)(?:\[[^\]]*\])?([^\`]*)\`, which no version can satisfy`, (match) => ({
    kind: 'unsatisfiable',
    package: match[1]!,
    version: match[2]!,
  }));
  return claims;
}
