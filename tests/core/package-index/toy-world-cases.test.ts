import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/core/package-index/facts/facts.ts';
import type { Overlay } from '../../../src/core/package-index/overlay/overlay.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import type { Distribution, DistributionMetadata } from '../../../src/core/package-index/package-index.ts';
import { recogniseToyWorld } from '../../../src/core/package-index/toy-world/toy-world-kind.ts';
import { readPipWorlds, writePipWorld } from '../../../src/core/package-index/toy-world/toy-world-pip.ts';
import { readZazoWorlds, writeZazoWorld } from '../../../src/core/package-index/toy-world/toy-world-zazo.ts';
import type { ToyWorld } from '../../../src/core/package-index/toy-world/toy-world.ts';
import { normalizeName } from '../../../src/core/packaging/name.ts';
import { readSharedJson } from '../../shared-data.ts';
import { contents, only } from './toy-worlds.ts';

interface PipCase {
  readonly name: string;
  readonly facts: Facts;
  readonly requests: readonly { action: string; requirements: readonly string[]; options: string }[];
  readonly responses: readonly object[];
}

interface ZazoCase {
  readonly name: string;
  readonly facts: Facts;
  readonly install: readonly string[];
  readonly results: readonly object[];
}

/** The data's splitting at commas undone: `json <= 1.7.7, >= 1.4.4` is one requirement. */
function whole(requires: readonly string[]): readonly string[] {
  return requires.reduce<readonly string[]>(
    (all, text) =>
      /^[<>=!~]/u.test(text) ? [...all.slice(0, -1), `${all.at(-1) ?? ''}, ${text}`] : [...all, text],
    [],
  );
}

/** As the files spell releases: a line, or a mapping where there are extras. */
function releasesOf(facts: Facts, separator: string): readonly unknown[] {
  return Object.entries(facts.projects).flatMap(([name, versions]) =>
    Object.entries(versions).map(([version, { requires, extras = [] }]) => {
      const isOf = (extra: string) => (text: string) =>
        new RegExp(`extra == ['"]${extra}['"]`, 'u').test(text);
      const plain = whole(requires).filter((text) => !text.includes('extra =='));
      const line = plain.length === 0 ? '' : `; depends ${plain.join(separator)}`;
      if (extras.length === 0) return `${name} ${version}${line}`;
      const needs = extras.map((extra) => [
        extra,
        requires.filter(isOf(extra)).map((text) => text.replace(/\s*;.*$/u, '')),
      ]);
      return { name, version, depends: plain, extras: Object.fromEntries(needs) as object };
    }),
  );
}

/** Pages and dependencies, told without the spelling of a requirement. */
function told(found: ToyWorld, facts: Facts): readonly unknown[] {
  const names = Object.keys(facts.projects).map(normalizeName);
  return (contents(found, names) as readonly (readonly [Distribution, DistributionMetadata])[][]).map(
    (files) =>
      files.map(([{ version, filename }, { requiresDist, providesExtra }]) => [
        version,
        filename,
        requiresDist.map((text) => text.replaceAll(/[\s()'"]/gu, '')),
        providesExtra,
      ]),
  );
}

describe('the cases of 2018 to 2020', () => {
  test("of pip's every case reads as its facts, and is written and read back", () => {
    for (const each of readSharedJson('cases/pip-2020-yaml.json') as readonly PipCase[]) {
      const request = each.requests.map(({ action, requirements, options }) => ({
        [action]: requirements.join(' '),
        options,
      }));
      const text = JSON.stringify({
        base: { available: releasesOf(each.facts, ', ') },
        cases: [{ request, response: each.responses }],
      });
      const worlds = readPipWorlds(text);
      if (!worlds.ok) throw new Error(`${each.name}: ${worlds.error.message}`);
      expect(told(worlds.value[0]!, each.facts)).toEqual(
        told({ ...worlds.value[0]!, overlay: overlayOf(each.facts) }, each.facts),
      );
      for (const given of worlds.value) {
        const again = readPipWorlds(writePipWorld(given).text);
        const found = again.ok ? again.value.at(-1) : undefined;
        expect(found).toEqual({ ...given, name: given.installed.length > 0 ? found?.name : given.name });
      }
    }
  });

  test("of zazo's every case reads as its facts, and is written and read back", () => {
    for (const { name, facts, install, results } of readSharedJson(
      'cases/zazo-yaml.json',
    ) as readonly ZazoCase[]) {
      const text = JSON.stringify([
        { name, index: releasesOf(facts, ' & '), actions: [{ install }], results },
      ]);
      const given = only(readZazoWorlds(text));
      expect(told(given, facts)).toEqual(told({ ...given, overlay: overlayOf(facts) }, facts));
      const written = writeZazoWorld(given);
      expect([recogniseToyWorld(written.text), written.lost]).toEqual(['zazo', []]);
      expect(only(readZazoWorlds(written.text))).toEqual(given);
    }
  });
});

/** The facts as statements of our own. */
function overlayOf(facts: Facts): Overlay {
  const lines = Object.entries(facts.projects).flatMap(([name, versions]) =>
    Object.entries(versions).map(([version, { requires, extras = [] }]) =>
      [
        `${name} ${version}`,
        ...(requires.length === 0 ? [] : [`depends ${whole(requires).join(', ')}`]),
        ...extras.map((extra) => `extra ${extra}:`),
      ].join('; '),
    ),
  );
  return parseOverlay(['closed world', ...lines].join('\n')).overlay;
}
