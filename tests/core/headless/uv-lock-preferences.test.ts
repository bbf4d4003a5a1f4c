/** A `uv.lock` beside the project holds its versions fast until they are let go. */
import { describe, expect, it } from 'vitest';
import { pinsOf, runUv } from '../resolver/uv/run-uv.ts';

const versions = { '1.0': [], '2.0': [], '3.0': [] };
const index = { a: versions, b: versions };
const pyproject = (b = 'b'): string =>
  `[project]\nname = "sample"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["a", "${b}"]\n`;
const locked = (name: string, version: string): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "index" }\n`;
const lock = `version = 1\n${locked('a', '1.0')}${locked('b', '2.0')}`;

function pins(options: { upgrade?: boolean; update?: string[] }, b?: string): unknown {
  return pinsOf(runUv(index, [], { engine: 'uv@0.13', pyproject: pyproject(b), lock, options }));
}

describe('a uv.lock beside the project', () => {
  it('holds its versions fast', () => {
    expect(pins({})).toEqual({ a: '1.0', b: '2.0' });
  });
  it('lets go what is named', () => {
    expect(pins({ update: ['A'] })).toEqual({ a: '3.0', b: '2.0' });
  });
  it('lets all go', () => {
    expect(pins({ upgrade: true })).toEqual({ a: '3.0', b: '3.0' });
    expect(pins({ update: [':all:'] })).toEqual({ a: '3.0', b: '3.0' });
  });
  it('gives way to what the project asks for now', () => {
    expect(pins({}, 'b>2')).toEqual({ a: '1.0', b: '3.0' });
  });
});
