/** Who keeps versions of a project out, quoted word for word where the words are known. */
import type { LedgerLimitRow } from '../ledger/ledger.ts';
import { isMissing } from '../package-index/package-index.ts';
import { evaluateMarker, type Marker } from '../packaging/marker.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement } from '../packaging/requirement.ts';
import { parseVersion } from '../packaging/version.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { readableRequirement, withoutMarker } from './requirement-text.ts';
import { boundPhrase } from './version-words.ts';
import { code, inPlaceOf, lineName, nameAtVersion } from './words.ts';

type Asked = Pick<
  ResolveRequest,
  'requirements' | 'constraints' | 'overrides' | 'index' | 'target' | 'options'
>;

/**
 * ``line 3 asks for `lib<2` ``, `` `core` 2.0 needs `lib>=4` ``. uv adds the user's constraints to what a candidate needs:
 * a limit that the candidate's own metadata does not hold is the constraint's, or told without words of its own.
 */
export function limitClause(limit: LedgerLimitRow, project: string, request: Asked): string {
  const { asker, text } = limit;
  if (asker.kind === 'line') return lineClause(limit, project, request);
  const name = nameAtVersion(asker.name, asker.version);
  // uv tells of whole ranges of an asker: what each of them says is not one text.
  if (!parseVersion(asker.version).ok && asker.version !== '')
    return `${code(asker.name)} ${code(asker.version)} leaves only ${boundPhrase(project, text)}`;
  const quote = quoteOf(limit, project, request);
  const added = quote === null ? constraintOf(limit, project, request) : null;
  if (added !== null) return lineClause(added, project, request);
  if (quote === null) return `what ${name} needs of ${code(project)} is narrowed here`;
  const { text: words, extra } = quote;
  return `${extra === '' ? name : nameAtVersion(withExtra(asker.name, extra), asker.version)} needs ${code(words)}`;
}

function lineClause({ asker, isConstraint }: LedgerLimitRow, project: string, request: Asked): string {
  if (asker.kind !== 'line') return '';
  const verb = isConstraint ? 'allows only' : 'asks for';
  const source = { pane: asker.pane, line: asker.line } as Parameters<typeof lineName>[0];
  const own = [...request.requirements, ...request.constraints, ...request.overrides].find(
    (user) =>
      user.source.pane === source.pane &&
      user.source.line === source.line &&
      user.requirement.normalizedName === project,
  );
  const asked = own === undefined ? project : readableRequirement(withoutMarker(own.requirement.text));
  return source.pane === 'overrides'
    ? inPlaceOf(source, asked, `others ask of ${code(project)}`)
    : `${lineName(source)} ${verb} ${code(asked)}`;
}

/** The user's constraint or override that says the same, as a limit; null where none does. */
function constraintOf({ text }: LedgerLimitRow, project: string, request: Asked): LedgerLimitRow | null {
  const clauses = clausesOf(text);
  const own = [...request.constraints, ...request.overrides].find(
    ({ requirement }) =>
      requirement.normalizedName === project && clausesOf(requirement.specifier.text) === clauses,
  );
  if (own === undefined) return null;
  const { pane, line } = own.source;
  return { text, isConstraint: pane === 'constraints', asker: { kind: 'line', pane, line } };
}

function withExtra(name: string, extra: string): string {
  return name.includes('[') ? name : `${name}[${extra}]`;
}

interface Quote {
  readonly text: string;
  /** The extra that brings the requirement in; '' where the release needs it without any. */
  readonly extra: string;
}

/** The requirement of the asker's metadata that sets the limit; null where none does. */
function quoteOf(
  { asker, text }: LedgerLimitRow,
  project: string,
  { index, target, options }: Asked,
): Quote | null {
  if (asker.kind !== 'candidate') return null;
  const page = index.page(normalizeName(asker.name.replace(/\[.*$/u, '')));
  const file = isMissing(page)
    ? undefined
    : page.distributions.find(({ version }) => version === asker.version);
  const metadata = file === undefined ? null : index.metadata(file);
  if (metadata === null || isMissing(metadata)) return null;
  const clauses = clausesOf(text);
  const holds = (marker: Marker | null, extra: string): boolean =>
    marker === null || evaluateMarker(marker, target.markers, extra);
  const quotes = metadata.requiresDist.flatMap((line): readonly (Quote & { readonly rank: number })[] => {
    const parsed = parseRequirement(line);
    if (!parsed.ok || parsed.value.normalizedName !== project) return [];
    const { specifier, marker } = parsed.value;
    if (clausesOf(specifier.text) !== clauses) return [];
    const words = readableRequirement(withoutMarker(parsed.value.text));
    if (holds(marker, '')) return [{ text: words, extra: '', rank: 0 }];
    // An extra that the release does not declare brings in what its markers say all the same.
    const named = parsed.value.text.matchAll(/\bextra *== *["']([^"']+)["']/gu);
    const extras = [...metadata.providesExtra, ...[...named].map((match) => normalizeName(match[1]!))];
    const extra = extras.find((name) => holds(marker, name));
    if (extra !== undefined) return [{ text: words, extra, rank: 1 }];
    // One that holds for no environment at hand: uv's universal resolution asks for those of all.
    return options.universal ? [{ text: words, extra: '', rank: 2 }] : [];
  });
  return quotes.toSorted((a, b) => a.rank - b.rank)[0] ?? null;
}

function clausesOf(text: string): string {
  return text
    .split(',')
    .map((clause) => clause.replaceAll(/\s+/gu, ''))
    .toSorted()
    .join(',');
}
