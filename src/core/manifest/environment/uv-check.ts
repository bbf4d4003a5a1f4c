/** `uv pip check`: which requirements of installed packages are not met. */
import { parseRequirement } from '../../packaging/requirement.ts';
import { logLines } from '../log/output/log-line.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { InstalledWorld } from './installed-world.ts';

const CONFLICT = /The package `([A-Za-z0-9][\w.-]*)` requires `([^`]+)`, but `([^`]+)` is installed/;
const MISSING = /The package `([A-Za-z0-9][\w.-]*)` requires `([^`]+)`, but it['’]s not installed/;
const PYTHON = /The package `([A-Za-z0-9][\w.-]*)` requires Python (\S+?), but `([^`]+)` is installed/;

/** Reads the check's lines. The version of the package that complains is not in them. */
export function readUvCheck(text: string): Manifest {
  const builder = new ManifestBuilder('uv-check', text);
  builder.engine = 'uv@0.12';
  const world = new InstalledWorld(builder);
  const hosts: {
    readonly host: string;
    readonly requirement: string;
    readonly span: { start: number; end: number };
  }[] = [];
  for (const { text: line, span } of logLines(text)) {
    const conflict = CONFLICT.exec(line);
    const missing = MISSING.exec(line);
    const python = PYTHON.exec(line);
    if (conflict !== null) {
      const parsed = parseRequirement(conflict[2]!);
      if (!parsed.ok) continue;
      world.has(parsed.value.name, conflict[3]!, span);
      hosts.push({ host: conflict[1]!, requirement: conflict[2]!, span });
    } else if (missing !== null) {
      hosts.push({ host: missing[1]!, requirement: missing[2]!, span });
      world.isBroken(`${missing[1]!} requires ${missing[2]!}, which is not installed.`);
    } else if (python !== null) {
      world.isBroken(`${python[1]!} requires Python ${python[2]!}, and this is Python ${python[3]!}.`);
      builder.environment = { ...builder.environment, python: python[3]! };
    }
  }
  for (const { host, requirement, span } of hosts) {
    if (world.versionOf(host) === null) {
      world.has(host, '1.0', span, true);
      builder.guess(`Which release of \`${host}\` is installed is not in the text; 1.0 stands for it.`);
    }
    world.needs(host, requirement);
  }
  if (hosts.length === 0 && world.size === 0)
    builder.unreadable = 'There is no complaint of `uv pip check` here. Paste its whole output.';
  world.finish();
  return builder.build();
}
