import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { parseOrigins, withConnectSources } from './src/client/content-policy.ts';
import { buildName } from './src/command/build/about.ts';
import { offlineWorker } from './src/command/build/offline-worker.ts';
import { staticHeaders } from './src/command/build/static-headers.ts';
import { thirdParty } from './src/command/build/third-party.ts';

const notices = thirdParty();

/** Lets this copy of the page ask further package indexes: `BACKJUMP_CONNECT="https://index.example"`. */
function allowFurtherIndexes(): Plugin {
  const origins = parseOrigins(process.env['BACKJUMP_CONNECT'] ?? '');
  if (origins === null)
    throw new Error(
      'BACKJUMP_CONNECT is a list of origins, like https://index.example https://files.example:8443',
    );
  return {
    name: 'allow-further-indexes',
    transformIndexHtml: (html) => withConnectSources(html, origins),
  };
}

export default defineConfig({
  base: './',
  plugins: [svelte(), allowFurtherIndexes(), notices.writer(), staticHeaders(), offlineWorker()],
  worker: { format: 'es', plugins: () => [notices.collector()] },
  define: { __BUILD_NAME__: JSON.stringify(buildName()) },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    // The stepper for other pages is small, and may be framed: a page of its own.
    rolldownOptions: { input: { main: 'index.html', embed: 'embed.html' } },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 60_000,
    // The core has no state of its own and each test puts back what it sets: loading everything anew for every file
    // would take as long as the tests do.
    pool: 'threads',
    isolate: false,
  },
});
