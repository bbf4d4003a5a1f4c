/** What pip prints on its way, word for word. */
import type { PipEra } from '../../resolver/pip/era.ts';
import type { PipNotice } from '../../resolver/pip/report.ts';
import type { Notice } from '../../resolver/outcome.ts';
import { installedConflictLine } from './check-text.ts';
import { inconsistencyText } from './abort-text.ts';

/** Null for what this release does not say. */
export function noticeOf(notice: PipNotice, era: PipEra): Notice | null {
  switch (notice.kind) {
    case 'ignored-marker':
      return {
        level: 'info',
        text: `Ignoring ${notice.name}: markers '${notice.marker}' don't match your environment`,
      };
    case 'missing-extra':
      return { level: 'warning', text: `${notice.candidate} does not provide the extra '${notice.extra}'` };
    case 'invalid-metadata':
      return { level: 'warning', text: invalidMetadataText(notice) };
    case 'inconsistent-metadata':
      return discardNotice(notice, era);
    case 'rejections':
      return rejectionNotice(notice.package, notice.count, era);
    case 'yanked-selected':
      return { level: 'warning', text: yankedText(notice) };
    case 'installed-conflicts':
      return {
        level: 'error',
        text: [INSTALLED_CONFLICTS, ...notice.problems.map(installedConflictLine)].join('\n'),
      };
    case 'same-version-wheel':
      return {
        level: 'info',
        text:
          `${notice.name} is already installed with the same version as the provided wheel. ` +
          'Use --force-reinstall to force an installation of the wheel.',
      };
    case 'no-build-constraints':
      return {
        level: 'warning',
        text: `pip ${era.release} has no --build-constraint; builds are not limited by it.`,
      };
    case 'assumed-setuptools':
      return {
        level: 'info',
        text: `The build requirements of ${notice.filename} are not known; setuptools is assumed.`,
      };
    case 'random-order':
      return null;
    case 'unknown-left-out':
      return { level: 'info', text: leftOutText(notice) };
  }
}

type Of<Kind extends PipNotice['kind']> = Extract<PipNotice, { readonly kind: Kind }>;

const INSTALLED_CONFLICTS =
  "pip's dependency resolver does not currently take into account all the packages that are installed. " +
  'This behaviour is the source of the following dependency conflicts.';

function invalidMetadataText({ version, name, requested, error }: Of<'invalid-metadata'>): string {
  return [
    `Ignoring version ${version} of ${name} since it has invalid metadata:`,
    `Requested ${requested} has invalid metadata: ${error}`,
    'Please use pip<24.1 if you need to use this version.',
  ].join('\n');
}

function discardNotice(notice: Of<'inconsistent-metadata'>, { texts }: PipEra): Notice {
  const reason = inconsistencyText(notice, texts);
  if (texts.warnsOfDiscarded) return { level: 'warning', text: `Discarding ${notice.link}. ${reason}` };
  const text = `Discarding ${notice.link}: ${reason}`;
  return { level: 'info', text: texts.losesExtras ? text.replace(MARKUP, '') : text };
}

/** What the library that prints takes for a style, and so does not print (rich's markup.py). */
const MARKUP = /\[[a-z#/@][^[]*?\]/gu;

const TAKES_LONG =
  'INFO: This is taking longer than usual. You might need to provide the dependency resolver with stricter ' +
  'constraints to reduce runtime. ';
const BACKTRACKING_HELP = {
  guidance:
    'See https://pip.pypa.io/warnings/backtracking for guidance. If you want to abort this run, press Ctrl + C.',
  survey:
    'If you want to abort this run, you can press Ctrl + C to do so. To improve how pip performs, tell us what ' +
    'happened here: https://pip.pypa.io/surveys/backtracking',
} as const;

/** At the 1st (since 26.3 the 2nd), 8th and 13th candidate of a package that is given up. */
function rejectionNotice(name: string, count: number, { texts }: PipEra): Notice {
  const isStill = count === 8 && texts.saysStillLooking ? 'still ' : '';
  const text =
    count === 13
      ? TAKES_LONG + BACKTRACKING_HELP[texts.backtrackingHelp]
      : `INFO: pip is ${isStill}looking at multiple versions of ${name} to determine which version is compatible ` +
        'with other requirements. This could take a while.';
  return { level: 'info', text };
}

function yankedText({ name, version, link, reason }: Of<'yanked-selected'>): string {
  return (
    `The candidate selected for download or install is a yanked version: '${name}' candidate (version ${version} ` +
    `at ${link})\nReason for being yanked: ${reason === '' ? '<none given>' : reason}`
  );
}

/** Our own: what the data at hand could not say. */
function leftOutText({ files, projects }: Of<'unknown-left-out'>): string {
  const names = projects.join(', ');
  return `Left out ${files} ${files === 1 ? 'file' : 'files'} whose dependencies are not known: ${names}.`;
}
