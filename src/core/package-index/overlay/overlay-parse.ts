/** Text of the overlay language → statements. Every line is read, whatever is wrong with those before it. */
import { isValidName } from '../../packaging/name.ts';
import type { ParseError } from '../../packaging/result.ts';
import { readClause, type ClauseContext } from './overlay-clause.ts';
import { expandVersions, type Overlay, type OverlayClause, type OverlayStatement } from './overlay.ts';
import { commentStart, segmentBetween, splitClauses, splitList, type Segment } from './overlay-segments.ts';
import type { VersionPattern } from './overlay.ts';

/** What was read, and every complaint with its place in the text. */
export interface ParsedOverlay {
  readonly overlay: Overlay;
  readonly errors: readonly ParseError[];
}

const VERSION = /^(?=.*\d)[A-Za-z0-9.!+_-]+$/u;

function readVersions(list: Segment, context: ClauseContext): readonly VersionPattern[] {
  return splitList(context.text, list.start, list.end).flatMap((item): readonly VersionPattern[] => {
    const [first = '', last = null, more] = item.text.split('..').map((part) => part.trim());
    if (!VERSION.test(first) || (last !== null && !VERSION.test(last)) || more !== undefined) {
      context.complain('expected a version such as 1.0, or a range such as 1.0..1.9', item);
      return [];
    }
    const expanded = expandVersions({ first, last });
    if (!('error' in expanded)) return [{ first, last }];
    context.complain(expanded.error, item);
    return [];
  });
}

interface Head {
  readonly kind: 'release' | 'change' | 'remove';
  readonly project: Segment;
  readonly versions: Segment;
}

/** `change` and `remove` are keywords unless a version follows at once: then they are projects of that name. */
function readHead(head: Segment, text: string): Head {
  const keyword = /^(change|remove)\s+(?![0-9])/u.exec(head.text);
  const start = head.start + (keyword?.[0].length ?? 0);
  const name = /^\S*/u.exec(text.slice(start, head.end))?.[0] ?? '';
  return {
    kind: keyword === null ? 'release' : keyword[1] === 'change' ? 'change' : 'remove',
    project: { text: name, start, end: start + name.length },
    versions: segmentBetween(text, start + name.length, head.end),
  };
}

type Line = Pick<OverlayStatement, 'comment' | 'span'>;

function readClauses(
  clauses: readonly Segment[],
  kind: 'release' | 'change',
  context: ClauseContext,
): readonly OverlayClause[] {
  return clauses.flatMap((segment) => {
    if (segment.text === '') return [];
    const clause = readClause(segment, context);
    if (clause === null) return [];
    const isChange = kind === 'change';
    if (clause.kind === 'drops' && !isChange)
      context.complain('only a change can drop requirements', segment);
    else if (isChange && (clause.kind === 'wheels' || clause.kind === 'sdist'))
      context.complain('a change keeps the files; write the whole release instead', segment);
    else return [clause];
    return [];
  });
}

function readStatement(
  segments: readonly Segment[],
  line: Line,
  context: ClauseContext,
): OverlayStatement | null {
  const [headSegment, ...clauseSegments] = segments;
  if (headSegment === undefined) return null;
  if (/^closed\s+world$/u.test(headSegment.text)) return { kind: 'closed-world', ...line };
  const head = readHead(headSegment, context.text);
  if (!isValidName(head.project.text)) {
    context.complain('expected the name of a project', head.project);
    return null;
  }
  const project = head.project.text;
  const versions = readVersions(head.versions, context);
  if (head.kind === 'remove') {
    const extra = clauseSegments.find((segment) => segment.text !== '');
    if (extra !== undefined) context.complain('nothing can follow the versions of a removal', extra);
    const isWhole = head.versions.text === '';
    return isWhole || versions.length > 0 ? { kind: 'remove', project, versions, ...line } : null;
  }
  const clauses = readClauses(clauseSegments, head.kind, context);
  if (head.versions.text === '') context.complain(`which version of ${project}?`, head.project);
  return versions.length === 0 ? null : { kind: head.kind, project, versions, clauses, ...line };
}

/** Reads a whole text. */
export function parseOverlay(text: string): ParsedOverlay {
  const errors: ParseError[] = [];
  const context: ClauseContext = {
    text,
    // What is missing at the very end is pointed at where the text ends.
    complain: (message, { start, end }) =>
      errors.push({
        message,
        span: { start: Math.max(0, Math.min(start, text.length - 1)), end: Math.min(end, text.length) },
      }),
  };
  const statements: OverlayStatement[] = [];
  let start = 0;
  for (const whole of text.split('\n')) {
    const end = start + whole.length;
    const hash = commentStart(text, start, end);
    const line: Line = { comment: segmentBetween(text, hash, end).text, span: { start, end } };
    const body = segmentBetween(text, start, hash);
    const statement: OverlayStatement | null =
      body.text === ''
        ? { kind: 'empty', ...line }
        : readStatement(splitClauses(text, body.start, body.end), line, context);
    if (statement !== null) statements.push(statement);
    start = end + 1;
  }
  return { overlay: { statements }, errors };
}
