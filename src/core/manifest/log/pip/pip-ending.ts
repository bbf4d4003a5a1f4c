/** How the run of pip ended that a text tells of, and what is said where the text does not hold what made it fail. */
import type { Requirement } from '../../../packaging/requirement.ts';
import type { PipLogReader } from './pip-log-reader.ts';

/** What the lines told of the end. */
export interface PipFindings {
  /** What "Cannot install …" names. */
  heading: readonly Requirement[];
  /** Entries of the list "The conflict is caused by". */
  causes: number;
  hasImpossible: boolean;
  readonly notFound: { readonly requirement: Requirement; readonly hasNone: boolean }[];
  isTooDeep: boolean;
  /** Any line that says that the run failed. */
  hasFailed: boolean;
  /** "Successfully installed …", "Would install …". */
  hasInstalled: boolean;
}

const WHOLE =
  'Paste the whole output, from the command to the last line (without `-q`), or the requirements files that were installed from.';

const TOO_DEEP =
  'pip gave the search up (resolution-too-deep): it looked at so many versions that it stopped, which proves neither that there is a solution nor that there is none.';

/** Says how it ended. */
export function endingOf({ findings, environment, evidence, builder, understood }: PipLogReader): void {
  if (findings.isTooDeep) {
    if (evidence.projects.size === 0)
      builder.unreadable = `${TOO_DEEP} What it was asked for is not in the text. Paste the requirements files, or the output above this.`;
    else
      builder.ending = {
        kind: 'unfinished',
        wanted: `${TOO_DEEP} What the text tells of is a part of the question, and this part can be solved. Paste the requirements files.`,
      };
    return;
  }
  if (findings.hasImpossible && findings.causes === 0) {
    endWithoutCauses(findings, builder);
    return;
  }
  if (findings.causes > 0 || findings.notFound.length > 0 || findings.hasFailed) {
    const none = findings.notFound
      .filter(({ hasNone }) => hasNone)
      .map(
        ({ requirement }) =>
          `\`(from versions: none)\` is what pip prints both when there is no project \`${requirement.name}\` and when none of its files fits this Python and platform; the text does not tell which.`,
      );
    for (const sentence of none) builder.guess(sentence);
    builder.ending = {
      kind: 'failed',
      wanted: `pip could not install this, but what the text tells of can be had all at once: the other side of the conflict is not in it. ${WHOLE}`,
      ...(none.length === 0 ? {} : { first: none.slice(0, 5).join(' ') }),
    };
    return;
  }
  if (environment.hasComplaints) {
    builder.ending = { kind: 'broken', wanted: environment.sentences.slice(0, 50).join(' ') };
    return;
  }
  if (understood > 0) return;
  const message = 'There is no line of pip here that tells of requirements';
  builder.complain('error', 'nothing-understood', message, { start: 0, end: 1 });
  builder.unreadable = `${message}. ${WHOLE}`;
}

function endWithoutCauses({ heading }: PipFindings, builder: PipLogReader['builder']): void {
  const names = new Set(heading.map(({ normalizedName }) => normalizedName));
  if (heading.length === 0) {
    builder.unreadable = `pip says that these requirements cannot be met together, and nothing else: its list of causes is not in the text. ${WHOLE}`;
    return;
  }
  const isClash = names.size === 1 && heading.length > 1;
  const wanted = `pip says that this cannot be installed; the causes, which it prints above that line, are not in the text. ${WHOLE}`;
  builder.ending = { kind: 'failed', wanted, ...(isClash ? {} : { first: wanted }) };
}
