import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { prepareRequest } from '../../src/core/headless/request.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { isPrerelease } from '../../src/core/packaging/version.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { Engine, ResolveRequest } from '../../src/core/resolver/engine.ts';
import type { Outcome } from '../../src/core/resolver/outcome.ts';
import { resolveChronological } from '../../src/core/resolver/chronological/resolve.ts';
import { resolveLegacy } from '../../src/core/resolver/legacy/resolve.ts';
import { resolvePip } from '../../src/core/resolver/pip/resolve.ts';
import { prove } from '../../src/core/resolver/prover/prove.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import {
  BruteForce,
  pipAdmits,
  pipAllowsPython,
  smallProblems,
  uvAllowsPython,
  withoutSelfLimits,
  type SmallProblem,
  type ToolRules,
} from './problem-universe.ts';

const RUNS = {
  numRuns: Number(process.env['LAW_RUNS'] ?? 250),
  seed: Number(process.env['LAW_SEED'] ?? 20260821),
};

function requestOf(problem: SmallProblem, engine: string): ResolveRequest {
  const prepared = prepareRequest(
    makeProblem({
      engine,
      requirements: [...problem.requirements],
      constraints: problem.constraints.join('\n'),
      installed: problem.installed.join('\n'),
      environment: { python: '3.12' },
    }),
    makeFactsIndex(problem.facts),
  );
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value.request;
}

function run(engine: Engine, request: ResolveRequest): Outcome {
  return engine(request, new TraceRecorder()).outcome;
}

function chosen(pins: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
  return new Map(pins);
}

function pinsOf(outcome: Outcome): ReadonlyMap<string, string> {
  return chosen(outcome.kind === 'solved' ? outcome.pins.map(({ name, version }) => [name, version]) : []);
}

/** Names and versions that a line of the user's pins. */
function isPinnedByUser({ requirements, constraints }: SmallProblem, name: string, version: string): boolean {
  return [...requirements, ...constraints].some((line) => line.replace('[x]', '') === `${name}==${version}`);
}

function uvRules(problem: SmallProblem): ToolRules {
  return {
    ignoresUndeclaredExtras: false,
    keepsInstalled: true,
    isUsable: (release, version, project) =>
      uvAllowsPython(release.requires_python) &&
      (release.yanked !== true || isPinnedByUser(problem, project, version.text)),
    mayStay: (release) => uvAllowsPython(release.requires_python),
    admits: () => true,
  };
}

const PIP_RULES: ToolRules = {
  ignoresUndeclaredExtras: true,
  keepsInstalled: true,
  isUsable: (release) => pipAllowsPython(release.requires_python),
  mayStay: () => true,
  admits: pipAdmits,
};

const PIP_LENIENT: ToolRules = { ...PIP_RULES, admits: () => true };
const PIP_STRICT: ToolRules = {
  ...PIP_RULES,
  admits: ({ version, isYanked }) => !isYanked && !isPrerelease(version),
};

/** One of each family of rules on pre-releases, yanked releases and extras. */
const PIP_RELEASES = ['20.3', '21.3', '23.1', '24.2', '25.0', '26.2'];

describe('problems of Python packages', () => {
  test("uv's engine solves what trying everything solves, and its choice holds", () => {
    fc.assert(
      fc.property(smallProblems.map(withoutSelfLimits), (problem) => {
        const request = requestOf(problem, 'uv@0.12');
        const brute = new BruteForce(problem, uvRules(problem));
        const outcome = run(resolveUv, request);
        expect(outcome.kind).toBe(brute.hasSolution() ? 'solved' : 'unsolvable');
        if (outcome.kind === 'solved') expect(brute.complaint(pinsOf(outcome))).toBeNull();
      }),
      RUNS,
    );
  });

  test("the prover agrees with trying everything under uv's rules", () => {
    fc.assert(
      fc.property(smallProblems.map(withoutSelfLimits), (problem) => {
        const brute = new BruteForce(problem, uvRules(problem));
        const proof = prove(requestOf(problem, 'uv@0.12'), { rules: 'uv' });
        expect(proof.kind).toBe(brute.hasSolution() ? 'possible' : 'impossible');
        if (proof.kind === 'possible') expect(brute.complaint(chosen(proof.pins))).toBeNull();
      }),
      RUNS,
    );
  });

  test("under pip's rules the prover is right whenever it is certain", () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const proof = prove(requestOf(problem, 'pip@26.2'), { rules: 'pip' });
        const rules = new BruteForce(problem, PIP_RULES);
        if (proof.kind === 'impossible') {
          // A choice that only what it brings itself admits is none; pip does not come to it either.
          const isReached =
            rules.hasSolution() && run(resolvePip, requestOf(problem, 'pip@26.2')).kind === 'solved';
          expect(isReached).toBe(false);
        } else if (proof.kind === 'possible') {
          expect(rules.complaint(chosen(proof.pins))).toBeNull();
        } else {
          expect(proof).toMatchObject({ kind: 'stopped', reason: 'undecided' });
          expect(new BruteForce(problem, PIP_STRICT).hasSolution()).toBe(false);
          expect(new BruteForce(problem, PIP_LENIENT).hasSolution()).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("pip's engines and the prover never contradict each other", () => {
    fc.assert(
      fc.property(smallProblems, fc.constantFrom(...PIP_RELEASES), (problem, release) => {
        const request = requestOf(problem, `pip@${release}`);
        const outcome = run(resolvePip, request);
        const proof = prove(request, { rules: 'pip' });
        // Some releases end with what breaks a requirement, and the checker of pins says so.
        // What pip admitted in passing, for requirements that no longer stand, it keeps.
        if (outcome.kind === 'solved' && outcome.broken.length === 0 && proof.kind === 'impossible')
          expect(new BruteForce(problem, PIP_STRICT).complaint(pinsOf(outcome))).not.toBeNull();
        // pip drops what no requirement admits so far, though a later one would: it may miss yanked and pre-releases.
        if (outcome.kind === 'unsolvable')
          expect(new BruteForce(problem, PIP_STRICT).hasSolution()).toBe(false);
      }),
      RUNS,
    );
  });

  test.each([
    ['pip@19.3', resolveLegacy],
    ['zazo', resolveChronological],
  ] as const)('%s finds nothing that the prover calls impossible', (name, engine) => {
    let found = 0;
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const request = requestOf(problem, name);
        const outcome = run(engine, request);
        fc.pre(outcome.kind === 'solved' && outcome.broken.length === 0);
        found += 1;
        expect(prove(request, { rules: 'pip' }).kind).not.toBe('impossible');
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(RUNS.numRuns / 2);
  });
});
