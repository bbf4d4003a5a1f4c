/**
 * A universal resolution that failed: uv looks for one answer for all environments, the prover decides one at a time. An
 * environment that has no solution by itself shows why there cannot be one for all.
 */
import { evaluateMarker, parseMarker, type Marker } from '../packaging/marker.ts';
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { makeTargetEnvironment, type TargetEnvironment } from '../packaging/target-environment.ts';
import { versionOf } from '../packaging/version-cut.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { ImpossibilityProof } from '../resolver/prover/proof.ts';
import type { EndedRun } from './ended-run.ts';
import type { Decide } from '../diagnose/minimal-lines.ts';

/** Systems that stand for all others, after the one at hand. */
const PLATFORMS = ['linux-x86_64', 'macos-arm64', 'windows-amd64'];
const NEWEST_MINOR = 15;
const LATE_PATCH = 30;
/** Environments that are tried: each is a proof. */
const MAX_ENVIRONMENTS = 24;

const SYSTEM_NAMES: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

export interface FailingEnvironment {
  /** The question for that environment alone. */
  readonly request: ResolveRequest;
  readonly proof: ImpossibilityProof;
  /** `Python 3.12 on macOS`. */
  readonly name: string;
}

/** The request for one environment; that no wheel fits its machine is still no obstacle, as in universal mode. */
function inEnvironment(request: ResolveRequest, target: TargetEnvironment): ResolveRequest {
  return { ...request, target, options: { ...request.options, pythonVersion: null } };
}

/** The first environment, those of the part that failed before others, that has no solution by itself; null: none found. */
export function failingEnvironment(
  run: EndedRun,
  request: ResolveRequest,
  decide: Decide,
): FailingEnvironment | null {
  const marker = failedPart(run);
  const targets = environmentsOf(request).filter((target) => isSupported(request, target));
  const isInPart = (target: TargetEnvironment): boolean =>
    marker === null || evaluateMarker(marker, target.markers);
  const inTurn = [...targets.filter(isInPart), ...targets.filter((target) => !isInPart(target))];
  for (const target of inTurn.slice(0, MAX_ENVIRONMENTS)) {
    const alone = inEnvironment(request, target);
    const answer = decide(alone);
    if (answer.kind === 'impossible') return { request: alone, proof: answer.proof, name: nameOf(target) };
  }
  return null;
}

/** The marker of the part that failed, which stands in uv's header; null: the whole. */
function failedPart({ printed = '' }: EndedRun): Marker | null {
  const text = /for split \(markers: (.+)\):$/mu.exec(printed)?.[1];
  const parsed = text === undefined ? null : parseMarker(text);
  return parsed?.ok === true ? parsed.value : null;
}

/** Whether a project's `environments` hold the target; without any, all do. */
function isSupported({ uvProject }: ResolveRequest, { markers }: TargetEnvironment): boolean {
  const texts = uvProject?.environments ?? [];
  return (
    texts.length === 0 ||
    texts.some((text) => {
      const parsed = parseMarker(text);
      return parsed.ok && evaluateMarker(parsed.value, markers);
    })
  );
}

/** Pythons that the resolution must hold for, oldest first, on each system. */
function environmentsOf({ target, options }: ResolveRequest): readonly TargetEnvironment[] {
  const [major = 3, minor = 0] = target.python.release;
  const asked = parseSpecifierSet(
    options.requiresPython ?? `>=${options.pythonVersion ?? `${major}.${minor}`}`,
  );
  const isAsked = (python: string): boolean =>
    asked.ok && specifierSetContains(asked.value, versionOf(python), { prereleases: true });
  // A lower bound may lie within a minor release: then a late patch stands for it.
  const pythons = Array.from({ length: NEWEST_MINOR + 1 }, (_, number) =>
    [`3.${number}.0`, `3.${number}.${LATE_PATCH}`].find(isAsked),
  ).filter((python) => python !== undefined);
  const platforms = [...new Set([target.platform, ...PLATFORMS])];
  return pythons.flatMap((python) =>
    platforms.flatMap((platform) => {
      const made = makeTargetEnvironment({ python, platform });
      return made.ok ? [made.value] : [];
    }),
  );
}

function minorOf(python: string): string {
  return python.split('.').slice(0, 2).join('.');
}

function nameOf({ pythonVersion, markers }: TargetEnvironment): string {
  const system = SYSTEM_NAMES[markers.sys_platform] ?? markers.sys_platform;
  return `Python ${minorOf(pythonVersion)} on ${system}`;
}
