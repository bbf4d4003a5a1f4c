/** How the reader wants to edit. Kept in this browser, never in a link; storage may be forbidden or full. */
export interface EditorPreferences {
  /** Stay with the plain text box. */
  readonly usesTextarea: boolean;
  /** The Tab key moves on (the default) instead of indenting. */
  readonly tabMovesFocus: boolean;
}

const KEY = 'backjump.editor';

/** The kept preferences; on touch screens the plain text box is the default, since Monaco has no touch editing. */
export function loadEditorPreferences(): EditorPreferences {
  const defaults = { usesTextarea: matchMedia('(pointer: coarse)').matches, tabMovesFocus: true };
  const kept = readKept();
  if (typeof kept !== 'object' || kept === null) return defaults;
  const { usesTextarea, tabMovesFocus } = kept as Partial<Record<keyof EditorPreferences, unknown>>;
  return {
    usesTextarea: typeof usesTextarea === 'boolean' ? usesTextarea : defaults.usesTextarea,
    tabMovesFocus: typeof tabMovesFocus === 'boolean' ? tabMovesFocus : defaults.tabMovesFocus,
  };
}

/** Keeps the preferences where the browser allows it. */
export function saveEditorPreferences(preferences: EditorPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Private windows and full disks: the choice then lasts as long as the page.
  }
}

function readKept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}
