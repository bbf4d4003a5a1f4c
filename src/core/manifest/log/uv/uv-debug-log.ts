/**
 * What uv prints with `-v` while it solves (`crates/uv-resolver/src/resolver/mod.rs`, uv 0.1 to 0.12): the same facts as
 * its report has, release by release.
 */
import { parseSpecifierSet, type SpecifierSet } from '../../../packaging/specifier.ts';
import type { Evidence } from '../evidence.ts';
import type { LogLine } from '../output/log-line.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { asOneSet, markerSuffix, toRequirement } from './uv-terms.ts';

const NAME = String.raw`([A-Za-z0-9][A-Za-z0-9._-]{0,100})(\[[^\]]{0,200}\])?(\{[^}]{0,500}\})?`;
/** With the time before it when uv logs in full, and the module that it comes from. */
const MESSAGE = /^\s*(?:\d[\d.]{0,12}m?s +)?(?:DEBUG|TRACE) (?:uv[\w:]{0,80} )?(.*)$/;
const DIRECT = new RegExp(String.raw`^Adding direct dependency: ${NAME}(.*)$`);
const TRANSITIVE = new RegExp(String.raw`^Adding transitive dependency for ${NAME}==(\S+): ${NAME}(.*)$`);
const SELECTING = new RegExp(String.raw`^Selecting: ${NAME}==(\S+)`);
const PYTHON = /^Solving with (installed|target) Python version:? (?:>=)?(3\.\d+(?:\.\d+)?)/;

/** Reads a line; false when it tells nothing of requirements. */
export function readUvDebugLine(evidence: Evidence, builder: ManifestBuilder, line: LogLine): boolean {
  const message = MESSAGE.exec(line.text)?.[1];
  if (message === undefined) return false;
  const direct = DIRECT.exec(message);
  if (direct !== null) {
    const [, name = '', extras = '', marker = '', range = ''] = direct;
    const alternatives = readRange(range);
    if (alternatives === null) return false;
    const suffix = markerSuffix(marker.slice(1, -1));
    evidence.ask(builder, name + extras + asOneSet(alternatives) + suffix, line.span);
    return true;
  }
  return readRelease(evidence, message) || readPython(builder, message);
}

function readRelease(evidence: Evidence, message: string): boolean {
  const selected = SELECTING.exec(message);
  if (selected !== null) {
    evidence.exists(selected[1]!, selected[4]!);
    return true;
  }
  const dependency = TRANSITIVE.exec(message);
  if (dependency === null) return false;
  const [, name = '', extras = '', , version = '', needed = '', neededExtras = '', marker = '', range = ''] =
    dependency;
  const alternatives = readRange(range);
  const own = parseSpecifierSet(`==${version}`);
  if (alternatives === null || !own.ok) return false;
  const text = needed + neededExtras + asOneSet(alternatives) + markerSuffix(marker.slice(1, -1));
  const requirement = toRequirement(text);
  if (requirement === null) return false;
  evidence.allDepend(name + extras, [own.value], requirement, alternatives);
  return true;
}

function readPython(builder: ManifestBuilder, message: string): boolean {
  const python = PYTHON.exec(message);
  if (python === null) return false;
  if (python[1] === 'installed') builder.environment = { ...builder.environment, python: python[2]! };
  else builder.options = { ...builder.options, pythonVersion: python[2]! };
  return true;
}

/** `>=1, <2 | >2`; `*` or nothing for any version. `>=1, <1+` is how `==1` reads, whatever its local label. */
function readRange(text: string): readonly SpecifierSet[] | null {
  const sets: SpecifierSet[] = [];
  for (const part of text.trim().split('|')) {
    const plain = part.replace(/\s+/g, '').replace(/^>=([^,]+),<\1(?:\+|\[max\])$/, '==$1');
    const parsed = parseSpecifierSet(plain === '*' ? '' : plain.replaceAll(/\+(?=,|$)/g, ''));
    if (!parsed.ok) return null;
    sets.push(parsed.value);
  }
  return sets;
}
