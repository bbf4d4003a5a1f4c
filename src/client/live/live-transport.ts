/**
 * Requests to a live index: a few at a time, bounded, retried when the failure may pass, stoppable, counted. What is
 * sent needs no preflight (live-index notes: PyPI refuses any header but a short Accept, and a plain Range).
 */
import type { Result } from '../../core/packaging/result.ts';
import { isTransient, type LiveError } from './live-error.ts';

export interface LiveBounds {
  readonly concurrency: number;
  /** Of one user action. */
  readonly pages: number;
  readonly metadata: number;
  /** Decoded bytes of one user action. */
  readonly bytes: number;
  /** Of a single index page, unless the user allows more. */
  readonly pageBytes: number;
  readonly timeoutMilliseconds: number;
  /** Further tries after a failure that may pass. */
  readonly retries: number;
}

export const LIVE_BOUNDS: LiveBounds = {
  concurrency: 6,
  pages: 150,
  metadata: 400,
  bytes: 60_000_000,
  pageBytes: 10_000_000,
  timeoutMilliseconds: 30_000,
  retries: 2,
};

/** What one user action has cost so far. */
export interface LiveCounts {
  readonly requests: number;
  readonly pages: number;
  readonly metadata: number;
  /** Decoded. */
  readonly bytes: number;
  readonly underWay: number;
}

/** How a request is sent: the part of RequestInit that is used here. */
export interface LiveRequestInit {
  readonly headers: Record<string, string>;
  readonly mode: 'cors';
  readonly credentials: 'omit';
  readonly referrerPolicy: 'no-referrer';
  readonly redirect: 'follow';
  readonly cache: 'no-cache' | 'default';
  readonly signal: AbortSignal;
}

/** What the platform gives; tests give their own. */
export interface LivePlatform {
  readonly fetch: (url: string, init: LiveRequestInit) => Promise<Response>;
  readonly isOnline: () => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface LiveRequest {
  readonly counts: 'page' | 'metadata';
  readonly accept?: string;
  /** First and last byte. A server may ignore it: then the answer's status is 200. */
  readonly range?: readonly [number, number];
  /** Bytes of body at most. */
  readonly limit: number;
  /** The same of an answer that holds the whole file although a range was asked for; `limit` when not given. */
  readonly wholeLimit?: number;
  /** Ask the server even if the browser's own cache has an answer. */
  readonly revalidate?: boolean;
}

export interface LiveResponse {
  readonly status: number;
  /** Media type without parameters, lower case. */
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface LiveTransport {
  get(url: string, request: LiveRequest): Promise<Result<LiveResponse, LiveError>>;
  counts(): LiveCounts;
}

export interface TransportOptions {
  readonly bounds: LiveBounds;
  readonly platform: LivePlatform;
  readonly signal: AbortSignal;
  /** Why an address is not asked; null when it may be. */
  readonly refuse: (url: string) => LiveError | null;
  readonly onProgress: (counts: LiveCounts) => void;
}

const RETRY_MILLISECONDS = 300;

/** Milliseconds that a server may ask us to wait. */
const LONGEST_WAIT = 20_000;

/** `Retry-After` (RFC 9110, 10.2.3) in milliseconds from now; null where it is not there, or not readable. */
function retryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  const milliseconds = /^\d{1,9}$/u.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null;
}

type MutableCounts = { -readonly [Key in keyof LiveCounts]: LiveCounts[Key] };

/** One at most `size` of these run at once; the others wait in line. */
function makeGate(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = size;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((proceed) => waiting.push(proceed));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Transport for one user action: the bounds are counted from here on. */
export function makeLiveTransport(options: TransportOptions): LiveTransport {
  const { bounds, platform, signal, refuse, onProgress } = options;
  const counts: MutableCounts = { requests: 0, pages: 0, metadata: 0, bytes: 0, underWay: 0 };
  const gate = makeGate(bounds.concurrency);

  function count(change: Partial<MutableCounts>): void {
    for (const [key, by] of Object.entries(change) as [keyof MutableCounts, number][]) counts[key] += by;
    onProgress({ ...counts });
  }

  async function readBody(
    url: string,
    response: Response,
    limit: number,
  ): Promise<Result<Uint8Array<ArrayBuffer>, LiveError>> {
    const parts: Uint8Array[] = [];
    let length = 0;
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      length += next.value.length;
      parts.push(next.value);
      count({ bytes: next.value.length });
      if (length <= limit && counts.bytes <= bounds.bytes) continue;
      await reader?.cancel();
      if (length > limit) return { ok: false, error: { kind: 'too-large', url, limit } };
      return { ok: false, error: { kind: 'bound', bound: 'bytes', limit: bounds.bytes } };
    }
    return { ok: true, value: joined(parts, length) };
  }

  /** Why a request ended without an answer. */
  function failureOf(url: string, timer: AbortSignal): LiveError {
    if (signal.aborted) return { kind: 'aborted' };
    if (timer.aborted) return { kind: 'timeout', url };
    return platform.isOnline() ? { kind: 'unreachable', url } : { kind: 'offline', url };
  }

  async function tryOnce(url: string, request: LiveRequest): Promise<Result<LiveResponse, LiveError>> {
    const timer = AbortSignal.timeout(bounds.timeoutMilliseconds);
    const headers: Record<string, string> = {};
    if (request.accept !== undefined) headers['Accept'] = request.accept;
    if (request.range !== undefined) headers['Range'] = `bytes=${request.range[0]}-${request.range[1]}`;
    count({ requests: 1, underWay: 1 });
    try {
      const response = await platform.fetch(url, {
        headers,
        mode: 'cors',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'follow',
        cache: request.revalidate === true ? 'no-cache' : 'default',
        signal: AbortSignal.any([signal, timer]),
      });
      // A login page of the network answers for everybody, and its 404 says nothing of a project.
      if (response.redirected && refuse(response.url) !== null) {
        await response.body?.cancel();
        return { ok: false, error: { kind: 'forbidden-address', url: response.url } };
      }
      if (!response.ok) {
        await response.body?.cancel();
        const after = retryAfter(response.headers.get('Retry-After'), platform.now());
        const error = { kind: 'http-status', url, status: response.status } as const;
        return { ok: false, error: after === null ? error : { ...error, retryAfter: after } };
      }
      const isWhole = request.range !== undefined && response.status === 200;
      const limit = isWhole ? (request.wholeLimit ?? request.limit) : request.limit;
      const body = await readBody(url, response, limit);
      if (!body.ok) return body;
      const type = (response.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
      return { ok: true, value: { status: response.status, type, body: body.value } };
    } catch {
      return { ok: false, error: failureOf(url, timer) };
    } finally {
      count({ underWay: -1 });
    }
  }

  async function tryRepeatedly(url: string, request: LiveRequest): Promise<Result<LiveResponse, LiveError>> {
    for (let attempt = 0; ; attempt++) {
      if (signal.aborted) return { ok: false, error: { kind: 'aborted' } };
      const result = await tryOnce(url, request);
      if (result.ok || !isTransient(result.error) || attempt >= bounds.retries) return result;
      const asked = result.error.kind === 'http-status' ? (result.error.retryAfter ?? 0) : 0;
      // Whoever wants more patience than that is asked again by the reader.
      if (asked > LONGEST_WAIT) return result;
      await platform.wait(Math.max(asked, RETRY_MILLISECONDS * 2 ** attempt * (0.5 + platform.random())));
    }
  }

  return {
    counts: () => ({ ...counts }),
    async get(url, request) {
      const refusal = refuse(url);
      if (refusal !== null) return { ok: false, error: refusal };
      if (signal.aborted) return { ok: false, error: { kind: 'aborted' } };
      const kind = request.counts === 'page' ? 'pages' : 'metadata';
      if (counts[kind] >= bounds[kind])
        return { ok: false, error: { kind: 'bound', bound: kind, limit: bounds[kind] } };
      count({ [kind]: 1 });
      return gate(() => tryRepeatedly(url, request));
    },
  };
}
