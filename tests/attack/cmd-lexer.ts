/**
 * cmd.exe's phases as far as our lines meet them: per cents first, then special characters outside of double quotes,
 * then exclamation marks where delayed expansion is on; and the C runtime's splitting of what the program gets.
 */
export function cmdWords(line: string): readonly string[] {
  if (/[\r\n%]/.test(line)) throw new Error('a per cent or a line end');
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /[&|<>^()!;,=]/.test(character)) throw new Error(`${character} outside of quotes`);
  }
  if (isQuoted) throw new Error('a quotation is not closed');
  if (/![A-Za-z_][^!]*!/.test(line)) throw new Error('a variable of delayed expansion');
  return splitByRuntime(line);
}

/** Microsoft's C runtime: blanks outside of quotes separate, a backslash escapes a quote. */
function splitByRuntime(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === '\\' && line[at + 1] === '"') throw new Error('an escaped quote');
    if (character === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (character === ' ' && !isQuoted) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
}
