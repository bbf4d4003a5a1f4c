/** METADATA of a wheel, PKG-INFO of an sdist: what the release needs, as core metadata has it; `requires.txt`, too. */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { lineBlocks } from '../syntax/logical-line.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';

const OF_EXTRA = /^(?:(.*?) and )?extra\s*==\s*['"]([^'"]+)['"]$/s;

/** Reads headers up to the first empty line after them; what follows is the description. */
export function readCoreMetadata(text: string): Manifest {
  const builder = new ManifestBuilder('metadata', text);
  builder.group('main', 'Requires-Dist', 'requirements', true);
  let hasHeaders = false;
  for (const { raw, start } of lineBlocks(text)) {
    const line = raw.replace(/\r?\n$/, '');
    if (line.trim() === '' && hasHeaders) break;
    const [, key = '', value = ''] = /^([A-Za-z-]+): ?(.*)$/.exec(line) ?? [];
    if (key === '') continue;
    hasHeaders = true;
    const at = start + line.length - value.length;
    const span = { start: at, end: at + Math.max(1, value.length) };
    if (key === 'Requires-Python') builder.options = { requiresPython: value.trim() };
    else if (key === 'Requires-Dist') addDependency(builder, value.trim(), span);
  }
  return builder.build();
}

function addDependency(builder: ManifestBuilder, text: string, span: { start: number; end: number }): void {
  const [subject = '', marker = ''] = text.split(/;(.*)/s);
  const ofExtra = OF_EXTRA.exec(marker.trim());
  if (ofExtra === null || !parseRequirement(text).ok) {
    builder.addText('main', text, span);
    return;
  }
  const [, condition, extra = ''] = ofExtra;
  const id = `extra:${normalizeName(extra)}`;
  builder.group(id, `Provides-Extra: ${extra}`, 'requirements', false);
  const own = (condition ?? '').trim().replace(/^\((.*)\)$/s, '$1');
  builder.addText(id, own === '' ? subject.trim() : `${subject.trim()} ; ${own}`, span, false);
}

/** `requires.txt` of an egg: requirements, then `[extra]` or `[extra:marker]` and theirs. */
export function readRequiresTxt(text: string): Manifest {
  const builder = new ManifestBuilder('requires-txt', text);
  builder.group('main', 'requires', 'requirements', true);
  let group = 'main';
  let marker = '';
  for (const { raw, start } of lineBlocks(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[([^\]:]*)(?::(.*))?\]$/.exec(line);
    const at = start + raw.indexOf(line);
    const span = { start: at, end: at + line.length };
    if (header === null) {
      if (marker === '') builder.addText(group, line, span);
      else builder.addText(group, `${line} ; ${marker}`, span, false);
      continue;
    }
    const [, extra = '', condition = ''] = header;
    group = extra === '' ? 'main' : `extra:${normalizeName(extra)}`;
    marker = condition.trim();
    builder.group(group, extra === '' ? 'requires' : `[${extra}]`, 'requirements', false);
  }
  return builder.build();
}

/** Whether a text is a `requires.txt`: requirements with sections of extras between them, and nothing else. */
export function looksLikeRequiresTxt(head: string): boolean {
  const lines = head
    .split('\n', 400)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const headers = lines.filter((line) => /^\[[\w.-]*(?::[^\]]+)?\]$/.test(line));
  if (headers.length === 0 || lines.length < 2) return false;
  const known =
    /^\[(?:metadata|options|tool|project|packages|dev-packages|source|requires|bdist_wheel|flake8|testenv|tox)\]$/;
  if (headers.some((line) => known.test(line))) return false;
  return lines.every(
    (line) =>
      headers.includes(line) ||
      (/^[A-Za-z0-9][\w.-]*(?:\[[\w., -]*\])?\s*(?:$|[<>=!~;(@])/.test(line) &&
        !/^[\w.-]+ ?= ?[^=]/.test(line)),
  );
}
