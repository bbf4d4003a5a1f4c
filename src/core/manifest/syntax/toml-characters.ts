/** What readers of TOML ask of characters. */

/**
 * Control characters that TOML lets stand nowhere, as the source of a pattern's class: all of ASCII's apart from tab,
 * line feed and carriage return.
 */
export const TOML_CONTROL = String.raw`\x00-\x08\x0b\x0c\x0e-\x1f\x7f`;

/** How many characters a text has, where a pair of surrogates is one: columns count so in Python and in Rust. */
export function characterCount(text: string): number {
  return text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, ' ').length;
}
