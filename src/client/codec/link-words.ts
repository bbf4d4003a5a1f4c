/** Why a link could not be opened, in a sentence; the page and the headless command say the same. */
import type { LinkFault } from './permalink.ts';

/** `detail` is that of the reading. */
export function linkFaultText(fault: LinkFault, detail: string): string {
  switch (fault) {
    case 'newer':
      return `This link was made by a newer version of Backjump (${detail}). Reload the page to get the newest one.`;
    case 'damaged':
      return `This link is damaged: ${detail}. Ask for it again, or for the file.`;
    case 'too-large':
      return `This link is too large to open: ${detail}. Ask for the file instead.`;
    case 'not-a-problem':
      return `This link does not hold a question that can be run: ${detail}.`;
  }
}
