/** A fork's environments in plain words: `Python 3.14 or newer on Linux`. */

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
  windows: 'Windows',
  nt: 'Windows',
  posix: 'Linux or macOS',
  emscripten: 'the browser (Emscripten)',
  ios: 'iOS',
  android: 'Android',
  cpython: 'CPython',
  pypy: 'PyPy',
};

const TERM = /^(\w+) (==|!=|<=|>=|<|>) '([^']*)'$/u;

/** Which place of the sentence a term belongs to. */
type Place = 'python' | 'system' | 'other';

interface TermWords {
  readonly place: Place;
  readonly text: string;
}

function pythonWords(operator: string, version: string): string {
  const short = version.replace(/\.\*$/u, '');
  switch (operator) {
    case '==':
      return `Python ${short}`;
    case '!=':
      return `Python other than ${short}`;
    case '>=':
      return `Python ${short} or newer`;
    case '>':
      return `Python newer than ${short}`;
    case '<':
      return `Python older than ${short}`;
    default:
      return `Python ${short} or older`;
  }
}

function termWords(term: string): TermWords {
  const match = TERM.exec(term);
  if (match === null) return { place: 'other', text: `where ${term}` };
  const [, variable = '', operator = '', literal = ''] = match;
  if (variable === 'python_full_version') return { place: 'python', text: pythonWords(operator, literal) };
  const isEquality = operator === '==' || operator === '!=';
  const isNot = operator === '!=';
  const name = SYSTEMS[literal.toLowerCase()] ?? literal;
  if (isEquality && ['sys_platform', 'platform_system', 'os_name'].includes(variable)) {
    return { place: 'system', text: isNot ? `not on ${name}` : `on ${name}` };
  }
  if (isEquality && variable === 'platform_machine') {
    return { place: 'system', text: isNot ? `not on ${literal} machines` : `on ${literal} machines` };
  }
  if (isEquality && ['implementation_name', 'platform_python_implementation'].includes(variable)) {
    return { place: 'python', text: isNot ? `any Python but ${name}` : name };
  }
  return { place: 'other', text: `where ${term}` };
}

function clauseWords(clause: string): string {
  const words = clause
    .replace(/^\(|\)$/gu, '')
    .split(' and ')
    .map(termWords);
  const at = (place: Place): string[] =>
    words.filter((word) => word.place === place).map((word) => word.text);
  const pythons = at('python');
  const systems = at('system');
  const python = pythons.length === 0 ? 'any Python' : pythons.join(', ');
  const system = systems.length === 0 ? 'on any system' : systems.join(', ');
  return [`${python} ${system}`, ...at('other')].join(', ');
}

/** `marker` is a marker's text as uv writes it, or null for all environments. */
export function markerWords(marker: string | null): string {
  if (marker === null) return 'every environment';
  return marker.split(' or ').map(clauseWords).join('; or ');
}

/** Where something holds: `only on Linux`, `not on Linux`, `only with Python 3.14 or newer on Linux`. */
export function whereWords(marker: string): string {
  const places = markerWords(marker)
    .split('; or ')
    .map((words) => words.replace(/^any Python /u, '').replace(/ on any system\b/u, ''))
    .map((words) => (/^(?:Python|CPython|PyPy)/u.test(words) ? `with ${words}` : words));
  const isExclusion = places.length === 1 && places[0]!.startsWith('not ');
  return isExclusion ? places[0]! : `only ${places.join(', or ')}`;
}
