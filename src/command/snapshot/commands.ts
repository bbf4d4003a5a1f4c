/** The subcommands of `npm run snapshot`. Exit codes: 0 done, 1 a difference or a damaged file, 2 wrong usage. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIntoFolder } from './build-command.ts';
import { EMBEDDED_SNAPSHOTS, readEmbeddedFacts } from './embedded.ts';
import { SNAPSHOT_FOLDER } from './snapshot-files.ts';

const DATA_FOLDER = process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

function embedded(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: DATA_FOLDER },
      out: { type: 'string', default: SNAPSHOT_FOLDER },
    },
  });
  for (const [at, snapshot] of EMBEDDED_SNAPSHOTS.entries()) {
    const facts = readEmbeddedFacts(snapshot, values.data);
    if (!facts.ok) {
      console.error(facts.error);
      return 1;
    }
    const { counts, bytes } = buildIntoFolder(facts.value, snapshot, values.out, at === 0);
    console.log(`${snapshot.id}: ${counts.projects} projects, ${counts.releases} releases, ${bytes} bytes`);
  }
  return 0;
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  embedded,
};

/** Runs `name …arguments` and returns the exit code. */
export async function runSnapshotCommand(words: readonly string[]): Promise<number> {
  const [name = '', ...args] = words;
  const command = COMMANDS[name];
  if (command === undefined) {
    console.error(`usage: npm run snapshot -- ${Object.keys(COMMANDS).join('|')} …`);
    return 2;
  }
  return command(args);
}
