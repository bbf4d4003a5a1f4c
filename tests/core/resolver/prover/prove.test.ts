import { describe, expect, test } from 'vitest';
import { prepareRequest } from '../../../../src/core/headless/request.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { prove, type ProveOptions } from '../../../../src/core/resolver/prover/prove.ts';
import { proofFacts, type Proof, type ProofFact } from '../../../../src/core/resolver/prover/proof.ts';
import { factsOf, type SmallIndex, type UvRequest } from '../uv/run-uv.ts';

function run(
  index: SmallIndex,
  requirements: readonly string[],
  options: ProveOptions,
  request: UvRequest = {},
): Proof {
  const engine = options.rules === 'uv' ? 'uv@0.12' : 'pip@26.2';
  const problem = makeProblem({ engine, ...request, requirements: [...requirements] });
  const prepared = prepareRequest(problem, makeFactsIndex(factsOf(index)));
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prove(prepared.value.request, options);
}

function factsOfKind<Kind extends ProofFact['kind']>(
  proof: Proof,
  kind: Kind,
): Extract<ProofFact, { kind: Kind }>[] {
  if (proof.kind !== 'impossible') throw new Error(`expected a proof, not ${proof.kind}`);
  return proofFacts(proof.proof.root).filter((fact) => fact.kind === kind) as Extract<
    ProofFact,
    { kind: Kind }
  >[];
}

const ICONS = {
  menu: { '1.0': ['dropdown>=2'], '1.5': ['dropdown>=2'] },
  dropdown: { '1.8': ['intl==3'], '2.0': ['icons==2'], '2.3': ['icons==2'] },
  icons: { '1.0': [], '2.0': [] },
  intl: { '3': [], '5': [] },
};

describe.each([{ rules: 'pip' }, { rules: 'uv' }] as const)(
  'the prover with the rules of $rules',
  ({ rules }) => {
    test('finds what is possible', () => {
      const proof = run(ICONS, ['menu', 'icons'], { rules });
      expect(proof.kind === 'possible' ? Object.fromEntries(proof.pins) : proof).toEqual({
        menu: '1.5',
        dropdown: '2.3',
        icons: '2.0',
      });
    });

    test('proves what is impossible from the lines and dependencies that it takes, and no others', () => {
      const proof = run(ICONS, ['menu', 'intl', 'icons<2'], { rules });
      expect(factsOfKind(proof, 'line').map((fact) => fact.line)).toEqual(expect.arrayContaining([0, 2]));
      expect(factsOfKind(proof, 'line').map((fact) => fact.line)).not.toContain(1);
      expect(
        factsOfKind(proof, 'dependency')
          .flatMap((fact) => fact.quotes.map(({ text }) => text))
          .sort(),
      ).toEqual(['dropdown>=2', 'icons==2']);
    });

    test('names constraints, files that do not fit and Pythons that are too old', () => {
      const limited = run(ICONS, ['icons>=2'], { rules }, { constraints: 'intl<4\nicons<2' });
      expect(factsOfKind(limited, 'constraint').map((fact) => fact.line)).toEqual([1]);
      const old = run({ a: { '1.0': { requires_python: '>=3.13' } } }, ['a'], { rules });
      expect(factsOfKind(old, 'unusable').map((fact) => fact.reason)).toEqual([
        { kind: 'requires-python', detail: '>=3.13' },
      ]);
      const tags = run({ a: { '1.0': { wheels: ['cp312-cp312-win_amd64'] } } }, ['a'], { rules });
      expect(factsOfKind(tags, 'unusable').map((fact) => fact.reason.kind)).toEqual(['tags']);
    });

    test('stops at its budget', () => {
      expect(run(ICONS, ['menu', 'icons<2'], { rules, budget: 1 })).toMatchObject({
        kind: 'stopped',
        reason: 'budget',
      });
    });

    test('asks for facts that are missing', () => {
      const proof = run({ a: { '1.0': { unknown: true } } }, ['a'], { rules });
      expect(proof.kind).toBe('incomplete');
    });
  },
);

describe('the rules of older tools', () => {
  function proofOf(engine: string, index: SmallIndex, requirement: string): Proof {
    return run(index, [requirement], { rules: 'pip' }, { engine });
  }

  test('a yanked version that nobody pinned: the last resort of pip until 20.3.1, then only if all are', () => {
    const index = { a: { '1.0': { yanked: true } } };
    const kinds = ['zazo', 'pip@19.3', 'pip@20.3', 'pip@21.3', 'pip@22.0', 'pip@26.2'].map(
      (engine) => proofOf(engine, index, 'a').kind,
    );
    expect(kinds).toEqual(['possible', 'possible', 'possible', 'possible', 'impossible', 'impossible']);
  });

  test('a bound above a pre-release names one since packaging 24.2 only', () => {
    const index = { lib: { '0.9': [], '1.0b1': [], '2.0b1': [] } };
    expect(proofOf('pip@23.2', index, 'lib>1.0b1').kind).toBe('impossible');
    expect(proofOf('pip@26.2', index, 'lib>1.0b1').kind).toBe('possible');
  });

  test('versions that PEP 440 does not know are there for pip before 24.1', () => {
    const index = { a: { '2011k': ['b'] }, b: { '1.0': [] } };
    expect(proofOf('pip@19.3', index, 'a')).toMatchObject({ kind: 'possible' });
    expect(proofOf('pip@24.0', index, 'a')).toMatchObject({ kind: 'possible' });
    expect(proofOf('pip@24.1', index, 'a').kind).toBe('impossible');
    expect(run(index, ['a'], { rules: 'uv' }).kind).toBe('impossible');
  });

  test('requirements that only older pips can read', () => {
    const index = { a: { '1.0': ['b>dev'] }, b: { '1.0': [] } };
    expect(proofOf('pip@22.0', index, 'a').kind).toBe('possible');
    const proof = proofOf('pip@24.1', index, 'a');
    expect(factsOfKind(proof, 'unusable').map((fact) => fact.reason.kind)).toEqual(['invalid-metadata']);
  });

  test('wheels for platforms that came later do not fit', () => {
    const index = { a: { '1.0': { wheels: ['py3-none-manylinux_2_17_x86_64'] } } };
    expect(proofOf('pip@26.2', index, 'a').kind).toBe('possible');
    expect(factsOfKind(proofOf('pip@19.3', index, 'a'), 'unusable').map(({ reason }) => reason.kind)).toEqual(
      ['tags'],
    );
  });

  test.each(['pip@19.3', 'zazo', 'pip@21.0'])('%s: the budget is kept', (engine) => {
    expect(run(ICONS, ['menu', 'icons<2'], { rules: 'pip', budget: 1 }, { engine })).toMatchObject({
      kind: 'stopped',
      reason: 'budget',
    });
  });
});

describe("pip's rules that look at all requirements on a project", () => {
  test('a pre-release is no proof of anything when stable versions may be left', () => {
    const index = { a: { '1.0': ['b>=2'], '2.0rc1': [] }, b: { '1.0': [] } };
    // pip takes 2.0rc1 only if nothing stable fits, and cannot know that 1.0 will fail.
    const proof = run(index, ['a'], { rules: 'pip' });
    expect(factsOfKind(proof, 'unusable')).toMatchObject([{ versions: [1], reason: { kind: 'prerelease' } }]);
    expect(run(index, ['a>=1.5'], { rules: 'pip' })).toMatchObject({ kind: 'possible' });
    expect(run(index, ['a'], { rules: 'uv' })).toMatchObject({ kind: 'possible' });
  });

  test('a yanked version counts when it is pinned', () => {
    const index = { a: { '1.0': { yanked: true } } };
    expect(run(index, ['a==1.0'], { rules: 'pip' })).toMatchObject({ kind: 'possible' });
    expect(factsOfKind(run(index, ['a'], { rules: 'pip' }), 'unusable')).toMatchObject([
      { reason: { kind: 'yanked' } },
    ]);
    expect(run(index, ['a'], { rules: 'uv' }).kind).toBe('impossible');
  });

  test('an extra that is not declared brings nothing', () => {
    const index = { a: { '1.0': ["b; extra == 'x'"] } };
    expect(run(index, ['a[x]'], { rules: 'pip' }).kind).toBe('possible');
    expect(run(index, ['a[x]'], { rules: 'uv' }).kind).toBe('impossible');
  });

  test('what is installed may stay, whatever the index and its Pythons say', () => {
    const index = { a: { '1.0': { requires_python: '>=3.13' } } };
    const request = { installed: 'a==1.0' };
    expect(run(index, ['a'], { rules: 'pip' }).kind).toBe('impossible');
    expect(run(index, ['a'], { rules: 'pip' }, request).kind).toBe('possible');
    expect(run(index, ['a'], { rules: 'uv' }, request).kind).toBe('impossible');
    const forced = { ...request, options: { forceReinstall: true } };
    expect(run(index, ['a'], { rules: 'pip' }, forced).kind).toBe('impossible');
    expect(run({ a: {} }, ['a'], { rules: 'pip' }, { installed: 'a==2.0rc1' }).kind).toBe('possible');
    const upgrade = { installed: 'a==2.0', options: { upgrade: true } };
    expect(run({ a: { '1.0': [] } }, ['a>=2'], { rules: 'uv' }, upgrade).kind).toBe('impossible');
    expect(run({ a: { '1.0': [] } }, ['a>=2'], { rules: 'pip' }, upgrade).kind).toBe('possible');
  });

  test('a limit that a project puts on itself in an extra counts for pip', () => {
    const index = { a: { '1.0': { requires: ['a[x]', "a>=2; extra == 'x'"], extras: ['x'] } } };
    expect(run(index, ['a'], { rules: 'pip' }).kind).toBe('impossible');
    expect(run(index, ['a'], { rules: 'uv' }).kind).toBe('possible');
  });

  test('nobody is taken in only for what it would say of others', () => {
    // c would pin the yanked b, but nothing needs c.
    const index = { b: { '1.0': [], '2.0': { yanked: true } }, c: { '1.0': ['b==2.0'] } };
    const proof = run(index, ['b>=2'], { rules: 'pip' }, { constraints: 'c' });
    expect(proof.kind).toBe('impossible');
  });

  test('a version that only its own company admits is found, and refused where that company cannot be', () => {
    const index = {
      lib: { '1.0': { yanked: true }, '2.0': ['x<1'] },
      app: { '1.0': ['lib==1.0'], '2.0': ['lib', 'x>=1'] },
      x: { '0.5': [], '1.0': [] },
    };
    const proof = run(index, ['lib', 'app'], { rules: 'pip' });
    expect(proof.kind === 'possible' ? Object.fromEntries(proof.pins) : proof).toEqual({
      lib: '1.0',
      app: '1.0',
    });
    const without = run(index, ['lib', 'app>=2'], { rules: 'pip' });
    expect(factsOfKind(without, 'unusable').map(({ reason }) => reason.kind)).toEqual(['yanked']);
  });

  test('a pre-release that only the pre-release itself asks for is none', () => {
    const index = { lib: { '1.0': ['x'], '2.0rc1': ['plugin'] }, plugin: { '1.0': ['lib>=2.0rc1'] } };
    expect(run(index, ['lib'], { rules: 'pip' }).kind).toBe('impossible');
    expect(run(index, ['lib', 'plugin'], { rules: 'pip' }).kind).toBe('possible');
  });
});

describe('a requirement is quoted of the versions that have it', () => {
  test('though others mean the same versions', () => {
    const index = { a: { '1': ['b<2'], '2': ['b==1'] }, b: { '1': [], '3': [] } };
    const [fact] = factsOfKind(run(index, ['a', 'b==3'], { rules: 'pip' }), 'dependency').filter(
      ({ quotes }) => quotes.length > 1,
    );
    expect(fact?.quotes).toEqual(
      expect.arrayContaining([
        { text: 'b<2', versions: [0, 1] },
        { text: 'b==1', versions: [1, 2] },
      ]),
    );
  });
});

describe('facts that nobody has', () => {
  const index = {
    a: { '1.0': ['b<2'] },
    b: { '1.0': [], '2.0': [] },
    c: { '1.0': { unknown: true } },
  };

  test('do not matter where the conflict is elsewhere', () => {
    expect(run(index, ['c', 'a', 'b>=2'], { rules: 'pip' }).kind).toBe('impossible');
    expect(run(index, ['c', 'a', 'b>=2'], { rules: 'uv' }).kind).toBe('impossible');
  });

  test('are asked for where they decide', () => {
    expect(run(index, ['c', 'a'], { rules: 'pip' })).toMatchObject({
      kind: 'incomplete',
      missing: [{ missing: 'metadata', project: 'c' }],
    });
  });
});
