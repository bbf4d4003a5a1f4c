/** Where the question came from; typing makes it the reader's own draft. */
export type Origin = 'example' | 'draft' | 'link';

/** What the history says of it. */
export const OPENED: Readonly<Record<Origin, string>> = {
  example: 'Opened the example',
  draft: 'Brought back',
  link: 'Opened a link or a file',
};
