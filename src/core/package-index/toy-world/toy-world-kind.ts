/** Which form of toy world a text is: recognised by what only that form has, before any reader is loaded. */

/** Forms that can be read and written, and what the page calls them. */
export const TOY_WORLD_KINDS = {
  packse: 'packse scenario',
  pip: 'resolver test of pip’s (YAML)',
  zazo: 'resolver test of zazo’s (YAML)',
} as const;

export type ToyWorldKind = keyof typeof TOY_WORLD_KINDS;

/** As much of a text as is looked at. */
const HEAD = 60_000;

const PACKSE_TOML = /^\[packages\.[^\]\n]+\.versions\./mu;
const PACKSE_JSON = /^\s*\[?\s*\{[^]{0,4000}?"root"\s*:\s*\{/u;
const PIP_SECTION = /^(?:base|cases):(?:\s|$)/mu;
const PIP_KEY = /(?:^|[\s{,])(?:available|request):(?:\s|$)/mu;
const ZAZO_INDEX = /(?:^|[\s{,])index:(?:\s|$)/mu;
const ZAZO_ACTIONS = /(?:^|[\s{,])actions:(?:\s|$)/mu;
const RELEASE_ITEM = /^-[ \t]+[\w.-]+[ \t]+\d[^\s;]*[ \t]*(?:(?:;[ \t]*)?depends[ \t].*)?$/u;

/** Lines that say something, comments left out. */
function sayingLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (/^\s*(?:#|$)/u.test(line) ? [] : [line.trimEnd()]));
}

/** Whether the text is a list, and one of zazo's cases or releases. */
function isZazo(text: string): boolean {
  const lines = sayingLines(text);
  if (lines[0]?.startsWith('-') !== true) return false;
  if (ZAZO_INDEX.test(text) && ZAZO_ACTIONS.test(text)) return true;
  return lines.length > 1 && lines.every((line) => RELEASE_ITEM.test(line));
}

/** The form of a text; null for any other text. */
export function recogniseToyWorld(text: string): ToyWorldKind | null {
  const head = text.slice(0, HEAD).replaceAll('\r\n', '\n');
  if (PACKSE_TOML.test(head) || (/^\[root\]/mu.test(head) && /^name\s*=/mu.test(head))) return 'packse';
  if (PACKSE_JSON.test(head) && /"packages"\s*:/u.test(head)) return 'packse';
  if (PIP_SECTION.test(head) && PIP_KEY.test(head)) return 'pip';
  return isZazo(head.length < HEAD ? head : head.slice(0, head.lastIndexOf('\n'))) ? 'zazo' : null;
}
