/** Reads one clause of an overlay statement: `depends left, right >=2`. */
import { isValidName } from '../../packaging/name.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { parseSpecifierSet } from '../../packaging/specifier.ts';
import type { ParseError } from '../../packaging/result.ts';
import type { OverlayClause } from './overlay.ts';
import { canonicalUploadTime } from '../facts/release-files.ts';
import { segmentBetween, splitList, type Segment } from './overlay-segments.ts';

/** Collects complaints; reading goes on after each. */
export interface ClauseContext {
  readonly text: string;
  readonly complain: (message: string, at: Pick<ParseError['span'], 'start' | 'end'>) => void;
}

type ClauseReader = (rest: Segment, context: ClauseContext) => OverlayClause | null;

const UPLOADED = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/u;
const TAGS = /^[\w.]+-[\w.]+-[\w.]+$/u;

/** Requirements as written. One that is not PEP 508 is complained of and kept: an index may hold such a thing. */
function readRequirements(rest: Segment, { text, complain }: ClauseContext): readonly string[] {
  return splitList(text, rest.start, rest.end).flatMap((item) => {
    const parsed = parseRequirement(item.text);
    if (!parsed.ok) {
      const { start, end } = parsed.error.span;
      complain(parsed.error.message, {
        start: item.start + start,
        end: item.start + Math.max(end, start + 1),
      });
    }
    return item.text === '' ? [] : [item.text];
  });
}

/** A clause of a keyword alone; anything after it is complained of. */
function alone(clause: OverlayClause): ClauseReader {
  return (rest, { complain }) => {
    if (rest.text !== '') complain(`nothing can follow “${clause.kind}” here`, rest);
    return clause;
  };
}

function readExtra(rest: Segment, context: ClauseContext): OverlayClause | null {
  const colon = rest.text.indexOf(':');
  const name = segmentBetween(context.text, rest.start, colon < 0 ? rest.end : rest.start + colon);
  if (!isValidName(name.text)) {
    context.complain('an extra needs a name: extra NAME: requirements', name);
    return null;
  }
  if (colon < 0) return { kind: 'extra', extra: name.text, requirements: [] };
  const list = segmentBetween(context.text, rest.start + colon + 1, rest.end);
  return { kind: 'extra', extra: name.text, requirements: readRequirements(list, context) };
}

function readYanked(rest: Segment, { complain }: ClauseContext): OverlayClause {
  if (rest.text === '') return { kind: 'yanked', reason: '' };
  try {
    const reason: unknown = JSON.parse(rest.text);
    if (typeof reason === 'string') return { kind: 'yanked', reason };
  } catch {
    // Said below: the text is no quoted text.
  }
  complain('the reason of a yank stands in double quotes', rest);
  return { kind: 'yanked', reason: '' };
}

function readWheels(rest: Segment, { text, complain }: ClauseContext): OverlayClause {
  if (rest.text === 'none') return { kind: 'wheels', tags: [] };
  const tags = splitList(text, rest.start, rest.end).filter((tag) => {
    const isTag = TAGS.test(tag.text);
    if (!isTag) complain('expected wheel tags such as py3-none-any, or none', tag);
    return isTag;
  });
  if (rest.text === '') complain('expected wheel tags such as py3-none-any, or none', rest);
  return { kind: 'wheels', tags: tags.map((tag) => tag.text) };
}

function readPython(rest: Segment, { complain }: ClauseContext): OverlayClause | null {
  const parsed = parseSpecifierSet(rest.text);
  if (!parsed.ok || rest.text === '') complain('expected a version specifier such as >=3.8', rest);
  return rest.text === '' ? null : { kind: 'python', specifier: rest.text };
}

function readUploaded(rest: Segment, { complain }: ClauseContext): OverlayClause | null {
  const day = rest.text.slice(0, 10);
  const time = UPLOADED.test(rest.text) ? Date.parse(canonicalUploadTime(rest.text) ?? '') : Number.NaN;
  // Days that no month has roll over in some engines: the text must come back.
  const isDay = !Number.isNaN(time) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (isDay) return { kind: 'uploaded', time: rest.text };
  complain('expected a date such as 2020-01-01', rest);
  return null;
}

function readSdist(rest: Segment, { complain }: ClauseContext): OverlayClause {
  if (rest.text !== '' && rest.text !== 'only') complain('expected “sdist” or “sdist only”', rest);
  return { kind: 'sdist', isOnly: rest.text === 'only' };
}

function readDrops(rest: Segment, { text, complain }: ClauseContext): OverlayClause {
  const names = splitList(text, rest.start, rest.end).filter((name) => {
    if (!isValidName(name.text)) complain('expected the name of a project', name);
    return isValidName(name.text);
  });
  return { kind: 'drops', projects: names.map((name) => name.text) };
}

/** One word: an address or a path. */
function readPlace(rest: Segment, { complain }: ClauseContext): string | null {
  if (rest.text !== '' && !/\s/u.test(rest.text)) return rest.text;
  complain('expected one address or path, without blanks', rest);
  return null;
}

function readIndex(rest: Segment, context: ClauseContext): OverlayClause | null {
  const name = readPlace(rest, context);
  return name === null ? null : { kind: 'index', name };
}

function readUrl(rest: Segment, context: ClauseContext): OverlayClause | null {
  const url = readPlace(rest, context);
  return url === null ? null : { kind: 'url', url };
}

const READERS: Readonly<Record<OverlayClause['kind'], ClauseReader>> = {
  depends: (rest, context) => ({ kind: 'depends', requirements: readRequirements(rest, context) }),
  'build-requires': (rest, context) => ({
    kind: 'build-requires',
    requirements: readRequirements(rest, context),
  }),
  'backend-requires': (rest, context) => ({
    kind: 'backend-requires',
    requirements: readRequirements(rest, context),
  }),
  extra: readExtra,
  python: readPython,
  yanked: readYanked,
  uploaded: readUploaded,
  wheels: readWheels,
  sdist: readSdist,
  unknown: alone({ kind: 'unknown' }),
  drops: readDrops,
  index: readIndex,
  url: readUrl,
};

/** The words with which a clause can begin. */
export const CLAUSE_KEYWORDS = Object.keys(READERS) as readonly OverlayClause['kind'][];

/** Reads a clause; null, after a complaint, when nothing can be made of it. */
export function readClause(clause: Segment, context: ClauseContext): OverlayClause | null {
  const word = /^[a-z-]*/u.exec(clause.text)?.[0] ?? '';
  const kind = CLAUSE_KEYWORDS.find((keyword) => keyword === word);
  if (kind === undefined) {
    context.complain(`expected one of ${CLAUSE_KEYWORDS.join(', ')}`, clause);
    return null;
  }
  return READERS[kind](segmentBetween(context.text, clause.start + word.length, clause.end), context);
}
