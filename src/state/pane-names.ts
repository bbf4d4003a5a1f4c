/** What the panes are called, on their tabs and in sentences. */
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';

/** In the order of the tabs. */
export const PANE_NAMES: Readonly<Record<Pane, string>> = {
  requirements: 'Requirements',
  constraints: 'Constraints',
  installed: 'Installed',
  overrides: 'Overrides',
  pyproject: 'pyproject.toml',
  overlay: 'Toy index',
};
