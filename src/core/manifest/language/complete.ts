/** Completion: project names by popularity, versions newest first, extras, markers, options. */
import type { Completion, CompletionKind } from './assistance.ts';
import type { LineContext } from './line-context.ts';
import { COMPLETED_VARIABLES, MARKER_VALUES } from './line-context.ts';
import type { OrderedRelease } from './ordered-releases.ts';
import { isOrdinary } from './ordered-releases.ts';
import { releaseDetail } from './release-words.ts';
import { FILE_OPTION_SPELLINGS } from '../requirements/requirements-option.ts';
import { normalizeName } from '../../packaging/name.ts';

/** More would only be scrolled past. */
const MAXIMUM_NAMES = 50;

type Proposal = Pick<Completion, 'label' | 'detail' | 'insert'> & { readonly isDiscouraged?: boolean };

/** Ranks proposals in the given order. */
function rank(kind: CompletionKind, span: Completion['span'], proposals: readonly Proposal[]): Completion[] {
  return proposals.map((proposal, index) => ({
    kind,
    span,
    rank: index,
    isDiscouraged: proposal.isDiscouraged ?? false,
    label: proposal.label,
    detail: proposal.detail,
    insert: proposal.insert,
  }));
}

/** Names that begin with what is typed, then names that hold it, each by popularity. */
export function completeName(
  context: LineContext & { readonly kind: 'name' },
  names: readonly string[],
): Completion[] {
  const typed = normalizeName(context.text);
  const starting: string[] = [];
  const holding: string[] = [];
  for (const name of names) {
    if (name.startsWith(typed)) starting.push(name);
    else if (typed.length >= 3 && name.includes(typed)) holding.push(name);
    if (starting.length >= MAXIMUM_NAMES) break;
  }
  const chosen = [...starting, ...holding].slice(0, MAXIMUM_NAMES);
  return rank(
    'project',
    context.span,
    chosen.map((name) => ({ label: name, detail: '', insert: name })),
  );
}

/** Versions, newest first; those that an installer would pass over are struck through and come after the others. */
export function completeVersion(
  context: LineContext & { readonly kind: 'version' },
  releases: readonly OrderedRelease[],
): Completion[] {
  return proposeVersions(context.span, releases);
}

/** The same for any place of a text. */
export function proposeVersions(span: Completion['span'], releases: readonly OrderedRelease[]): Completion[] {
  const ordered = [...releases.filter(isOrdinary), ...releases.filter((release) => !isOrdinary(release))];
  return rank(
    'version',
    span,
    ordered.map((release) => ({
      label: release.version,
      detail: releaseDetail(release),
      insert: release.version,
      isDiscouraged: release.yanked !== false || !release.runsHere,
    })),
  );
}

/** Operators with the newest ordinary version behind them. */
export function completeOperator(
  context: LineContext & { readonly kind: 'operator' },
  releases: readonly OrderedRelease[],
): Completion[] {
  const newest = (releases.find(isOrdinary) ?? releases[0])?.version;
  const operators: readonly (readonly [string, string])[] = [
    ['>=', 'this or newer'],
    ['==', 'exactly this'],
    ['~=', 'compatible: the last number may grow'],
    ['<', 'older than this'],
    ['<=', 'this or older'],
    ['!=', 'anything but this'],
  ];
  return rank(
    'operator',
    context.span,
    operators.map(([operator, detail]) => ({
      label: operator + (newest ?? ''),
      detail,
      insert: operator + (newest ?? ''),
    })),
  );
}

/** Extras of the newest release that has any. */
export function completeExtra(
  context: LineContext & { readonly kind: 'extra' },
  releases: readonly OrderedRelease[],
): Completion[] {
  const extras = releases.find((release) => release.extras.length > 0)?.extras ?? [];
  return rank(
    'extra',
    context.span,
    extras.map((extra) => ({ label: extra, detail: '', insert: extra })),
  );
}

/** Variables and the words between comparisons. */
export function completeMarker(context: LineContext & { readonly kind: 'marker-variable' }): Completion[] {
  const variables = COMPLETED_VARIABLES.map((name) => ({
    label: name,
    detail: 'marker variable',
    insert: name,
  }));
  const words = ['and', 'or', 'not in', 'in'].map((word) => ({ label: word, detail: '', insert: word }));
  return [
    ...rank('marker', context.span, variables),
    ...rank('keyword', context.span, words).map((word) => ({ ...word, rank: word.rank + variables.length })),
  ];
}

/** Values of the variable that is compared. */
export function completeMarkerValue(context: LineContext & { readonly kind: 'marker-value' }): Completion[] {
  const values = MARKER_VALUES[context.variable] ?? [];
  return rank(
    'marker',
    context.span,
    values.map((value) => ({ label: value, detail: context.variable, insert: value })),
  );
}

/** Options of requirements files. */
export function completeOption(context: LineContext & { readonly kind: 'option' }): Completion[] {
  const fitting = FILE_OPTION_SPELLINGS.filter((spelling) => spelling.startsWith(context.text));
  return rank(
    'option',
    context.span,
    fitting.map((spelling) => ({ label: spelling, detail: '', insert: spelling })),
  );
}
