/**
 * `_headers` beside the page, in the form that several static hosts read; an example for others (docs/hosting.md). What a
 * page's own `<meta>` policy cannot say stands here: who may frame it, and how long files may be kept.
 */
import type { Plugin } from 'vite';

export const HEADERS_TEXT = `# An example for hosts that read this file; docs/hosting.md says what each line is for.
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), microphone=(), geolocation=()

# Nobody frames the page; anybody may frame the stepper, which has nothing to be pressed that matters.
/
  Content-Security-Policy: frame-ancestors 'none'
/index.html
  Content-Security-Policy: frame-ancestors 'none'
/embed.html
  Content-Security-Policy: frame-ancestors *
  Cache-Control: no-cache

# Named for their contents: they never change.
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/snapshots/*.shard
  Cache-Control: public, max-age=31536000, immutable

# Asked anew on every visit, so that a new deploy is seen.
/index.html
  Cache-Control: no-cache
/snapshots/manifest.json
  Cache-Control: no-cache
/offline.js
  Cache-Control: no-cache
`;

export function staticHeaders(): Plugin {
  return {
    name: 'backjump:headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: HEADERS_TEXT });
    },
  };
}
