import { describe, expect, test } from 'vitest';
import { parseMarker } from '../../../../src/core/packaging/marker.ts';
import { specifierSetRange } from '../../../../src/core/packaging/specifier-range.ts';
import { parseSpecifierSet } from '../../../../src/core/packaging/specifier.ts';
import { makeMarkerAlgebra } from '../../../../src/core/resolver/uv/marker-algebra.ts';
import { markerTree, pythonRange, withinPython } from '../../../../src/core/resolver/uv/marker-from-text.ts';
import { markerText } from '../../../../src/core/resolver/uv/marker-text.ts';
import {
  FALSE_MARKER,
  MarkerAlgebra,
  TRUE_MARKER,
  type MarkerTree,
} from '../../../../src/core/resolver/uv/marker-tree.ts';
import { eventsOf, runUv, type SmallIndex } from './run-uv.ts';

function tree(algebra: MarkerAlgebra, text: string): MarkerTree {
  const parsed = parseMarker(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return markerTree(algebra, parsed.value);
}

describe('markers as decision diagrams', () => {
  test.each([
    [
      "sys_platform == 'linux' and python_version >= '3.8'",
      "python_full_version >= '3.8' and sys_platform == 'linux'",
    ],
    ["python_version == '3.8'", "python_full_version == '3.8.*'"],
    ["python_version > '3.8'", "python_full_version >= '3.9'"],
    ["python_version <= '3.8'", "python_full_version < '3.9'"],
    ["python_version != '3.8'", "python_full_version != '3.8.*'"],
    ["python_version in '3.8 3.9'", "python_full_version >= '3.8' and python_full_version < '3.10'"],
    [
      "sys_platform == 'a' or sys_platform != 'a' and os_name == 'b'",
      "os_name == 'b' or sys_platform == 'a'",
    ],
    [
      "(os_name == 'a' or os_name == 'b') and sys_platform == 'c'",
      "(os_name == 'a' or os_name == 'b') and sys_platform == 'c'",
    ],
    ["platform_system == 'Windows' or sys_platform == 'win32'", "sys_platform == 'win32'"],
    ["platform_system == 'Darwin' and sys_platform == 'win32'", "python_version < '0'"],
    ["python_version in '2.6, 2.7, 3.2'", null],
    ["python_version == '3.8.1' or os_name == 'a'", "os_name == 'a'"],
    ["sys_platform != 'a' and sys_platform != 'b'", "sys_platform != 'a' and sys_platform != 'b'"],
    ["'win' in sys_platform", "'win' in sys_platform"],
    ["sys_platform not in 'linux darwin'", "sys_platform not in 'linux darwin'"],
    ["extra == 'Foo_Bar'", "extra == 'foo-bar'"],
  ])('%s', (text, expected) => {
    expect(markerText(tree(makeMarkerAlgebra('texts-first'), text))).toBe(expected);
  });

  test('that uv before 0.13 prints alternative by alternative', () => {
    const old = makeMarkerAlgebra('versions-first');
    const text = "(os_name == 'a' or os_name == 'b') and sys_platform == 'c'";
    expect(markerText(tree(old, text))).toBe(
      "(os_name == 'a' and sys_platform == 'c') or (os_name == 'b' and sys_platform == 'c')",
    );
  });

  test('know what no machine is', () => {
    const algebra = makeMarkerAlgebra('texts-first');
    expect(tree(algebra, "os_name == 'nt' and sys_platform == 'linux'")).toBe(FALSE_MARKER);
    expect(tree(algebra, "os_name == 'nt' and sys_platform == 'cygwin'")).not.toBe(FALSE_MARKER);
    expect(tree(algebra, "platform_system == 'SunOS' and sys_platform == 'linux'")).toBe(FALSE_MARKER);
  });

  test('that mean the same are one object', () => {
    const algebra = new MarkerAlgebra();
    expect(tree(algebra, "os_name == 'a' and sys_platform == 'b'")).toBe(
      tree(algebra, "sys_platform == 'b' and os_name == 'a'"),
    );
    expect(tree(algebra, "python_version >= '3.8' or python_version < '3.8'")).toBe(TRUE_MARKER);
    expect(tree(algebra, "os_name == 'a' and os_name == 'b'")).toBe(FALSE_MARKER);
    const marker = tree(algebra, "os_name == 'a' or python_version < '3'");
    expect(algebra.not(algebra.not(marker))).toBe(marker);
    expect(algebra.or(marker, algebra.not(marker))).toBe(TRUE_MARKER);
  });

  test('know which Pythons they allow, and forget what is settled', () => {
    const algebra = new MarkerAlgebra();
    expect(pythonRange(tree(algebra, "python_version >= '3.9' and os_name == 'a'")).toString()).toBe('>=3.9');
    expect(pythonRange(tree(algebra, "python_version >= '3.9' or os_name == 'a'")).isFull).toBe(true);
    const parsed = parseSpecifierSet('>=3.12');
    const target = specifierSetRange(parsed.ok ? parsed.value : { specifiers: [], text: '' });
    const settled = withinPython(
      algebra,
      tree(algebra, "python_version >= '3.8' and os_name == 'a'"),
      target,
    );
    expect(markerText(settled)).toBe("os_name == 'a'");
  });
});

const UNIVERSAL = { options: { universal: true, requiresPython: '>=3.12' } } as const;

function pins(index: SmallIndex, requirements: readonly string[]): readonly string[] | string {
  const run = runUv(index, requirements, UNIVERSAL);
  if (run.outcome.kind !== 'solved') return run.message;
  return run.outcome.pins.map(
    ({ name, version, marker }) => `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`,
  );
}

describe('universal mode', () => {
  const versions = { '1.0': [], '2.0': [] };

  test('forks where markers exclude each other', () => {
    expect(
      pins({ a: versions }, ["a>=2 ; sys_platform == 'linux'", "a<2 ; sys_platform != 'linux'"]),
    ).toEqual(["a==1.0 ; sys_platform != 'linux'", "a==2.0 ; sys_platform == 'linux'"]);
  });

  test('does not fork for a single mention, so that distant requirements clash', () => {
    const index = {
      a: { '1.0': ["c<2 ; sys_platform == 'linux'"] },
      b: { '1.0': ["c>=2 ; sys_platform != 'linux'"] },
      c: versions,
    };
    expect(pins(index, ['a', 'b'])).toContain("your project's requirements are unsatisfiable");
  });

  test('a version that needs a newer Python is for newer Pythons', () => {
    const index = {
      a: { '1.0': { requires_python: '>=3.12' }, '2.0': { requires_python: '>=3.14' } },
    };
    expect(pins(index, ['a'])).toEqual([
      "a==1.0 ; python_full_version < '3.14'",
      "a==2.0 ; python_full_version >= '3.14'",
    ]);
  });

  test('what no environment needs is left out', () => {
    const index = { a: { '1.0': ["b ; sys_platform == 'linux'"] }, b: { '1.0': [] } };
    expect(pins(index, ["a ; sys_platform == 'win32'"])).toEqual(["a==1.0 ; sys_platform == 'win32'"]);
  });

  test('the trace goes from fork to fork: what does not stand there is undone', () => {
    const run = runUv(
      { a: versions, b: versions },
      ["a>=2 ; os_name == 'nt'", "a<2 ; os_name != 'nt'", 'b'],
      UNIVERSAL,
    );
    const standing = new Set<number>();
    for (const event of eventsOf(run)) {
      if (event.kind === 'decide') {
        expect(standing.has(event.candidate)).toBe(false);
        standing.add(event.candidate);
        expect(event.level).toBe(standing.size);
      }
      if (event.kind === 'unpin') expect(standing.delete(event.candidate)).toBe(true);
    }
  });
});

describe('warnings', () => {
  test('an extra that is not there, a yanked pin, a mode that is going away', () => {
    const index = { a: { '1.0': { yanked: 'broken' } } };
    const run = runUv(index, ['a[x]==1.0'], { options: { prerelease: 'if-necessary-or-explicit' } });
    expect(run.notices.map((notice) => notice.text)).toEqual([
      'warning: The `if-necessary-or-explicit` pre-release mode is deprecated and will be removed in a future release. Use `if-necessary` instead.',
      'warning: `a==1.0` is yanked (reason: "broken")',
      'warning: The package `a==1.0` does not have an extra named `x`',
    ]);
  });
});

describe('a fork that fails', () => {
  test("is named in uv's words and in plain ones, with a hint when it is not the environment at hand", () => {
    const index: SmallIndex = { a: versions() };
    const run = runUv(index, ["a>=3 ; sys_platform == 'win32'", "a<2 ; sys_platform != 'win32'"], UNIVERSAL);
    expect(run.outcome.kind).toBe('unsolvable');
    expect(run.notices.map((notice) => notice.text)).toEqual([
      'hint: The resolution failed for an environment that is not the current one, consider limiting the environments with `tool.uv.environments`.',
    ]);
    expect(run.caveats).toEqual([
      'uv divided the search, and this part of it failed: any Python on Windows.',
    ]);
    expect(run.printed).toBe(
      `  × No solution found when resolving dependencies for split (markers:
  │ sys_platform == 'win32'):
  ╰─▶ ${run.message
    .replaceAll(/(.{1,72})(?: |$)/gu, '$1\n')
    .trimEnd()
    .replaceAll('\n', '\n      ')}

hint: The resolution failed for an environment that is not the current one, consider limiting the environments with \`tool.uv.environments\`.`,
    );
  });

  test('for other Pythons than the one at hand', () => {
    const index: SmallIndex = { a: versions() };
    const run = runUv(index, ["a>=3 ; python_version >= '3.14'", "a<2 ; python_version < '3.14'"], UNIVERSAL);
    expect(run.notices.at(-1)?.text).toBe(
      "hint: While the active Python version is 3.12, the resolution failed for other Python versions supported by your project. Consider limiting your project's supported Python versions using `requires-python`.",
    );
  });

  test('wheels for one old Python serve no environment', () => {
    const index: SmallIndex = {
      a: { '1.0': { wheels: ['cp310-cp310-win_amd64'] }, '0.9': { wheels: ['cp310-abi3-win_amd64'] } },
    };
    expect(pins(index, ['a'])).toEqual(['a==0.9']);
  });
});

function versions(): Readonly<Record<string, readonly string[]>> {
  return { '1.0': [], '2.0': [] };
}
