/**
 * The spoken form of a sentence: screen readers read `>=2,<3` as "greater equals two comma less three" or not at all,
 * so specifiers become words and backticks go. (users.md section 4; PEP 440 operators.)
 */
const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  '===': 'exactly the text',
  '==': 'exactly',
  '!=': 'not',
  '~=': 'compatible with',
  '>=': 'at least',
  '<=': 'at most',
  '>': 'above',
  '<': 'below',
};

const SPECIFIER = /^\s*(===|==|!=|~=|>=|<=|>|<)\s*(.+?)\s*$/u;
const REQUIREMENT = /^([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]*\])?\s*\(?((?:===|==|!=|~=|>=|<=|>|<).*?)?\)?$/u;

/** `>=2,<3` → `at least 2, below 3`; `*` and the empty set → `any version`. Unknown text stays as it is. */
export function spokenSpecifierSet(text: string): string {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  if (parts.length === 0 || text.trim() === '*') return 'any version';
  return parts.map(spokenSpecifier).join(', ');
}

function spokenSpecifier(text: string): string {
  const match = SPECIFIER.exec(text);
  if (!match) return text.trim();
  const [, operator, version] = match;
  if (version!.endsWith('.*'))
    return `${operator === '!=' ? 'not ' : ''}any ${version!.slice(0, -2)} version`;
  return `${OPERATOR_WORDS[operator!]!} ${version!}`;
}

/** `requests[security]>=2,<3` → `requests with security, at least 2, below 3`. */
export function spokenRequirement(text: string): string {
  const match = REQUIREMENT.exec(text.trim());
  if (!match) return text;
  const [, name, extras, specifiers] = match;
  const names = extras ? extras.slice(1, -1).split(',') : [];
  const spokenExtras = names.length > 0 ? ` with ${names.map((extra) => extra.trim()).join(' and ')}` : '';
  return specifiers
    ? `${name!}${spokenExtras}, ${spokenSpecifierSet(specifiers)}`
    : `${name!}${spokenExtras}`;
}

/** A sentence of this folder with its literal parts made speakable, and without backticks. */
export function spokenSentence(sentence: string): string {
  return sentence.replaceAll(/`([^`]*)`/gu, (_whole, literal: string) =>
    SPECIFIER.test(literal) ? spokenSpecifierSet(literal) : spokenRequirement(literal),
  );
}
