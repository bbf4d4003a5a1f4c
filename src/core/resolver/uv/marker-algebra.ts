/** The algebra as uv uses it: which values of variables never meet is known to it. */
import { readMarkerTree } from './marker-from-text.ts';
import { FALSE_MARKER, MarkerAlgebra } from './marker-tree.ts';
import type { WorkMeter } from './work-meter.ts';
import type { LevelOrder } from './marker-levels.ts';

const SYSTEMS = ['FreeBSD', 'NetBSD', 'OpenBSD', 'SunOS', 'iOS', 'iPadOS'];
const PLATFORMS = ['aix', 'android', 'emscripten', 'ios', 'linux', 'darwin', 'win32', 'cygwin', 'wasi'];

const IMPOSSIBLE_PAIRS: readonly string[] = [
  ...['linux', 'darwin', 'ios'].map((platform) => `os_name == 'nt' and sys_platform == '${platform}'`),
  "os_name == 'posix' and sys_platform == 'win32'",
  ...SYSTEMS.flatMap((system) =>
    PLATFORMS.filter((platform) => platform !== 'ios' || !/^i(?:Pad)?OS$/u.test(system)).map(
      (platform) => `platform_system == '${system}' and sys_platform == '${platform}'`,
    ),
  ),
];

export function makeMarkerAlgebra(order: LevelOrder, meter: WorkMeter | null = null): MarkerAlgebra {
  const algebra = new MarkerAlgebra(order, meter);
  algebra.exclude(() =>
    IMPOSSIBLE_PAIRS.reduce((all, pair) => {
      return algebra.or(all, readMarkerTree(algebra, pair) ?? FALSE_MARKER);
    }, FALSE_MARKER),
  );
  return algebra;
}
