import { describe, expect, it } from 'vitest';
import { parseRequirementsFile } from '../../../src/core/manifest/requirements/requirements-file.ts';
import { RequirementsLineCache } from '../../../src/core/manifest/requirements/requirements-line-cache.ts';

const read = (text: string) => parseRequirementsFile(text);
const entries = (text: string) => read(text).entries.map((entry) => entry.requirement.text);
const codes = (text: string, pane: 'requirements' | 'constraints' = 'requirements') =>
  parseRequirementsFile(text, { pane }).diagnostics.map((found) => `${found.severity} ${found.code}`);

describe('lines', () => {
  it('joins lines at a final backslash and keeps places in the text', () => {
    const text = 'flask \\\n  >=1.0, \\\n  <2 # why\nsix';
    const [flask, six] = read(text).entries;
    expect(flask?.requirement.text).toBe('flask<2,>=1.0');
    expect(text.slice(flask!.span.start, flask!.span.end)).toBe('flask \\\n  >=1.0, \\\n  <2');
    expect([flask?.line, six?.line]).toEqual([1, 4]);
  });

  it('ends a continuation at a comment line, as pip does', () => {
    expect(entries('a \\\n# comment \\\nb')).toEqual(['a', 'b']);
  });

  it('takes a hash sign for a comment only after a blank or at the start', () => {
    expect(entries('a @ https://h/a-1.zip#sha256=ab # c\n#b\nc==1#d\nc==2 #d')).toEqual([
      'a @ https://h/a-1.zip#sha256=ab',
      'c==2',
    ]);
  });

  it('passes over a byte order mark and counts lines of every line end', () => {
    const file = read('\ufeffa\r\nb\rc\n\nd\fe');
    expect(file.entries.map((entry) => [entry.requirement.name, entry.line])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 5],
      ['e', 5],
    ]);
  });

  it('keeps what it can when a line is bad, and says where', () => {
    const file = read('a==1\nb==\nc<2');
    expect(file.entries.map((entry) => entry.requirement.text)).toEqual(['a==1', 'c<2']);
    expect(file.isRefused).toBe(true);
    expect(file.diagnostics[0]).toMatchObject({ code: 'invalid-requirement', line: 2 });
  });

  it('cuts texts above one mebibyte and says so', () => {
    const file = read('six\n'.repeat(300_000));
    expect(file.diagnostics.some((found) => found.code === 'text-too-long')).toBe(true);
  });
});

describe('options', () => {
  it('reads the spellings of optparse', () => {
    const file = read('-rone.txt\n--requirement=two.txt\n--requirem three.txt\n-c limits.txt');
    expect(file.options.includes.map(({ kind, target, line }) => [kind, target, line])).toEqual([
      ['requirements', 'one.txt', 1],
      ['requirements', 'two.txt', 2],
      ['requirements', 'three.txt', 3],
      ['constraints', 'limits.txt', 4],
    ]);
  });

  it('accumulates format control as pip does: the later option takes the name', () => {
    const { options } = read('--only-binary :all:\n--no-binary=Foo_Bar,six\n--only-binary six');
    expect(options.onlyBinary).toEqual([':all:', 'six']);
    expect(options.noBinary).toEqual(['foo-bar']);
    expect(read('--only-binary a,:all:,b').options.onlyBinary).toEqual([':all:']);
    expect(read('--only-binary a\n--only-binary :none:').options.onlyBinary).toEqual([]);
  });

  it('reads hashes over continued lines, lower case', () => {
    const [entry] = read('six==1 --hash=sha256:AB \\\n  --hash sha512:cd').entries;
    expect(entry?.hashes).toEqual(['sha256:ab', 'sha512:cd']);
  });

  it.each([
    ['--nope', 'error unknown-option'],
    ['--no', 'error ambiguous-option'],
    ['-r', 'error option-needs-value'],
    ['--pre=1', 'error option-takes-no-value'],
    ['--upgrade', 'error command-line-option'],
    ['six --install-option=x', 'error removed-option'],
    ['six --hash=md5:ab', 'error unknown-hash-algorithm'],
    ['six --hash=ab', 'error invalid-hash'],
    ['six --hash="ab', 'error open-quotation'],
    ['six --pre', 'warning misplaced-option'],
    ['--hash=sha256:ab', 'warning hash-without-requirement'],
    ['./local', 'warning local-path'],
    ['six.whl', 'warning local-path'],
    ['-e .', 'warning local-path'],
    ['https://h/archive', 'warning nameless-address'],
    ['https://h/name-1.0.tar.gz', 'hint guessed-name'],
    ['-e https://h/name-1.0.tar.gz#egg=name', 'error editable-address'],
    ['name @ https://${TOKEN}@h/name-1.0.zip', 'hint environment-variable'],
    ['# -*- coding: latin-1 -*-', 'hint encoding'],
  ])('complains of %s: %s', (line, expected) => {
    expect(codes(line)[0]).toBe(expected);
  });

  it('is stricter with constraints', () => {
    expect(codes('a[x]==1', 'constraints')).toEqual(['error constraint-with-extras']);
    expect(codes('-e git+https://h/a#egg=a', 'constraints')).toContain('error editable-constraint');
    expect(codes('https://h/archive', 'constraints')).toEqual(['error nameless-constraint']);
  });

  it('warns about hash mode where a hash or a pin is missing', () => {
    expect(codes('a==1 --hash=sha256:ab\nb\nc>=1 --hash=sha256:cd')).toEqual([
      'warning hashes-missing',
      'warning hash-needs-pin',
    ]);
    expect(codes('--no-require-hashes\na==1 --hash=sha256:ab\nb')).toEqual([]);
  });
});

describe('addresses', () => {
  it.each([
    ['git+https://h/a.git@main#egg=bee[x]', 'bee[x] @ git+https://h/a.git@main#egg=bee[x]'],
    ['https://h/Foo_Bar-1.0-py3-none-any.whl', 'foo-bar @ https://h/Foo_Bar-1.0-py3-none-any.whl'],
    ['git+ssh://git@h/o/project.git@v1', 'project @ git+ssh://git@h/o/project.git@v1'],
    ['https://h/a.zip#egg=a; python_version < "3"', 'a @ https://h/a.zip#egg=a ; python_version < "3"'],
    ['a @ https://h/a.zip;python_version < "3"', 'a @ https://h/a.zip ; python_version < "3"'],
  ])('%s', (line, expected) => {
    expect(entries(line).map((text) => text.toLowerCase().replace('foo_bar @', 'foo-bar @'))).toEqual([
      expected.toLowerCase(),
    ]);
  });
});

describe('fixes', () => {
  const fixed = (text: string) => {
    const [edit] = read(text).diagnostics.flatMap((found) => found.fixes?.[0]?.edits ?? []);
    return edit === undefined ? null : text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  };
  it.each([
    ['numpy=1.21', 'numpy==1.21'],
    ['numpy=1.21=py38_0', 'numpy==1.21'],
    ['torch>=1.0 <2', 'torch>=1.0,<2'],
    ['torch >=1.0 <2 ; python_version > "3"', 'torch>=1.0,<2 ; python_version > "3"'],
    ['a=>1', 'a>=1'],
    ['"six>=1"', 'six>=1'],
    ['six = "^1.2.3"', 'six>=1.2.3,<2.0.0'],
    ['six = "*"', 'six'],
    ['six 1.16.0', 'six==1.16.0'],
    ['six (1.16.0)', 'six==1.16.0'],
    ['pip install six flask', 'six\nflask'],
    ['a>=1 ; python_version = "3.8"', 'a>=1 ; python_version == "3.8"'],
    ['--prr', '--pre'],
  ])('%s → %s', (text, expected) => {
    expect(fixed(text)).toBe(expected);
  });

  it('offers nothing where nothing that parses suggests itself', () => {
    expect(fixed('!!!')).toBeNull();
  });
});

it('gives the same reading from a warm cache', () => {
  const text = 'a==1\n\nb=2\nc @ ./x # no\n--pre\nd==1 --hash=sha256:ab';
  const cache = new RequirementsLineCache();
  parseRequirementsFile(`x\n${text}`, { cache });
  expect(parseRequirementsFile(text, { cache })).toEqual(read(text));
});
