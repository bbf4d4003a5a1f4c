/** TOML documents that are almost right. */
import type { RandomSource } from './random-source.ts';

const TOML_DOCUMENT = [
  '[project]\nname = "x"\nversion = "1"\ndependencies = [\n  "a>=1", # why\n  \'b\',\n]\n',
  '[project.optional-dependencies]\nweb = ["a"]\n[[tool.uv.index]]\nname="p"\n[[tool.uv.index]]\nname="q"\n',
  '[tool.poetry.dependencies]\npython = "^3.9"\na = {version="1", extras=["x"], optional=true}\nb.c = 1\nb.e = 2\n',
  'a = 1979-05-27T07:32:00Z\nb = 0xff\nc = 1_000.5e+3\nd = """\nx\\\n  y"""\ne = \'\'\'\nq\'\'\'\nf=[[1,2],{a=1}]\n',
  'g={a.b=1,c={}}\nh=-inf\ni=07:32:00\n"q w".\'z\' = true\n"\\u00e9é😀"=3\n',
];
const TOML_PIECES = [
  ...['[', '[[', ']', ']]', '=', '"', "'", '"""', "'''", '\n', '\r\n', ' ', '\t', '#', '{', '}', ',', '.'],
  ...[
    'a',
    'b',
    'project',
    '1',
    '0x',
    '2023-02-30',
    'true',
    'inf',
    '\\',
    '\\u12',
    '\\U0011ffff',
    '\x00',
    '\x7f',
  ],
  ...[
    '[project]\n',
    '[a]\n',
    '[[a]]\n',
    '[a.b]\n',
    'a=1\n',
    'a.b=2\n',
    'a={}\n',
    'a=[]\n',
    'a={b=1}\n',
    '😀',
  ],
];

/** A TOML document, mostly damaged: pieces put in, cut out, lines repeated. */
export function tomlText(random: RandomSource): string {
  let text = random.happens(0.8) ? random.pick(TOML_DOCUMENT) + random.pick(TOML_DOCUMENT) : '';
  for (let count = random.integer(0, 6); count > 0; count--) {
    const at = random.integer(0, text.length);
    const lines = text.split('\n');
    text = random.pick([
      () => text.slice(0, at) + random.pick(TOML_PIECES) + text.slice(at),
      () => text.slice(0, at) + random.pick(TOML_PIECES) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + random.integer(1, 6)),
      () => text.slice(0, at),
      () => [...lines, random.pick(lines)].join('\n'),
    ])();
  }
  return text;
}
