/** What is to be known of an answer because of what its index is: lists that are partial, dates that are bounds. */
import { isMissing, type PackageIndex, type ProjectPage } from '../package-index/package-index.ts';
import type { Outcome, Pin } from '../resolver/outcome.ts';
import { code, count, shortListOf } from './words.ts';

const NAMED = 3;

const CHOSEN =
  'The lists of releases are those that public lock files chose: of some of these projects a newer release may exist.';

/** Sentences, none where the answer rests on whole lists and plain metadata. */
export function indexCaveats(
  outcome: Outcome,
  index: PackageIndex,
  { isDated, minor }: { readonly isDated: boolean; readonly minor: number },
): readonly string[] {
  if (outcome.kind !== 'solved') return [];
  const pages = outcome.pins.flatMap(({ name, origin }) => {
    const page = origin === 'index' ? index.page(name) : null;
    return page === null || isMissing(page) ? [] : [page];
  });
  const caveats: string[] = [];
  if (pages.some(({ partial }) => partial === 'chosen')) caveats.push(CHOSEN);
  const remnants = pages.filter(({ partial }) => partial === 'remnant').map(({ name }) => code(name));
  if (remnants.length > 0)
    caveats.push(`Not all releases of ${shortListOf(remnants, NAMED)} are known here: newer ones may exist.`);
  if (isDated && pages.some((page) => page.distributions.some((file) => file.isUploadTimeBound === true)))
    caveats.push(
      'Some dates are those of the first lock file that shows a release: it may have been uploaded earlier.',
    );
  const unvouched = outcome.pins.filter((pin) => !isVouchedFor(pin, index, minor));
  if (unvouched.length > 0) {
    const names = unvouched.map(({ name, version }) => `${code(name)} ${version}`);
    caveats.push(
      `What ${shortListOf(names, NAMED)} ${names.length === 1 ? 'needs' : 'need'} on Python 3.${minor} was not recorded for that Python: ${count(unvouched.length, 'release')} may need more.`,
    );
  }
  return caveats;
}

function isVouchedFor({ name, filename }: Pin, index: PackageIndex, minor: number): boolean {
  const page: ProjectPage | { readonly missing: string } = index.page(name);
  if ('missing' in page) return true;
  const file = page.distributions.find((distribution) => distribution.filename === filename);
  if (file === undefined) return true;
  const metadata = index.metadata(file);
  const pythons = isMissing(metadata) ? undefined : metadata.account?.pythons;
  const range = /^3\.(\d+)(?:-3\.(\d+))?$/u.exec(pythons ?? '');
  if (range === null) return true;
  const first = Number(range[1]);
  return minor >= first && minor <= Number(range[2] ?? first);
}
