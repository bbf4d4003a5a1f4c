/**
 * What can go wrong with a live index, told apart as far as a browser lets us, and what the user can do about each. A
 * browser says "TypeError" alike for a dead connection, an extension, a proxy, an answer without CORS headers and a
 * forbidden address; the last is found out before asking (content-policy.ts).
 */
import { assertNever } from '../../core/packaging/assert.ts';

export type LiveError =
  /** The browser itself says that there is no network. */
  | { readonly kind: 'offline'; readonly url: string }
  /**
   * The request failed without an answer that may be read: connection, proxy, extension, or an answer without CORS
   * headers (PyPI's file host sends 404 and 5xx so). Never a proof that something is absent.
   */
  | { readonly kind: 'unreachable'; readonly url: string }
  | { readonly kind: 'timeout'; readonly url: string }
  | {
      readonly kind: 'http-status';
      readonly url: string;
      readonly status: number;
      /** Milliseconds for which the server asks to be left alone. */
      readonly retryAfter?: number;
    }
  /** Answered 200 with something else: a challenge or login page, or an index that speaks HTML only. */
  | { readonly kind: 'wrong-type'; readonly url: string; readonly type: string }
  | { readonly kind: 'malformed'; readonly url: string; readonly detail: string }
  | { readonly kind: 'wrong-hash'; readonly url: string; readonly expected: string; readonly found: string }
  /** One answer is larger than allowed; the user may allow it. */
  | { readonly kind: 'too-large'; readonly url: string; readonly limit: number }
  /** The user action has used up its allowance. */
  | { readonly kind: 'bound'; readonly bound: 'pages' | 'metadata' | 'bytes'; readonly limit: number }
  /** An address that is neither of the index nor of its file hosts. */
  | { readonly kind: 'forbidden-address'; readonly url: string }
  /** The content security policy of this copy of the page does not name the host. */
  | { readonly kind: 'blocked-by-policy'; readonly url: string }
  /** A page that came over TLS may not ask an address without it. */
  | { readonly kind: 'mixed-content'; readonly url: string }
  | { readonly kind: 'aborted' };

/** What the user can do: `again` the same, `more` of the allowance, `large` pages, or `none` in this page. */
export type LiveWayOn = 'again' | 'more' | 'large' | 'none';

/** Whether a second try can help. */
export function isTransient(error: LiveError): boolean {
  if (error.kind === 'http-status')
    return error.status >= 500 || (error.status === 429 && error.retryAfter !== undefined);
  return error.kind === 'unreachable' || error.kind === 'timeout';
}

/** The way on from an error. */
export function wayOn({ kind }: LiveError): LiveWayOn {
  if (kind === 'bound') return 'more';
  if (kind === 'too-large') return 'large';
  return kind === 'blocked-by-policy' || kind === 'mixed-content' || kind === 'forbidden-address'
    ? 'none'
    : 'again';
}

/** The error as sentences for the reader: what happened, and what to do where that is not a button. */
export function liveErrorText(error: LiveError): string {
  switch (error.kind) {
    case 'offline':
      return 'This browser is offline, so nothing could be fetched. What was fetched before still answers.';
    case 'unreachable':
      return `${error.url} could not be fetched. The connection, a proxy or an extension may stand in the way, the server may have failed, or it does not let other sites’ pages read it (no CORS headers). Whether the file exists is not known.`;
    case 'timeout':
      return `${error.url} did not answer in time. Whether the file exists is not known.`;
    case 'http-status':
      return statusText(error.url, error.status);
    case 'wrong-type':
      return wrongTypeText(error.url, error.type);
    case 'malformed':
      return `${error.url} cannot be read: ${error.detail}. It was not used.`;
    case 'wrong-hash':
      return `${error.url} is not what the index promised (its SHA-256 differs), so it is not used. It may have been changed on the way.`;
    case 'too-large':
      return `${error.url} is larger than ${megabytes(error.limit)}. It is fetched only when you allow it.`;
    case 'bound':
      return `${boundText(error.bound, error.limit)}, so fetching stopped. What was fetched is kept.`;
    case 'forbidden-address':
      return `${error.url} is outside the index and its file hosts, so it was not fetched.`;
    case 'blocked-by-policy':
      return `${hostOf(error.url)} was not asked: the content security policy of this copy of Backjump does not name it. A copy of your own can: build it with BACKJUMP_CONNECT="${originOf(error.url)}" (README, “An index of your own”).`;
    case 'mixed-content':
      return `${error.url} was not asked: this page came over https, and browsers let such a page ask no address that begins with http, except on this machine.`;
    case 'aborted':
      return 'Fetching was stopped. What was fetched is kept.';
    default:
      return assertNever(error);
  }
}

function statusText(url: string, status: number): string {
  const answered = `${url} was answered with status ${status}`;
  if (status === 401 || status === 403)
    return `${answered}: this index wants a login, or refuses this page. No passwords are sent from here.`;
  if (status === 429) return `${answered}: too many requests. Wait a minute before you ask again.`;
  return `${answered}${status >= 500 ? ': the server failed' : ''}.`;
}

function wrongTypeText(url: string, type: string): string {
  const found = type === '' ? 'no content type' : type;
  const html = 'A login or challenge page may stand in the way, or this index only speaks HTML.';
  return `${url} was answered with ${found} instead of the simple API’s JSON (PEP 691), so it was not read.${type === 'text/html' ? ` ${html}` : ''}`;
}

function boundText(bound: 'pages' | 'metadata' | 'bytes', limit: number): string {
  if (bound === 'bytes') return `More than ${megabytes(limit)} were fetched for one question`;
  return `More than ${limit} ${bound === 'pages' ? 'index pages' : 'metadata files'} were needed for one question`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e5) / 10} MB`;
}
