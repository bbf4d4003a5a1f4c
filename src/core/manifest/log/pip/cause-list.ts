/**
 * `ResolutionImpossible: [RequirementInformation(requirement=…, parent=…), …]` as a traceback prints it: Python reprs,
 * of pip's candidates and of those of other programs that use resolvelib.
 */

/** A requirement and who has it. */
export interface ListedCause {
  readonly requirement: string;
  /** `None`, or the repr of a candidate. */
  readonly parent: string;
  /** The name of the requirement's class; '' where there is none. */
  readonly kind: string;
}

const OPENERS = '([{<';
const CLOSERS = ')]}>';
/** Reprs nest a few deep. */
const MOST_CAUSES = 500;

/**
 * Where a value ends that begins at `start`: at a comma or a closing bracket of the level above. Quotes hide brackets;
 * what is not closed ends with the text.
 */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (OPENERS.includes(character)) depth++;
    else if (CLOSERS.includes(character)) {
      // `>` of `>=` outside quotes: a repr of another program.
      if (character === '>' && (text[at + 1] === '=' || depth === 0)) continue;
      if (depth-- === 0) return at;
    } else if (character === ',' && depth === 0) return at;
  }
  return text.length;
}

/** The causes of a list, in its order. */
export function* listedCauses(text: string): Generator<ListedCause> {
  let at = 0;
  for (let count = 0; count < MOST_CAUSES; count++) {
    const begin = text.indexOf('RequirementInformation(requirement=', at);
    if (begin < 0) return;
    const start = begin + 'RequirementInformation(requirement='.length;
    const end = endOfValue(text, start);
    const parentAt = text.indexOf('parent=', end);
    if (parentAt < 0 || parentAt > end + 4) {
      at = end;
      continue;
    }
    const parentEnd = endOfValue(text, parentAt + 7);
    at = parentEnd;
    const value = text.slice(start, end);
    const quoted = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/.exec(value);
    yield {
      requirement: (quoted?.[1] ?? quoted?.[2] ?? value.replace(/^<\w*\s*|>$/g, '')).replace(/\\(.)/g, '$1'),
      parent: text.slice(parentAt + 7, parentEnd).trim(),
      kind: /^<?(\w+)/.exec(value)?.[1] ?? '',
    };
  }
}
