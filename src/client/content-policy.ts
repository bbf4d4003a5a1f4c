/**
 * The page's content security policy, as far as it says whom the page may ask. The policy in index.html is the one
 * list: a build adds hosts to it (vite.config.ts), and the page reads from it what to say of an index that it may not
 * ask. CSP level 3, 6.7.2: source expressions; nonces, hashes and paths play no part in what is listed here.
 */
const DIRECTIVE = 'connect-src';

/** The policy of the page that runs this. */
export function pagePolicy(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  return meta?.content ?? '';
}

/** What a policy's `connect-src` lists; null when it has none. */
export function connectSources(policy: string): readonly string[] | null {
  for (const directive of policy.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/u);
    if (name.toLowerCase() === DIRECTIVE) return sources;
  }
  return null;
}

/** The policy with more sources to connect to; text around it (a whole HTML page) stays as it is. */
export function withConnectSources(text: string, sources: readonly string[]): string {
  if (sources.length === 0) return text;
  return text.replace(/connect-src[^;"]*/u, (directive) => `${directive.trimEnd()} ${sources.join(' ')}`);
}

/** Reads a list of origins from a setting: `https://index.example https://files.example:8443`. Null for other texts. */
export function parseOrigins(text: string): readonly string[] | null {
  const words = text.split(/[\s,]+/u).filter((word) => word !== '');
  const isOrigin = (word: string) => /^https?:\/\/[a-z0-9.:[\]-]+$/iu.test(word) && URL.canParse(word);
  return words.every(isOrigin) ? words : null;
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === "'self'") return url.origin === page.origin;
  if (source === '*') return true;
  if (/^[a-z][a-z0-9+.-]*:$/iu.test(source)) return url.protocol === source.toLowerCase();
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*\.)?([^/:]+|\[[^\]]+\])(?::(\d+|\*))?/iu.exec(source);
  if (parts === null) return false;
  const [, scheme, wildcard, host = '', port] = parts;
  const protocol = scheme === undefined ? page.protocol : `${scheme.toLowerCase()}:`;
  // A source without TLS lets the same host with TLS in, never the other way round.
  if (url.protocol !== protocol && !(protocol === 'http:' && url.protocol === 'https:')) return false;
  const isHost =
    wildcard === undefined
      ? url.hostname === host.toLowerCase()
      : url.hostname.endsWith(`.${host.toLowerCase()}`);
  return isHost && (port === '*' || (port ?? '') === url.port || isDefaultPort(port, url));
}

function isDefaultPort(port: string | undefined, url: URL): boolean {
  return url.port === '' && port === (url.protocol === 'https:' ? '443' : '80');
}

/** Whether a page at `page` under these sources may ask `url`; every address may be asked where there is no list. */
export function allowsConnection(sources: readonly string[] | null, url: string, page: string): boolean {
  if (sources === null) return true;
  if (!URL.canParse(url)) return false;
  return sources.some((source) => matches(source, new URL(url), new URL(page)));
}

/** Whether a page that came over TLS is kept from asking `url` without it. Loopback addresses count as safe. */
export function isMixedContent(url: string, page: string): boolean {
  if (!URL.canParse(url) || new URL(page).protocol !== 'https:') return false;
  const { protocol, hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || /^127\.|^\[::1\]$/u.test(hostname);
  return protocol === 'http:' && !isLoopback;
}
