/**
 * The code editor: Monaco, `editor.api` with the features that are used, loaded only when somebody wants it. Nothing
 * else in the program imports Monaco; `Editor.svelte` imports this file dynamically.
 *
 * Content security policy: Monaco writes style elements and style attributes and draws squiggles from data addresses,
 * so the page needs `style-src 'self' 'unsafe-inline'`, `img-src 'self' data:`, `font-src 'self'`, `worker-src 'self'`.
 */
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
// `features/suggest/register` of 0.57 registers inline completions only; the list itself is here.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/wordOperations/register';
import * as monaco from 'monaco-editor/editor/editor.api';
import './monaco-marks.css';
import editorWorker from 'monaco-editor/editor/editor.worker?worker&url';
import { startOwnWorker } from '../../client/own-worker.ts';
import type { Diagnostic, Pane } from '../../core/manifest/syntax/diagnostic.ts';
import type { LanguageAssistance } from '../../core/manifest/language/assistance.ts';
import type { LineMark } from './line-mark.ts';
import { connectDocument, registerLanguages, type EditorLanguage } from './monaco-languages.ts';
import { markDecorations, toMarkers } from './monaco-marks.ts';
import { followTheme, THEME } from './monaco-theme.ts';
import { replacementBetween, type Replacement, type TextDocument } from './text-document.ts';

self.MonacoEnvironment = { getWorker: () => startOwnWorker(editorWorker, 'editor') };

/** What the code editor tells the component. */
export interface CodeEditorListeners {
  onchange(text: string): void;
  onrun(): void;
  ontoggletab(): void;
  /** The line of the caret, from 1; null when the text has lost the focus. */
  oncaret(line: number | null): void;
}

export interface CodeEditorSettings {
  readonly label: string;
  readonly isReadonly: boolean;
  readonly tabMovesFocus: boolean;
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly fontFamily: string;
}

interface OpenDocument {
  readonly model: monaco.editor.ITextModel;
  viewState: monaco.editor.ICodeEditorViewState | null;
}

/** A Monaco editor with one document for each pane, each with its own undo. */
export class CodeEditor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #documents = new Map<Pane, OpenDocument>();
  readonly #decorations: monaco.editor.IEditorDecorationsCollection;
  readonly #stopTheme: () => void;
  #pane: Pane | null = null;
  #marks: readonly LineMark[] = [];
  #isApplying = false;

  constructor(host: HTMLElement, settings: CodeEditorSettings, listeners: CodeEditorListeners) {
    registerLanguages();
    this.#stopTheme = followTheme();
    this.#editor = monaco.editor.create(host, {
      model: null,
      theme: THEME,
      ...fixedOptions,
      ...settingsOptions(settings),
    });
    this.#decorations = this.#editor.createDecorationsCollection();
    this.#editor.onDidChangeModelContent(() => {
      if (!this.#isApplying) listeners.onchange(this.text);
    });
    this.#editor.onDidChangeCursorPosition(({ position }) => listeners.oncaret(position.lineNumber));
    this.#editor.onDidLayoutChange(() => this.#decorate());
    this.#editor.onDidBlurEditorText(() => listeners.oncaret(null));
    this.#editor.addAction({
      id: 'backjump.run',
      label: 'Run',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      run: () => listeners.onrun(),
    });
    this.#editor.addAction({
      id: 'backjump.toggle-tab',
      label: 'Toggle whether Tab moves focus',
      keybindings: [
        monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyM,
        monaco.KeyMod.WinCtrl | monaco.KeyMod.Shift | monaco.KeyCode.KeyM,
      ],
      run: () => listeners.ontoggletab(),
    });
  }

  get text(): string {
    return this.#editor.getModel()?.getValue() ?? '';
  }

  /** Shows a pane's text, keeping the undo history and the caret that it had when it was last shown. */
  open(pane: Pane, text: string, language: EditorLanguage): void {
    this.#keepViewState();
    const known = this.#documents.get(pane);
    if (known === undefined) {
      const model = monaco.editor.createModel(text, language);
      this.#documents.set(pane, { model, viewState: null });
      this.#editor.setModel(model);
    } else {
      this.#editor.setModel(known.model);
      if (known.model.getLanguageId() !== language) monaco.editor.setModelLanguage(known.model, language);
      this.replaceText(text);
      if (known.viewState !== null) this.#editor.restoreViewState(known.viewState);
    }
    this.#pane = pane;
  }

  /** Opens a pane with what was typed into the plain text box: undo, caret, scroll and focus go on as they were. */
  adopt(
    pane: Pane,
    document: TextDocument,
    history: { firstText: string; steps: readonly Replacement[] },
    language: EditorLanguage,
  ): void {
    this.open(pane, history.firstText, language);
    const model = this.#editor.getModel()!;
    this.#withoutReporting(() => {
      model.setValue(history.firstText);
      for (const step of history.steps) this.#pushReplacement(model, step);
    });
    this.replaceText(document.text);
    const anchor = model.getPositionAt(document.anchor);
    const head = model.getPositionAt(document.head);
    this.#editor.setSelection(monaco.Selection.fromPositions(anchor, head));
    this.#editor.setScrollTop(document.scrollTop);
    if (document.hasFocus) this.#editor.focus();
  }

  /** What the plain text box needs to go on. */
  release(): TextDocument {
    const model = this.#editor.getModel();
    const selection = this.#editor.getSelection();
    const offset = (line: number, column: number) => model?.getOffsetAt({ lineNumber: line, column }) ?? 0;
    return {
      text: this.text,
      anchor:
        selection === null ? 0 : offset(selection.selectionStartLineNumber, selection.selectionStartColumn),
      head: selection === null ? 0 : offset(selection.positionLineNumber, selection.positionColumn),
      scrollTop: this.#editor.getScrollTop(),
      hasFocus: this.#editor.hasTextFocus(),
    };
  }

  /** Makes the text be `text` by the smallest edit, which can be undone; says nothing to `onchange`. */
  replaceText(text: string): void {
    const model = this.#editor.getModel();
    const replacement = model === null ? null : replacementBetween(model.getValue(), text);
    if (model === null || replacement === null) return;
    this.#withoutReporting(() => this.#pushReplacement(model, replacement));
  }

  setDiagnostics(diagnostics: readonly Diagnostic[], marks: readonly LineMark[]): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    monaco.editor.setModelMarkers(model, 'backjump', toMarkers(model, diagnostics, marks));
    this.#marks = marks;
    this.#decorate();
    connectDocument(model, { diagnostics });
  }

  setAssistance(assistance: LanguageAssistance | null): void {
    const model = this.#editor.getModel();
    if (model !== null && this.#pane !== null) connectDocument(model, { assistance, pane: this.#pane });
  }

  setSettings(settings: CodeEditorSettings): void {
    this.#editor.updateOptions(settingsOptions(settings));
  }

  /** Puts the caret at an offset, shows it, and takes the focus. */
  reveal(offset: number): void {
    const position = this.#editor.getModel()?.getPositionAt(offset);
    if (position === undefined) return;
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
    this.#editor.focus();
  }

  dispose(): void {
    this.#stopTheme();
    this.#editor.dispose();
    for (const { model } of this.#documents.values()) model.dispose();
    this.#documents.clear();
  }

  /** Draws the marks for the room that a line has now. */
  #decorate(): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const { wrappingColumn } = this.#editor.getOption(monaco.editor.EditorOption.wrappingInfo);
    const columns = wrappingColumn > 0 ? wrappingColumn : Infinity;
    this.#decorations.set(markDecorations(model, this.#marks, columns));
  }

  #keepViewState(): void {
    const current = this.#pane === null ? undefined : this.#documents.get(this.#pane);
    if (current !== undefined) current.viewState = this.#editor.saveViewState();
  }

  #pushReplacement(model: monaco.editor.ITextModel, replacement: Replacement): void {
    const range = monaco.Range.fromPositions(
      model.getPositionAt(replacement.start),
      model.getPositionAt(replacement.start + replacement.removed),
    );
    model.pushStackElement();
    model.pushEditOperations(null, [{ range, text: replacement.inserted }], () => null);
    model.pushStackElement();
  }

  #withoutReporting(change: () => void): void {
    this.#isApplying = true;
    try {
      change();
    } finally {
      this.#isApplying = false;
    }
  }
}

/** What never changes: a small editor for short files, without anything that moves by itself. */
const fixedOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  // The column is narrow, and a log is wide: what is wrapped is in sight after any paste.
  wordWrap: 'on',
  wrappingIndent: 'indent',
  glyphMargin: true,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 13,
  folding: false,
  autoIndent: 'none',
  guides: { indentation: false },
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  cursorSmoothCaretAnimation: 'off',
  renderLineHighlight: 'line',
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  wordBasedSuggestions: 'off',
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  links: false,
  unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, comments: false, strings: true },
  // Nothing is chosen until the reader moves to it: Enter behind `==2.3` must not become `==2.31.0`.
  suggest: { showWords: false, showStatusBar: false, filterGraceful: false, selectionMode: 'never' },
  padding: { top: 4, bottom: 4 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  fontLigatures: false,
  'semanticHighlighting.enabled': false,
};

function settingsOptions(settings: CodeEditorSettings): monaco.editor.IEditorOptions {
  return {
    ariaLabel: settings.label,
    readOnly: settings.isReadonly,
    tabFocusMode: settings.tabMovesFocus,
    fontSize: settings.fontSize,
    lineHeight: settings.lineHeight,
    fontFamily: settings.fontFamily,
  };
}
