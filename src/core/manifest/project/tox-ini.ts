/** `tox.ini`: the `deps` of each environment. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readIni } from './ini.ts';

/** Reads a `tox.ini`. Lines for one factor (`py311: pytest`) are taken with their factor named. */
export function readToxIni(text: string): Manifest {
  const builder = new ManifestBuilder('tox-ini', text);
  builder.group('main', 'testenv', 'requirements', true);
  for (const { section, key, lines } of readIni(builder, text)) {
    const environment = /^testenv(?::(.+))?$/.exec(section);
    if (environment === null || key !== 'deps') continue;
    const id = environment[1] === undefined ? 'main' : `group:${environment[1]}`;
    builder.group(id, section, 'requirements', false);
    for (const { text: line, span } of lines) {
      const factor = /^([\w,{}!-]+): +(.*)$/.exec(line);
      const wish = factor?.[2] ?? line;
      if (/^-[rce]|^\{|^\./.test(wish)) {
        builder.complain('warning', 'other-file', `Left out: \`${wish}\` is another file`, span);
        continue;
      }
      if (factor !== null)
        builder.complain(
          'hint',
          'factor',
          `\`${wish}\` holds in environments with \`${factor[1]!}\` only`,
          span,
        );
      builder.addText(id, wish, span, factor === null);
    }
  }
  return builder.build();
}
