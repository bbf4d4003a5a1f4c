/**
 * The independent checker: whether a set of pins really satisfies every requirement, whatever engine chose them. It
 * reads the request and the index itself and shares nothing with the engines, whose mistakes it is there to show
 * ("pip installs this, and it is broken").
 */
import { isMissing, type DistributionMetadata } from '../package-index/package-index.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import type { InstalledDistribution, ResolveRequest } from './engine.ts';
import type { BrokenRequirement, Pin } from './outcome.ts';
import { pinnedFile } from './pinned-file.ts';
import { canonicalAddress } from './pip/address.ts';

/** What a pin's metadata says. */
type MetadataText = Pick<DistributionMetadata, 'requiresDist' | 'requiresPython' | 'providesExtra'>;

/**
 * Every requirement that the pins leave unsatisfied: the user's, limits of the constraints, and those of the pins
 * themselves, with the extras that requirements ask for. Each once, in the order in which they are met. What nobody
 * knows (a file's dependencies) counts as nothing.
 */
export function checkPins(
  request: ResolveRequest,
  pins: readonly Pin[],
  admitsPython: AdmitsPython = isInSet,
): readonly BrokenRequirement[] {
  return new PinChecker(request, pins, admitsPython).check();
}

/** How the tool reads a Requires-Python: pip as it stands, uv by its lower bound only. */
type AdmitsPython = (requiresPython: string, request: ResolveRequest) => boolean;

/** Whether the Python at hand is in the set; what cannot be read admits every Python. */
function isInSet(requiresPython: string, { target }: ResolveRequest): boolean {
  const set = parseSpecifierSet(requiresPython);
  return !set.ok || admits(set.value, target.pythonVersion);
}

class PinChecker {
  readonly #request: ResolveRequest;
  readonly #pins: ReadonlyMap<string, Pin>;
  readonly #admitsPython: AdmitsPython;
  readonly #broken = new Map<string, BrokenRequirement>();
  /** Packages with extras whose dependencies were looked at: `flask`, `flask[async]`. */
  readonly #visited = new Set<string>();

  constructor(request: ResolveRequest, pins: readonly Pin[], admitsPython: AdmitsPython) {
    this.#request = request;
    this.#admitsPython = admitsPython;
    this.#pins = new Map(pins.map((pin) => [normalizeName(pin.name), pin]));
  }

  check(): readonly BrokenRequirement[] {
    for (const { requirement } of this.#request.requirements) this.#require(requirement, null, ['']);
    for (const { requirement } of this.#request.constraints) this.#limit(requirement);
    for (const pin of this.#pins.values()) this.#visit(pin, '');
    return [...this.#broken.values()];
  }

  #require(requirement: Requirement, requiredBy: Pin | null, extras: readonly string[]): void {
    if (!this.#holds(requirement, extras)) return;
    const pin = this.#pins.get(requirement.normalizedName) ?? this.#installed(requirement.normalizedName);
    if (pin === undefined || !admits(requirement.specifier, pin.version)) {
      this.#complain(requirement.text, requiredBy, pin);
      return;
    }
    const chosen = this.#pins.get(requirement.normalizedName);
    if (chosen === undefined) return;
    if (!isFrom(chosen, requirement.url)) this.#complain(requirement.text, requiredBy, pin);
    this.#visit(chosen, '');
    for (const extra of requirement.extras) this.#visit(chosen, normalizeName(extra));
  }

  #limit(requirement: Requirement): void {
    const pin = this.#pins.get(requirement.normalizedName);
    if (pin === undefined || !this.#holds(requirement, [''])) return;
    if (!admits(requirement.specifier, pin.version)) this.#complain(requirement.text, null, pin);
  }

  #visit(pin: Pin, extra: string): void {
    const key = `${pin.name}[${extra}]`;
    if (this.#visited.has(key)) return;
    this.#visited.add(key);
    const metadata = this.#metadata(pin);
    if (metadata === null) return;
    if (extra === '') this.#checkPython(pin, metadata);
    if (this.#request.options.noDeps) return;
    if (extra !== '' && !metadata.providesExtra.some((name) => normalizeName(name) === extra)) return;
    for (const text of metadata.requiresDist) {
      const requirement = parseRequirement(text);
      if (requirement.ok) this.#require(requirement.value, pin, [extra]);
    }
  }

  #checkPython(pin: Pin, { requiresPython }: MetadataText): void {
    const { options, target } = this.#request;
    if (requiresPython === null || options.ignoreRequiresPython || pin.origin === 'installed') return;
    if (this.#admitsPython(requiresPython, this.#request)) return;
    const set = parseSpecifierSet(requiresPython);
    const requirement = `Python ${set.ok ? set.value.text : requiresPython}`;
    const requiredBy = `${pin.name} ${pin.version}`;
    this.#broken.set(`${requiredBy} ${requirement}`, {
      requirement,
      requiredBy,
      found: target.pythonVersion,
    });
  }

  #holds({ marker }: Requirement, extras: readonly string[]): boolean {
    if (marker === null) return true;
    return extras.some((extra) => evaluateMarker(marker, this.#request.target.markers, extra));
  }

  #complain(requirement: string, parent: Pin | null, found: { readonly version: string } | undefined): void {
    const requiredBy = parent === null ? null : `${parent.name} ${parent.version}`;
    const key = `${requiredBy ?? ''} ${requirement}`;
    this.#broken.set(key, { requirement, requiredBy, found: found?.version ?? null });
  }

  #installed(name: string): InstalledDistribution | undefined {
    if (this.#request.options.ignoreInstalled) return undefined;
    return this.#request.installed.find((entry) => normalizeName(entry.name) === name);
  }

  #metadata(pin: Pin): MetadataText | null {
    if (pin.origin === 'installed') return this.#installed(pin.name) ?? null;
    const file = pinnedFile(this.#request.index, pin);
    if (file === undefined) return null;
    const metadata = this.#request.index.metadata(file);
    return isMissing(metadata) ? null : metadata;
  }
}

/** Whether a pin is from the address that is asked for. Of what is installed nobody knows where it came from. */
function isFrom(pin: Pin, url: string | null): boolean {
  if (url === null || pin.origin === 'installed') return true;
  if (pin.url === undefined) return pin.origin === 'url';
  return canonicalAddress(pin.url) === canonicalAddress(url);
}

/** Pre-releases satisfy; a version that is none satisfies nothing but an empty set. */
function admits(set: SpecifierSet, text: string): boolean {
  const version = parseVersion(text);
  if (!version.ok) return set.specifiers.length === 0;
  return specifierSetContains(set, version.value, { prereleases: true });
}
