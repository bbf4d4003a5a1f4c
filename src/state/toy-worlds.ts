/** Toy worlds and Problems: what a world that was read makes of the question, and the question written down as one. */
import { printOverlay } from '../core/package-index/overlay/overlay-print.ts';
import { TOY_WORLD_KINDS, type ToyWorldKind } from '../core/package-index/toy-world/toy-world-kind.ts';
import { lostOfProblem, worldOfProblem } from '../core/headless/world-of-problem.ts';
import type { ToyExpectation, ToyWorld, ToyWorlds } from '../core/package-index/toy-world/toy-world.ts';
import { parseProblem, type Problem } from '../core/problem/problem.ts';

/** Reads a text of a form; each reader loads only when it is needed. */
export async function readToyWorlds(text: string, kind: ToyWorldKind): Promise<ToyWorlds> {
  if (kind === 'packse')
    return (await import('../core/package-index/toy-world/toy-world-packse.ts')).readPackse(text);
  if (kind === 'pip')
    return (await import('../core/package-index/toy-world/toy-world-pip.ts')).readPipWorlds(text);
  return (await import('../core/package-index/toy-world/toy-world-zazo.ts')).readZazoWorlds(text);
}

/** The question that a world asks, with the engine of the one before. */
export function problemOfWorld(world: ToyWorld, before: Problem): Problem {
  const { options, installed, python, requirements } = world;
  const changed = parseProblem({
    engine: before.engine,
    requirements: requirements.join('\n'),
    ...(installed.length === 0 ? {} : { installed: installed.join('\n') }),
    environment: {
      ...before.environment,
      ...(python === null ? {} : { python }),
      ...(options.platform === undefined ? {} : { platform: options.platform }),
    },
    options: {
      noDeps: options.noDeps ?? false,
      universal: options.universal ?? false,
      pre: options.prereleases ?? false,
      onlyBinary: options.onlyBinary ?? [],
      noBinary: options.noBinary ?? [],
      pythonVersion: options.pythonVersion ?? null,
      requiresPython: options.requiresPython ?? null,
      resolution: options.resolution ?? 'highest',
      requiredEnvironments: options.requiredEnvironments ?? [],
    },
    index: { ...before.index, overlay: `${printOverlay(world.overlay)}\n` },
  });
  return changed.ok ? changed.value : before;
}

/** Ways to write the toy index down. */
export const WORLD_FORMS = {
  overlay: { label: 'Text of the toy index', name: 'toy-index.txt', type: 'text/plain' },
  packse: { label: `A ${TOY_WORLD_KINDS.packse}`, name: 'toy-world.toml', type: 'application/toml' },
  pip: { label: `A ${TOY_WORLD_KINDS.pip}`, name: 'toy-world.yml', type: 'application/yaml' },
  zazo: { label: `A ${TOY_WORLD_KINDS.zazo}`, name: 'toy-world.yaml', type: 'application/yaml' },
} as const;

export type WorldForm = keyof typeof WORLD_FORMS;

async function writeForm(world: ToyWorld, form: ToyWorldKind) {
  if (form === 'packse')
    return (await import('../core/package-index/toy-world/toy-world-packse-text.ts')).writePackse(world);
  if (form === 'pip')
    return (await import('../core/package-index/toy-world/toy-world-pip.ts')).writePipWorld(world);
  return (await import('../core/package-index/toy-world/toy-world-zazo.ts')).writeZazoWorld(world);
}

/** The file's text; `lost` names what the form has no words for. */
export async function writeWorld(
  problem: Problem,
  form: WorldForm,
): Promise<{ readonly text: string; readonly lost: readonly string[] }> {
  if (form === 'overlay') return { text: problem.index.overlay ?? '', lost: [] };
  const { text, lost } = await writeForm(worldOfProblem(problem), form);
  return { text, lost: [...lost, ...lostOfProblem(problem)] };
}

/** What the authors of a world expect, as a sentence; '' when they do not say. */
export function expectationText(expected: ToyExpectation | null): string {
  if (expected === null) return '';
  const pins = expected.pins.map((pin) => pin.replace('==', ' ')).join(', ');
  const what = expected.isSolvable ? pins || 'a solution' : 'no solution';
  const why = expected.explanation.trim().replaceAll('\n', '; ');
  if (why === '') return `Its authors expect ${what}.`;
  // packse explains in sentences, zazo and pip in what stands against what.
  return /^\p{Lu}/u.test(why) ? `Its authors expect ${what}. ${why}` : `Its authors expect ${what}: ${why}.`;
}
