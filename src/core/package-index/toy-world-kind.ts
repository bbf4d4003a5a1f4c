/** Which form of toy world a text is: recognised by what only that form has, before any reader is loaded. */

/** Forms that can be read and written, and what the page calls them. */
export const TOY_WORLD_KINDS = {
  packse: 'packse scenario',
  yaml: 'resolver test of pip or zazo (YAML)',
} as const;

export type ToyWorldKind = keyof typeof TOY_WORLD_KINDS;

const PACKSE_TOML = /^\[packages\.[^\]\n]+\.versions\./mu;
const PACKSE_JSON = /^\s*\[?\s*\{[^]{0,4000}?"root"\s*:\s*\{/u;
const YAML_BASE = /^(?:base|cases):[ \t]*(?:#.*)?$/mu;
const YAML_AVAILABLE = /^[ \t]*(?:-[ \t]+)?(?:available|request):[ \t]*(?:#.*)?$/mu;

/** The form of a text; null for any other text. */
export function recogniseToyWorld(text: string): ToyWorldKind | null {
  const head = text.slice(0, 60_000).replaceAll('\r\n', '\n');
  if (PACKSE_TOML.test(head) || (/^\[root\]/mu.test(head) && /^name\s*=/mu.test(head))) return 'packse';
  if (PACKSE_JSON.test(head) && /"packages"\s*:/u.test(head)) return 'packse';
  return YAML_BASE.test(head) && YAML_AVAILABLE.test(head) ? 'yaml' : null;
}
