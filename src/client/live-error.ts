/** What can go wrong with a live index, told apart as far as a browser lets us. */
import { assertNever } from '../core/packaging/assert.ts';

export type LiveError =
  /** The browser itself says that there is no network. */
  | { readonly kind: 'offline'; readonly url: string }
  /**
   * The request failed without an answer that may be read: connection, proxy, extension, content security policy, or an
   * answer without CORS headers (PyPI's file host sends 404 and 5xx so). Never a proof that something is absent.
   */
  | { readonly kind: 'unreachable'; readonly url: string }
  | { readonly kind: 'timeout'; readonly url: string }
  | { readonly kind: 'http-status'; readonly url: string; readonly status: number }
  /** Answered 200 with something else: a challenge or login page. */
  | { readonly kind: 'wrong-type'; readonly url: string; readonly type: string }
  | { readonly kind: 'malformed'; readonly url: string; readonly detail: string }
  | { readonly kind: 'wrong-hash'; readonly url: string; readonly expected: string; readonly found: string }
  /** One answer is larger than allowed; the user may allow it. */
  | { readonly kind: 'too-large'; readonly url: string; readonly limit: number }
  /** The user action has used up its allowance. */
  | { readonly kind: 'bound'; readonly bound: 'pages' | 'metadata' | 'bytes'; readonly limit: number }
  /** An address that is neither of the index nor of its file hosts. */
  | { readonly kind: 'forbidden-address'; readonly url: string }
  | { readonly kind: 'aborted' };

/** Whether a second try can help. */
export function isTransient(error: LiveError): boolean {
  if (error.kind === 'http-status') return error.status >= 500;
  return error.kind === 'unreachable' || error.kind === 'timeout';
}

/** The error as a sentence for the reader. */
export function liveErrorText(error: LiveError): string {
  switch (error.kind) {
    case 'offline':
      return 'This browser is offline, so nothing could be fetched.';
    case 'unreachable':
      return `${error.url} could not be fetched. The connection, a proxy or an extension may stand in the way, or the server failed; whether the file exists is not known.`;
    case 'timeout':
      return `${error.url} did not answer in time.`;
    case 'http-status':
      return `${error.url} was answered with status ${error.status}.`;
    case 'wrong-type':
      return `${error.url} was answered with ${error.type === '' ? 'no content type' : error.type} instead of the simple API’s JSON, so it was not read.`;
    case 'malformed':
      return `${error.url} cannot be read: ${error.detail}.`;
    case 'wrong-hash':
      return `${error.url} is not what the index promised (its SHA-256 differs), so it is not used.`;
    case 'too-large':
      return `${error.url} is larger than ${megabytes(error.limit)}. It is fetched only when you allow it.`;
    case 'bound':
      return error.bound === 'bytes'
        ? `More than ${megabytes(error.limit)} were fetched for one question, so fetching stopped.`
        : `More than ${error.limit} ${error.bound === 'pages' ? 'index pages' : 'metadata files'} were needed for one question, so fetching stopped.`;
    case 'forbidden-address':
      return `${error.url} is outside the index and its file hosts, so it was not fetched.`;
    case 'aborted':
      return 'Fetching was stopped.';
    default:
      return assertNever(error);
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e5) / 10} MB`;
}
