/**
 * A manifest: whatever was pasted, read as requirements. Every kind comes out in one shape: groups of requirements
 * with the place each was read from, what the text says about options and environment, and what was left out.
 */
import type { SearchMark } from './log/search-mark.ts';
import type { Requirement } from '../packaging/requirement.ts';
import type { Span } from '../packaging/result.ts';
import type { Diagnostic, Pane } from './syntax/diagnostic.ts';
import type { ManifestKind } from './manifest-kind.ts';

/** Where the entries of a group belong in a Problem. */
export type GroupRole = 'requirements' | 'constraints' | 'overrides' | 'installed' | 'build';

/** One requirement of a manifest. */
export interface ManifestEntry {
  readonly requirement: Requirement;
  /** Line of the pasted text, from 1. */
  readonly line: number;
  readonly span: Span;
  readonly hashes: readonly string[];
  readonly isEditable: boolean;
}

/** Entries that are asked for together: the project's own, one extra, one dependency group, the installed ones. */
export interface ManifestGroup {
  /** Stable within the manifest: `main`, `extra:test`, `group:dev`, `constraints`, `installed` … */
  readonly id: string;
  /** As the format calls it: `dependencies`, `optional-dependencies.test`. */
  readonly label: string;
  readonly role: GroupRole;
  /** Whether the owning tool would take the group without being told. */
  readonly isDefault: boolean;
  readonly entries: readonly ManifestEntry[];
}

/** Options of the resolver that the text sets; names and values are those of `Problem.options`. */
export interface ManifestOptions {
  readonly pre?: boolean;
  readonly allReleases?: readonly string[];
  readonly onlyFinal?: readonly string[];
  readonly onlyBinary?: readonly string[];
  readonly noBinary?: readonly string[];
  readonly preferBinary?: boolean;
  readonly noDeps?: boolean;
  readonly ignoreRequiresPython?: boolean;
  readonly requireHashes?: boolean;
  readonly uploadedPriorTo?: string;
  readonly upgrade?: boolean;
  readonly upgradeStrategy?: 'only-if-needed' | 'eager';
  readonly forceReinstall?: boolean;
  readonly ignoreInstalled?: boolean;
  readonly resolution?: 'highest' | 'lowest' | 'lowest-direct';
  readonly prerelease?: 'allow' | 'disallow' | 'if-necessary' | 'explicit' | 'if-necessary-or-explicit';
  /** Resolve for all environments at once, as uv's lock does. */
  readonly universal?: boolean;
  readonly pythonVersion?: string;
  readonly requiresPython?: string;
  readonly requiredEnvironments?: readonly string[];
  readonly indexStrategy?: 'first-index' | 'unsafe-first-match' | 'unsafe-best-match';
}

/** What the text says of the machine; names are those of `Problem.environment`. */
export interface ManifestEnvironment {
  readonly python?: string;
  readonly platform?: string;
  readonly implementation?: string;
}

/** Releases that the text tells of, in the facts form of package-index/facts.ts. */
export interface FactsDraft {
  readonly projects: Readonly<Record<string, Readonly<Record<string, ReleaseDraft>>>>;
}

export interface ReleaseDraft {
  readonly requires: readonly string[];
  readonly requires_python?: string;
  readonly extras?: readonly string[];
  readonly yanked?: boolean | string;
  readonly wheels?: readonly string[];
  readonly sdist?: boolean;
  /** The text does not tell the dependencies. */
  readonly unknown?: boolean;
}

/** What a text tells of how a tool's run ended. */
export interface ToldEnding {
  /**
   * `failed`: no solution was found, or something could not be had. `unfinished`: the search was given up. `broken`:
   * the tool went on, and complains about what is installed.
   */
  readonly kind: 'failed' | 'unfinished' | 'broken';
  /**
   * What has to be said first where the rebuilt question cannot show the same: which part is not in the text, and what
   * to paste. Whole sentences.
   */
  readonly wanted: string;
  /** What is said before any answer, whole sentences; absent where the answer can stand alone. */
  readonly first?: string;
}

export interface Manifest {
  readonly kind: ManifestKind;
  readonly groups: readonly ManifestGroup[];
  readonly options: ManifestOptions;
  readonly environment: ManifestEnvironment;
  /** The tool and release that wrote the text, as `Problem.engine` spells it; null where it does not say. */
  readonly engine: string | null;
  /** The whole text, of a project that its own tool resolves as it stands (Poetry's). */
  readonly project?: string;
  /** An index rebuilt from the text: lock files and logs tell of releases and what they need. */
  readonly facts: FactsDraft | null;
  /** What in `facts` and `groups` is a guess, one sentence each. Everything else was read. */
  readonly guesses: readonly string[];
  /** Options that say where to look (`--extra-index-url …`), as lines of a requirements file. */
  readonly sourceLines?: readonly string[];
  /** How the run ended that the text tells of; absent where it tells of none. */
  readonly ending?: ToldEnding;
  /** The search that a tool's debug output tells of from its beginning; absent where it tells of none. */
  readonly search?: SearchMark;
  /** Why nothing can be rebuilt from the text, and what to paste instead; absent where something can. */
  readonly unreadable?: string;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The texts of a Problem's panes, made from chosen groups. */
export type PaneTexts = Partial<Record<Exclude<Pane, 'pyproject' | 'overlay'>, string>>;

const PANE_OF_ROLE: Readonly<Record<GroupRole, keyof PaneTexts>> = {
  requirements: 'requirements',
  build: 'requirements',
  constraints: 'constraints',
  overrides: 'overrides',
  installed: 'installed',
};

/**
 * The chosen groups as texts in pip's format, one requirement a line with its hashes; by default the groups that the
 * owning tool would take. A line that two groups share is written once.
 */
export function manifestPanes(manifest: Manifest, chosen?: ReadonlySet<string>): PaneTexts {
  const { sourceLines = [] } = manifest;
  const lines: Partial<Record<keyof PaneTexts, Set<string>>> =
    sourceLines.length === 0 ? {} : { requirements: new Set(sourceLines) };
  for (const group of manifest.groups) {
    if (!(chosen?.has(group.id) ?? group.isDefault)) continue;
    const pane = (lines[PANE_OF_ROLE[group.role]] ??= new Set());
    for (const entry of group.entries) pane.add(lineOfEntry(entry));
  }
  return Object.fromEntries(Object.entries(lines).map(([pane, set]) => [pane, `${[...set].join('\n')}\n`]));
}

function lineOfEntry(entry: ManifestEntry): string {
  const text = entry.isEditable ? editableText(entry.requirement) : entry.requirement.text;
  return [text, ...entry.hashes.map((hash) => `--hash=${hash}`)].join(' ');
}

/** pip splits the value of `-e` into words, so the address stands alone, with the name behind it. */
function editableText({ name, extras, url, text }: Requirement): string {
  if (url === null) return `-e ${text}`;
  if (/#(?:.*&)?egg=/.test(url)) return `-e ${url}`;
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  return `-e ${url}${url.includes('#') ? '&' : '#'}egg=${name}${bracket}`;
}
