/**
 * What the page says about itself: links, storage, worker, loading. Sentences about a resolution are written in
 * core/explain and nowhere else. Each message says what happened and what to do.
 */
import { LINK_LENGTH, type LinkFault } from '../client/codec/permalink.ts';
import { linkFaultText } from '../client/codec/link-words.ts';
import type { Problem } from '../core/problem/problem.ts';
import type { Lasting } from '../client/storage/safe-storage.ts';

export interface Message {
  /** A message replaces the one with the same id. */
  readonly id: string;
  readonly tone: 'note' | 'warning' | 'error';
  readonly text: string;
}

const KEPT = 'What stands in the editor is unchanged, and so is the address.';

export function linkFaultMessage(fault: LinkFault, detail: string): Message {
  return { id: 'link', tone: 'error', text: `${linkFaultText(fault, detail)} ${KEPT}` };
}

export function draftSetAsideMessage(willLast: boolean): Message {
  const where = willLast
    ? 'kept in this browser, under “Earlier texts” in the menu'
    : 'kept until this tab is closed: this browser stores nothing for the page';
  return { id: 'draft', tone: 'note', text: `Your own text is set aside and ${where}.` };
}

/** Said once, when the reader has taken the example's lines away: what answers from here on. */
export function outsideExampleMessage(example: Problem, now: Problem, indexTitle: string): Message {
  const tool = ({ engine }: Problem) => engine.replace('@', ' ');
  return {
    id: 'world',
    tone: 'note',
    text: `From here on ${tool(now)}, Python ${now.environment.python} and ${indexTitle} answer. The example was asked of ${tool(example)}, Python ${example.environment.python} and an older index.`,
  };
}

export function linkCopiedMessage(length: number): Message {
  const size = length.toLocaleString('en-US');
  if (length > LINK_LENGTH.warn) {
    return {
      id: 'link',
      tone: 'warning',
      text: `Link copied. It has ${size} characters: mail programs, chats and trackers may cut it. A file is safer.`,
    };
  }
  return {
    id: 'link',
    tone: 'note',
    text: `Link copied (${size} characters). It holds the texts and this step.`,
  };
}

export function linkTooLongMessage(length: number): Message {
  return {
    id: 'link',
    tone: 'warning',
    text: `No link: it would have ${length.toLocaleString('en-US')} characters, and more than ${LINK_LENGTH.refuse.toLocaleString('en-US')} do not travel. Save a file instead; comments and hashes are what makes it long.`,
  };
}

export function clipboardRefusedMessage(): Message {
  return {
    id: 'link',
    tone: 'warning',
    text: 'The browser refused the clipboard. The link is in the address bar, and here:',
  };
}

export function storageMessage(lasting: Exclude<Lasting, 'kept'>): Message {
  const why =
    lasting === 'full'
      ? 'This browser’s storage for the page is full'
      : 'This browser does not let the page store anything';
  return {
    id: 'storage',
    tone: 'note',
    text: `${why}, so a reload will forget what you typed. Copy a link or save a file to keep it.`,
  };
}

export function workerDiedMessage(reason: string): Message {
  const detail = /[.!?]$/u.test(reason) ? reason : `${reason}.`;
  return {
    id: 'run',
    tone: 'error',
    text: `The resolver crashed: ${detail} Your text is safe. Run again starts a fresh one; if it crashes again, please report it with a link to this page.`,
  };
}

export function factsMessage(reason: string): Message {
  return { id: 'run', tone: 'error', text: reason };
}

export function fileFaultMessage(detail: string): Message {
  return {
    id: 'link',
    tone: 'error',
    text: `This file does not hold a question that can be run: ${detail}. ${KEPT}`,
  };
}

export function newerPageMessage(): Message {
  return {
    id: 'newer-page',
    tone: 'note',
    text: 'A newer Backjump is here. It opens on your next visit; what you typed is kept.',
  };
}

export function missingPartMessage(): Message {
  return {
    id: 'missing-part',
    tone: 'warning',
    text: 'Part of this page could not be loaded: the network is away, or a newer Backjump took its place. Your text is kept.',
  };
}
