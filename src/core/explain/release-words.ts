/** Words on the releases of tools. */

/** `asked` and `known` are names of engines, `uv@0.14`. */
export function newerReleaseText(asked: string, known: string): string {
  const words = (engine: string): string => engine.replace('@', ' ');
  return `${words(asked)} is newer than every release known here: this is what ${words(known)} does.`;
}
