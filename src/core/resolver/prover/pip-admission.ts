/**
 * Whether pip would admit the versions of a solution, given all requirements that the solution puts on each project:
 * the two rules that no single requirement can decide.
 */
import { specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease, versionsEqual, type Version } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { finderRules } from '../pip/finder/judge-files.ts';
import { hidesPrereleases, hidesYanked } from '../pip/finder/judge-together.ts';
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
  const { project, version, usable, specifiers } = question;
  const era = eraOfTool(request.toolVersion);
  const asked = usable.filter((item) =>
    specifiers.every((set) =>
      specifierSetContains(set, item.version, { prereleases: true, policy: era.policy }),
    ),
  );
  const hasFinal = asked.some((item) => !isPrerelease(item.version));
  const hides = hidesPrereleases(specifiers, finderRules(project, request, era), hasFinal);
  if (hides && isPrerelease(version)) return 'prerelease';
  const admitted = hides ? asked.filter((item) => !isPrerelease(item.version)) : asked;
  const chosen = admitted.find((item) => versionsEqual(item.version, version));
  if (chosen?.isYanked !== true) return null;
  const hasUnyanked = admitted.some((item) => !item.isYanked);
  return hidesYanked(specifiers, era, hasUnyanked) ? 'yanked' : null;
}
