/** Values as TOML 1.0 text, in the two hands that lock files are written in: toml_edit's (uv) and tomlkit's (Poetry, PDM). */

/** `literal`: a text with double quotes or backslashes stands in single quotes where it can, as toml_edit writes it. */
export type TomlHand = 'literal' | 'basic';

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

const TO_ESCAPE = /["\\\p{Cc}]/gu;
const CONTROL = /\p{Cc}/u;

/** A string, quoted. */
export function tomlText(text: string, hand: TomlHand = 'basic'): string {
  const isLiteral = hand === 'literal' && /["\\]/u.test(text) && !text.includes("'") && !CONTROL.test(text);
  if (isLiteral) return `'${text}'`;
  const escaped = text.replace(
    TO_ESCAPE,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** A key, bare where it may be. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/u.test(key) ? key : tomlText(key);
}

/** Values that are texts already, on one line. */
export function inlineArray(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}

/** Values that are texts already, a line each; uv ends the last with a comma, and so does tomlkit. */
export function linedArray(values: readonly string[]): string {
  return values.length === 0 ? '[]' : `[\n${values.map((value) => `    ${value},\n`).join('')}]`;
}

/** Fields whose values are texts already; uv leaves blanks inside the braces. */
export function inlineTable(
  fields: readonly (readonly [key: string, value: string])[],
  braces: 'wide' | 'tight',
): string {
  const inner = fields.map(([key, value]) => `${tomlKey(key)} = ${value}`).join(', ');
  return braces === 'wide' ? `{ ${inner} }` : `{${inner}}`;
}
