/** `npm run snapshot -- build|embedded|inspect|merge|diff|verify|record …`: makes and examines snapshots. */
import { runSnapshotCommand } from './snapshot/commands.ts';

process.exitCode = await runSnapshotCommand(process.argv.slice(2));
