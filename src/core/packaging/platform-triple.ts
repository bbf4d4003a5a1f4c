/**
 * The names that uv's `--python-platform` takes: target triples and short words. uv means the oldest machine that it
 * supports for each: glibc 2.28, musl 1.2, macOS 13 (uv, `TargetTriple`).
 */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  linux: 'x86_64-unknown-linux-gnu',
  macos: 'aarch64-apple-darwin',
  windows: 'x86_64-pc-windows-msvc',
};

const SYSTEMS: readonly (readonly [RegExp, (architecture: string, match: RegExpExecArray) => string])[] = [
  [/^([a-z0-9_]+)-unknown-linux-gnu$/, (architecture) => `manylinux_2_28_${architecture}`],
  [/^([a-z0-9_]+)-unknown-linux-musl$/, (architecture) => `musllinux_1_2_${architecture}`],
  [
    /^([a-z0-9_]+)-(manylinux(?:2014|_\d+_\d+))$/,
    (architecture, match) => `${match[2] ?? ''}_${architecture}`,
  ],
  [/^([a-z0-9_]+)-apple-darwin$/, (architecture) => `macos-13-${architecture}`],
  [/^([a-z0-9_]+)-pc-windows-msvc$/, (architecture) => `windows-${architecture}`],
];

/** The platform's name as `parsePlatform` knows it; the text itself when it is no triple of uv's. */
export function expandTriple(text: string): string {
  const triple = SHORT_NAMES[text] ?? text;
  for (const [pattern, name] of SYSTEMS) {
    const match = pattern.exec(triple);
    if (match !== null) return name(match[1] ?? '', match);
  }
  return text;
}
