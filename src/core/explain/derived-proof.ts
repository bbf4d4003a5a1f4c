/**
 * The proof of a conflict that needs cases, as numbered sentences. Each conclusion names the facts that it rests on in
 * its own sentence, and earlier conclusions by number.
 */
import { allBits } from './conflict-facts.ts';
import { implicationWords } from './incompatibility-words.ts';
import type { ProofStep } from './explanation.ts';
import { nothingListed } from './need-words.ts';
import { bitsOf, isOwnBase, overrideOf, placeOf, type AskedFor } from './proof-facts.ts';
import { readableRequirement, withoutMarker } from './requirement-text.ts';
import { isSingular, needsVerb, packageVersions } from './version-words.ts';
import { capitalized, code, inPlaceOf, lineName, listOf } from './words.ts';
import type {
  ImpossibilityProof,
  ProofFact,
  ProofNode,
  ProofPackage,
  ProofTerm,
} from '../resolver/prover/proof.ts';
import type { IntegerSet } from '../resolver/pubgrub/integer-sets.ts';
import { unusableWords } from './unusable-words.ts';

type Conclusion = Extract<ProofNode, { kind: 'step' }>;

/** The steps of a proof, causes before what follows from them; the last one says that the lines cannot all hold. */
export function derivedProof(proof: ImpossibilityProof, request: AskedFor): readonly ProofStep[] {
  const places = new Map<ProofNode, number>();
  const steps: ProofStep[] = [];
  for (const node of conclusionsFirstToLast(proof.root)) {
    const causes = [node.first, node.second];
    const clauses = causes.flatMap((cause) =>
      cause.kind === 'fact' ? factClauses(proof, request, cause.fact) : [],
    );
    const because = causes.flatMap((cause) => {
      const place = places.get(cause);
      return place === undefined ? [] : [place];
    });
    const lead = clauses.length === 0 ? '' : `${listOf(clauses)}, so `;
    places.set(node, steps.length);
    steps.push({
      text: capitalized(`${lead}${conclusionWords(proof, node.terms)}.`),
      because,
      source: null,
    });
  }
  return steps;
}

/** Every conclusion once, causes first. */
function conclusionsFirstToLast(root: ProofNode): readonly Conclusion[] {
  const done = new Set<ProofNode>();
  const ordered: Conclusion[] = [];
  const open = [root];
  for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
    const missing =
      node.kind === 'fact' || done.has(node)
        ? []
        : [node.second, node.first].filter((cause) => cause.kind === 'step' && !done.has(cause));
    if (missing.length > 0) {
      for (const item of missing) open.push(item);
      continue;
    }
    open.pop();
    if (node.kind === 'step' && !done.has(node)) ordered.push(node);
    done.add(node);
  }
  return ordered;
}

function factClauses(proof: ImpossibilityProof, request: AskedFor, fact: ProofFact): readonly string[] {
  switch (fact.kind) {
    case 'root':
      return [];
    case 'line':
    case 'constraint': {
      const isLine = fact.kind === 'line';
      const { requirement, source } = (isLine ? request.requirements : request.constraints)[fact.line]!;
      const who =
        source.line === 0 ? 'you ask for' : `${lineName(source)} ${isLine ? 'asks for' : 'allows only'}`;
      const override = isLine ? overrideOf(request, requirement.normalizedName) : null;
      if (override !== null)
        return [inPlaceOf(override.source, readableRequirement(override.requirement.text), who)];
      return [`${who} ${code(readableRequirement(requirement.text))}`];
    }
    case 'dependency':
      return dependencyClauses(proof, fact, request);
    case 'unusable':
      return [unusableClause(proof.packages[fact.package]!, fact, request)];
    case 'no-versions': {
      const { identifier, name, versions, status } = proof.packages[fact.package]!;
      const place = placeOf(request, name);
      return [
        versions.length === 0
          ? nothingListed({ identifier, status, place })
          : `${place} lists no other version of ${code(identifier)}`,
      ];
    }
  }
}

function unusableClause(
  item: ProofPackage,
  fact: Extract<ProofFact, { kind: 'unusable' }>,
  request: AskedFor,
): string {
  const bits = bitsOf(fact.versions, item.versions.length);
  return `${named(item, fact.versions)} ${unusableWords(fact.reason, request, isSingular(item.versions, bits))}`;
}

/** Requirements that are quoted one by one; more are told by what they leave. */
const QUOTED = 3;

/** Each requirement of the versions that have it; what an extra needs of its own project, in words. */
function dependencyClauses(
  proof: ImpossibilityProof,
  fact: Extract<ProofFact, { kind: 'dependency' }>,
  request: AskedFor,
): readonly string[] {
  const dependent = proof.packages[fact.package]!;
  const dependency = proof.packages[fact.dependency]!;
  const bits = bitsOf(fact.versions, dependent.versions.length);
  if (isOwnBase(proof, fact))
    return [`${named(dependent, fact.versions)} is ${named(dependency, fact.allowed)} with an extra`];
  if (fact.quotes.length > QUOTED) {
    const allowed = bitsOf(fact.allowed, dependency.versions.length);
    const subject = named(dependent, fact.versions);
    return [
      allowed === 0n
        ? `none of ${subject} accepts a listed ${code(dependency.identifier)}`
        : `${subject} ${needsVerb(dependent.versions, bits)} ${needed(dependency, fact.allowed)}`,
    ];
  }
  return fact.quotes.map(({ versions, text }) => {
    const verb = needsVerb(dependent.versions, bitsOf(versions, dependent.versions.length));
    const override = overrideOf(request, dependency.name, text);
    const words = readableRequirement(withoutMarker(text));
    return override === null
      ? `${named(dependent, versions)} ${verb} ${code(words)}`
      : inPlaceOf(override.source, words, `${named(dependent, versions)} ${verb}`);
  });
}

/** Terms that cannot all hold, read as "if these, then one of those". What no listed version is in, nobody can choose. */
function conclusionWords(proof: ImpossibilityProof, terms: readonly ProofTerm[]): string {
  const words = (term: ProofTerm): string => named(proof.packages[term.package]!, term.versions);
  const bits = (term: ProofTerm): bigint =>
    bitsOf(term.versions, proof.packages[term.package]!.versions.length);
  const others = terms.filter((term) => term.package !== 0);
  const chosen = others.filter((term) => term.isPositive);
  const [first] = chosen;
  const isPlural = chosen.length === 1 && !isSingular(proof.packages[first!.package]!.versions, bits(first!));
  return implicationWords(
    chosen.map(words),
    others
      .filter((term) => !term.isPositive && bits(term) !== 0n)
      .map((term) => needed(proof.packages[term.package]!, term.versions)),
    others.length < terms.length,
    isPlural,
  );
}

/** What is needed, where nobody is quoted: the bare name would be a quotation. */
function needed(item: ProofPackage, set: IntegerSet): string {
  const words = named(item, set);
  return words === code(item.identifier) ? `some ${words}` : words;
}

function named({ identifier, versions }: ProofPackage, set: IntegerSet): string {
  const bits = bitsOf(set, versions.length);
  return bits === allBits(versions) && versions.length !== 1
    ? code(identifier)
    : packageVersions(identifier, versions, bits);
}
