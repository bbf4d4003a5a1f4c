/** Addresses of files, repositories and folders: which are the same, what they end in, how pip prints them. */

/** Hashes that count in a fragment (`models/link.py`, _SUPPORTED_HASHES), best first. */
const HASHES = ['sha512', 'sha384', 'sha256', 'sha224', 'sha1', 'md5'] as const;

/**
 * A text that is the same for addresses that pip takes for the same (`links_equivalent`, 21.1): user names do not count,
 * nor do the order of a query's keys, `egg=` and unknown parts of a fragment; `file://localhost/` is `file:///`.
 */
export function canonicalAddress(url: string): string {
  const [address = ''] = url.split('#', 1);
  const fragment = fragmentOf(url);
  const kept = ['subdirectory', ...HASHES].flatMap((key) => {
    const value = fragment.get(key);
    return value === undefined ? [] : [`${key}=${value}`];
  });
  const plain = address
    .replace(/^file:\/\/localhost\//iu, 'file:///')
    .replace(/^([a-z+]+:\/\/)[^/@]*@/iu, '$1')
    .replace(/\?(.*)$/u, (_, query: string) => `?${query.split('&').sort().join('&')}`);
  return kept.length === 0 ? plain : `${plain}#${kept.join('&')}`;
}

/** `sha256:…` of an address's fragment; null when there is none. */
export function hashOfAddress(url: string): string | null {
  const fragment = fragmentOf(url);
  const found = HASHES.find((algorithm) => fragment.has(algorithm));
  return found === undefined ? null : `${found}:${fragment.get(found) ?? ''}`;
}

/** What stands first for each key, as pip reads them. */
function fragmentOf(url: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const at = url.indexOf('#');
  if (at < 0) return parts;
  for (const part of url.slice(at + 1).split('&')) {
    const [key = '', ...value] = part.split('=');
    if (!parts.has(key) && value.length > 0) parts.set(key, value.join('='));
  }
  return parts;
}

/** The last part of an address's path, decoded. */
export function filenameOfAddress(url: string): string {
  const [path = ''] = url.split(/[?#]/u, 1);
  const last = path.replace(/\/+$/u, '').replace(/^.*\//u, '');
  return last.replace(/%([0-9a-f]{2})/giu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** A repository of a version control system, not a file. */
export function isRepository(url: string): boolean {
  return /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?:/iu.test(url);
}

/** As pip shows it: a password is hidden, and so is a token that stands alone. */
export function redactedAddress(url: string): string {
  return url.replace(
    /^([a-z+]+:\/\/)([^/@]*)@/iu,
    (_, scheme: string, user: string) =>
      `${scheme}${user.includes(':') ? `${user.split(':', 1)[0] ?? ''}:****` : '****'}@`,
  );
}
