/** How the page looks to this reader: theme, contrast, panel sizes. Kept in this browser, never in a link. */
import * as v from 'valibot';
import { readStoredJson, writeStored } from '../client/storage/safe-storage.ts';

const KEY = 'backjump.appearance';

/** Share of the window that the left column has until somebody moves its edge, in percent. */
export const PRESET_INPUT = 22;

/** Sizes in percent of the panels around; see App.svelte. */
const sizesSchema = v.object({
  /** Left column: what goes in. */
  input: v.optional(v.pipe(v.number(), v.minValue(18), v.maxValue(60)), PRESET_INPUT),
  /** The open drawer, of the right column. */
  drawer: v.optional(v.pipe(v.number(), v.minValue(12), v.maxValue(60)), 30),
});

const appearanceSchema = v.object({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  contrast: v.optional(v.picklist(['system', 'more']), 'system'),
  sizes: v.optional(sizesSchema, {}),
  /** Whether answers come while typing, or only at Run (WCAG 3.2.2). */
  runsWhileTyping: v.optional(v.boolean(), true),
  /** Whether single letters outside the steps region do anything (WCAG 2.1.4). */
  areLettersOn: v.optional(v.boolean(), true),
});

export type AppearanceValues = v.InferOutput<typeof appearanceSchema>;
export type PanelSizes = AppearanceValues['sizes'];

/** Arrangements to choose from, for whoever cannot or will not drag (WCAG 2.5.7). */
export const PANEL_PRESETS: Readonly<Record<'balanced' | 'picture' | 'text', PanelSizes>> = {
  balanced: { input: PRESET_INPUT, drawer: 30 },
  picture: { input: 18, drawer: 20 },
  text: { input: 38, drawer: 42 },
};

const DEFAULTS = v.parse(appearanceSchema, {});

export class Appearance {
  values = $state.raw<AppearanceValues>(readAppearance());

  /** Changes some of it, and keeps it if this browser may. */
  set(changes: Partial<AppearanceValues>): void {
    this.values = { ...this.values, ...changes };
    writeStored(KEY, JSON.stringify(this.values));
  }

  setSizes(changes: Partial<PanelSizes>): void {
    this.set({ sizes: { ...this.values.sizes, ...changes } });
  }
}

function readAppearance(): AppearanceValues {
  const stored = v.safeParse(appearanceSchema, readStoredJson(KEY));
  return stored.success ? stored.output : DEFAULTS;
}

/** Writes theme and contrast to the root element, and follows the system where the reader left it to that. */
export function followAppearance(appearance: Appearance): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const more = matchMedia('(prefers-contrast: more)');
  const forced = matchMedia('(forced-colors: active)');
  const apply = (): void => {
    const { theme, contrast } = appearance.values;
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    const isMore = contrast === 'more' || more.matches;
    // What draws on canvas and the code editor follow these attributes.
    document.documentElement.dataset['contrast'] = forced.matches ? 'forced' : isMore ? 'more' : 'standard';
  };
  const queries = [dark, more, forced];
  for (const query of queries) query.addEventListener('change', apply);
  const stop = $effect.root(() => {
    $effect(apply);
  });
  return () => {
    stop();
    for (const query of queries) query.removeEventListener('change', apply);
  };
}
