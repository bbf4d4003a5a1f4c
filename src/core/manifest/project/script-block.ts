/** Inline metadata of a script (PEP 723): `# /// script`, TOML behind `# `, `# ///`. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { itemsAt, textAt } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';
import { readUvTable } from './uv-pyproject.ts';

const BEGIN = /^# \/\/\/ script[ \t]*$/m;
const END = /^# \/\/\/[ \t]*$/m;

/** Reads the block; the script's code is none of our business. */
export function readScript(text: string): Manifest {
  const builder = new ManifestBuilder('script', text);
  builder.group('main', 'dependencies', 'requirements', true);
  const toml = blockAsToml(text);
  if (toml === null) {
    const message = 'There is no `# /// script` block that ends with `# ///`';
    builder.complain('error', 'no-script-block', message, { start: 0, end: Math.min(1, text.length) });
    builder.unreadable = `${message}. Paste the script with its whole block.`;
    return builder.build();
  }
  const reading = readToml(toml);
  builder.complainAll(reading.complaints);
  const requiresPython = textAt(reading.value, 'requires-python');
  if (requiresPython !== null) builder.options = { ...builder.options, requiresPython: requiresPython.text };
  builder.addArray('main', itemsAt(reading.value, 'dependencies'));
  readUvTable(builder, reading.value);
  return builder.build();
}

/**
 * The text with everything but the block's TOML blanked out, so that places in it are places in the script; null where
 * there is no block. Its end is the last `# ///` of an unbroken run of comments.
 */
function blockAsToml(text: string): string | null {
  const begin = BEGIN.exec(text);
  if (begin === null) return null;
  const start = begin.index + begin[0].length;
  const parts: string[] = [blank(text.slice(0, start))];
  for (const line of text.slice(start).split(/(?<=\n)/)) {
    const content = line.replace(/\r?\n$/, '');
    if (content.trim() === '' && parts.length === 1) {
      parts.push(line);
      continue;
    }
    if (END.test(content)) return parts.join('');
    if (!/^#(?: |$)/.test(content)) return null;
    parts.push(content === '#' ? line.replace('#', ' ') : `  ${line.slice(2)}`);
  }
  return null;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
