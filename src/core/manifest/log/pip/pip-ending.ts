/** How the run of pip ended that a text tells of, and what is said where the text does not hold what made it fail. */
import type { Requirement } from '../../../packaging/requirement.ts';
import { isConnection } from '../other-failures.ts';
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
  /** pip says that it goes through versions: a search that this text may not see the end of. */
  isSearching: boolean;
  /** What stopped pip that is none of versions, whole sentences; null where nothing did. */
  stopped: string | null;
  /** A line that begins with `ERROR:`, whatever it says. */
  hasError: boolean;
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
  if (isUnreachable(findings)) {
    builder.unreadable = findings.stopped!;
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
  if (!findings.hasInstalled && understood > 0) endWithoutAnswer(findings, builder);
  if (understood > 0) return;
  const message = 'There is no line of pip here that tells of requirements';
  builder.complain('error', 'nothing-understood', message, { start: 0, end: 1 });
  builder.unreadable = `${message}. ${WHOLE}`;
}

/** All that failed is that nothing was found, and nothing could be: the index was out of reach. */
function isUnreachable({ causes, notFound, stopped }: PipFindings): boolean {
  return (
    causes === 0 && notFound.length > 0 && notFound.every(({ hasNone }) => hasNone) && isConnection(stopped)
  );
}

/** pip ended, or the text does, before there was an answer. */
function endWithoutAnswer(
  { isSearching, stopped, hasError }: PipFindings,
  builder: PipLogReader['builder'],
): void {
  if (stopped !== null) builder.ending = { kind: 'failed', wanted: stopped };
  else if (isSearching)
    builder.ending = {
      kind: 'unfinished',
      wanted: `The text ends while pip was still trying versions, so that nobody knows what it would have found. ${WHOLE}`,
    };
  else if (hasError)
    builder.ending = {
      kind: 'failed',
      wanted: `pip stopped with an error that says nothing of versions; what it had collected before can be had all at once. ${WHOLE}`,
    };
  else builder.guess('How the run ended is not in the text.');
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
