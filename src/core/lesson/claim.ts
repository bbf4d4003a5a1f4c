/**
 * What a lesson or a gallery entry claims, in plain words that an engine can judge. docs/lessons.md lists the forms.
 *
 *   in pip 23.1 to 25.0: says impossible wrongly
 *   ─────────┬──────────  ────────┬────────────
 *         engines             statement
 */
import { ENGINE_NAMES } from '../problem/engine-id.ts';
import { normalizeName } from '../packaging/name.ts';
import type { Result } from '../packaging/result.ts';

/** Things that are counted in a run. */
export const COUNTED = [
  'rounds',
  'skips',
  'undoes',
  'conflicts',
  'jumps',
  'rollbacks',
  'learns',
  'forks',
  'pins',
  'tries',
] as const;
export type Counted = (typeof COUNTED)[number];

export type Compared = 'exactly' | 'at-least' | 'at-most' | 'over' | 'under';

export interface Amount {
  readonly compared: Compared;
  readonly number: number;
}

export type Statement =
  | {
      readonly kind: 'ends';
      readonly as: 'solved' | 'failed' | 'broken' | 'wrong' | 'stopped' | 'refused' | 'unknown';
    }
  | { readonly kind: 'pins'; readonly name: string; readonly version: string }
  | { readonly kind: 'does-not-pin'; readonly name: string }
  /** `name` and `version` '' for all. */
  | {
      readonly kind: 'counts';
      readonly what: Counted;
      readonly amount: Amount;
      readonly name: string;
      readonly version: string;
    }
  | { readonly kind: 'tries'; readonly name: string; readonly version: string; readonly isNever: boolean }
  | { readonly kind: 'without'; readonly lines: readonly number[]; readonly solves: boolean }
  | { readonly kind: 'needs-lines'; readonly lines: readonly number[] }
  | { readonly kind: 'says'; readonly text: string; readonly isNot: boolean }
  | { readonly kind: 'names'; readonly name: string; readonly isNot: boolean }
  /** Kind of the checked explanation: `conflict`, `no-version-in-range` … */
  | { readonly kind: 'is'; readonly explained: string }
  | { readonly kind: 'leaves-out'; readonly name: string; readonly version: string; readonly reason: string }
  | { readonly kind: 'same-in-any-order'; readonly isNot: boolean }
  | { readonly kind: 'reads-as'; readonly manifest: string }
  // What a learner may change: judged against the lesson's own texts.
  | {
      readonly kind: 'keeps';
      readonly pane: 'requirements' | 'index' | 'constraints';
      readonly line: number | null;
    }
  | { readonly kind: 'changes'; readonly amount: Amount };

export interface Claim {
  readonly text: string;
  /** Names of the release table; null: the engines that the lesson names. */
  readonly engines: readonly string[] | null;
  readonly statement: Statement;
}

const NAME = '(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)';
const VERSION = '(?<version>\\d\\S*)';
const AMOUNT =
  '(?:(?<compared>exactly|at least|at most|over|more than|under|fewer than) )?(?<number>nothing|none|no|once|twice|[\\d,]+)(?: times?)?';
const LINES = '(?<lines>lines? [\\d, and to]+)';

interface Form {
  readonly pattern: RegExp;
  readonly make: (groups: Readonly<Record<string, string>>) => Statement | null;
}

const ENDS = {
  solves: 'solved',
  fails: 'failed',
  'ends broken': 'broken',
  'says impossible wrongly': 'wrong',
  stops: 'stopped',
  'is refused': 'refused',
  'lacks facts': 'unknown',
} as const;

const VERBS: Readonly<Record<string, Counted>> = {
  takes: 'rounds',
  costs: 'rounds',
  skips: 'skips',
  undoes: 'undoes',
  meets: 'conflicts',
  jumps: 'jumps',
  'rolls back': 'rollbacks',
  learns: 'learns',
  divides: 'forks',
  pins: 'pins',
  tries: 'tries',
};

const NOUN = '(?: (?:rounds?|candidates?|choices?|conflicts?|rules?|packages?|versions?))?';

/** In the order in which they are tried. */
const FORMS: readonly Form[] = [
  {
    pattern: /^(?<end>solves|fails|ends broken|says impossible wrongly|stops|is refused|lacks facts)$/u,
    make: ({ end }) => ({ kind: 'ends', as: ENDS[end as keyof typeof ENDS] }),
  },
  {
    pattern: form(`(?<end>solves|fails) without ${LINES}`),
    make: ({ end, lines }) => ({ kind: 'without', lines: readLines(lines!), solves: end === 'solves' }),
  },
  {
    pattern: form(`needs ${LINES}`),
    make: ({ lines }) => ({ kind: 'needs-lines', lines: readLines(lines!) }),
  },
  {
    pattern: form(`does not pin ${NAME}`),
    make: ({ name }) => ({ kind: 'does-not-pin', name: normalizeName(name!) }),
  },
  {
    pattern: form(`(?<verb>tries|never tries) ${NAME} ${VERSION}`),
    make: ({ verb, name, version }) => ({
      kind: 'tries',
      name: normalizeName(name!),
      version: version!,
      isNever: verb === 'never tries',
    }),
  },
  {
    pattern: form(
      `(?<verb>takes|costs|skips|undoes|meets|jumps|rolls back|learns|divides|pins|tries) ${AMOUNT}${NOUN}(?: of ${NAME}(?: ${VERSION})?)?`,
    ),
    make: ({ verb, compared, number, name, version }) => ({
      kind: 'counts',
      what: VERBS[verb!]!,
      amount: readAmount(compared, number!),
      name: name === undefined ? '' : normalizeName(name),
      version: version ?? '',
    }),
  },
  {
    pattern: form(`pins ${NAME} ${VERSION}`),
    make: ({ name, version }) => ({ kind: 'pins', name: normalizeName(name!), version: version! }),
  },
  {
    pattern: /^(?<verb>says|does not say) "(?<text>[^"]+)"$/u,
    make: ({ verb, text }) => ({ kind: 'says', text: text!, isNot: verb !== 'says' }),
  },
  {
    pattern: form(`(?<verb>names|does not name) ${NAME}`),
    make: ({ verb, name }) => ({ kind: 'names', name: normalizeName(name!), isNot: verb !== 'names' }),
  },
  {
    pattern: /^is (?:a |an )?(?<explained>[a-z][a-z-]*)$/u,
    make: ({ explained }) => ({ kind: 'is', explained: explained! }),
  },
  {
    pattern: form(`leaves out ${NAME} ${VERSION}(?: because of (?<reason>[a-z]+))?`),
    make: ({ name, version, reason }) => ({
      kind: 'leaves-out',
      name: normalizeName(name!),
      version: version!,
      reason: reason ?? '',
    }),
  },
  {
    pattern: /^(?<order>answers alike in any order|depends on the order of the lines)$/u,
    make: ({ order }) => ({ kind: 'same-in-any-order', isNot: order !== 'answers alike in any order' }),
  },
  {
    pattern: /^reads as (?<manifest>[a-z][a-z.-]*)$/u,
    make: ({ manifest }) => ({ kind: 'reads-as', manifest: manifest! }),
  },
  {
    pattern: /^keeps line (?<line>\d+)$/u,
    make: ({ line }) => ({ kind: 'keeps', pane: 'requirements', line: Number(line) }),
  },
  {
    pattern: /^keeps the (?<pane>lines|index|constraints)$/u,
    make: ({ pane }) => ({
      kind: 'keeps',
      pane: pane === 'lines' ? 'requirements' : (pane as 'index' | 'constraints'),
      line: null,
    }),
  },
  {
    pattern: form(`changes ${AMOUNT} lines?`),
    make: ({ compared, number }) => ({ kind: 'changes', amount: readAmount(compared, number!) }),
  },
];

function form(text: string): RegExp {
  return new RegExp(`^${text}$`, 'u');
}

const COMPARED: Readonly<Record<string, Compared>> = {
  exactly: 'exactly',
  'at least': 'at-least',
  'at most': 'at-most',
  over: 'over',
  'more than': 'over',
  under: 'under',
  'fewer than': 'under',
};

const WORDS: Readonly<Record<string, number>> = { nothing: 0, none: 0, no: 0, once: 1, twice: 2 };

function readAmount(compared: string | undefined, number: string): Amount {
  return {
    compared: COMPARED[compared ?? 'exactly'] ?? 'exactly',
    number: WORDS[number] ?? Number(number.replaceAll(',', '')),
  };
}

/** `lines 1, 2 and 5 to 8`. */
function readLines(text: string): readonly number[] {
  const lines = new Set<number>();
  for (const [, from, to] of text.matchAll(/(\d+)(?: to (\d+))?/gu)) {
    const first = Number(from);
    const last = Math.min(Number(to ?? from), first + 1_000);
    for (let line = first; line <= last; line++) lines.add(line);
  }
  return [...lines].sort((a, b) => a - b);
}

export function holdsAmount({ compared, number }: Amount, found: number): boolean {
  switch (compared) {
    case 'exactly':
      return found === number;
    case 'at-least':
      return found >= number;
    case 'at-most':
      return found <= number;
    case 'over':
      return found > number;
    case 'under':
      return found < number;
  }
}

/** Longest claim that is read. */
const MAX_CLAIM = 300;

/** Reads one claim. The error says what could not be understood, and what could be. */
export function parseClaim(text: string): Result<Claim> {
  const trimmed = text.trim();
  if (trimmed.length > MAX_CLAIM) return fault(`a claim has at most ${MAX_CLAIM} characters`);
  const [, places, rest = trimmed] = /^in ([^:]+): (.*)$/su.exec(trimmed) ?? [];
  const engines = places === undefined ? null : parseEngines(places);
  if (engines !== null && !engines.ok) return engines;
  for (const { pattern, make } of FORMS) {
    const match = pattern.exec(rest);
    const statement = match === null ? null : make(match.groups ?? {});
    if (statement !== null)
      return { ok: true, value: { text: trimmed, engines: engines?.value ?? null, statement } };
  }
  return fault(
    `“${rest}” is no claim that can be checked. Claims look like: solves · fails · pins shared 2.0 · skips 5 candidates · undoes nothing · fails without line 2 · costs over 100 rounds · in pip 23.1 to 25.0: says impossible wrongly`,
  );
}

/** `pip`, `pip 26.2`, `pip 23.1 to 25.0`, `zazo`, `uv and pip 20.3` → names of the release table, in its order. */
export function parseEngines(text: string): Result<readonly string[]> {
  const names = new Set<string>();
  for (const part of text.split(/,| and /u).map((piece) => piece.trim())) {
    const found = enginesOf(part);
    if (found.length === 0)
      return fault(`there is no engine “${part}”; there are ${ENGINE_NAMES.join(', ')}`);
    for (const name of found) names.add(name);
  }
  return { ok: true, value: ENGINE_NAMES.filter((name) => names.has(name)) };
}

function enginesOf(part: string): readonly string[] {
  if (ENGINE_NAMES.includes(part)) return [part];
  const [, tool = '', from, to] = /^([a-z]+)(?: (\d[\d.]*)(?: to (\d[\d.]*))?)?$/u.exec(part) ?? [];
  const ofTool = ENGINE_NAMES.filter((name) => name.startsWith(`${tool}@`) && name !== 'pip@19.3');
  if (tool === '') return [];
  if (from === undefined) return ofTool;
  if (to === undefined) return ENGINE_NAMES.filter((name) => name === `${tool}@${from}`);
  const [low, high] = [order(from), order(to)];
  return ofTool.filter((name) => {
    const release = order(name.slice(tool.length + 1));
    return release >= low && release <= high;
  });
}

/** Releases have two numbers; `25.10` comes after `25.9`. */
function order(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major * 1_000 + minor;
}

function fault(message: string): Result<never> {
  return { ok: false, error: { message, span: { start: 0, end: 0 } } };
}
