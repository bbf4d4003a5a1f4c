/** What takes versions away from the package in which a conflict ends, each as a short clause. */
import { allBits, positionsOf, type VersionBits } from './conflict-facts.ts';
import { allowedAt, leftBefore, linesBelow, packageAt, type ConflictView } from './narrowing-view.ts';
import { absenceClause, needClause, neededClause } from './narrowing-words.ts';
import { needsVerb, packageVersions, specifierWords, versionWords } from './version-words.ts';
import { code, lineName, lineNames } from './words.ts';

/** Which half of a bound matters: two bounds that lie apart need only the halves that face each other. */
export type BoundSide = 'both' | 'low' | 'high';

export interface BoundStyle {
  readonly side: BoundSide;
  /** Whether the package has been named in the sentence already. */
  readonly isNamed: boolean;
}

/** ``line 3 asks for older than 1.21``, ``line 1 leads to `core` 2.0, which needs `typing-x` 4 or newer``. */
export function boundClause(view: ConflictView, at: number, style: BoundStyle): string {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'needed') return neededBound(view, at, style);
  if (reason.kind === 'clash') return clashBound(view, at, style);
  const { identifier, versions } = packageAt(view, step.package);
  const { fact } = reason;
  if (fact.kind === 'unusable')
    return `${packageVersions(identifier, versions, step.used)} cannot be used here: ${fact.detail}`;
  const who = fact.source === null ? 'you' : lineName(fact.source);
  const verb = fact.kind === 'limit' ? 'allow' : 'ask';
  const ending = fact.kind === 'limit' ? ' only' : ' for';
  const conjugated = `${verb}${fact.source === null ? '' : 's'}${ending}`;
  return `${who} ${conjugated} ${nameUnless(style, identifier)}${boundWords(view, at, style.side)}`.trimEnd();
}

/** The versions that a bound allows, in words: its own specifier where it has one; '' when it allows all. */
export function boundWords(view: ConflictView, at: number, side: BoundSide): string {
  const specifier = specifierAt(view, at);
  const { versions } = packageAt(view, view.slice.steps[at]!.package);
  if (specifier !== null) {
    const words = specifierWords(specifier, side);
    return words === '' ? specifierWords(specifier) : words;
  }
  const allowed = allowedAt(view, at);
  return allowed === allBits(versions) ? '' : versionWords(versions, allowed);
}

/** Which half of the bound at `at` faces the only other one. */
export function boundSide(view: ConflictView, at: number, bounds: readonly number[]): BoundSide {
  const other = bounds.find((bound) => bound !== at);
  if (bounds.length !== 2 || other === undefined) return 'both';
  const own = extent(allowedAt(view, at));
  const theirs = extent(allowedAt(view, other));
  if (own === null || theirs === null) return 'both';
  if (own[1] < theirs[0]) return 'high';
  return own[0] > theirs[1] ? 'low' : 'both';
}

function extent(bits: VersionBits): readonly [number, number] | null {
  const positions = positionsOf(bits);
  return positions.length === 0 ? null : [positions[0]!, positions.at(-1)!];
}

function nameUnless(style: BoundStyle, identifier: string): string {
  return style.isNamed ? '' : `${code(identifier)} `;
}

function neededBound(view: ConflictView, at: number, style: BoundStyle): string {
  const step = view.slice.steps[at]!;
  if (step.reason.kind !== 'needed') return '';
  const { by, facts } = step.reason;
  const left = leftBefore(view, by, at);
  const { identifier, versions } = packageAt(view, by);
  const subject = packageVersions(identifier, versions, left);
  const name = nameUnless(style, packageAt(view, step.package).identifier);
  const verb = needsVerb(versions, left);
  const need =
    allowedAt(view, at) === 0n
      ? neededClause(view, facts, left)
      : `${verb} ${name}${boundWords(view, at, style.side)}`;
  const lines = linesBelow(view, at);
  const isAskedFor = view.slice.steps.some(
    (other) => other.package === by && other.reason.kind === 'fact' && other.makesNeeded,
  );
  if (lines.length === 0 || (isAskedFor && positionsOf(left).length === 1))
    return `${subject} ${need}`.trimEnd();
  if (isAskedFor) {
    const isNarrowed = view.slice.steps
      .slice(0, at)
      .some((other) => other.package === by && other.used !== 0n && other.reason.kind !== 'fact');
    return `${subject} (${isNarrowed ? 'what is left for ' : ''}${lineNames(lines)}) ${need}`.trimEnd();
  }
  const lead = lines.length === 1 ? 'leads' : 'lead';
  return `${lineNames(lines)} ${lead} to ${subject}, which ${need}`.trimEnd();
}

/** ``1.8.0 needs `intl>=3,<4` (against line 3)``. */
function clashBound(view: ConflictView, at: number, style: BoundStyle): string {
  const step = view.slice.steps[at]!;
  if (step.reason.kind !== 'clash') return '';
  const { fact } = step.reason;
  const { identifier, versions } = packageAt(view, step.package);
  const subject = style.isNamed
    ? versionWords(versions, step.used)
    : packageVersions(identifier, versions, step.used);
  const need = `${subject} ${needClause(view, fact, needsVerb(versions, step.used))}`;
  if (fact.allowed === 0n) return `${need}, ${absenceClause(view, fact)}`;
  const lines = linesBelow(view, at);
  return lines.length === 0 ? need : `${need} (against ${lineNames(lines)})`;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?\s*/u;

/** The specifiers in a requirement's text; null for one that names an address. */
export function specifierOf(text: string): string | null {
  const specifier = text
    .replace(/\s*;.*$/u, '')
    .replace(NAME, '')
    .replace(/^\((.*)\)$/u, '$1');
  return specifier.startsWith('@') ? null : specifier;
}

/** The specifiers of the one requirement behind a bound; '' when it has none, null when there are several. */
function specifierAt(view: ConflictView, at: number): string | null {
  const { reason } = view.slice.steps[at]!;
  const texts =
    reason.kind === 'needed'
      ? [...new Set(reason.facts.map(({ text }) => text))]
      : reason.kind === 'fact' && reason.fact.kind !== 'unusable'
        ? [reason.fact.text]
        : [];
  const [text] = texts;
  return texts.length !== 1 || text === undefined || text === '' ? null : specifierOf(text);
}
