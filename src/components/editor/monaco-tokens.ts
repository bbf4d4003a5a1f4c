/** Colours of our languages as Monarch grammars: approximate by design, since the parsers do the real reading. */
import type { languages } from 'monaco-editor/editor/editor.api';

const NAME = /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;
const VERSION = /v?\d[A-Za-z0-9.!+*_-]*/;
const OPERATOR = /===|[=!<>~]=|[<>]/;

const markerRules: languages.IMonarchLanguageRule[] = [
  [/"[^"]*"|'[^']*'/, 'string'],
  [/\b(?:and|or|not|in)\b/, 'keyword'],
  [OPERATOR, 'operator'],
  [/[a-z_.]+/, 'marker'],
  [/[()]/, 'delimiter'],
];

/** Requirements and constraints files. */
export const REQUIREMENTS_TOKENS: languages.IMonarchLanguage = {
  defaultToken: '',
  includeLF: true,
  tokenizer: {
    root: [
      [/(^|\s)#[^\n]*/, 'comment'],
      [/^\s*--?[A-Za-z][\w-]*/, 'option', '@options'],
      [/(?:git|hg|svn|bzr|https?|file|ftp)(?:\+\w+)?:\S+/, 'string', '@rest'],
      [NAME, 'name', '@rest'],
    ],
    rest: [
      [/\\\n/, 'delimiter'],
      [/\n/, '', '@popall'],
      [/\s#[^\n]*/, 'comment'],
      [/ --?[A-Za-z][\w-]*/, 'option'],
      [/;/, 'delimiter', '@marker'],
      [/\[/, 'delimiter', '@extras'],
      [/@\s*\S+/, 'string'],
      [OPERATOR, 'operator'],
      [VERSION, 'version'],
      [/[,()]/, 'delimiter'],
    ],
    extras: [
      [/\n/, '', '@popall'],
      [/\]/, 'delimiter', '@pop'],
      [NAME, 'extra'],
      [/,/, 'delimiter'],
    ],
    marker: [
      [/\\\n/, 'delimiter'],
      [/\n/, '', '@popall'],
      [/\s#[^\n]*/, 'comment'],
      [/ --[A-Za-z][\w-]*/, 'option'],
      ...markerRules,
    ],
    options: [
      [/\\\n/, 'delimiter'],
      [/\n/, '', '@popall'],
      [/\s#[^\n]*/, 'comment'],
      [/\s--?[A-Za-z][\w-]*/, 'option'],
      [/[^\s\\]+/, 'string'],
    ],
  },
};

/** The overlay language (core/package-index/overlay/overlay.ts): releases, one a line, with what they need. */
export const OVERLAY_TOKENS: languages.IMonarchLanguage = {
  defaultToken: '',
  includeLF: true,
  tokenizer: {
    root: [
      [/(^|\s)#[^\n]*/, 'comment'],
      [/^\s*(?:(?:change|remove)(?=\s+(?!\d))|closed\s+world)/, 'keyword'],
      [NAME, 'name', '@rest'],
    ],
    rest: [
      [/\n/, '', '@popall'],
      [/\s#[^\n]*/, 'comment'],
      [/"(?:[^"\\]|\\.)*"|'[^'\n]*'/, 'string'],
      [/;\s*(?:depends|extra|build-requires|python|yanked|uploaded|wheels|sdist|unknown|drops)\b/, 'keyword'],
      [/\b(?:and|or|not|in|only)\b/, 'keyword'],
      [/\[/, 'delimiter', '@extras'],
      [OPERATOR, 'operator'],
      [/\.\./, 'operator'],
      [VERSION, 'version'],
      [NAME, 'name'],
      [/[:;,()@]/, 'delimiter'],
    ],
    extras: [
      [/\n/, '', '@popall'],
      [/\]/, 'delimiter', '@pop'],
      [NAME, 'extra'],
      [/,/, 'delimiter'],
    ],
  },
};

/** `pyproject.toml`, `Pipfile` and lock files. */
export const TOML_TOKENS: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenizer: {
    root: [
      [/#.*$/, 'comment'],
      [/^\s*\[\[?[^\]]*\]\]?/, 'keyword'],
      [/[A-Za-z0-9_-]+(?=\s*[.=])|"[^"]*"(?=\s*[.=])/, 'name'],
      [/"""/, 'string', '@longBasic'],
      [/'''/, 'string', '@longLiteral'],
      [/"(?:[^"\\]|\\.)*"|'[^']*'/, 'string'],
      [/\b(?:true|false)\b/, 'keyword'],
      [/[-+]?\d[\d_.:TZ+-]*/, 'version'],
      [/[[\]{},=.]/, 'delimiter'],
    ],
    longBasic: [
      [/"""/, 'string', '@pop'],
      [/\\.|[^"\\]+|"/, 'string'],
    ],
    longLiteral: [
      [/'''/, 'string', '@pop'],
      [/[^']+|'/, 'string'],
    ],
  },
};

/** Pasted output and everything else: only comments stand apart. */
export const PLAIN_TOKENS: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenizer: { root: [[/^\s*#.*$/, 'comment']] },
};
