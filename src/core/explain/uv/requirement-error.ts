/**
 * What uv says of a requirement that it cannot read: a sentence, the line, and marks below the part that is wrong.
 * Source: uv-pep508 and uv-pep440, their errors' texts.
 */
import { parseVersion } from '../../packaging/version.ts';

export interface RequirementError {
  readonly message: string;
  /** Place of the wrong part in the line, in characters. */
  readonly start: number;
  readonly length: number;
}

/** Why a text is no version; null when it is one. */
export function versionError(text: string): string | null {
  if (parseVersion(text).ok) return null;
  if (text.endsWith('.*') && parseVersion(text.slice(0, -2)).ok)
    return 'wildcards are not allowed in a version';
  if (!/^v?\d/iu.test(text))
    return 'expected version to start with a number, but no leading ASCII digits were found';
  if (/^v?\d+!(?!\d)/iu.test(text))
    return 'expected version to have a non-empty release component after an epoch, but no ASCII digits after the epoch were found';
  const local = /\+(?![a-z0-9])/iu.exec(text);
  if (local !== null)
    return 'found a `+` indicating the start of a local component in a version, but did not find any alphanumeric ASCII segment following the `+`';
  for (let end = text.length - 1; end > 0; end--) {
    const parsed = parseVersion(text.slice(0, end));
    if (!parsed.ok) continue;
    return `after parsing \`${parsed.value.text}\`, found \`${text.slice(end)}\`, which is not part of a valid version`;
  }
  return 'expected version to start with a number, but no leading ASCII digits were found';
}

const OPERATORS = ['===', '==', '~=', '!=', '<=', '>=', '<', '>'];

/** Why a text is no specifier; null when it is one. */
export function specifierError(text: string): string | null {
  const symbols = /^[=<>!~]*/u.exec(text)![0];
  const version = text.slice(symbols.length).trim();
  if (symbols === '') {
    const guess = parseVersion(version).ok ? ` Did you mean \`==${version}\`?` : '';
    return `Unexpected end of version specifier, expected operator.${guess}`;
  }
  if (!OPERATORS.includes(symbols))
    return `no such comparison operator "${symbols}", must be one of ~= == != <= >= < > ===`;
  if (version === '') return 'Unexpected end of version specifier, expected version';
  const isWildcard = version.endsWith('.*');
  const wrong = versionError(isWildcard ? version.slice(0, -2) : version);
  if (wrong !== null) return wrong;
  if (isWildcard && symbols !== '==' && symbols !== '!=')
    return `Operator ${symbols} cannot be used with a wildcard version specifier`;
  if (symbols === '~=' && !/^\D*\d+\.\d/u.test(version))
    return `The ~= operator requires at least two segments in the release version`;
  return null;
}

const NAME = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?\s*/u;

/** Null where nothing is found wrong with the part before the marker, nor with its operators. */
export function requirementError(line: string): RequirementError | null {
  const head = NAME.exec(line)!;
  if (head[1] === undefined) {
    const start = head[0].length;
    const found = line[start];
    if (found === undefined) return { message: 'Empty field is not allowed for PEP508', start: 0, length: 1 };
    return {
      message: `Expected package name starting with an alphanumeric character, found \`${found}\``,
      start,
      length: 1,
    };
  }
  const extras = /^\[[^\]]*\]\s*/u.exec(line.slice(head[0].length))?.[0] ?? '';
  const start = head[0].length + extras.length;
  return specifiersError(line, start) ?? markerError(line);
}

function specifiersError(line: string, start: number): RequirementError | null {
  const first = line[start];
  if (first === undefined || first === ';' || first === '@') return null;
  const isInside = first === '(';
  if (!isInside && !/[<=>~!]/u.test(first))
    return {
      message: `Expected one of \`@\`, \`(\`, \`<\`, \`=\`, \`>\`, \`~\`, \`!\`, \`;\`, found \`${first}\``,
      start,
      length: 1,
    };
  const from = isInside ? start + 1 : start;
  const end = line.slice(from).search(isInside ? /\)/u : /;/u);
  const text = end < 0 ? line.slice(from) : line.slice(from, from + end);
  let at = from;
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    const message = specifierError(trimmed);
    if (message !== null) {
      const offset = part.length - part.trimStart().length;
      return { message, start: at + offset, length: Math.max(1, trimmed.length) };
    }
    at += part.length + 1;
  }
  return null;
}

function markerError(line: string): RequirementError | null {
  const from = line.indexOf(';');
  const found = from < 0 ? null : /\s(===)\s/u.exec(line.slice(from));
  if (found === null) return null;
  return {
    message: 'Expected a valid marker operator (such as `>=` or `not in`), found `===`',
    start: from + found.index + 1,
    length: 3,
  };
}

/** The sentence, the line as written and the marks below it, each behind `indent`. */
export function requirementErrorLines(line: string, indent: string): readonly string[] {
  const error = requirementError(line);
  if (error === null) return [`${indent}${line}`];
  const { message, start, length } = error;
  return [`${indent}${message}`, `${indent}${line}`, `${indent}${' '.repeat(start)}${'^'.repeat(length)}`];
}
