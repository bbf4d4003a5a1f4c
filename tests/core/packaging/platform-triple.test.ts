import { expect, test } from 'vitest';
import { parsePlatform } from '../../../src/core/packaging/platform.ts';

test.each([
  ['linux', 'linux-2.28-x86_64'],
  ['macos', 'macos-13-arm64'],
  ['windows', 'windows-amd64'],
  ['x86_64-manylinux2014', 'linux-2.17-x86_64'],
  ['aarch64-manylinux_2_31', 'linux-2.31-aarch64'],
  ['x86_64-unknown-linux-musl', 'musllinux-x86_64'],
  ['x86_64-apple-darwin', 'macos-13-x86_64'],
  ['i686-pc-windows-msvc', 'windows-x86'],
])('uv calls %s what we call %s', (triple, name) => {
  const platform = parsePlatform(triple);
  expect(platform.ok && platform.value.name).toBe(name);
});
