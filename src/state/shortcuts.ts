/**
 * The keyboard map, one table: `bindShortcuts` reads it, and so does the help panel (users.md section 4e). Keys of a
 * region work only while the focus is inside it, so that no letter is taken from whoever types or reads elsewhere
 * (WCAG 2.1.4); those of the whole page that are single characters can be switched off.
 */
import { tinykeys } from 'tinykeys';

export type ShortcutRegion = 'page' | 'steps';

export const REGION_TITLES: Readonly<Record<ShortcutRegion, string>> = {
  page: 'Anywhere',
  steps: 'While the focus is in the views, the steps or the player',
};

export interface Shortcut {
  readonly action: ShortcutAction;
  readonly region: ShortcutRegion;
  /** In tinykeys' notation; `$mod` is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  readonly label: string;
}

export type ShortcutAction = (typeof SHORTCUTS)[number]['action'];

export const SHORTCUTS = [
  { action: 'run', region: 'page', keys: ['$mod+Enter'], label: 'Run' },
  { action: 'cancel', region: 'page', keys: ['Shift+Escape'], label: 'Stop the run' },
  { action: 'copy-link', region: 'page', keys: ['l'], label: 'Copy link' },
  { action: 'undo', region: 'page', keys: ['$mod+z'], label: 'Undo a change of the question' },
  { action: 'redo', region: 'page', keys: ['$mod+Shift+z', '$mod+y'], label: 'Redo it' },
  { action: 'help', region: 'page', keys: ['?', 'Shift+?'], label: 'This help' },
  { action: 'play', region: 'steps', keys: ['Space'], label: 'Play or pause' },
  { action: 'next', region: 'steps', keys: ['ArrowRight'], label: 'Next step' },
  { action: 'previous', region: 'steps', keys: ['ArrowLeft'], label: 'Previous step' },
  { action: 'next-conflict', region: 'steps', keys: ['n', '.'], label: 'Next conflict' },
  { action: 'previous-conflict', region: 'steps', keys: ['p', ','], label: 'Previous conflict' },
  { action: 'next-of-package', region: 'steps', keys: [']'], label: 'Next step of the same package' },
  { action: 'previous-of-package', region: 'steps', keys: ['['], label: 'Previous step of the same package' },
  { action: 'ten-forward', region: 'steps', keys: ['PageUp'], label: 'Ten steps on' },
  { action: 'ten-back', region: 'steps', keys: ['PageDown'], label: 'Ten steps back' },
  { action: 'first', region: 'steps', keys: ['Home'], label: 'First step' },
  { action: 'last', region: 'steps', keys: ['End'], label: 'Last step' },
  { action: 'full-screen', region: 'steps', keys: ['Shift+F'], label: 'Full screen, and back' },
] as const satisfies readonly (Omit<Shortcut, 'action'> & { readonly action: string })[];

/** Keys that one view takes for itself while the focus is inside it: `SearchView` and `StepsView` bind them. */
export const VIEW_KEYS: readonly {
  readonly title: string;
  readonly keys: readonly (readonly [keys: readonly string[], label: string])[];
}[] = [
  {
    title: 'In the picture',
    keys: [
      [['w', '+'], 'Larger'],
      [['s', '-'], 'Smaller'],
      [['f'], 'Fit the whole tree'],
      [['a', 'd'], 'Move left, right'],
      [['ArrowUp', 'ArrowDown'], 'Choose the attempt before, after'],
      [['Enter'], 'Go to the step of the chosen attempt'],
      [['/'], 'Find in the picture'],
      [['Shift+ArrowLeft', 'Shift+ArrowRight'], 'Move left, right'],
      [['Shift+ArrowUp', 'Shift+ArrowDown'], 'Move up, down'],
      [['Shift+Enter'], 'Open or fold what is folded here'],
      [['Backspace'], 'Go to the choice that this step stands in'],
      [['Escape'], 'Choose nothing any longer'],
    ],
  },
  {
    title: 'In the Steps table',
    keys: [
      [['ArrowDown', 'ArrowRight'], 'Next step'],
      [['ArrowUp', 'ArrowLeft'], 'Previous step'],
      [['PageDown', 'PageUp'], 'Ten steps on, back'],
      [['Enter'], 'Fold what a given-up choice cost, or open it'],
      [['Shift+ArrowLeft', 'Shift+ArrowRight'], 'Fold it, open it'],
      [['Backspace'], 'Go to the choice that this step stands in'],
      [['/'], 'Search the steps'],
    ],
  },
];

export type ShortcutActions = Partial<Record<ShortcutAction, () => void>>;

/** What a text field does itself while the focus is in it. */
const EDITOR_ACTIONS: ReadonlySet<ShortcutAction> = new Set<ShortcutAction>(['undo', 'redo']);

/** Listens on `target` for the shortcuts of a region; returns how to stop. */
export function bindShortcuts(
  target: HTMLElement | Window,
  region: ShortcutRegion,
  actions: ShortcutActions,
  areLettersOn: () => boolean = () => true,
): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const shortcut of SHORTCUTS) {
    const action = actions[shortcut.action];
    if (shortcut.region !== region || action === undefined) continue;
    for (const keys of shortcut.keys) {
      bindings[keys] = (event) => {
        const isOfEditor = isCharacter(keys) || EDITOR_ACTIONS.has(shortcut.action);
        if (event.defaultPrevented || (isOfEditor && isTyping(event.target))) return;
        if (isCharacter(keys) && !areLettersOn()) return;
        if (isOwnKeyOfControl(event)) return;
        event.preventDefault();
        action();
      };
    }
  }
  return tinykeys(target, bindings);
}

/** How a key reads on this machine: `⌘⏎` or `Ctrl+Enter`. */
export function keyLabel(keys: string, isMac = /Mac|iPhone|iPad/u.test(navigator.userAgent)): string {
  const names: Readonly<Record<string, string>> = {
    $mod: isMac ? '⌘' : 'Ctrl',
    Shift: isMac ? '⇧' : 'Shift',
    Enter: isMac ? '⏎' : 'Enter',
    Escape: 'Esc',
    ArrowRight: '→',
    ArrowLeft: '←',
    ArrowUp: '↑',
    ArrowDown: '↓',
    PageDown: 'Page Down',
    PageUp: 'Page Up',
    z: 'Z',
    y: 'Y',
  };
  const parts = keys.split('+').map((key) => names[key] ?? key);
  return parts.join(isMac ? '' : '+');
}

function isCharacter(keys: string): boolean {
  return keys.replace('Shift+', '').length === 1;
}

/** Whether a key pressed here writes text. Monaco's input is no text field but an element with an EditContext. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="textbox"]') !== null) return true;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type)
  );
}

/** Keys that the focused control needs itself: text fields all of them, buttons Space, tabs and sliders arrows. */
function isOwnKeyOfControl(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || key === 'Escape') return false;
  if (isTyping(target)) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (key === ' ') return target.closest('button, a, summary, input') !== null;
  const takesArrows =
    '[role="tab"], [role="separator"], [role="slider"], input[type="range"], [role="treegrid"]';
  return /^(Arrow|Home|End|Page)/u.test(key) && target.closest(takesArrows) !== null;
}
