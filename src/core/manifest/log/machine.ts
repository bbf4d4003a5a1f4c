/**
 * What a text proves about the machine on which a tool ran: markers that held, releases that were passed over for their
 * Python, wheels that were taken, paths and prompts. Where it is not said in so many words, one machine that fits all of
 * it stands for it, and that is said.
 */
import { evaluateMarker, type Marker } from '../../packaging/marker.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { makeTargetEnvironment, type TargetEnvironment } from '../../packaging/target-environment.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';

/** Most likely first: what the page begins with, then what people ran when most of these texts were written. */
const PYTHONS = ['3.11', '3.12', '3.13', '3.10', '3.9', '3.8', '3.7', '3.14', '3.6', '3.5', '3.15', '2.7'];
const PLATFORMS = ['linux-x86_64', 'windows-amd64', 'macos-arm64', 'macos-x86_64', 'linux-aarch64'];
/** More marks of one kind are not looked at. */
const MOST = 200;

export class Machine {
  #python: string | null = null;
  #platform: string | null = null;
  readonly #inside: SpecifierSet[] = [];
  readonly #outside: SpecifierSet[] = [];
  readonly #held: Marker[] = [];
  readonly #failed: Marker[] = [];
  readonly #markerTexts: string[] = [];
  #pythonHint: string | null = null;

  /** The text says so. */
  isPython(version: string): void {
    this.#python ??= version;
  }

  /** A path or the tag of a wheel that was taken shows it; what is said in so many words counts more. */
  looksLikePython(version: string): void {
    this.#pythonHint ??= version;
  }

  isPlatform(name: string): void {
    this.#platform ??= name;
  }

  /** A release with this Requires-Python was taken. */
  admits(specifier: string): void {
    const set = parseSpecifierSet(specifier);
    if (set.ok && this.#inside.length < MOST) this.#inside.push(set.value);
  }

  /** A release was passed over for its Requires-Python. */
  isOutside(specifier: string): void {
    const set = parseSpecifierSet(specifier);
    if (set.ok && set.value.specifiers.length > 0 && this.#outside.length < MOST)
      this.#outside.push(set.value);
  }

  /** A requirement took part in the search: its marker held. */
  wanted(requirement: string): void {
    if (!requirement.includes(';') || this.#held.length >= MOST) return;
    const parsed = parseRequirement(requirement);
    const text = requirement.split(/;(.*)/s)[1]!.trim();
    if (!parsed.ok || parsed.value.marker === null || !/python|platform|os_name|implementation/.test(text))
      return;
    this.#held.push(parsed.value.marker);
    if (!this.#markerTexts.includes(text)) this.#markerTexts.push(text);
  }

  /** A requirement was passed over: its marker did not hold. */
  ignored(requirement: string): void {
    const parsed = parseRequirement(requirement);
    if (parsed.ok && parsed.value.marker !== null && this.#failed.length < MOST)
      this.#failed.push(parsed.value.marker);
  }

  /** Puts what is proved into the environment, and says what of it is a guess. */
  settle(builder: ManifestBuilder): void {
    const isProved = this.#held.length + this.#failed.length + this.#outside.length + this.#inside.length > 0;
    const said = this.#python ?? builder.environment.python ?? null;
    if (!isProved && said === null && this.#pythonHint === null && this.#platform === null) return;
    const found = this.#find(said);
    const isAboutPython =
      this.#outside.length + this.#inside.length > 0 ||
      this.#pythonHint !== null ||
      this.#markerTexts.some((text) => text.includes('python_'));
    const python = said ?? (isAboutPython ? (found?.python ?? this.#pythonHint) : null);
    const platform = this.#platform ?? (found?.platform === PLATFORMS[0] ? null : (found?.platform ?? null));
    builder.environment = {
      ...builder.environment,
      ...(python === null ? {} : { python }),
      ...(platform === null || builder.environment.platform !== undefined ? {} : { platform }),
    };
    if (python !== null && said === null) builder.guess(this.#reason(python));
    if (platform !== null && this.#platform === null)
      builder.guess(`The platform is taken to be ${platform}, on which the markers of the text hold.`);
  }

  #find(said: string | null): { readonly python: string; readonly platform: string } | null {
    const pythons =
      said !== null ? [said] : this.#pythonHint === null ? PYTHONS : [this.#pythonHint, ...PYTHONS];
    const platforms = this.#platform === null ? PLATFORMS : [this.#platform];
    for (const platform of platforms)
      for (const python of pythons) {
        const target = makeTargetEnvironment({ python, platform });
        if (target.ok && this.#fits(target.value)) return { python, platform };
      }
    return null;
  }

  #fits(target: TargetEnvironment): boolean {
    const admits = (set: SpecifierSet): boolean =>
      specifierSetContains(set, target.python, { prereleases: true });
    const holds = (marker: Marker): boolean => evaluateMarker(marker, target.markers);
    return (
      this.#inside.every(admits) &&
      !this.#outside.some(admits) &&
      this.#held.every(holds) &&
      !this.#failed.some(holds)
    );
  }

  #reason(python: string): string {
    const [outside] = this.#outside;
    if (python === this.#pythonHint) return `Python ${python} is what paths and files in the text show.`;
    if (outside !== undefined)
      return `Python ${python} stands for one that \`${outside.text}\` does not admit: releases were passed over for that.`;
    const marker = this.#markerTexts.find((text) => text.includes('python_'));
    if (marker !== undefined)
      return `Python ${python} stands for one on which \`${marker}\` holds, as it did.`;
    return `Python ${python} stands for one that the text admits.`;
  }
}

const PATH_PYTHON =
  /(?:[/\\](?:lib(?:64)?[/\\])?python|[/\\]Python|[/\\]\.?pyenv[/\\]versions[/\\])(\d\.\d{1,2}|[23]\d{1,2})(?:[/\\.]|$)/;
const WHEEL_TAG = /-(?:cp|pp)(\d)(\d{1,2})-(?:cp\d{2,3}[a-z]?|abi3|none|pypy\w*)-([a-z][\w.]{2,60})\.whl\b/;
const WINDOWS =
  /(?:^|[\s"'(])(?:PS )?[A-Za-z]:\\(?:Users|Windows|Program|[\w .-]{1,60}\\)|win_amd64\.whl|^(?:PS )?[A-Z]:\\\S*>/;
const MACOS =
  /(?:^|[\s"'(])\/(?:Users|opt\/homebrew|Library)\/|macosx_\d+_\d+_(?:arm64|x86_64|universal2)\.whl|\bDarwin\b/;

/** Reads paths, prompts and names of wheels that were downloaded. */
export function readMachineHints(machine: Machine, line: string): void {
  const path = PATH_PYTHON.exec(line)?.[1];
  if (path !== undefined && !line.includes('-r '))
    machine.looksLikePython(path.includes('.') ? path : `${path[0]!}.${path.slice(1)}`);
  const isTaken = /^[ \t]*(?:Downloading|Using cached|Selecting)\b/.test(line);
  const wheel = isTaken ? WHEEL_TAG.exec(line) : null;
  if (wheel !== null) {
    if (!/-abi3-/.test(line)) machine.looksLikePython(`${wheel[1]!}.${wheel[2]!}`);
    const platform = platformOfTag(wheel[3]!);
    if (platform !== null) machine.isPlatform(platform);
  }
  if (WINDOWS.test(line)) machine.isPlatform('windows-amd64');
  else if (MACOS.test(line)) machine.isPlatform(line.includes('x86_64') ? 'macos-x86_64' : 'macos-arm64');
}

/** `manylinux_2_17_x86_64.manylinux2014_x86_64` → `linux-x86_64`. */
function platformOfTag(tag: string): string | null {
  if (tag.startsWith('win_amd64')) return 'windows-amd64';
  if (tag.startsWith('macosx')) return tag.includes('x86_64') ? 'macos-x86_64' : 'macos-arm64';
  if (/^(?:many|musl)?linux/.test(tag)) return tag.includes('aarch64') ? 'linux-aarch64' : 'linux-x86_64';
  return null;
}
