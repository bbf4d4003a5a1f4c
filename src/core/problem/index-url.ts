/** Base addresses of package indexes, as people write them. */

/** PyPI's simple API, asked where nobody names another. Without its slash it redirects, and the redirect has no CORS headers. */
export const PYPI_SIMPLE = 'https://pypi.org/simple/';

/** RFC 3986 without queries, user names and quotes. */
const ADDRESS = /^https?:\/\/[a-z0-9._~:[\]%-]+(?:\/[a-z0-9._~:/%!$&()*+,;=-]*)?$/iu;

/**
 * Base address of a simple API as it is used: with a slash at its end. The error says what is wrong; `what` begins a
 * sentence. Addresses with a user name or password are refused: they would travel in links.
 */
export function parseIndexUrl(
  text: string,
): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string } {
  const address = text.trim();
  if (/^https?:\/\/[^/]*@/iu.test(address))
    return { ok: false, error: 'holds a user name or password, which no link or file should carry' };
  if (!ADDRESS.test(address))
    return { ok: false, error: 'is not an address of the form https://host/simple/' };
  return { ok: true, value: address.endsWith('/') ? address : `${address}/` };
}
