/** Why a search failed, as pip sees it: `Factory.get_installation_error`, as facts. The words are in explain/pip/. */
import { compareVersions, type Version } from '../../packaging/version.ts';
import type { Information } from '../backtracking/provider.ts';
import type { LinkCandidate, PipCandidate } from './candidate.ts';
import type { StoreContext } from './candidate-store.ts';
import { type Constraint, NO_CONSTRAINT } from './constraints.ts';
import { withoutMarker, type InstallRequirement } from './install-requirement.ts';
import { sourceText } from './link-text.ts';
import type { PipReport } from './report.ts';
import type { PipRequirement, PythonRequirement } from './requirement.ts';
import type { PipTextEra } from './text-era.ts';

type Causes = readonly Information<PipRequirement, PipCandidate>[];

export interface ErrorContext {
  readonly store: StoreContext;
  readonly constraints: ReadonlyMap<string, Constraint>;
}

/** `causes` is never empty. */
export function installationError(causes: Causes, context: ErrorContext): PipReport {
  const { era } = context.store;
  const pythons = causes.filter(({ requirement }) => {
    return requirement.kind === 'python' && (era.blamesAnyPython || requirement.match === null);
  });
  if (pythons.length > 0) return requiresPythonReport(pythons, context);
  const [only] = causes;
  if (causes.length === 1 && only !== undefined) {
    const name = identifierText(only.requirement, context);
    if (era.overlooksConstraints || !context.constraints.has(name))
      return noMatchingVersion(only.requirement, only.parent, context);
  }
  return conflictReport(causes, context);
}

function requiresPythonReport(causes: Causes, { store }: ErrorContext): PipReport {
  return {
    kind: 'requires-python',
    python: store.request.target.pythonVersion,
    causes: causes.map(({ requirement, parent }) => ({
      name: parent?.name ?? '',
      formatted: parent === null ? '' : formatCandidate(parent, store.era.texts),
      specifier: (requirement as PythonRequirement).specifier.text,
    })),
  };
}

function noMatchingVersion(
  requirement: PipRequirement,
  parent: PipCandidate | null,
  { store }: ErrorContext,
): PipReport {
  const { identifiers, projects } = store;
  const { project } = identifiers.entry(requirement.identifier);
  const files = project === '' ? [] : projects.files(project).ascending;
  const isOnlyFinal = projects.rules(project).allowsPrereleases === false;
  return {
    kind: 'no-matching-version',
    requirement: requirementText(requirement, store),
    bareRequirement: bareText(requirement, store),
    parent: parent === null ? null : parent.name,
    versions: sortedVersions(files.filter((file) => !file.isYanked).map((file) => file.version)),
    yankedVersions: sortedVersions(files.filter((file) => file.isYanked).map((file) => file.version)),
    allVersions: sortedVersions(files.map((file) => file.version)),
    skippedPythons: projects.skippedPythons(store.era.texts.sortsSkippedPythons),
    isOnlyFinal,
  };
}

/** Ascending, equal ones once. */
function sortedVersions(versions: readonly Version[]): readonly string[] {
  const sorted = versions.toSorted(compareVersions);
  return sorted
    .filter((version, index) => index === 0 || compareVersions(sorted[index - 1]!, version) !== 0)
    .map((version) => version.text);
}

function conflictReport(causes: Causes, context: ErrorContext): PipReport {
  const { store, constraints } = context;
  const triggers = causes.map(({ requirement, parent }) => {
    return parent === null ? formatRequirementForError(requirement, store) : describeTrigger(parent);
  });
  const names = causes.map(({ requirement }) => identifierText(requirement, context));
  const constrained = [...new Set(names)].filter((name) => constraints.has(name));
  return {
    kind: 'conflict',
    triggers: [...new Set(triggers)].sort(),
    lines: causes.map(({ requirement, parent }) => ({
      parent: parent === null ? null : `${parent.name} ${parent.version.text}`,
      requirement: formatRequirementForError(requirement, store),
    })),
    constraints: constrained.map((name) =>
      formatConstraint(name, constraints.get(name) ?? NO_CONSTRAINT, store.era.texts),
    ),
    // pip asks its finder for these without any requirement, and so always hears that there is nothing.
    noMatching: [...new Set(names)].sort(),
  };
}

/** Who brought a candidate in: the user's requirement itself, or the package that asked for it. */
function describeTrigger(parent: PipCandidate): string {
  const own = parent.kind === 'link' ? parent.ireq : null;
  if (own === null || own.comesFrom === null) return `${parent.name}==${parent.version.text}`;
  return typeof own.comesFrom === 'string' ? own.comesFrom : requirerName(own.comesFrom);
}

function requirerName({ requirement }: InstallRequirement): string {
  return requirement.name;
}

function formatConstraint(
  name: string,
  { specifier, urls }: Constraint,
  { namesAddresses }: PipTextEra,
): string {
  const isNamed = namesAddresses && urls.length > 0;
  return `${name}${specifier.text}${isNamed ? ` (from ${urls.join(', ')})` : ''}`;
}

function identifierText(requirement: PipRequirement, { store }: ErrorContext): string {
  return store.identifiers.text(requirement.identifier);
}

/** `str(Requirement)` of pip's. */
export function requirementText(requirement: PipRequirement, store: StoreContext): string {
  switch (requirement.kind) {
    case 'specifier':
      return requirement.ireq.requirement.text;
    case 'explicit':
      return `${requirement.candidate.name} ${requirement.candidate.version.text}`;
    case 'python':
      return `Python ${requirement.specifier.text}`;
    case 'unsatisfiable':
      return `${store.identifiers.text(requirement.identifier)} (unavailable)`;
  }
}

function bareText(requirement: PipRequirement, store: StoreContext): string {
  if (requirement.kind !== 'specifier') return requirementText(requirement, store);
  return withoutMarker(requirement.ireq).requirement.text;
}

/** `format_for_error`: commas become a list, even those inside brackets. */
export function formatRequirementForError(requirement: PipRequirement, store: StoreContext): string {
  if (requirement.kind === 'explicit') return formatCandidate(requirement.candidate, store.era.texts);
  const text = requirementText(requirement, store);
  if (requirement.kind !== 'specifier') return text;
  const parts = text.split(',').map((part) => part.trim());
  return parts.length === 1 ? text.trim() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function formatCandidate(candidate: PipCandidate, texts: PipTextEra): string {
  switch (candidate.kind) {
    case 'link':
      return `${candidate.name} ${candidate.version.text} (from ${linkSource(candidate, texts)})`;
    case 'installed':
      return `${candidate.name} ${candidate.version.text} (Installed)`;
    case 'extras':
      return `${formatCandidate(candidate.base, texts)} [${candidate.extras.join(', ')}]`;
    case 'python':
      return `Python ${candidate.version.text}`;
  }
}

function linkSource({ file, isDirect, ireq }: LinkCandidate, { namesAddresses }: PipTextEra): string {
  return sourceText(file.distribution, isDirect, namesAddresses && ireq.isEditable === true);
}
