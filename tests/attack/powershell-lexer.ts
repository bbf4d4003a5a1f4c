/**
 * PowerShell's lexer as far as our commands use it, after `tokenizer.cs`: strings in any of five single quotes, bare
 * words, commas, pipes and line ends. Whatever else it would give a meaning is an error.
 */
const QUOTES = "'‘’‚‛";
const BARE = /[A-Za-z0-9_+=/.-]/;

export type PowerShellToken = { readonly kind: 'word' | 'string' | 'mark'; readonly text: string };

/** Throws on anything that is not a string, a bare word, `,`, `|` or a line end. */
export function lexPowerShell(script: string): readonly PowerShellToken[] {
  const tokens: PowerShellToken[] = [];
  let at = 0;
  while (at < script.length) {
    const character = script[at]!;
    if (character === ' ') at++;
    else if (',|\n'.includes(character)) {
      tokens.push({ kind: 'mark', text: character });
      at++;
    } else if (QUOTES.includes(character)) {
      const [text, end] = readString(script, at + 1);
      tokens.push({ kind: 'string', text });
      at = end;
      if (at < script.length && !' ,|\n'.includes(script[at]!))
        throw new Error(`a word goes on after its string: ${at}`);
    } else {
      let word = '';
      while (at < script.length && BARE.test(script[at]!)) word += script[at++]!;
      if (word === '') throw new Error(`${JSON.stringify(character)} outside of a string at ${at}`);
      tokens.push({ kind: 'word', text: word });
    }
  }
  return tokens;
}

function readString(script: string, start: number): readonly [string, number] {
  let text = '';
  for (let at = start; at < script.length; at++) {
    if (!QUOTES.includes(script[at]!)) text += script[at]!;
    else if (at + 1 < script.length && QUOTES.includes(script[at + 1]!)) text += script[++at]!;
    else return [text, at + 1];
  }
  throw new Error('a string is not closed');
}

/** What each line that is run gives to its program or cmdlet: words, with what is piped in before a `null`. */
export function powerShellCommands(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const { kind, text } of lexPowerShell(script)) {
    if (kind !== 'mark') commands.at(-1)!.push(text);
    else if (text === '\n') commands.push([]);
    else if (text === '|') commands.at(-1)!.push('|');
  }
  return commands;
}
