/** `--why PKG`, `--why-not "PKG VERSION"`, `--who-limits PKG`: questions about packages of the run. */
import { readWhyNot, type Query } from '../../core/explain/query.ts';
import { failure, success, type Result } from '../../core/packaging/result.ts';

/** The options, for `parseArgs`; each can be given several times. */
export const QUERY_OPTIONS = {
  why: { type: 'string', multiple: true },
  'why-not': { type: 'string', multiple: true },
  'who-limits': { type: 'string', multiple: true },
} as const;

export const QUERY_HELP = `  --why PKG  why the package is there: the shortest way from a line to it
  --why-not "PKG VERSION"  what stands against that version, or specifier; tried out
  --who-limits PKG  who sets bounds on the package, and what the index leaves out
`;

interface QueryValues {
  readonly why?: readonly string[] | undefined;
  readonly 'why-not'?: readonly string[] | undefined;
  readonly 'who-limits'?: readonly string[] | undefined;
}

/** The questions in the order of the options. Fails where a version is missing. */
export function readQueries(values: QueryValues): Result<readonly Query[]> {
  const queries: Query[] = [
    ...(values.why ?? []).map((name): Query => ({ kind: 'why', package: name })),
    ...(values['who-limits'] ?? []).map((name): Query => ({ kind: 'who-limits', package: name })),
  ];
  for (const text of values['why-not'] ?? []) {
    const query = readWhyNot(text);
    if (query === null)
      return failure(`--why-not takes a package and a version: "urllib3 2", not "${text}"`, 0, 0);
    queries.push(query);
  }
  return success(queries);
}
