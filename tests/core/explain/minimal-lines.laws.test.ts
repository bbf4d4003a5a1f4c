/** Laws of explanations, held against brute force on small registries. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../src/core/explain/fix-edit.ts';
import type { Chain, Clash } from '../../../src/core/explain/explanation.ts';
import { wordCount } from '../../../src/core/explain/words.ts';
import { explainToy, runToy, type Toy } from './toy-run.ts';

const NAMES = ['a', 'b', 'c', 'd'] as const;
const VERSIONS = ['1', '2', '3'] as const;
const SPECIFIERS = ['', '==1', '==2', '>=2', '<2', '!=2', '<3'] as const;

const requirement = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...SPECIFIERS))
  .map(([name, specifier]) => `${name}${specifier}`);
const releases = fc.dictionary(
  fc.constantFrom(...VERSIONS),
  fc.uniqueArray(requirement, { maxLength: 2, selector: (text) => text[0] }),
  { minKeys: 1 },
);
const toys: fc.Arbitrary<Toy> = fc.record({
  root: fc.uniqueArray(requirement, { minLength: 2, maxLength: 4 }),
  index: fc.record({ a: releases, b: releases, c: releases, d: releases }),
});

function admits(specifier: string, version: string): boolean {
  const [, operator = '', limit = ''] = /^(==|>=|<|!=)?(\d)?$/u.exec(specifier)!;
  const [own, other] = [Number(version), Number(limit)];
  if (operator === '==') return own === other;
  if (operator === '>=') return own >= other;
  if (operator === '<') return own < other;
  return operator === '!=' ? own !== other : true;
}

/** Whether some choice of at most one version a package meets the lines and every need of what is chosen. */
function isSolvable(root: readonly string[], index: Toy['index']): boolean {
  const chosen = new Map<string, string>();
  const holds = (text: string): boolean => {
    const version = chosen.get(text[0]!);
    return version !== undefined && admits(text.slice(1), version);
  };
  const search = (at: number): boolean => {
    const name = NAMES[at];
    if (name === undefined) {
      const needs = [...chosen].flatMap(([own, version]) => index[own]![version] as readonly string[]);
      return [...root, ...needs].every(holds);
    }
    if (search(at + 1)) return true;
    for (const version of Object.keys(index[name] ?? {})) {
      chosen.set(name, version);
      if (search(at + 1)) return true;
      chosen.delete(name);
    }
    return false;
  };
  return search(0);
}

/** Versions of the clash that every chain leaves: if there were one, the chains would explain nothing. */
function versionsLeft(chains: readonly Chain[], clash: Clash | null): readonly string[] {
  if (clash === null) return [];
  return clash.versions.filter((_version, at) =>
    chains.every(({ left }) => left.some(([first, last]) => first <= at && at <= last)),
  );
}

describe('explanations of random conflicts', () => {
  test('name lines that cannot hold, each of which is needed', () => {
    let minimal = 0;
    let cases = 0;
    fc.assert(
      fc.property(toys, (toy) => {
        if (runToy(toy).outcome.kind !== 'unsolvable') return;
        const { kind, lines, minimality, chains, clash, sentence, proof } = explainToy(toy);
        expect(wordCount(sentence)).toBeLessThanOrEqual(40);
        if (kind === 'wrong-answer') {
          expect(isSolvable(toy.root, toy.index)).toBe(true);
          return;
        }
        const guilty = lines.map(({ line }) => toy.root[line - 1]!);
        expect(isSolvable(guilty, toy.index), `${guilty.join(' ')} cannot hold`).toBe(false);
        expect(proof.length).toBeGreaterThan(0);
        if (chains.length === 0) cases += 1;
        expect(versionsLeft(chains, clash), sentence).toEqual([]);
        if (minimality.status !== 'minimal') return;
        minimal += 1;
        for (const left of guilty) {
          const others = guilty.filter((line) => line !== left);
          expect(isSolvable(others, toy.index), `${others.join(' ')} can hold`).toBe(true);
        }
      }),
      { numRuns: 400, seed: 7 },
    );
    // The generator has to make conflicts, and some that need cases.
    expect(minimal).toBeGreaterThan(40);
    expect(cases).toBeGreaterThan(0);
  });

  test('offer only fixes that solve', () => {
    fc.assert(
      fc.property(toys, (toy) => {
        if (runToy(toy).outcome.kind !== 'unsolvable') return;
        for (const fix of explainToy(toy).fixes) {
          const root = applyFix(toy.root.join('\n'), fix)
            .split('\n')
            .filter((line) => line !== '' && !line.startsWith('#'));
          const wanted = new Map(fix.pins.map(({ name, version }) => [name, version]));
          const needs = fix.pins.flatMap(
            ({ name, version }) => toy.index[name]![version] as readonly string[],
          );
          for (const text of [...root, ...needs]) {
            const [, name, specifiers] = /^([a-d])(.*)$/u.exec(text)!;
            const version = wanted.get(name!);
            expect(version, `${text} in ${root.join(' ')}`).toBeDefined();
            for (const specifier of specifiers!.split(',').filter((part) => /^(==|>=|<|!=)\d$/u.test(part)))
              expect(admits(specifier, version!)).toBe(true);
          }
        }
      }),
      { numRuns: 120, seed: 11 },
    );
  });
});
