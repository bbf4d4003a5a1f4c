/** What takes versions away from the package in which a conflict ends, each as a short clause. */
import { allBits, positionsOf, type VersionBits } from './conflict-facts.ts';
import { allowedAt, leftBefore, linesBelow, packageAt, type ConflictView } from './narrowing-view.ts';
import { absenceClause, needGroups, needOf } from './need-words.ts';
import { factClause } from './narrowing-words.ts';
import {
  boundPhrase,
  needsVerb,
  packageVersions,
  specifierWords,
  versionWords,
  type BoundSide,
} from './version-words.ts';
import { code, inPlaceOf, lineName, lineNames } from './words.ts';

/** ``line 3 asks for `urllib3` below 1.21``, ``line 1 brings in `core` 2.0, which needs `typing-x` 4 or newer``. */
export function boundClause(view: ConflictView, at: number, side: BoundSide): string {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'needed') return neededBound(view, at, side);
  if (reason.kind === 'clash') return clashBound(view, at);
  const { fact } = reason;
  if (fact.kind === 'unusable') return factClause(view, fact);
  if (fact.kind === 'line' && fact.override !== undefined) return factClause(view, fact);
  const who = fact.source === null ? 'you' : lineName(fact.source);
  const verb = fact.kind === 'limit' ? 'allow' : 'ask';
  const ending = fact.kind === 'limit' ? ' only' : ' for';
  return `${who} ${verb}${fact.source === null ? '' : 's'}${ending} ${boundThing(view, at, side)}`;
}

/** The versions that a bound allows, in words: its own specifier where it has one; '' when it allows all. */
export function boundWords(view: ConflictView, at: number, side: BoundSide): string {
  const specifier = specifierAt(view, at);
  const { versions } = packageAt(view, view.slice.steps[at]!.package);
  if (specifier !== null) return specifierWords(specifier, side) || specifierWords(specifier);
  const allowed = allowedAt(view, at);
  return allowed === allBits(versions) ? '' : versionWords(versions, allowed);
}

/** The package with the versions that a bound allows. */
function boundThing(view: ConflictView, at: number, side: BoundSide): string {
  const { identifier } = packageAt(view, view.slice.steps[at]!.package);
  const specifier = specifierAt(view, at);
  if (specifier !== null) return boundPhrase(identifier, specifier, side);
  const words = boundWords(view, at, side);
  return words === '' ? code(identifier) : `${code(identifier)} ${words}`;
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

function neededBound(view: ConflictView, at: number, side: BoundSide): string {
  const step = view.slice.steps[at]!;
  if (step.reason.kind !== 'needed') return '';
  const { by } = step.reason;
  const left = leftBefore(view, by, at);
  const { identifier, versions } = packageAt(view, by);
  const lines = linesBelow(view, at);
  const asking = view.slice.steps.find(
    (other) => other.package === by && other.reason.kind === 'fact' && other.makesNeeded,
  );
  const isOne = positionsOf(left).length === 1;
  const subject = packageVersions(identifier, versions, left);
  const verb = needsVerb(versions, left);
  const override = needGroups(view, by, step.package, left).find((group) => group.override !== undefined);
  if (override !== undefined) {
    const asker = lines.length === 0 ? subject : `${subject} (${lineNames(lines)})`;
    return inPlaceOf(override.override!, override.texts.join(' '), `${asker} ${verb}`);
  }
  const need = needWords(view, at, left, side);
  if (lines.length === 0) return `${subject} ${verb} ${need}`;
  const source =
    asking?.reason.kind === 'fact' && asking.reason.fact.kind === 'line' ? asking.reason.fact.source : null;
  if (source !== null && lines.length === 1) {
    const isPinned = asking!.reason.kind === 'fact' && /==/u.test(specifierText(asking!.reason.fact));
    if (isOne)
      return `${lineName(source)} ${isPinned ? 'pins' : 'brings in'} ${subject}, which ${verb} ${need}`;
    return `${subject} (${lineName(source)}) ${verb} ${need}`;
  }
  const brings = lines.length === 1 ? 'brings' : 'bring';
  return `${lineNames(lines)} ${brings} in ${subject}, which ${verb} ${need}`;
}

function specifierText(fact: { readonly kind: string; readonly text?: string }): string {
  return fact.text ?? '';
}

/** What versions need, without subject and verb: one requirement in words, else the versions that are accepted. */
function needWords(view: ConflictView, at: number, left: VersionBits, side: BoundSide): string {
  const step = view.slice.steps[at]!;
  if (step.reason.kind !== 'needed') return '';
  const { identifier, versions, place } = packageAt(view, step.package);
  const groups = needGroups(view, step.reason.by, step.package, left);
  const [only] = groups;
  if (groups.length === 1 && only!.texts.length === 1 && only!.texts[0] !== '') {
    const specifier = specifierOf(only!.texts[0]!);
    if (specifier !== null) return boundPhrase(identifier, specifier, side);
  }
  const allowed = allowedAt(view, at);
  if (allowed === 0n && versions.length > 0)
    return `a version of ${code(identifier)} that ${place} does not list`;
  // They do not all say the same, so the bare name would be a quotation of none of them.
  if (allowed === allBits(versions)) return `some ${code(identifier)}`;
  return `${code(identifier)} ${versionWords(versions, allowed)}`;
}

/** ``line 3 rules out the `intl>=3,<4` that `dropdown` 1.8.0 needs``. */
function clashBound(view: ConflictView, at: number): string {
  const step = view.slice.steps[at]!;
  if (step.reason.kind !== 'clash') return '';
  const { fact } = step.reason;
  const { identifier, versions } = packageAt(view, step.package);
  const subject = packageVersions(identifier, versions, step.used);
  const verb = needsVerb(versions, step.used);
  const dependency = packageAt(view, fact.dependency);
  const need =
    fact.text === ''
      ? `${subject} ${verb} ${code(dependency.identifier)} at the same version`
      : needOf(`${subject} ${verb}`, fact);
  if (fact.allowed === 0n || dependency.versions.length === 0) return `${need}, ${absenceClause(view, fact)}`;
  const lines = linesBelow(view, at);
  return lines.length === 0
    ? `${need}, which is ruled out`
    : `${need}, which ${lineNames(lines)} ${lines.length === 1 ? 'rules' : 'rule'} out`;
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
export function specifierAt(view: ConflictView, at: number): string | null {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  const texts =
    reason.kind === 'needed'
      ? needGroups(view, reason.by, step.package, leftBefore(view, reason.by, at)).flatMap(
          (group) => group.texts,
        )
      : reason.kind === 'fact' && reason.fact.kind !== 'unusable'
        ? [reason.fact.text]
        : [];
  const [text] = texts;
  return texts.length !== 1 || text === undefined || text === '' ? null : specifierOf(text);
}
