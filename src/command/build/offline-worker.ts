/**
 * Builds the service worker once the page stands in its folder, with the list of files that it keeps: all of the page,
 * but not the snapshots' pieces (kept as they are used), nor what is only there to be read.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

export interface KeptFile {
  /** Relative to the page. */
  readonly url: string;
  /** Null for files that are named for their contents. */
  readonly revision: string | null;
}

const NOT_KEPT = /(?:^|\/)(?:THIRD-PARTY\.txt|_headers|offline\.js|.*\.(?:map|png|shard))$/u;

/** The files of a built page that are kept, sorted. */
export function keptFiles(folder: string): readonly KeptFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !NOT_KEPT.test(path))
    .sort()
    .map((url) => ({
      url,
      revision: url.startsWith('assets/') ? null : hashOf(readFileSync(join(folder, url))),
    }));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

export function offlineWorker(): Plugin {
  let folder = '';
  return {
    name: 'backjump:offline-worker',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __KEPT_FILES__: JSON.stringify(keptFiles(folder)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2023',
          rolldownOptions: {
            input: join(import.meta.dirname, '../../../workers/offline.worker.ts'),
            output: { format: 'iife', entryFileNames: 'offline.js' },
          },
        },
      });
    },
  };
}
