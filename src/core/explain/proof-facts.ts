/** The leaves of the prover's proof as conflict facts: positions become bits, lines get their place and text. */
import { isMissing } from '../package-index/package-index.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { positionsIn, type IntegerSet } from '../resolver/pubgrub/integer-sets.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { proofFacts, type ImpossibilityProof, type ProofFact } from '../resolver/prover/proof.ts';
import type { LineSource } from '../resolver/trace.ts';
import type { ConflictFact, ConflictFacts, VersionBits } from './conflict-facts.ts';
import { readableRequirement, withoutMarker } from './requirement-text.ts';

/** The part of a request that facts of a proof point at. */
export type AskedFor = Pick<
  ResolveRequest,
  'requirements' | 'constraints' | 'overrides' | 'target' | 'options' | 'index'
>;

/** Facts that say the same of several versions are one. */
export function conflictFacts(proof: ImpossibilityProof, request: AskedFor): ConflictFacts {
  const packages = proof.packages.map(({ identifier, name, versions, status }, row) => ({
    identifier,
    versions: row === 0 ? [] : versions,
    status,
    place: row === 0 ? '' : placeOf(request, name),
  }));
  const facts = new Map<string, ConflictFact>();
  for (const fact of proofFacts(proof.root)) {
    for (const converted of convert(proof, request, fact)) {
      const key = keyOf(converted);
      const known = facts.get(key);
      facts.set(key, known === undefined ? converted : merged(known, converted));
    }
  }
  return { surroundings: request, packages, facts: [...facts.values()].toSorted(byOrder) };
}

/** Whose list of a project it is, in words. A snapshot does not say what there is, only what it holds. */
export function placeOf({ index }: Pick<AskedFor, 'index'>, name: string): string {
  const page = index.page(name);
  return !isMissing(page) && page.provenance.layer === 'snapshot' ? 'this snapshot' : 'the index';
}

/** Bits of the positions in a set that are versions. */
export function bitsOf(set: IntegerSet, size: number): VersionBits {
  return positionsIn(set, size).reduce((bits, position) => bits | (1n << BigInt(position)), 0n);
}

function convert(proof: ImpossibilityProof, request: AskedFor, fact: ProofFact): readonly ConflictFact[] {
  if (fact.kind === 'root' || fact.kind === 'no-versions') return [];
  const bits = (row: number, set: IntegerSet): VersionBits =>
    bitsOf(set, proof.packages[row]!.versions.length);
  switch (fact.kind) {
    case 'line':
    case 'constraint': {
      const isLine = fact.kind === 'line';
      const { requirement, source } = (isLine ? request.requirements : request.constraints)[fact.line]!;
      const allowed = bits(fact.package, fact.allowed);
      const overridden = isLine ? overrideOf(request, requirement.normalizedName) : null;
      return [
        {
          kind: isLine ? 'line' : 'limit',
          // A wish that stands on no line: what somebody asks about.
          source: source.line === 0 ? null : source,
          package: fact.package,
          allowed,
          text: readableRequirement(withoutMarker((overridden?.requirement ?? requirement).text)),
          ...(overridden === null ? {} : { override: overridden.source }),
        },
      ];
    }
    case 'dependency':
      return fact.quotes.map(({ versions, text }) => ({
        ...overridePart(proof, request, fact, text),
        kind: 'needs',
        package: fact.package,
        versions: bits(fact.package, versions),
        dependency: fact.dependency,
        allowed: bits(fact.dependency, fact.allowed),
        text: needText(proof, fact, text),
      }));
    case 'unusable':
      return [
        {
          kind: 'unusable',
          package: fact.package,
          versions: bits(fact.package, fact.versions),
          reason: fact.reason,
        },
      ];
  }
}

type Dependency = Extract<ProofFact, { kind: 'dependency' }>;

type UserLine = AskedFor['overrides'][number];

/** uv's override that speaks for a project in this environment; with `text`, the one that says so. */
export function overrideOf(request: AskedFor, project: string, text: string | null = null): UserLine | null {
  const own = request.overrides.find(({ requirement: { normalizedName, marker, text: words } }) => {
    if (normalizedName !== project || (text !== null && words !== text)) return false;
    return marker === null || evaluateMarker(marker, request.target.markers, '');
  });
  return own ?? null;
}

function overridePart(
  proof: ImpossibilityProof,
  request: AskedFor,
  fact: Dependency,
  text: string,
): { readonly override?: LineSource } {
  const own = isOwnBase(proof, fact)
    ? null
    : overrideOf(request, proof.packages[fact.dependency]!.name, text);
  return own === null ? {} : { override: own.source };
}

/** A package with an extra needs its own project at the same version: no text says that. */
function needText(proof: ImpossibilityProof, fact: Dependency, text: string): string {
  return isOwnBase(proof, fact) ? '' : readableRequirement(withoutMarker(text));
}

/** Whether a package with an extra needs its own project. */
export function isOwnBase(
  proof: ImpossibilityProof,
  fact: Pick<Dependency, 'package' | 'dependency'>,
): boolean {
  const { name, extra } = proof.packages[fact.package]!;
  return extra !== null && proof.packages[fact.dependency]!.identifier === name;
}

function keyOf(fact: ConflictFact): string {
  const { kind, package: row } = fact;
  if (kind === 'needs') return `${kind} ${row} ${fact.dependency} ${fact.allowed} ${fact.text}`;
  if (kind === 'unusable') return `${kind} ${row} ${fact.reason.kind} ${fact.reason.detail}`;
  return `${kind} ${row} ${fact.source?.pane ?? ''} ${fact.source?.line ?? ''} ${fact.text}`;
}

function merged(known: ConflictFact, fact: ConflictFact): ConflictFact {
  if (known.kind === 'needs' && fact.kind === 'needs')
    return { ...known, versions: known.versions | fact.versions };
  if (known.kind === 'unusable' && fact.kind === 'unusable')
    return { ...known, versions: known.versions | fact.versions };
  return known;
}

const KIND_ORDER: readonly ConflictFact['kind'][] = ['line', 'limit', 'unusable', 'needs'];

/** Lines first, in reading order; then what the index says. */
function byOrder(a: ConflictFact, b: ConflictFact): number {
  const kinds = KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
  if (kinds !== 0 || !('source' in a) || !('source' in b)) return kinds;
  return (a.source?.line ?? 0) - (b.source?.line ?? 0);
}
