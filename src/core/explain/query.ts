/**
 * Questions about one package of a run, answered in words: why it is there, why a version is not, who limits it. For
 * failed runs as well: then `why` tells of what the search had come to ask for.
 */
import type { RunLedgers } from '../ledger/run-ledger.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { specifierSetContains } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import { reasonCounts } from './reason-counts.ts';
import { limitClause } from './limit-clause.ts';
import { askersOf } from './named-causes.ts';
import { capitalized, code, count, listOf } from './words.ts';

export type Query =
  | { readonly kind: 'why'; readonly package: string }
  | { readonly kind: 'why-not'; readonly package: string; readonly version: string }
  | { readonly kind: 'who-limits'; readonly package: string };

/** The answer, one sentence a text. */
export interface QueryAnswer {
  /** `why-not urllib3 2`. */
  readonly query: string;
  readonly texts: readonly string[];
}

/** What a run knows of a package. */
export interface QueriedRun {
  readonly request: ResolveRequest;
  readonly outcome: Outcome;
  readonly trace: Trace;
  readonly ledgers: RunLedgers;
  /** Resolves a changed question, and explains where that fails: the sentence, or the pins. */
  readonly tryOut: (request: ResolveRequest) => TriedOut;
}

export type TriedOut =
  | {
      readonly kind: 'possible';
      readonly pins: readonly { readonly name: string; readonly version: string }[];
    }
  | { readonly kind: 'impossible'; readonly sentence: string }
  | { readonly kind: 'unknown' };

/** `urllib3 2` → name and version; null where there is no version. */
export function readWhyNot(text: string): Query | null {
  const match = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\s+|(?=[=!<>~]))(\S.*?)\s*$/u.exec(text);
  return match ? { kind: 'why-not', package: match[1]!, version: match[2]! } : null;
}

/** `why urllib3`, `why-not urllib3 2`, `who-limits urllib3`; null for anything else. */
export function readQuery(text: string): Query | null {
  const match = /^(why|who-limits) +([A-Za-z0-9][A-Za-z0-9._-]*) *$/u.exec(text.slice(0, 400));
  if (match) return { kind: match[1] as 'why' | 'who-limits', package: match[2]! };
  return text.startsWith('why-not ') ? readWhyNot(text.slice('why-not '.length, 400)) : null;
}

/** The question as `readQuery` reads it. */
export function queryText(query: Query): string {
  return query.kind === 'why-not'
    ? `why-not ${query.package} ${query.version}`
    : `${query.kind} ${query.package}`;
}

/** What answers each kind of question, of a normalised name, from a run of its own kind. */
export interface QueryTexts<Run> {
  readonly why: (project: string, run: Run) => readonly string[];
  readonly whoLimits: (project: string, run: Run) => readonly string[];
  readonly whyNot: (project: string, version: string, run: Run) => readonly string[];
}

/** The question with its answer. */
export function answerWith<Run>(query: Query, run: Run, texts: QueryTexts<Run>): QueryAnswer {
  const project = normalizeName(query.package);
  const told = (): readonly string[] => {
    switch (query.kind) {
      case 'why':
        return texts.why(project, run);
      case 'who-limits':
        return texts.whoLimits(project, run);
      case 'why-not':
        return texts.whyNot(project, query.version, run);
    }
  };
  return { query: queryText(query), texts: told() };
}

export function answerQuery(query: Query, run: QueriedRun): QueryAnswer {
  return answerWith(query, run, { why, whoLimits, whyNot });
}

/** Links that are told at most. */
const MAX_LINKS = 12;

/** The shortest way from a line to the package, link by link. */
function why(project: string, run: QueriedRun): readonly string[] {
  const { outcome, trace } = run;
  const pins = 'pins' in outcome ? outcome.pins : [];
  const standing =
    outcome.kind === 'solved' ? new Map(pins.map(({ name, version }) => [name, version])) : null;
  if (standing?.has(project) === false) return [`${code(project)} is not part of the answer.`];
  const links = askersOf(trace, project, standing) ?? limitsUp(project, run);
  if (links === null) return [`Nothing in this run asks for ${code(project)}.`];
  const chosen = standing?.get(project);
  const end = chosen === undefined ? [] : [`So ${code(project)} is there, at ${chosen}.`];
  return [...links.slice(0, MAX_LINKS).map((link) => `${capitalized(link)}.`), ...end];
}

/** The same through the ledgers' limits: uv's trace is of terms, not of who asks. */
function limitsUp(project: string, { ledgers, request }: QueriedRun): readonly string[] | null {
  const paths: { readonly name: string; readonly links: readonly string[] }[] = [
    { name: project, links: [] },
  ];
  const seen = new Set([project]);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    for (const limit of ledgers.ledger(path.name)?.limits ?? []) {
      if (limit.isConstraint) continue;
      const links = [limitClause(limit, path.name, request), ...path.links];
      if (limit.asker.kind === 'line') return links;
      const name = normalizeName(limit.asker.name.replace(/\[.*$/u, ''));
      if (seen.has(name)) continue;
      seen.add(name);
      paths.push({ name, links });
    }
  }
  return null;
}

/** Everybody who sets a bound, and what the index itself leaves out. */
function whoLimits(project: string, { ledgers, request }: QueriedRun): readonly string[] {
  const ledger = ledgers.ledger(project);
  if (ledger === null) return [`No list of versions of ${code(project)} was read.`];
  const asked = ledger.limits
    .filter(({ text, asker }) => text !== '' || asker.kind === 'line')
    .map((limit) => `${capitalized(limitClause(limit, project, request))}.`);
  const others = reasonCounts(ledger, request);
  const limits = [...new Set(asked)];
  const total = count(ledger.versions.length, 'version');
  if (limits.length === 0 && others.length === 0)
    return [`Nobody limits ${code(project)}: all ${total} could be taken.`];
  const left = ledger.counts.candidate;
  return [
    ...limits,
    ...others,
    `Of ${total} of ${code(project)}, ${left} ${left === 1 ? 'is' : 'are'} left.`,
  ];
}

/** Asks for that version besides, and says what stands against it. */
function whyNot(project: string, version: string, run: QueriedRun): readonly string[] {
  const { request, outcome, ledgers } = run;
  const listed = ledgers.ledger(project)?.versions.map((item) => item.version) ?? [];
  const wish = wishOfVersion(project, version, listed);
  if (wish === null) return [`${code(version)} is no version and no specifier.`];
  const name = code(wish.text);
  const pins = 'pins' in outcome ? outcome.pins : [];
  const chosen = pins.find((pin) => pin.name === project);
  if (chosen !== undefined && outcome.kind === 'solved' && isIn(chosen.version, wish))
    return [
      `It is what the run takes: ${code(project)} ${chosen.version}.`,
      ...(outcome.broken.length > 0 ? ['But the pins of this run do not fit together.'] : []),
    ];
  const user = {
    requirement: wish,
    source: { pane: 'requirements', line: 0 },
    hashes: [],
    isEditable: false,
  } as const;
  const tried = run.tryOut({ ...request, requirements: [...request.requirements, user] });
  if (tried.kind === 'unknown')
    return [`Whether ${name} would do is not known: facts are missing, or it takes too long.`];
  if (tried.kind === 'impossible') {
    const why = tried.sentence.replace(/^What you ask for cannot be had\. /u, '');
    return [`${name} cannot be had with your lines. ${why}`];
  }
  const own = tried.pins.find((pin) => pin.name === project);
  const changed = tried.pins.filter(
    (pin) => pin.name !== project && pins.find((other) => other.name === pin.name)?.version !== pin.version,
  );
  const others =
    changed.length === 0
      ? ''
      : ` Then these differ: ${listOf(changed.slice(0, 5).map((pin) => `${code(pin.name)} ${pin.version}`))}${changed.length > 5 ? ` and ${changed.length - 5} more` : ''}.`;
  return [
    `${name} can be had: ${code(project)} ${own?.version ?? ''} fits with all lines, but the search did not come to it, because nothing asks for it and other choices come first.${others}`,
  ];
}

/** A version as a wish: itself where it is listed, else all that begin with it; a specifier as it is. Null for neither. */
export function wishOfVersion(
  project: string,
  version: string,
  listed: readonly string[],
): Requirement | null {
  const isSpecifier = /^[=!<>~]/u.test(version);
  const isListed = listed.includes(version);
  const isWhole = isListed || !parseVersion(version).ok || /[a-z]/iu.test(version);
  // `==1.0` admits 1.0+cpu: where that is listed besides, only `===` means the one without.
  const hasLocals = listed.some((other) => other.startsWith(`${version}+`));
  const exactly = `${isListed && hasLocals ? '===' : '=='}${version}`;
  const specifier = isSpecifier ? version : isWhole ? exactly : `==${version}.*`;
  const parsed = parseRequirement(`${project}${specifier}`);
  return parsed.ok ? parsed.value : null;
}

function isIn(version: string, wish: Requirement): boolean {
  const parsed = parseVersion(version);
  return parsed.ok && specifierSetContains(wish.specifier, parsed.value, { prereleases: true });
}
