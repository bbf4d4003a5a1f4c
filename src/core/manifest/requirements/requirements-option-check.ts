/** Complaints about options of requirements files: what pip refuses, and what this page cannot honour. */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import type { Span } from '../../packaging/result.ts';
import type { Complaint } from '../syntax/diagnostic.ts';
import { closestNames } from '../closest-names.ts';
import { REQUIREMENTS_MESSAGES as SAY, type RequirementsCode } from './requirements-messages.ts';
import { FILE_OPTION_SPELLINGS, type FileOption, type OptionFailure } from './requirements-option.ts';

/** Options of older pips that 26.2 refuses. */
const REMOVED = new Set([
  '--install-option',
  '--global-option',
  '--always-unzip',
  '--process-dependency-links',
]);

/** Options that pip knows, but only on its command line. */
const COMMAND_LINE_ONLY = new Set([
  '--upgrade',
  '-U',
  '--upgrade-strategy',
  '--no-deps',
  '--dry-run',
  '--user',
  '--target',
  '--python-version',
  '--platform',
  '--implementation',
  '--abi',
  '--ignore-requires-python',
  '--ignore-installed',
  '--force-reinstall',
  '--no-build-isolation',
  '--use-pep517',
  '--build-constraint',
  '--uploaded-prior-to',
  '--use-deprecated',
  '--group',
  '--proxy',
  '--timeout',
  '--quiet',
  '-q',
  '--verbose',
  '-v',
]);

/** The complaint about an option that could not be read. `place` turns a span of the line into one of the block. */
export function complainAboutFailure(failure: OptionFailure, place: (span: Span) => Span): Complaint[] {
  const span = place(failure.span);
  const complain = (code: RequirementsCode, message: string): Complaint[] => [
    { severity: 'error', code, message, span },
  ];
  const { option } = failure;
  switch (failure.kind) {
    case 'unknown': {
      if (REMOVED.has(option)) return complain('removed-option', SAY['removed-option'](option));
      if (COMMAND_LINE_ONLY.has(option))
        return complain('command-line-option', SAY['command-line-option'](option));
      const fixes = closestNames(option, FILE_OPTION_SPELLINGS, 1).map((spelling) => ({
        title: `Change to \`${spelling}\``,
        edits: [{ span: { start: span.start, end: span.start + option.length }, text: spelling }],
      }));
      const message = SAY['unknown-option'](option);
      return [{ severity: 'error', code: 'unknown-option', message, span, fixes }];
    }
    case 'ambiguous':
      return complain('ambiguous-option', SAY['ambiguous-option'](option));
    case 'needs-value':
      return complain('option-needs-value', SAY['option-needs-value'](option));
    case 'takes-no-value':
      return complain('option-takes-no-value', SAY['option-takes-no-value'](option));
  }
}

/** Complaints about an option that stands on a line of its own. */
export function complainAboutFileOption(option: FileOption, policy: PrereleasePolicy): Complaint[] {
  const { flag, span, value } = option;
  switch (flag) {
    case '--hash':
      return [
        {
          severity: 'warning',
          code: 'hash-without-requirement',
          message: SAY['hash-without-requirement'](),
          span,
        },
      ];
    case '--requirement':
      return [{ severity: 'warning', code: 'other-file', message: SAY['other-file'](flag, value), span }];
    case '--constraint':
      return [
        { severity: 'warning', code: 'constraints-pane', message: SAY['constraints-pane'](value), span },
      ];
    case '--index-url':
    case '--extra-index-url':
    case '--find-links':
    case '--no-index':
      return [{ severity: 'hint', code: 'other-index', message: SAY['other-index'](flag), span }];
    case '--global-option':
      if (policy === 'packaging-26')
        return [{ severity: 'error', code: 'removed-option', message: SAY['removed-option'](flag), span }];
      return [{ severity: 'hint', code: 'dead-option', message: SAY['dead-option'](flag), span }];
    case '--trusted-host':
    case '--use-feature':
    case '--config-settings':
      return [{ severity: 'hint', code: 'dead-option', message: SAY['dead-option'](flag), span }];
    default:
      return [];
  }
}
