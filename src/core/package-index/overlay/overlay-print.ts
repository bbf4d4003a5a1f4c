/** Statements → text of the overlay language. What is printed reads back as the same statements. */
import { assertNever } from '../../packaging/assert.ts';
import type { Overlay, OverlayClause, OverlayStatement, VersionPattern } from './overlay.ts';

function versionsText(versions: readonly VersionPattern[]): string {
  return versions.map(({ first, last }) => (last === null ? first : `${first}..${last}`)).join(', ');
}

function clauseText(clause: OverlayClause): string {
  switch (clause.kind) {
    case 'depends':
    case 'build-requires':
    case 'backend-requires':
      return `${clause.kind} ${clause.requirements.join(', ')}`.trimEnd();
    case 'extra':
      return `extra ${clause.extra}: ${clause.requirements.join(', ')}`.trimEnd();
    case 'python':
      return `python ${clause.specifier}`;
    case 'yanked':
      return clause.reason === '' ? 'yanked' : `yanked ${JSON.stringify(clause.reason)}`;
    case 'uploaded':
      return `uploaded ${clause.time}`;
    case 'wheels':
      return `wheels ${clause.tags.length === 0 ? 'none' : clause.tags.join(', ')}`;
    case 'sdist':
      return clause.isOnly ? 'sdist only' : 'sdist';
    case 'unknown':
      return 'unknown';
    case 'index':
      return `index ${clause.name}`;
    case 'url':
      return `url ${clause.url}`;
    case 'drops':
      return `drops ${clause.projects.join(', ')}`;
    default:
      return assertNever(clause);
  }
}

function statementText(statement: OverlayStatement): string {
  switch (statement.kind) {
    case 'empty':
      return '';
    case 'closed-world':
      return 'closed world';
    case 'remove':
      return `remove ${statement.project} ${versionsText(statement.versions)}`.trimEnd();
    case 'release':
    case 'change': {
      const keyword = statement.kind === 'change' ? 'change ' : '';
      const head = `${keyword}${statement.project} ${versionsText(statement.versions)}`;
      return [head, ...statement.clauses.map(clauseText)].join('; ');
    }
    default:
      return assertNever(statement);
  }
}

/** The text of an overlay, a line a statement, comments kept. */
export function printOverlay(overlay: Overlay): string {
  return overlay.statements
    .map((statement) =>
      [statementText(statement), statement.comment].filter((part) => part !== '').join('  '),
    )
    .join('\n');
}
