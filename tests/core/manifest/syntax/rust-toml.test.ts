/** What the `toml` crate says of broken texts, as uv and ruff print it. */
import { describe, expect, it } from 'vitest';
import { readRustToml } from '../../../../src/core/manifest/syntax/rust-toml/values.ts';
import { RustTomlError, rustTomlErrorLines } from '../../../../src/core/manifest/syntax/rust-toml/error.ts';
import {
  itemsAt,
  textAt,
  valueAt,
  type SpannedValue,
} from '../../../../src/core/manifest/syntax/spanned-value.ts';
import { readToml } from '../../../../src/core/manifest/syntax/toml-value.ts';

function complaint(text: string): readonly string[] {
  try {
    readRustToml(text);
  } catch (error) {
    if (error instanceof RustTomlError) return rustTomlErrorLines(text, error);
    throw error;
  }
  return [];
}

describe('complaints of the toml crate', () => {
  it('shows the line with carets under the characters', () => {
    expect(complaint('dependencies = [\n    google,\n]\n')).toEqual([
      'TOML parse error at line 2, column 5',
      '  |',
      '2 |     google,',
      '  |     ^^^^^^',
      'string values must be quoted, expected literal string',
    ]);
  });

  it('counts characters and widens the gutter', () => {
    const lines = complaint(`${'\n'.repeat(9)}"é𝒳" = x y`);
    expect(lines).toEqual([
      'TOML parse error at line 10, column 8',
      '   |',
      '10 | "é𝒳" = x y',
      '   |        ^^^',
      'string values must be quoted, expected literal string',
    ]);
  });

  it.each([
    ['a = [\n 1,,\n]', 2, 4, 'extra comma in array, expected value'],
    ['a = "x\nb = 1\n', 1, 7, 'invalid basic string, expected `"`'],
    ['a = 1\na = 2\n', 2, 1, 'duplicate key'],
    ['[project\nname = "a"\n', 1, 9, 'unclosed table, expected `]`'],
    ['command = \n', 1, 11, 'string values must be quoted, expected literal string'],
    ['a = ["x"\n "y"]\n', 2, 2, 'missing comma between array elements, expected `,`'],
    ['a = [1, 2', 1, 10, 'unclosed array, expected `]`'],
    ['name = "x" version = "1"\n', 1, 12, 'unexpected key or value, expected newline, `#`'],
    ['version = 1.0.0\n', 1, 14, 'invalid float, expected nothing'],
    ['a = True', 1, 5, 'invalid boolean, expected `true`'],
    ['a = 01', 1, 5, 'unexpected leading zero, expected nothing'],
    ['a = 1__0', 1, 7, '`_` may only go between digits'],
    ['[]', 1, 2, 'unquoted keys cannot be empty, expected letters, numbers, `-`, `_`'],
    ['a b = 1', 1, 3, 'key with no value, expected `=`'],
    ['a = bare"', 1, 5, 'missing opening quote, expected `"`'],
    ['a = {x = 1 y = 2}', 1, 14, 'extra assignment between key-value pairs, expected `,`'],
    ['a = 1\na.b = 2', 2, 1, 'cannot extend value of type integer with a dotted key'],
    ['a = {}\na.b = 1', 2, 1, 'cannot extend value of type inline table with a dotted key'],
    ['a.b = 1\n[a]\nc = 2\n', 2, 2, 'duplicate key'],
    ['[a]\nb = 1\n[a]\n', 3, 2, 'duplicate key'],
    [`a = ${'['.repeat(100_000)}`, 1, 85, 'cannot recurse further; max recursion depth met'],
  ])('%j', (text, line, column, message) => {
    const lines = complaint(text);
    expect(lines[0]).toBe(`TOML parse error at line ${line}, column ${column}`);
    expect(lines.at(-1)).toBe(message);
  });

  it('what the grammar forbids comes before what a value says wrongly', () => {
    expect(complaint('a = 01\nb = [').at(-1)).toBe('unclosed array, expected `]`');
  });
});

function plain(value: SpannedValue): unknown {
  if (value.kind === 'table')
    return Object.fromEntries([...value.fields].map(([name, field]) => [name, plain(field.value)]));
  if (value.kind === 'array') return value.items.map(plain);
  return value.kind === 'null' ? null : value.value;
}

describe('values', () => {
  const text = [
    '# all kinds',
    '[a.b]',
    '[a]',
    'x = 0x1f',
    '[a.b.c]',
    'y = [{ a = 1 }, { b.c = 1_000, b.d = -1.5e3 }, \'l\\it\', "\\u00e9\\t"]',
    '[[z]]',
    'q = true',
    '[[z]]',
    'r = 1979-05-27T07:32:00Z',
    '[z.w]',
    'm = """',
    'a\\',
    '   b"""',
    "n = '''",
    "it's'''",
    '',
  ].join('\n');

  it('are those that the tolerant reader reads', () => {
    expect(plain(readRustToml(text))).toEqual(plain(readToml(text).value));
    expect(plain(readRustToml(text))).toMatchObject({
      a: { x: 31, b: { c: { y: [{ a: 1 }, { b: { c: 1000, d: -1500 } }, 'l\\it', 'é\t'] } } },
      z: [{ q: true }, { r: '1979-05-27T07:32:00Z', w: { m: 'ab', n: "it's" } }],
    });
  });

  it('stand where they are written', () => {
    const value = readRustToml('name = "x"\nlist = ["one", \'two\']\n');
    expect(textAt(value, 'name')?.span).toEqual({ start: 8, end: 9 });
    expect(itemsAt(value, 'list').map(({ span }) => span)).toEqual([
      { start: 20, end: 23 },
      { start: 27, end: 30 },
    ]);
  });

  it('may be as long as the text', () => {
    const long = 'p'.repeat(900_000);
    expect(textAt(readToml(`name = "${long}"`).value, 'name')?.text).toBe(long);
    expect(valueAt(readToml(`a = ${'['.repeat(50_000)}`).value, 'a')).toBeNull();
  });
});
