/**
 * What a manifest changes in a Problem: texts of panes, options, environment, engine, and, for texts that bring their
 * own index (error reports), a toy index. Everything stays text that can be read, edited and undone.
 */
import { MANIFEST_KINDS } from './manifest-kind.ts';
import {
  manifestPanes,
  type FactsDraft,
  type Manifest,
  type ManifestEnvironment,
  type ManifestOptions,
  type ReleaseDraft,
  type ToldEnding,
} from './manifest.ts';

/** Fields with the names of Problem's; absent ones stay as they are, and '' empties a pane. */
export interface ManifestChange {
  readonly requirements?: string;
  readonly constraints?: string;
  readonly overrides?: string;
  readonly installed?: string;
  readonly pyproject?: string;
  readonly options: ManifestOptions;
  readonly environment: ManifestEnvironment;
  readonly engine: string | null;
  /** Text of the overlay language for a world of its own; null when the chosen index should answer. */
  readonly overlay: string | null;
}

/** Kinds whose facts are all there is to know: the real index would give another conflict, or none. */
const CLOSED_KINDS: ReadonlySet<string> = new Set([
  ...['pip-log', 'uv-log', 'poetry-log', 'pdm-log', 'pip-tools-log'],
  ...['uv-check', 'dependency-tree', 'pipdeptree-json', 'pip-show', 'cyclonedx'],
]);

/** How the text of a rebuilt world begins: whoever answers by it says that it is not the index that answers. */
export const REBUILT_FROM = '# Rebuilt from ';

/** The line below it, where the text tells how a run ended: kept with the question, so that its answer can say so. */
export const ENDING_LINES: Readonly<Record<ToldEnding['kind'], string>> = {
  failed: '# It tells of a failure. ',
  unfinished: '# It tells of a search that was given up. ',
  broken: '# It tells of what is broken. ',
};

/** One below that: the lines that the world was made with, hashed. Of other lines the text tells nothing. */
export const LINES_LINE = '# Its lines: ';

type LinePanes = {
  readonly [Pane in 'requirements' | 'constraints' | 'overrides' | 'installed' | 'pyproject']?:
    string | undefined;
};

/** Eight characters for the lines of a question, whatever blanks stand around them (FNV-1a). */
export function linesMark({ requirements, constraints, overrides, installed, pyproject }: LinePanes): string {
  let hash = 0x811c9dc5;
  for (const text of [requirements, constraints, overrides, installed, pyproject]) {
    const lines = (text ?? '').split('\n').map((line) => line.trim());
    const words = `${lines.filter((line) => line !== '').join('\n')}\0`;
    for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A further one: the search of the text, so that its answer can say whether it is the same. */
export const SEARCH_LINE = '# The search that it tells of: ';

/** The change that a manifest makes with the chosen groups (by default those that the owning tool would take). */
export function changeOfManifest(manifest: Manifest, chosen?: ReadonlySet<string>): ManifestChange {
  const facts = CLOSED_KINDS.has(manifest.kind) ? manifest.facts : null;
  const panes = {
    ...(facts !== null ? { requirements: '', constraints: '', overrides: '', installed: '' } : {}),
    ...manifestPanes(manifest, chosen),
    // A report of a project: its lines stand in the project's own text.
    ...(facts !== null && manifest.project !== undefined ? { requirements: '' } : {}),
    ...(manifest.project === undefined ? {} : { pyproject: manifest.project }),
  };
  return {
    ...panes,
    options: manifest.options,
    environment: manifest.environment,
    engine: manifest.engine,
    overlay: facts === null ? null : overlayText(manifest, facts, panes),
  };
}

/** The facts as statements of the overlay language, with what was guessed as comments above them. */
function overlayText(manifest: Manifest, facts: FactsDraft, panes: LinePanes): string {
  const lines = [`${REBUILT_FROM}${MANIFEST_KINDS[manifest.kind]}.`];
  const { ending } = manifest;
  if (ending !== undefined) {
    const said = [ending.first ?? '', ending.wanted].filter((part) => part !== '').join(' ');
    lines.push(`${ENDING_LINES[ending.kind]}${said.replace(/\s+/g, ' ')}`);
    lines.push(`${LINES_LINE}${linesMark(panes)}.`);
  }
  if (manifest.search !== undefined)
    lines.push(`${SEARCH_LINE}${manifest.search.choices} choices, ${manifest.search.hash}.`);
  if (manifest.guesses.length > 0) lines.push('# Not in the text, but needed:');
  for (const guess of manifest.guesses) lines.push(`# - ${guess}`);
  lines.push('closed world');
  for (const [project, releases] of Object.entries(facts.projects))
    for (const [version, release] of Object.entries(releases))
      lines.push([`${project} ${version}`, ...clausesOf(release)].join('; '));
  return `${lines.join('\n')}\n`;
}

function clausesOf(release: ReleaseDraft): string[] {
  const clauses = dependsClauses(release.requires);
  for (const extra of release.extras ?? []) clauses.push(`extra ${extra}:`);
  if (release.requires_python !== undefined) clauses.push(`python ${release.requires_python}`);
  if (release.yanked === true) clauses.push('yanked');
  else if (typeof release.yanked === 'string') clauses.push(`yanked ${JSON.stringify(release.yanked)}`);
  if (release.wheels !== undefined) clauses.push(`wheels ${release.wheels.join(', ') || 'none'}`);
  if (release.sdist === true) clauses.push('sdist');
  if (release.unknown === true) clauses.push('unknown');
  return clauses;
}

/** Dependencies in their order, which pip reads them in: those without a marker share a clause with their neighbours. */
function dependsClauses(requires: readonly string[]): string[] {
  const clauses: string[] = [];
  let plain: string[] = [];
  const close = (): void => {
    if (plain.length > 0) clauses.push(`depends ${plain.join(', ')}`);
    plain = [];
  };
  for (const requirement of requires) {
    if (!requirement.includes(';')) plain.push(requirement);
    else {
      close();
      clauses.push(`depends ${requirement}`);
    }
  }
  close();
  return clauses;
}
