/** Texts that are so long that reading them would hold the page up are read in a worker of their own. */
import { wrap, type Remote } from 'comlink';
import readerAddress from '../../workers/reader.worker.ts?worker&url';
import type { placeFiles } from '../core/manifest/file-set.ts';
import type { readManifest } from '../core/manifest/read-manifest.ts';
import { startOwnWorker } from './own-worker.ts';

/** In characters; shorter texts are read sooner than a worker starts. */
export const LONG_TEXT = 100_000;

interface TextReaders {
  readonly readManifest: typeof readManifest;
  readonly placeFiles: typeof placeFiles;
}

/** A reading under way. Stopping it lets the promise wait for ever. */
export interface LongReading<Answer> {
  readonly answer: Promise<Answer>;
  readonly stop: () => void;
}

/** Reads beside the page; the answer fails where the worker cannot be started. */
export function readBeside<Answer>(
  ask: (readers: Remote<TextReaders>) => Promise<Answer>,
): LongReading<Answer> {
  const worker = startOwnWorker(readerAddress, 'reader');
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    });
    void ask(wrap<TextReaders>(worker)).then(resolve, reject);
  });
  const end = (): void => worker.terminate();
  void answer.then(end, end);
  return { answer, stop: end };
}
