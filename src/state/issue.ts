/** A run as an issue on the clipboard: the words of core/explain, and a link to this step. */
import { addressWith } from '../client/address.ts';
import { copyText } from '../client/clipboard.ts';
import { encodeLink, LINK_LENGTH, type View } from '../client/codec/permalink.ts';
import { issueText } from '../core/explain/issue-text.ts';
import { withoutDefaults, type Problem } from '../core/problem/problem.ts';
import type { Message } from './messages.ts';
import type { Playground, ShownRun } from './playground.svelte.ts';

/** Copies the run on screen as Markdown; links that no tracker keeps whole are left out. */
export async function copyIssue(playground: Playground, shown: ShownRun, view: View): Promise<void> {
  const { problem, explanation } = shown.summary;
  const fragment = await encodeLink({ problem, view });
  const { python, platform } = problem.environment;
  const text = issueText({
    explanation,
    tool: problem.engine.replace('@', ' '),
    environment: `Python ${python}, ${platform}`,
    index: indexName(problem),
    options: optionsText(problem),
    toyIndex: problem.index.overlay ?? '',
    link: fragment.length > LINK_LENGTH.warn ? '' : addressWith(fragment),
    texts: {
      requirements: problem.requirements,
      ...(problem.constraints === undefined ? {} : { constraints: problem.constraints }),
      ...(problem.overrides === undefined ? {} : { overrides: problem.overrides }),
      ...(problem.installed === undefined ? {} : { installed: problem.installed }),
    },
  });
  playground.say((await copyText(text)) ? COPIED : REFUSED);
}

function indexName({ index }: Problem): string {
  const snapshot = index.snapshot ?? (index.facts === undefined ? '' : 'facts of its own');
  return [snapshot, index.live === true ? 'the live index' : '']
    .filter((part) => part !== '')
    .join(', then ');
}

/** What differs from the defaults: `pre=true, maxRounds=500`. */
function optionsText(problem: Problem): string {
  return Object.entries(withoutDefaults(problem).options ?? {})
    .map(([name, value]) => `\`${name}=${JSON.stringify(value)}\``)
    .join(', ');
}

const COPIED: Message = {
  id: 'issue',
  tone: 'note',
  text: 'Copied as Markdown for an issue: the lines that matter, the proof, the tool’s text and a link to this step.',
};

const REFUSED: Message = {
  id: 'issue',
  tone: 'warning',
  text: 'The browser refused the clipboard, so the issue’s text was not copied.',
};
