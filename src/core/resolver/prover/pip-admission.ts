/**
 * Whether pip would admit the versions of a solution, given all requirements that the solution puts on each project:
 * the two rules that no single requirement can decide.
 */
import { filterVersions, intersectSpecifierSets, EMPTY_SPECIFIER_SET } from '../../packaging/specifier.ts';
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease, versionsEqual, type Version } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { eraOfTool } from './tool-era.ts';

/** A chosen version, and what is known of the project it belongs to. */
export interface AdmissionQuestion {
  readonly project: string;
  readonly version: Version;
  /** All that is asked of the project, constraints included. */
  readonly specifiers: readonly SpecifierSet[];
  /** Versions that could be used, lowest first, and whether each is yanked. */
  readonly usable: readonly { readonly version: Version; readonly isYanked: boolean }[];
}

/** Why pip would not take the version; null when it would. */
export function admissionProblem(
  request: ResolveRequest,
  question: AdmissionQuestion,
): 'prerelease' | 'yanked' | null {
  const { options } = request;
  const { project, version, usable } = question;
  const { policy, yanked: rule } = eraOfTool(request.toolVersion);
  const combined = question.specifiers.reduce(intersectSpecifierSets, EMPTY_SPECIFIER_SET);
  const isAllowed =
    options.pre || options.allReleases.includes(':all:') || options.allReleases.includes(project);
  const admitted = filterVersions(
    combined,
    usable.map((item) => item.version),
    { ...(isAllowed ? { prereleases: true } : {}), policy },
  );
  const isAdmitted = (candidate: Version): boolean => admitted.some((item) => versionsEqual(item, candidate));
  if (isPrerelease(version) && !isAdmitted(version)) return 'prerelease';
  const chosen = usable.find((item) => versionsEqual(item.version, version));
  if (chosen?.isYanked !== true || rule === 'last') return null;
  const areAllYanked = usable.every((item) => item.isYanked || !isAdmitted(item.version));
  const isPinned = combined.specifiers.some(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  );
  return areAllYanked && (isPinned || rule === 'if-all') ? null : 'yanked';
}
