// @vitest-environment jsdom
/** Golden pictures of small searches. Look at a changed one before accepting it: `npx vitest run tests/render -u`. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Trace } from '../../src/core/resolver/trace.ts';
import { drawFrom, randomSearch } from '../specimens/random-search.ts';
import * as specimens from '../specimens/small-searches.ts';
import { workedExampleTrace } from '../specimens/worked-example-trace.ts';
import { drawSpecimen, sceneOf } from './draw-specimen.ts';
import { galleryPage } from './gallery-page.ts';

const PICTURES: readonly (readonly [name: string, make: () => Trace])[] = [
  ['toy-conflict', specimens.toyConflict],
  ['skip-not-backtrack', specimens.skipNotBacktrack],
  ['backjump', specimens.backjump],
  ['rollback', specimens.rollback],
  ['livelock', specimens.livelock],
  ['learned-rule', specimens.learnedRule],
  ['long-chain', specimens.longChain],
  ['huge', () => randomSearch(drawFrom(11), 24, 8)],
];

/** Classes that only say what a thing is. */
const UNSTYLED: readonly string[] = ['links', 'jumps', 'nodes', 'line', 'foldable'];

/** Of the gallery page: by size. */
const SIZES: Readonly<Record<string, string>> = {
  'long-chain': 'A long chain, folded',
  'worked-example': 'A real run: what the page opens on',
  huge: 'A large run, folded',
};

describe('golden pictures', () => {
  for (const [name, make] of PICTURES) {
    test(`${name}, at the end and half-way`, async () => {
      const trace = make();
      await expect(drawSpecimen(trace, trace.length - 1)).toMatchFileSnapshot(`golden/${name}.svg`);
      const half = Math.floor(trace.length / 2);
      await expect(drawSpecimen(trace, half)).toMatchFileSnapshot(`golden/${name}-half-way.svg`);
    });
  }
});

test('a real run: what the page opens on', async () => {
  const trace = await workedExampleTrace();
  await expect(drawSpecimen(trace, trace.length - 1)).toMatchFileSnapshot('golden/worked-example.svg');
  await expect(drawSpecimen(trace, 49)).toMatchFileSnapshot('golden/worked-example-half-way.svg');
});

describe('the gallery page', () => {
  const drawings = async (): Promise<readonly (readonly [name: string, svg: string])[]> => {
    const real = await workedExampleTrace();
    const made = PICTURES.map(([name, make]) => [name, make()] as const);
    return [...made.slice(0, -1), ['worked-example', real] as const, ...made.slice(-1)].map(
      ([name, trace]) => [name, drawSpecimen(trace, trace.length - 1)] as const,
    );
  };

  test('shows each drawing in each look: open golden/gallery.html', async () => {
    const figures = (await drawings()).map(
      ([name, svg]) =>
        `<figure><figcaption>${SIZES[name] ?? name}</figcaption><div class="search-picture">${svg}</div></figure>`,
    );
    await expect(galleryPage(figures)).toMatchFileSnapshot('golden/gallery.html');
  });

  test('every class that is drawn has a rule, so that no look leaves one out', async () => {
    const styles = readFileSync('src/render/search-picture.css', 'utf8');
    const classes = new Set(
      (await drawings()).flatMap(([, svg]) =>
        [...svg.matchAll(/class="([^"]*)"/gu)].flatMap(([, names = '']) => names.split(/\s+/u)),
      ),
    );
    const unknown = [...classes].filter((name) => name !== '' && !styles.includes(`.${name}`));
    expect(unknown.filter((name) => !UNSTYLED.includes(name))).toEqual([]);
  });
});

describe('what a picture says', () => {
  const marksAt = (trace: Trace, step: number): string[] =>
    sceneOf(trace, step).scene.nodes.map(({ name, version, mark }) => `${mark} ${name} ${version}`.trim());

  test('skip, undo and jump over are three marks', () => {
    const trace = specimens.backjump();
    const marks = marksAt(trace, trace.length - 1);
    expect(marks).toContain('skip notebook 1.0');
    expect(marks).toContain('undo web 5.0');
    expect(marks).toContain('jump log 1.2');
    expect(marks).toContain('pin web 4.0');
  });

  test('a shared reason stands once, at the first of the versions that it concerns', () => {
    const trace = specimens.skipNotBacktrack();
    const notes = sceneOf(trace, trace.length - 1).scene.nodes.filter(({ mark }) => mark === 'skip');
    expect(notes.map(({ note }) => note !== '')).toEqual([true, false, false, false, false]);
    expect(notes[0]!.note).toContain('spoon>=2.28');
  });

  test('what stands is one bold path from the root', () => {
    const trace = specimens.backjump();
    const { nodes, links } = sceneOf(trace, trace.length - 1).scene;
    const bold = new Set(links.filter(({ isLive }) => isLive).map(({ node }) => node));
    const standing = nodes.filter(({ isLive, node }) => isLive && node !== 0);
    expect(standing.map(({ node }) => bold.has(node))).toEqual(standing.map(() => true));
    expect(bold.size).toBe(standing.length);
  });

  test('a jump is told beside its conflict once it has happened, and drawn back to where the search goes on', () => {
    const trace = specimens.backjump();
    const step = trace.kinds.indexOf(2);
    const tags = (at: number): string[] =>
      sceneOf(trace, at)
        .scene.nodes.map(({ tag }) => tag)
        .filter(Boolean);
    expect(tags(step - 1)).toEqual([]);
    expect(tags(step)).toEqual(['↶ jumped back over 3 pins']);
    expect(sceneOf(trace, step).scene.jumps).toMatchObject([
      { isCurrent: true, isRollback: false, passed: 3 },
    ]);
  });

  test('a rollback is drawn unlike a jump', () => {
    const trace = specimens.rollback();
    const step = trace.kinds.indexOf(11);
    const { jumps, nodes } = sceneOf(trace, step).scene;
    expect(jumps.find(({ isCurrent }) => isCurrent)).toMatchObject({ isRollback: true });
    expect(nodes.find(({ isCurrent }) => isCurrent)?.mark).toBe('rollback');
  });

  test('labels of one row never overlap', () => {
    for (const [, make] of PICTURES) {
      const trace = make();
      const { nodes } = sceneOf(trace, trace.length - 1).scene;
      for (let place = 1; place < nodes.length; place++) {
        const [before, node] = [nodes[place - 1]!, nodes[place]!];
        if (before.y === node.y) expect(before.labelEnd).toBeLessThan(node.x);
      }
    }
  });

  test('what is drawn for one step stays where it is in the next', () => {
    const trace = specimens.rollback();
    const places = new Map<number, string>();
    for (let step = 0; step < trace.length; step++) {
      for (const { node, x, y } of sceneOf(trace, step).scene.nodes) {
        expect(places.get(node) ?? `${x},${y}`).toBe(`${x},${y}`);
        places.set(node, `${x},${y}`);
      }
    }
    expect(places.size).toBeGreaterThan(8);
  });
});
