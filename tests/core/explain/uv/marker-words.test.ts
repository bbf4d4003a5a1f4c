import { expect, test } from 'vitest';
import { markerWords, whereWords } from '../../../../src/core/explain/uv/marker-words.ts';

test.each([
  [null, 'every environment'],
  ["sys_platform == 'linux'", 'any Python on Linux'],
  ["python_full_version >= '3.14'", 'Python 3.14 or newer on any system'],
  ["python_full_version == '3.13.*' and sys_platform == 'darwin'", 'Python 3.13 on macOS'],
  ["sys_platform != 'darwin' and sys_platform != 'linux'", 'any Python not on macOS, not on Linux'],
  ["implementation_name == 'pypy' and sys_platform == 'win32'", 'PyPy on Windows'],
  [
    "(python_full_version < '3.13' and sys_platform == 'linux') or os_name == 'nt'",
    'Python older than 3.13 on Linux; or any Python on Windows',
  ],
  ["'arm' in platform_version", "any Python on any system, where 'arm' in platform_version"],
])('%s', (marker, words) => {
  expect(markerWords(marker)).toBe(words);
});

test.each([
  ["sys_platform == 'linux'", 'only on Linux'],
  ["sys_platform != 'linux'", 'not on Linux'],
  ["python_full_version >= '3.14'", 'only with Python 3.14 or newer'],
  ["sys_platform == 'linux' or sys_platform == 'darwin'", 'only on Linux, or on macOS'],
])('where %s holds', (marker, words) => {
  expect(whereWords(marker)).toBe(words);
});
