/** `--commands`: what the page's Copy buttons give for a terminal. */
import type { Problem } from '../../core/problem/problem.ts';
import { commandTexts, type CommandTexts, type LineOrigin } from '../../core/share/shell/command-texts.ts';

/** As it stands in the object that is printed. */
export function commandsOf(
  problem: Problem,
  origin: LineOrigin = 'own',
): { readonly commands: CommandTexts } {
  return { commands: commandTexts(problem, origin) };
}
