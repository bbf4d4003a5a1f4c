/** A run as text for somewhere else: what core/share writes, with a link to the step that is looked at. */
import { BUILD_NAME } from '../client/build-name.ts';
import { addressWith } from '../client/address.ts';
import { encodeLink, LINK_LENGTH, type View } from '../client/codec/permalink.ts';
import { copyText } from '../client/clipboard.ts';
import { sharedText, type ShareTarget } from '../core/share/shared-text.ts';
import type { Message } from './messages.ts';
import type { Playground, ShownRun } from './playground.svelte.ts';

/** The run on screen as text; links that no tracker keeps whole are left out. */
export async function textOfRun(shown: ShownRun, target: ShareTarget, view: View): Promise<string> {
  const { problem } = shown.summary;
  const fragment = await encodeLink({ problem, view });
  const link = fragment.length > LINK_LENGTH.warn ? '' : addressWith(fragment);
  const { explanation, metrics, caveats = [] } = shown.summary;
  return sharedText(
    target,
    { problem, explanation, metrics, caveats, link, build: BUILD_NAME },
    shown.trace,
    view.step ?? null,
  );
}

/** Copies the run on screen as Markdown. */
export async function copyIssue(playground: Playground, shown: ShownRun, view: View): Promise<void> {
  playground.say((await copyText(await textOfRun(shown, 'markdown', view))) ? COPIED : REFUSED);
}

const COPIED: Message = {
  id: 'issue',
  tone: 'note',
  text: 'Copied as Markdown for an issue: the lines that matter, a diagram, the proof, the tool’s text and a link to this step.',
};

const REFUSED: Message = {
  id: 'issue',
  tone: 'warning',
  text: 'The browser refused the clipboard, so the issue’s text was not copied.',
};
