/**
 * Versions that PEP 440 does not know (`2011k`, `1.0-final-build`), as `packaging` read them before release 22 and pip
 * before 24.1. They sort below all others, among themselves by setuptools' old rules, and only specifiers that PEP 440
 * does not know either admit them (and `===`).
 */
import { type PrereleasePolicy } from './prerelease-policy.ts';
import { parseVersion, type Version } from './version.ts';

/**
 * A text as the releases of a policy read it: by PEP 440 where that is possible; else before 22 a legacy version, and
 * from 22 on null. `packaging.version.parse`.
 */
export function readVersion(text: string, policy: PrereleasePolicy): Version | null {
  const parsed = parseVersion(text);
  if (parsed.ok) return parsed.value;
  return policy === 'packaging-20' ? makeLegacyVersion(text) : null;
}

/** A text as a legacy version, even if PEP 440 could read it: what a legacy specifier compares. `LegacyVersion`. */
export function makeLegacyVersion(text: string): Version {
  return {
    epoch: -1,
    release: [],
    pre: null,
    post: null,
    dev: null,
    local: null,
    text,
    key: [-1],
    legacy: legacyParts(text),
  };
}

const COMPONENT = /(\d+|[a-z]+|\.|-)/;

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['-', 'final-'],
  ['rc', 'c'],
  ['dev', '@'],
]);

/**
 * Numbers are padded with zeros, words marked with `*`, so that strings sort as versions should; zeros at the end of a
 * run of numbers do not count, nor do hyphens before a word that says "not yet final".
 */
function legacyParts(text: string): readonly string[] {
  const parts: string[] = [];
  for (const component of [...text.toLowerCase().split(COMPONENT), 'final']) {
    const replaced = REPLACEMENTS.get(component) ?? component;
    if (replaced === '' || replaced === '.') continue;
    if (/^\d/.test(replaced)) {
      parts.push(replaced.padStart(8, '0'));
      continue;
    }
    const word = `*${replaced}`;
    if (word < '*final') while (parts.at(-1) === '*final-') parts.pop();
    while (parts.at(-1) === '00000000') parts.pop();
    parts.push(word);
  }
  return parts;
}
