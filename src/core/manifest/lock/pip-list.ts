/** `pip list` in its formats: columns, JSON, and the legacy `name (version)`. `uv pip list` prints the same. */
import { lineBlocks } from '../syntax/logical-line.ts';
import { readJson } from '../syntax/json-value.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { textAt } from '../syntax/spanned-value.ts';

/** Reads a list of what is installed. */
export function readPipList(text: string): Manifest {
  const builder = new ManifestBuilder('pip-list', text);
  builder.openPins('pip list');
  if (/^\s*\[/.test(text)) readJsonList(builder, text);
  else readColumns(builder, text);
  return builder.build();
}

function readJsonList(builder: ManifestBuilder, text: string): void {
  const json = readJson(text);
  builder.complainAll(json.complaints);
  const items = json.value?.kind === 'array' ? json.value.items : [];
  for (const item of items) {
    const name = textAt(item, 'name');
    const version = textAt(item, 'version');
    if (name !== null && version !== null)
      builder.addPin(name.text, version.text, { start: name.span.start, end: version.span.end });
    else builder.complain('warning', 'invalid-pin', 'An entry without name and version', item.span);
  }
}

const ROW = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?: +| \(|==)(v?\d[^\s()]*)\)?(?:,? .*)?$/;
const NOT_A_ROW =
  /^(?:Package +Version\b|-[- ]*$|WARNING: |DEPRECATION: |\[notice\]|Using Python |Name +Version\b)/;

function readColumns(builder: ManifestBuilder, text: string): void {
  for (const block of lineBlocks(text)) {
    const line = block.raw.trim();
    if (NOT_A_ROW.test(line)) continue;
    const start = block.start + block.raw.indexOf(line);
    const span = { start, end: start + line.length };
    const match = ROW.exec(line);
    if (match === null) builder.complain('warning', 'invalid-pin', 'Not a project and its version', span);
    else builder.addPin(match[1]!, match[2]!, span);
  }
}
