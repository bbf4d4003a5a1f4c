/** A tool that stopped for a reason that is none of versions: said, with what was asked for where the command is there. */
import { hasInstallCommand } from '../command/install-line.ts';
import { readPipCommand } from '../command/pip-command.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { otherFailureOf } from './other-failures.ts';
import { plainOutput } from './output/log-line.ts';

/** Commands stand at the beginning. */
const HEAD = 60_000;

/** Gives the sentence, and what the text's install command asks for. */
export function readToolError(text: string): Manifest {
  const sentence = otherFailureOf(plainOutput(text)) ?? 'A tool stopped here, and the text does not say why.';
  if (hasInstallCommand(text.slice(0, HEAD))) {
    const command = readPipCommand(text);
    if (command.groups.some(({ entries }) => entries.length > 0))
      return {
        ...command,
        kind: 'tool-error',
        diagnostics: [],
        ending: { kind: 'failed', wanted: sentence, first: sentence },
      };
  }
  const builder = new ManifestBuilder('tool-error', text);
  builder.group('main', 'requirements', 'requirements', true);
  builder.unreadable = sentence;
  return builder.build();
}
