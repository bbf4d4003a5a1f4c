/** What the Share menu does: each action ends in one message. Not part of the first answer, so it loads when asked. */
import { addressWith } from '../client/address.ts';
import { copyText, saveFile } from '../client/clipboard.ts';
import { encodeLink, LINK_LENGTH, type View } from '../client/codec/permalink.ts';
import { statusText } from '../core/explain/status-text.ts';
import { anonymise } from '../core/share/anonymise.ts';
import type { ShareTarget } from '../core/share/shared-text.ts';
import { textOfRun } from './issue.ts';
import { BUILD_NAME } from '../client/build-name.ts';
import type { Playground, ShownRun } from './playground.svelte.ts';
import { saveProblem } from './sharing.ts';

/** A target of core/share, or a file. */
export type ShareAction = ShareTarget | 'plain-link' | 'png' | 'question' | 'anonymous' | 'trace' | 'embed';

const SAVED: Readonly<Partial<Record<ShareAction, readonly [string, string]>>> = {
  svg: ['search.svg', 'image/svg+xml'],
  storyboard: ['storyboard.svg', 'image/svg+xml'],
};

/** Copies or saves what was chosen. */
export async function share(playground: Playground, action: ShareAction, view: View): Promise<void> {
  switch (action) {
    case 'question':
      saveProblem(playground);
      return;
    case 'plain-link':
      return copyPlainLink(playground, view);
    case 'anonymous':
      renameProjects(playground);
      return;
    default:
  }
  const { shown } = playground;
  if (shown === null) return;
  if (action === 'trace') return saveTrace(playground, shown);
  if (action === 'embed') return copyEmbed(playground, shown, view.step ?? 0);
  const text = await textOfRun(shown, action === 'png' ? 'svg' : action, view);
  if (action === 'png') {
    const isSaved = await savePng(text);
    say(
      playground,
      isSaved ? 'Saved as search.png.' : 'This browser could not draw the picture; the SVG can be saved.',
    );
    return;
  }
  const file = SAVED[action];
  if (file !== undefined) {
    saveFile(file[0], text, file[1]);
    say(playground, `Saved as ${file[0]}.`);
    return;
  }
  const wasCopied = await copyText(text);
  say(playground, wasCopied ? 'Copied.' : 'The browser refused the clipboard, so nothing was copied.');
}

function say(playground: Playground, text: string): void {
  playground.say({ id: 'share', tone: 'note', text });
}

/** The whole run as a file, which this page opens without an index. */
async function saveTrace(playground: Playground, shown: ShownRun): Promise<void> {
  const { writeTraceFile } = await import('../core/share/trace-file/trace-file.ts');
  const text = writeTraceFile(shown, BUILD_NAME);
  if (text === null) {
    say(playground, 'This run has too many events for a file. Save the question instead: it runs the same.');
    return;
  }
  saveFile('run.trace.json', text, 'application/json');
  say(playground, 'Saved as run.trace.json. Drop it on this page to open it.');
}

/** A line of HTML that shows this run, at this step, in another page. */
async function copyEmbed(playground: Playground, shown: ShownRun, step: number): Promise<void> {
  const { encodeEmbed, iframeLine } = await import('../client/codec/embed-link.ts');
  const fragment = await encodeEmbed({ run: shown, step });
  if (fragment === null) {
    say(playground, 'This run is too long for an address. Save the trace, or a picture, instead.');
    return;
  }
  const page = new URL('./embed.html', document.baseURI).href;
  const line = iframeLine(page, fragment, statusText(shown.summary.explanation).replaceAll('`', ''));
  say(
    playground,
    (await copyText(line))
      ? 'Copied: one line of HTML that shows this run, step by step, in any page.'
      : 'The browser refused the clipboard, so nothing was copied.',
  );
}

/** Lines keep their numbers: what was a comment is an empty line. */
function withoutComments(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => {
      for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1))
        if (at === 0 || ' \t'.includes(line[at - 1]!)) return line.slice(0, at).trimEnd();
      return line;
    })
    .join('\n');
}

async function copyPlainLink(playground: Playground, view: View): Promise<void> {
  const { problem } = playground;
  const texts = (
    ['requirements', 'constraints', 'overrides', 'buildConstraints', 'installed'] as const
  ).flatMap((field) =>
    problem[field] === undefined ? [] : [[field, withoutComments(problem[field])] as const],
  );
  const fragment = await encodeLink({ problem: { ...problem, ...Object.fromEntries(texts) }, view });
  const size = fragment.length.toLocaleString('en-US');
  if (fragment.length > LINK_LENGTH.refuse)
    say(playground, `No link: it would have ${size} characters. Save a file instead.`);
  else if (await copyText(addressWith(fragment)))
    say(playground, `Link copied without comments (${size} characters).`);
  else say(playground, 'The browser refused the clipboard, so no link was copied.');
}

/** The renamed question takes the place of this one, so that all that would leave can be seen and run. */
function renameProjects(playground: Playground): void {
  const renamed = anonymise(playground.problem);
  if (renamed === null) {
    say(
      playground,
      'Names can be changed only where the whole index stands in the question: releases by hand, or facts of its own.',
    );
    return;
  }
  playground.takeText(renamed.problem);
  say(
    playground,
    `${renamed.names.size} projects have other names here, comments and addresses are gone. Look it through, then share it; your text is under “Earlier texts”.`,
  );
}

/** Draws an SVG of ours on a canvas, at twice its size. */
async function savePng(svg: string): Promise<boolean> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return false;
  }
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, 16_000 / Math.max(image.width, image.height));
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return false;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) return false;
  saveFile('search.png', blob, 'image/png');
  return true;
}
