/**
 * The part of a link that can be read as it is: engine, Python, platform, snapshot and its hash, step, trace. Between
 * slashes, in letters, digits, `.`, `-` and `_`; other characters are written `~` and four hexadecimal digits, and `_`
 * alone stands for nothing.
 */
const FIELDS = ['engine', 'python', 'platform', 'snapshot', 'hash', 'step', 'trace'] as const;

export type LinkHead = { readonly [Field in (typeof FIELDS)[number]]?: string };

const NOTHING = '_';

/** Fields between slashes. The `@` of an engine is written `-`. */
export function headOf(fields: { readonly [Field in (typeof FIELDS)[number]]?: string | undefined }): string {
  return FIELDS.map((field) => {
    const text = fields[field] ?? '';
    return text === '' ? NOTHING : written(field === 'engine' ? text.replace('@', '-') : text);
  }).join('/');
}

/** The fields, and the packed part behind them; null where there are not as many. */
export function readHead(text: string): { readonly head: LinkHead; readonly packed: string } | null {
  const parts = text.split('/', FIELDS.length + 2);
  if (parts.length !== FIELDS.length + 1) return null;
  const said = FIELDS.flatMap((field, at) => {
    const value = parts[at]!;
    if (value === NOTHING) return [];
    const plain = read(value);
    return [[field, field === 'engine' ? plain.replace('-', '@') : plain] as const];
  });
  return { head: Object.fromEntries(said), packed: parts.at(-1)! };
}

function written(text: string): string {
  const escaped = text.replace(/[^\w.-]/gu, (character) => escape(character));
  return escaped === NOTHING ? escape(NOTHING) : escaped;
}

function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `~${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

function read(text: string): string {
  return text.replace(/~([0-9a-f]{4})/gu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
