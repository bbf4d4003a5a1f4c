/** Requirements as `uv.lock` repeats them: `{ name = "b", extras = ["x"], marker = "…", specifier = ">=1,<2" }`. */
import type { Requirement } from '../../packaging/requirement.ts';
import { normalizeName } from '../../packaging/name.ts';
import { releaseSpecifierSetRange } from '../../packaging/specifier-range.ts';
import { parseSpecifierSet, type SpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, type Version } from '../../packaging/version.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import { makeMarkerAlgebra } from '../../resolver/uv/marker-algebra.ts';
import { markerTree, withinPython } from '../../resolver/uv/marker-from-text.ts';
import { markerText } from '../../resolver/uv/marker-text.ts';
import { MemberRequirements, type UvMember } from '../../resolver/uv/project.ts';
import { uvEra } from '../../resolver/uv/uv-era.ts';
import { inlineArray, inlineTable, tomlText } from './toml-text.ts';

const text = (value: string): string => tomlText(value, 'literal');

/** For one lock: markers are told to those who know which Pythons it is for. */
export class UvRequirementTexts {
  readonly #algebra;
  readonly #pythons: VersionRange;

  constructor(toolVersion: string, requiresPython: string) {
    this.#algebra = makeMarkerAlgebra(uvEra(toolVersion).factorsMarkers ? 'texts-first' : 'versions-first');
    const parsed = parseSpecifierSet(requiresPython);
    this.#pythons = parsed.ok ? releaseSpecifierSetRange(parsed.value) : VersionRange.FULL;
  }

  /** The lowest Python; null where there is none. */
  get lowest(): Version | null {
    return this.#pythons.segments()[0]?.lower?.version ?? null;
  }

  /** What a project asks for, with its extras as conditions. */
  declared(member: UvMember): readonly string[] {
    return this.sorted(new MemberRequirements(member).requiresDist());
  }

  /** By name, extras, marker, specifier; each once. */
  sorted(requirements: readonly Requirement[]): readonly string[] {
    const rows = requirements.map((requirement) => this.#row(requirement));
    rows.sort((a, b) => (a.key < b.key ? -1 : Number(a.key !== b.key)));
    return [...new Set(rows.map(({ written }) => written))];
  }

  #row(requirement: Requirement): { readonly key: string; readonly written: string } {
    const { normalizedName: name, specifier, url } = requirement;
    const extras = [...new Set(requirement.extras.map(normalizeName))].sort();
    const tree = markerTree(this.#algebra, requirement.marker);
    const marker = markerText(withinPython(this.#algebra, tree, this.#pythons));
    const versions = specifierText(specifier);
    const fields: (readonly [string, string])[] = [['name', text(name)]];
    if (extras.length > 0) fields.push(['extras', inlineArray(extras.map(text))]);
    if (marker !== null) fields.push(['marker', text(marker)]);
    if (url !== null) fields.push(['url', text(url)]);
    else if (versions !== '') fields.push(['specifier', text(versions)]);
    return {
      key: [name, extras.join(), marker ?? '', versions].join('\u0000'),
      written: inlineTable(fields, 'wide'),
    };
  }
}

/** By version, without blanks. */
function specifierText({ specifiers }: SpecifierSet): string {
  return specifiers
    .toSorted((a, b) =>
      a.version === null || b.version === null ? 0 : compareVersions(a.version, b.version),
    )
    .map((specifier) => specifier.text)
    .join(',');
}
