/** Our languages in Monaco: colours, and the bridge from an editor's questions to `LanguageAssistance`. */
import { languages, type editor, type IRange } from 'monaco-editor/editor/editor.api';
import type { Diagnostic, Pane } from '../../core/manifest/syntax/diagnostic.ts';
import type { CompletionKind, LanguageAssistance } from '../../core/manifest/language/assistance.ts';
import { rangeOf } from './monaco-marks.ts';
import { OVERLAY_TOKENS, PLAIN_TOKENS, REQUIREMENTS_TOKENS, TOML_TOKENS } from './monaco-tokens.ts';

/** How a text is coloured; the pane decides what is known about it. */
export type EditorLanguage = 'requirements' | 'overlay' | 'toml' | 'plain';

/** What the providers know of an open document. */
interface Connection {
  readonly assistance: LanguageAssistance | null;
  readonly pane: Pane;
  readonly diagnostics: readonly Diagnostic[];
}

const connections = new WeakMap<editor.ITextModel, Connection>();

/** Tells the providers more about a document. */
export function connectDocument(model: editor.ITextModel, change: Partial<Connection>): void {
  const known = connections.get(model);
  const before: Connection = known ?? { assistance: null, pane: 'requirements', diagnostics: [] };
  connections.set(model, { ...before, ...change });
}

let isRegistered = false;

/** Registers the languages once for the page. */
export function registerLanguages(): void {
  if (isRegistered) return;
  isRegistered = true;
  const tokens: Readonly<Record<EditorLanguage, languages.IMonarchLanguage>> = {
    requirements: REQUIREMENTS_TOKENS,
    overlay: OVERLAY_TOKENS,
    toml: TOML_TOKENS,
    plain: PLAIN_TOKENS,
  };
  for (const id of Object.keys(tokens) as EditorLanguage[]) {
    languages.register({ id });
    languages.setMonarchTokensProvider(id, tokens[id]);
    languages.setLanguageConfiguration(id, {
      comments: { lineComment: '#' },
      brackets: [
        ['[', ']'],
        ['(', ')'],
      ],
      autoClosingPairs: [
        { open: '[', close: ']' },
        { open: '(', close: ')' },
      ],
      wordPattern: /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/,
    });
    languages.registerCompletionItemProvider(id, completionProvider);
    languages.registerHoverProvider(id, hoverProvider);
    languages.registerCodeActionProvider(id, fixProvider);
  }
}

const ICONS: Readonly<Record<CompletionKind, languages.CompletionItemKind>> = {
  project: languages.CompletionItemKind.Module,
  version: languages.CompletionItemKind.Constant,
  operator: languages.CompletionItemKind.Operator,
  extra: languages.CompletionItemKind.Property,
  marker: languages.CompletionItemKind.Variable,
  option: languages.CompletionItemKind.Keyword,
  keyword: languages.CompletionItemKind.Keyword,
};

const completionProvider: languages.CompletionItemProvider = {
  triggerCharacters: ['=', '<', '>', '~', '!', ',', '[', ';', '-', ' ', '"', "'"],
  async provideCompletionItems(model, position) {
    const connection = connections.get(model);
    if (connection === undefined || connection.assistance === null) return { suggestions: [] };
    const offset = model.getOffsetAt(position);
    const completions = await connection.assistance.complete(model.getValue(), offset, connection.pane);
    return {
      suggestions: completions.map((completion) => ({
        label: { label: completion.label, description: completion.detail },
        kind: ICONS[completion.kind],
        insertText: completion.insert,
        sortText: String(completion.rank).padStart(6, '0'),
        range: rangeOf(model, completion.span.start, completion.span.end),
        ...(completion.isDiscouraged ? { tags: [languages.CompletionItemTag.Deprecated] } : {}),
      })),
      incomplete: true,
    };
  },
};

const hoverProvider: languages.HoverProvider = {
  async provideHover(model, position) {
    const connection = connections.get(model);
    const offset = model.getOffsetAt(position);
    const hover = await connection?.assistance?.hover(model.getValue(), offset, connection.pane);
    if (hover === null || hover === undefined) return null;
    const contents = hover.paragraphs.map((paragraph) => ({ value: escapeMarkdown(paragraph) }));
    return { range: rangeOf(model, hover.span.start, hover.span.end), contents };
  },
};

/** Everything but code between backticks is plain text. */
function escapeMarkdown(paragraph: string): string {
  return paragraph
    .split('`')
    .map((part, index) =>
      index % 2 === 1 ? `\`${part}\`` : part.replace(/[\\*_{}[\]()#+\-.!<>|~&]/g, '\\$&'),
    )
    .join('');
}

const fixProvider: languages.CodeActionProvider = {
  provideCodeActions(model, range, context) {
    const connection = connections.get(model);
    const actions: languages.CodeAction[] = [];
    for (const diagnostic of connection?.diagnostics ?? []) {
      const place = rangeOf(model, diagnostic.span.start, diagnostic.span.end);
      if (!touches(place, range)) continue;
      for (const fix of diagnostic.fixes ?? [])
        actions.push({
          title: fix.title.replaceAll('`', ''),
          kind: 'quickfix',
          diagnostics: context.markers.filter((marker) => marker.message === diagnostic.message),
          isPreferred: diagnostic.fixes?.[0] === fix,
          edit: {
            edits: fix.edits.map((edit) => ({
              resource: model.uri,
              versionId: model.getVersionId(),
              textEdit: { range: rangeOf(model, edit.span.start, edit.span.end), text: edit.text },
            })),
          },
        });
    }
    return { actions, dispose: () => undefined };
  },
};

function touches(left: IRange, right: IRange): boolean {
  return left.startLineNumber <= right.endLineNumber && right.startLineNumber <= left.endLineNumber;
}
