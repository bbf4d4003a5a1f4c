/** What pip says and does once the search has chosen: what stays installed, yanked choices, what will be broken. */
import { normalizeName } from '../../packaging/name.ts';
import { versionsEqual } from '../../packaging/version.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { InstalledDistribution } from '../engine.ts';
import type { LinkCandidate, PipCandidate } from './candidate.ts';
import type { EngineParts } from './engine-parts.ts';
import {
  affectedPackages,
  type CheckedPackage,
  checkEnvironment,
  plainDependencies,
} from './environment-check.ts';
import { isOnThisMachine, linkText } from './link-text.ts';

/** Files that would be installed: not what is there already in the same version, unless that is to be replaced. */
export function filesToInstall(
  candidates: readonly PipCandidate[],
  parts: EngineParts,
): readonly LinkCandidate[] {
  const { options, installed } = parts.context.request;
  return candidates.filter((candidate): candidate is LinkCandidate => {
    if (candidate.kind !== 'link') return false;
    if (options.forceReinstall || options.ignoreInstalled) return true;
    const present = installed.find(({ name }) => normalizeName(name) === candidate.project);
    if (present === undefined || !isSameVersion(present, candidate)) return true;
    if (candidate.ireq.isEditable === true) return true;
    const { distribution } = candidate.file;
    const { kind } = distribution;
    const isLocal = isOnThisMachine(distribution);
    if (isLocal && kind === 'wheel') {
      parts.context.notify({ kind: 'same-version-wheel', name: candidate.ireq.requirement.name });
    }
    return isLocal && kind === 'sdist';
  });
}

function isSameVersion({ version }: InstalledDistribution, candidate: LinkCandidate): boolean {
  const parsed = parseVersion(version);
  return parsed.ok && versionsEqual(parsed.value, candidate.version);
}

/** Says what pip says of its choice, in its order. */
export function announce(files: readonly LinkCandidate[], parts: EngineParts): void {
  const { notify, request } = parts.context;
  for (const { name, version, file } of files) {
    const { yanked } = file.distribution;
    if (yanked === false) continue;
    const link = linkText(file.distribution);
    notify({ kind: 'yanked-selected', name, version: version.text, link, reason: yanked });
  }
  if (request.options.noDeps || files.length === 0) return;
  const problems = problemsAfter(files, parts);
  if (problems.length > 0) notify({ kind: 'installed-conflicts', problems });
}

/** What would be broken among the new packages and those that depend on them. */
function problemsAfter(
  files: readonly LinkCandidate[],
  parts: EngineParts,
): ReturnType<typeof checkEnvironment> {
  const { request, metadata, era } = parts.context;
  const { markers } = request.target;
  const packages = new Map<string, CheckedPackage>();
  for (const distribution of request.installed) {
    const read = metadata.read(distribution);
    const dependencies = 'invalid' in read ? [] : plainDependencies(read.metadata.dependencies, markers);
    const name = normalizeName(distribution.name);
    packages.set(name, { name, version: distribution.version, dependencies });
  }
  for (const file of files) {
    const { dependencies } = parts.store.metadataOf(file);
    const { project: name, version } = file;
    packages.set(name, {
      name,
      version: version.text,
      dependencies: plainDependencies(dependencies, markers),
    });
  }
  const all = [...packages.values()];
  const fresh = new Set(files.map(({ project }) => project));
  return checkEnvironment(all, affectedPackages(fresh, all, era.followsDependants));
}
