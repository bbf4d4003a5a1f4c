/** Monaco's colours, taken from the tokens of styles/tokens.css, so that there is one source of colour. */
import { editor } from 'monaco-editor/editor/editor.api';
import { pageColourAsHex } from '../../render/page-colour.ts';

/** The name under which the current theme is defined. */
export const THEME = 'backjump';

/**
 * Defines and applies the theme for the document's present tokens. Syntax is told apart by weight and ink, because
 * colour means the state of a candidate or a version, and nothing else.
 */
export function applyTheme(): void {
  const root = document.documentElement;
  const token = (name: string) => pageColourAsHex(root, name);
  const bare = (name: string) => token(name).slice(1);
  const isDark = root.dataset['theme'] === 'dark';
  const isHighContrast = root.dataset['contrast'] !== 'standard';
  editor.defineTheme(THEME, {
    base: isHighContrast ? (isDark ? 'hc-black' : 'hc-light') : isDark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: bare('--ink') },
      { token: 'name', foreground: bare('--ink'), fontStyle: 'bold' },
      { token: 'version', foreground: bare('--ink') },
      { token: 'operator', foreground: bare('--ink-faint') },
      { token: 'delimiter', foreground: bare('--ink-faint') },
      { token: 'extra', foreground: bare('--ink-soft') },
      { token: 'marker', foreground: bare('--ink-soft'), fontStyle: 'italic' },
      { token: 'option', foreground: bare('--ink-soft'), fontStyle: 'bold' },
      { token: 'string', foreground: bare('--ink-soft') },
      { token: 'comment', foreground: bare('--ink-faint'), fontStyle: 'italic' },
      { token: 'keyword', foreground: bare('--ink-soft'), fontStyle: 'bold' },
    ],
    colors: {
      'editor.background': token('--paper'),
      'editor.foreground': token('--ink'),
      'editorLineNumber.foreground': token('--ink-faint'),
      'editorLineNumber.activeForeground': token('--ink'),
      'editorCursor.foreground': token('--ink'),
      'editor.selectionBackground': token('--wash-selection'),
      'editor.inactiveSelectionBackground': token('--sunken'),
      'editor.lineHighlightBackground': token('--surface'),
      'editor.lineHighlightBorder': token('--surface'),
      'editorGutter.background': token('--paper'),
      'editorError.foreground': token('--state-conflict'),
      'editorWarning.foreground': token('--state-undo'),
      'editorInfo.foreground': token('--rule-strong'),
      'editorWidget.background': token('--surface'),
      'editorWidget.foreground': token('--ink'),
      'editorWidget.border': token('--rule-strong'),
      'editorHoverWidget.background': token('--surface'),
      'editorHoverWidget.foreground': token('--ink'),
      'editorHoverWidget.border': token('--rule-strong'),
      'editorSuggestWidget.background': token('--surface'),
      'editorSuggestWidget.foreground': token('--ink'),
      'editorSuggestWidget.border': token('--rule-strong'),
      'editorSuggestWidget.selectedBackground': token('--wash-selection'),
      'editorSuggestWidget.selectedForeground': token('--ink'),
      'editorSuggestWidget.highlightForeground': token('--focus'),
      'editorSuggestWidget.focusHighlightForeground': token('--focus'),
      'editorLink.activeForeground': token('--focus'),
      'list.hoverBackground': token('--sunken'),
      'list.hoverForeground': token('--ink'),
      'menu.background': token('--surface'),
      'menu.foreground': token('--ink'),
      'menu.border': token('--rule-strong'),
      'menu.selectionBackground': token('--wash-selection'),
      'menu.selectionForeground': token('--ink'),
      'input.background': token('--paper'),
      'input.foreground': token('--ink'),
      'input.border': token('--rule-strong'),
      focusBorder: token('--focus'),
      'widget.shadow': token('--rule'),
      'scrollbarSlider.background': `${token('--rule-strong')}66`,
      'scrollbarSlider.hoverBackground': `${token('--rule-strong')}99`,
      'scrollbarSlider.activeBackground': token('--rule-strong'),
    },
  });
  editor.setTheme(THEME);
}

/** Applies the theme now and whenever the page's theme or contrast changes. Gives the function that stops it. */
export function followTheme(): () => void {
  applyTheme();
  const observer = new MutationObserver(applyTheme);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  return () => observer.disconnect();
}
