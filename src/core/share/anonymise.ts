/**
 * A question with other names: every project that it names is called `package-01`, `package-02` … in alphabetical order,
 * so that what a tool sorts by name stays sorted; versions, bounds, extras, markers and structure stay. Comments,
 * addresses and reasons in words go. For a question whose whole index stands in it (facts, releases by hand): another
 * index knows the projects by their names only.
 */
import { parseOverlay } from '../package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../package-index/overlay/overlay-print.ts';
import type { OverlayClause, OverlayStatement } from '../package-index/overlay/overlay.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement } from '../packaging/requirement.ts';
import type { Problem } from '../problem/problem.ts';

export interface Anonymised {
  readonly problem: Problem;
  /** Former name → new name. */
  readonly names: ReadonlyMap<string, string>;
}

const TEXTS = ['requirements', 'constraints', 'overrides', 'buildConstraints', 'installed'] as const;
const NAME_LISTS = ['allReleases', 'onlyFinal', 'onlyBinary', 'noBinary'] as const;
/** What of a release's facts has no words of its own. */
const KEPT_FACTS = ['requires_python', 'extras', 'wheels', 'sdist', 'unknown', 'upload-time'] as const;

/** A name at the beginning of a requirement, before what may follow one. */
const NAME = /^(\s*)([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/;
/** Options that name files or addresses. */
const PLACE_OPTION =
  /:\/\/|^\s*(?:-[rcefi]\b|--(?:requirement|constraint|editable|find-links|index-url|extra-index-url))/;

/** Null where names would be left that nobody chose to share: a project file, an index that is asked elsewhere. */
export function anonymise(problem: Problem): Anonymised | null {
  const { index } = problem;
  const hasFacts = typeof index.facts === 'object' && index.facts !== null;
  const isSelfContained = hasFacts || (index.snapshot === undefined && (index.overlay ?? '').trim() !== '');
  if (!isSelfContained || index.live === true || problem.pyproject !== undefined) return null;
  const found = new Set<string>();
  renamed(problem, (name) => {
    found.add(name);
    return name;
  });
  const width = String(found.size).length;
  const names = new Map(
    [...found].sort().map((name, at) => [name, `package-${String(at + 1).padStart(width, '0')}`] as const),
  );
  return { problem: renamed(problem, (name) => names.get(name) ?? name), names };
}

/** Gives the new name of a normalised one. */
type Rename = (name: string) => string;

function renamed(problem: Problem, rename: Rename): Problem {
  const { options, index } = problem;
  const texts = TEXTS.flatMap((field) =>
    problem[field] === undefined ? [] : [[field, renamedLines(problem[field], rename)] as const],
  );
  const lists = NAME_LISTS.map(
    (list) =>
      [
        list,
        options[list].map((name) => (name.startsWith(':') ? name : rename(normalizeName(name)))),
      ] as const,
  );
  return {
    ...problem,
    ...Object.fromEntries(texts),
    options: { ...options, ...Object.fromEntries(lists) },
    index: {
      ...(index.overlay === undefined ? {} : { overlay: renamedOverlay(index.overlay, rename) }),
      ...(index.facts === undefined ? {} : { facts: { projects: renamedFacts(index.facts, rename) } }),
    },
  };
}

/** A requirement without its comment and its address. */
function renamedRequirement(text: string, rename: Rename): string {
  const bare = withoutAddress(withoutComment(text));
  return bare.replace(NAME, (_, blank: string, name: string) => `${blank}${rename(normalizeName(name))}`);
}

function withoutComment(text: string): string {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1))
    if (at === 0 || ' \t'.includes(text[at - 1]!)) return text.slice(0, at).trimEnd();
  return text;
}

function withoutAddress(text: string): string {
  const at = text.indexOf('@');
  if (at < 0) return text;
  const marker = text.indexOf(' ;', at);
  return `${text.slice(0, at).trimEnd()}${marker < 0 ? '' : text.slice(marker)}`;
}

/** What is no requirement could hold any name. */
function isRequirement(line: string): boolean {
  return parseRequirement(withoutComment(line).trim()).ok;
}

/** Lines keep their numbers. */
function renamedLines(text: string, rename: Rename): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      if (!/^\s*-/.test(line)) return isRequirement(line) ? renamedRequirement(line, rename) : '';
      return PLACE_OPTION.test(line) ? '' : withoutComment(line);
    })
    .join('\n');
}

function renamedOverlay(text: string, rename: Rename): string {
  const { overlay } = parseOverlay(text);
  return printOverlay({
    ...overlay,
    statements: overlay.statements.map((one) => renamedStatement(one, rename)),
  });
}

function renamedStatement(statement: OverlayStatement, rename: Rename): OverlayStatement {
  const bare = { ...statement, comment: '' };
  if (!('project' in bare)) return bare;
  const project = rename(normalizeName(bare.project));
  if (!('clauses' in bare)) return { ...bare, project };
  return { ...bare, project, clauses: bare.clauses.flatMap((clause) => renamedClause(clause, rename)) };
}

function renamedClause(clause: OverlayClause, rename: Rename): readonly OverlayClause[] {
  switch (clause.kind) {
    case 'depends':
    case 'extra':
    case 'build-requires':
    case 'backend-requires':
      return [
        { ...clause, requirements: clause.requirements.map((text) => renamedRequirement(text, rename)) },
      ];
    case 'drops':
      return [{ ...clause, projects: clause.projects.map((name) => rename(normalizeName(name))) }];
    case 'yanked':
      return [{ ...clause, reason: '' }];
    case 'index':
    case 'url':
      return [];
    default:
      return [clause];
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function renamedFacts(facts: unknown, rename: Rename): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fieldsOf(fieldsOf(facts)['projects'])).map(([name, releases]) => [
      rename(normalizeName(name)),
      Object.fromEntries(
        Object.entries(fieldsOf(releases)).map(([version, release]) => [
          version,
          renamedRelease(fieldsOf(release), rename),
        ]),
      ),
    ]),
  );
}

function renamedRelease(release: Readonly<Record<string, unknown>>, rename: Rename): Record<string, unknown> {
  const needs = Array.isArray(release['requires']) ? (release['requires'] as readonly unknown[]) : [];
  const kept = KEPT_FACTS.flatMap((field) =>
    release[field] === undefined ? [] : [[field, release[field]] as const],
  );
  return {
    requires: needs.map((need) => renamedRequirement(String(need), rename)),
    ...Object.fromEntries(kept),
    ...(release['yanked'] === undefined || release['yanked'] === false ? {} : { yanked: true }),
  };
}
