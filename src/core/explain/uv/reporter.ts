/**
 * The story of a proof, depth first, a line for each step: PubGrub's way of telling it, in uv's sentences. Steps that are
 * needed again get a number at the end of their line.
 */
import type { Conclusion, ErrorTree, Fact } from './error-tree.ts';
import type { FactWords } from './fact-words.ts';
import { padded } from './padding.ts';

class Reporter {
  readonly lines: string[] = [];
  readonly #words: FactWords;
  readonly #references = new Map<number, number>();
  #count = 0;

  constructor(words: FactWords) {
    this.#words = words;
  }

  explain(node: Conclusion): void {
    this.#explainCauses(node);
    if (node.sharedId !== null && !this.#references.has(node.sharedId)) {
      this.#references.set(node.sharedId, this.#numberLine());
    }
  }

  #explainCauses(node: Conclusion): void {
    const { first, second } = node;
    if (first.kind === 'external') {
      if (second.kind === 'external') this.#because(first.cause, second.cause, node);
      else this.#explainWithFact(second, first.cause, node);
    } else if (second.kind === 'external') this.#explainWithFact(first, second.cause, node);
    else this.#explainBoth(first, second, node);
  }

  #explainWithFact(derived: Conclusion, fact: Fact, node: Conclusion): void {
    const reference = this.#referenceOf(derived);
    if (reference !== null) {
      const known = padded('', this.#words.terms(derived), ' ');
      const text = padded('', this.#words.fact(fact), ', ');
      this.#say(`Because we know from (${reference}) that ${known}and ${text}we can conclude that`, node);
      return;
    }
    const chained = chainedCauses(derived);
    if (chained === null) {
      this.explain(derived);
      this.#say(`And because ${padded('', this.#words.fact(fact), ', ')}we can conclude that`, node);
      return;
    }
    this.explain(chained.derived);
    const both = padded('', this.#words.facts(chained.fact, fact), ', ');
    this.#say(`And because ${both}we can conclude that`, node);
  }

  #explainBoth(first: Conclusion, second: Conclusion, node: Conclusion): void {
    const one = this.#referenceOf(first);
    const two = this.#referenceOf(second);
    if (one !== null && two !== null) {
      const left = padded('', this.#words.terms(first), ' ');
      const right = padded('', this.#words.terms(second), ', ');
      const conclusion = padded('', this.#words.terms(node), '.');
      this.lines.push(
        `Because we know from (${one}) that ${left}and we know from (${two}) that ${right}${conclusion}`,
      );
      return;
    }
    if (one !== null) {
      this.explain(second);
      this.#andFrom(one, first, node);
    } else if (two !== null) {
      this.explain(first);
      this.#andFrom(two, second, node);
    } else this.#explainInTurn(first, second, node);
  }

  #explainInTurn(first: Conclusion, second: Conclusion, node: Conclusion): void {
    this.explain(first);
    if (first.sharedId !== null) {
      this.lines.push('');
      this.explain(node);
      return;
    }
    const reference = this.#numberLine();
    this.lines.push('');
    this.explain(second);
    this.#andFrom(reference, first, node);
  }

  #because(first: Fact, second: Fact, node: Conclusion): void {
    this.#say(`Because ${padded('', this.#words.facts(first, second), ', ')}we can conclude that`, node);
  }

  #andFrom(reference: number, derived: Conclusion, node: Conclusion): void {
    const known = padded('', this.#words.terms(derived), ', ');
    this.#say(`And because we know from (${reference}) that ${known}we can conclude that`, node);
  }

  #say(beginning: string, node: Conclusion): void {
    this.lines.push(`${beginning} ${padded('', this.#words.terms(node), '.')}`);
  }

  #numberLine(): number {
    this.#count += 1;
    const last = this.lines.pop();
    if (last !== undefined) this.lines.push(`${last} (${this.#count})`);
    return this.#count;
  }

  #referenceOf({ sharedId }: Conclusion): number | null {
    return sharedId === null ? null : (this.#references.get(sharedId) ?? null);
  }
}

/** A conclusion that rests on one fact and one conclusion can be told in the same sentence as the next fact. */
function chainedCauses({
  first,
  second,
}: Conclusion): { readonly derived: Conclusion; readonly fact: Fact } | null {
  if (first.kind === 'derived' && second.kind === 'external') return { derived: first, fact: second.cause };
  if (first.kind === 'external' && second.kind === 'derived') return { derived: second, fact: first.cause };
  return null;
}

/** The whole report; lines are joined by newlines. */
export function reportTree(tree: ErrorTree, words: FactWords): string {
  if (tree.kind === 'external') return words.fact(tree.cause);
  const reporter = new Reporter(words);
  reporter.explain(tree);
  return reporter.lines.join('\n');
}
