/** Environments that agree on everything are one column, and each column has a name of its own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockTable, type LockLine } from '../../../src/core/explain/lock-table.ts';
import { evaluateMarker, parseMarker } from '../../../src/core/packaging/marker.ts';
import { makeTargetEnvironment } from '../../../src/core/packaging/target-environment.ts';

const line = (name: string, marker = ''): LockLine => ({ name, version: '1', marker, groups: [] });

test('what is installed everywhere needs one column', () => {
  expect(lockTable([line('a'), line('b')], [10, 11, 12]).columns).toEqual(['Everywhere']);
});

test('platforms and Pythons that differ stand apart, and only these', () => {
  const { columns, rows } = lockTable(
    [
      line('a'),
      line('colorama', "sys_platform == 'win32'"),
      line('tomli', 'python_version < "3.11"'),
      line('odd', "(sys_platform == 'linux' or sys_platform == 'darwin') and python_full_version >= '3.12'"),
    ],
    [10, 11, 12, 13],
  );
  expect(columns).toEqual([
    'Linux, macOS, Python 3.10',
    'Windows, Python 3.10',
    'Linux, macOS, Python 3.11',
    'Windows, Python 3.11 to 3.13',
    'Linux, macOS, Python 3.12 to 3.13',
  ]);
  expect(rows.map(({ where }) => where)).toEqual([
    '',
    'only on Windows',
    'only with Python older than 3.11',
    null,
  ]);
  expect(rows.map(({ isInstalled }) => isInstalled.map(Number).join(''))).toEqual([
    '11111',
    '01010',
    '11000',
    '00001',
  ]);
});

test('a range without an end goes on', () => {
  const { columns } = lockTable([line('a'), line('b', "python_full_version < '3.12'")], [11, 12, 13, 14, 15]);
  expect(columns).toEqual(['Python 3.11', 'Python 3.12 on']);
});

const term = fc.constantFrom(
  "sys_platform == 'linux'",
  "sys_platform != 'win32'",
  "python_full_version < '3.12'",
  "python_version >= '3.11'",
  "platform_machine == 'arm64'",
);
const marker = fc.oneof(
  fc.constant(''),
  term,
  fc.tuple(term, fc.constantFrom(' and ', ' or '), term).map(([a, join, b]) => a + join + b),
);

test('every environment finds its own answer in some column', () => {
  fc.assert(
    fc.property(fc.array(marker, { maxLength: 4 }), (markers) => {
      const lines = markers.map((text, at) => line(`p${at}`, text));
      const { columns, rows } = lockTable(lines, [10, 11, 12]);
      expect(new Set(columns).size).toBe(columns.length);
      for (const platform of ['linux-x86_64', 'macos-arm64', 'windows-amd64'])
        for (const python of ['3.10', '3.11', '3.12']) {
          const environment = makeTargetEnvironment({ python, platform });
          if (!environment.ok) throw new Error(environment.error.message);
          const { markers: values } = environment.value;
          const wanted = markers.map((text) => {
            const parsed = parseMarker(text);
            return text === '' || (parsed.ok && evaluateMarker(parsed.value, values));
          });
          const found = columns.some((_, column) =>
            rows.every(({ isInstalled }, at) => isInstalled[column] === wanted[at]),
          );
          expect(found).toBe(true);
        }
    }),
    { numRuns: 60 },
  );
});
