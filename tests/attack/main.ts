/** `npm run attack -- [CASES] [FAMILY]`: hostile links, commands, texts and times; ends with 1 where something broke. */
import {
  attackCmd,
  attackControls,
  attackLinks,
  attackMarkdown,
  attackPowerShell,
  attackShell,
  attackTerminal,
  type Tally,
} from './families.ts';
import { attackParsers } from './parser-times.ts';
import { isInstalled, SHELLS } from './real-shells.ts';

const count = Number(process.argv[2] ?? 100_000);
const only = process.argv[3] ?? '';
const seed = 20_260_907;

const shells = SHELLS.filter(isInstalled);
/** A terminal is typed into at a person's pace: fewer cases. */
const typed = Math.max(10, Math.floor(count / 500));

const families: readonly (readonly [string, () => Tally | Promise<Tally>])[] = [
  ['links', () => attackLinks(count, seed)],
  ['PowerShell', () => attackPowerShell(count, seed)],
  ['cmd.exe', () => attackCmd(count, seed)],
  ['control characters', () => attackControls(count, seed)],
  ['Markdown and XML', () => attackMarkdown(count, seed)],
  ['parsers by size', () => attackParsers(count >= 100_000 ? 131_072 : 16_384)],
  ...shells.map((shell) => [shell, () => attackShell(shell, count, seed)] as const),
  ...shells.flatMap((shell) =>
    ['C', 'C.UTF-8'].map(
      (locale) => [`${shell}, typed, ${locale}`, () => attackTerminal(shell, typed, seed, locale)] as const,
    ),
  ),
];

let broken = 0;
for (const [name, attack] of families) {
  if (!name.includes(only)) continue;
  const tally = await attack();
  broken += tally.breaks.length;
  const more = 'slowest' in tally ? `  slowest ${String(tally.slowest)}` : '';
  console.log(
    `${name.padEnd(24)} ${String(tally.cases).padStart(8)} cases  ${tally.breaks.length} breaks${more}`,
  );
  for (const what of tally.breaks) console.log(`  ${what}`);
}
process.exitCode = broken === 0 ? 0 : 1;
