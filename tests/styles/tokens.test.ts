/** The colours of tokens.css hold text to 4.5:1 and marks to 3:1 on every ground, in every theme (WCAG 1.4.3, 1.4.11). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../../src/styles/tokens.css'), 'utf8');

type Tokens = ReadonlyMap<string, string>;

/** The colours that a rule sets. */
function colorsOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no rule ${selector}`);
  const body = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

const light = colorsOf(':root');
const dark = new Map([...light, ...colorsOf(":root[data-theme='dark']")]);
const THEMES: Readonly<Record<string, Tokens>> = {
  light,
  dark,
  'light, more contrast': new Map([...light, ...colorsOf(":root[data-contrast='more']")]),
  'dark, more contrast': new Map([...dark, ...colorsOf(":root[data-theme='dark'][data-contrast='more']")]),
};

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const TEXT = ['ink', 'ink-soft', 'ink-faint'];
const GROUNDS = ['paper', 'surface', 'sunken'];

describe.each(Object.entries(THEMES))('%s', (_, tokens) => {
  const value = (name: string): string => tokens.get(name) ?? '';
  const named = (prefix: string): string[] => [...tokens.keys()].filter((name) => name.startsWith(prefix));
  const tooFaint = (inks: readonly string[], grounds: readonly string[], least: number): string[] =>
    inks.flatMap((ink) =>
      grounds
        .filter((ground) => contrast(value(ink), value(ground)) < least)
        .map((ground) => `${ink} on ${ground}: ${contrast(value(ink), value(ground)).toFixed(2)}`),
    );

  test('text is readable on every ground', () => {
    expect(tooFaint(TEXT, GROUNDS, 4.5)).toEqual([]);
    expect(tooFaint(['ink', 'ink-soft'], named('wash-'), 4.5)).toEqual([]);
  });

  test('words in the colour of a state are readable too', () => {
    expect(named('state-').length).toBeGreaterThan(8);
    expect(tooFaint(named('state-'), GROUNDS, 4.5)).toEqual([]);
    const onOwnWash = named('wash-')
      .map((wash) => [wash.replace('wash-', 'state-'), wash] as const)
      .filter(([state]) => tokens.has(state));
    expect(onOwnWash.flatMap(([state, wash]) => tooFaint([state], [wash], 4.5))).toEqual([]);
  });

  test('marks, controls and the focus ring stand out', () => {
    expect(tooFaint(['rule-strong', 'focus', ...named('version-')], GROUNDS, 3)).toEqual([]);
  });
});
