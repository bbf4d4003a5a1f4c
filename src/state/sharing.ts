/** Links and files: opening what somebody sent, and making what one sends. */
import { addressWith, replaceFragment, watchFragment } from '../client/address.ts';
import { copyText, saveFile } from '../client/clipboard.ts';
import {
  decodeLink,
  encodeLink,
  LINK_LENGTH,
  type LinkReading,
  type View,
} from '../client/codec/permalink.ts';
import { withoutDefaults } from '../core/problem/problem.ts';
import { mapTexts, redactCredentials } from '../core/share/redact.ts';
import * as messages from './messages.ts';
import type { Playground } from './playground.svelte.ts';

/** What a copied link came to; `refused` shows the address, to be copied by hand. */
export type CopiedLink =
  { readonly kind: 'copied' | 'too-long' } | { readonly kind: 'refused'; readonly address: string };

/**
 * The first thing on the page: the link it was opened with, else the draft, else the example. A bad link changes
 * neither the editor nor the address. Later links in the address bar are opened likewise; returns how to stop.
 */
export function openFirst(playground: Playground, reading: LinkReading): () => void {
  const draft = playground.drafts.current();
  if (draft !== null) playground.setDraft(draft);
  if (reading.kind === 'link') openReading(playground, reading);
  else if (draft === null) playground.open(playground.example, 'example');
  else playground.run();
  if (reading.kind === 'fault') playground.say(messages.linkFaultMessage(reading.fault, reading.detail));
  const keep = (): void => playground.keepDraft();
  addEventListener('pagehide', keep);
  const stopWatching = watchFragment((fragment) => {
    void decodeLink(fragment).then((next) => {
      // Back to where no link stood: to the text that the link was opened over.
      if (next.kind === 'none' && playground.origin === 'link') playground.takeDraftBack();
      else openReading(playground, next);
    });
  });
  return () => {
    removeEventListener('pagehide', keep);
    stopWatching();
  };
}

function openReading(playground: Playground, reading: LinkReading): void {
  if (reading.kind === 'fault') playground.say(messages.linkFaultMessage(reading.fault, reading.detail));
  if (reading.kind !== 'link') return;
  playground.dismiss('link');
  playground.open(reading.link, 'link');
  playground.isLinkInAddress = true;
}

/** Puts a link to this question and this view into the address bar and on the clipboard. */
export async function copyLink(playground: Playground, view: View): Promise<CopiedLink> {
  const fragment = await encodeLink({ problem: playground.problem, view });
  if (fragment.length > LINK_LENGTH.refuse) {
    playground.say(messages.linkTooLongMessage(fragment.length));
    return { kind: 'too-long' };
  }
  replaceFragment(fragment);
  playground.isLinkInAddress = true;
  const address = addressWith(fragment);
  if (await copyText(address)) {
    playground.say(messages.linkCopiedMessage(fragment.length));
    return { kind: 'copied' };
  }
  playground.say(messages.clipboardRefusedMessage());
  return { kind: 'refused', address };
}

/** Saves the question as a file that `npm run resolve`, and this page, can read; without passwords and tokens. */
export function saveProblem(playground: Playground): void {
  saveFile(
    'problem.json',
    `${JSON.stringify(mapTexts(withoutDefaults(playground.problem), redactCredentials), null, 2)}\n`,
  );
}
