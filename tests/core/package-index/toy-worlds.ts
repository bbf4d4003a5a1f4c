/** Toy worlds that several tests read and write. */
import { expect } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { isMissing } from '../../../src/core/package-index/package-index.ts';
import type { ToyWorld, ToyWorlds } from '../../../src/core/package-index/toy-world/toy-world.ts';

/** The first world of a file. */
export function only(worlds: ToyWorlds): ToyWorld {
  if (!worlds.ok) throw new Error(worlds.error.message);
  return worlds.value[0]!;
}

/** A world of these statements, with a question that uses everything a form may have words for. */
export function world(text: string): ToyWorld {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return {
    name: 'toy',
    description: 'a toy',
    overlay,
    requirements: ['a', 'b[x]>=1'],
    python: '3.12',
    installed: [],
    options: {
      universal: true,
      prereleases: true,
      onlyBinary: ['a'],
      noBinary: ['b'],
      pythonVersion: '3.9',
      platform: 'x86_64-manylinux2014',
      requiredEnvironments: ["sys_platform == 'linux'"],
      requiresPython: '>=3.8',
    },
    expected: { isSolvable: true, pins: ['a==1.2', 'b==2.0'], explanation: 'Since b is yanked, "a" is not.' },
  };
}

/** Files and metadata of some projects, without provenance. */
export function contents({ overlay }: ToyWorld, names: readonly string[]): unknown {
  const index = makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
  return names.map((name) => {
    const page = index.page(name);
    return isMissing(page) ? null : page.distributions.map((file) => [file, index.metadata(file)]);
  });
}
