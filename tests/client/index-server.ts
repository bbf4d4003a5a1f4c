/**
 * A package index of our own on the loopback: PyPI's protocol with PyPI's CORS behaviour on two hosts (pages and files),
 * and faults on demand. What it does follows PyPI's published server code; see the tests that use it.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveRequestInit } from '../../src/client/live/live-transport.ts';

/** One file that the index has. */
export interface ServedFile {
  readonly content: Buffer;
  /** Text of the `.metadata` beside it; absent: the page says that there is none. */
  readonly metadata?: string;
  readonly requiresPython?: string;
  readonly yanked?: boolean | string;
  readonly uploadTime?: string;
  /** The page does not say how large the file is (before PEP 700). */
  readonly hidesSize?: boolean;
}

/** project → file name → file. */
export type ServedProjects = Readonly<Record<string, Readonly<Record<string, ServedFile>>>>;

/** What goes wrong with a request; null for nothing. `path` begins with a slash. */
export type Fault =
  | 'error-without-cors'
  | 'truncated'
  | 'html'
  /** As on PyPI's file host: without CORS headers. */
  | 'missing'
  /** As on PyPI's pages: readable. */
  | 'not-found'
  | 'slow'
  | 'wrong-bytes'
  | 'rate-limited'
  /** The server does not know ranges, and sends the whole. */
  | 'no-ranges'
  /** A page of more than ten million bytes. */
  | 'large'
  /** The server refuses ranges, in a way that a browser cannot read. */
  | 'ranges-refused';

export interface IndexServer {
  /** Base address of the simple API, with a slash at its end. */
  readonly indexUrl: string;
  readonly fileHost: string;
  /** `page /simple/a/`, `file /packages/a/…`, in order; ranges as ` bytes=0-9`. */
  readonly asked: string[];
  faultOf: (path: string) => Fault | null;
  close(): Promise<void>;
}

/** What PyPI's file host answers to a preflight. */
const PREFLIGHT = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers': 'Range, Accept-Encoding',
  'Access-Control-Max-Age': '86400',
};
const FILE_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Length, Content-Range, Accept-Ranges',
  'Cache-Control': 'max-age=365000000, immutable, public',
  'Accept-Ranges': 'bytes',
};
const SERIAL = 7;
const SIMPLE_TYPE = 'application/vnd.pypi.simple.v1+json';
const PAGE_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'X-PyPI-Last-Serial',
  'Content-Type': SIMPLE_TYPE,
  'Cache-Control': 'max-age=600, public',
  Vary: 'Accept',
  'X-PyPI-Last-Serial': String(SERIAL),
};
const CORS = { 'Access-Control-Allow-Origin': '*' };

function digest(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A project's page in JSON. */
export function pageOf(name: string, files: Readonly<Record<string, ServedFile>>, filesUrl: string): string {
  return JSON.stringify({
    meta: { 'api-version': '1.4', '_last-serial': SERIAL },
    name,
    'project-status': { status: 'active' },
    versions: [],
    files: Object.entries(files).map(([filename, file]) => ({
      filename,
      url: `${filesUrl}/packages/${name}/${filename}`,
      hashes: { sha256: digest(file.content) },
      ...(file.hidesSize === true ? {} : { size: file.content.length }),
      'requires-python': file.requiresPython ?? null,
      'upload-time': file.uploadTime ?? '2024-01-01T00:00:00.000000Z',
      yanked: file.yanked ?? false,
      'core-metadata': file.metadata === undefined ? false : { sha256: digest(file.metadata) },
      'data-dist-info-metadata': file.metadata === undefined ? false : { sha256: digest(file.metadata) },
    })),
  });
}

/** Answers with a fault; false when the request is to be answered as usual. */
function answerWithFault(fault: Fault | null, response: ServerResponse): boolean {
  switch (fault) {
    case 'error-without-cors':
      response.writeHead(503).end('backend down');
      return true;
    case 'rate-limited':
      response.writeHead(429, CORS).end('slow down');
      return true;
    case 'html':
      response.writeHead(200, { ...CORS, 'Content-Type': 'text/html' }).end('<html>Are you human?');
      return true;
    case 'truncated':
      response.writeHead(200, { ...CORS, 'Content-Type': SIMPLE_TYPE, 'Content-Length': '1000' });
      response.write('{"meta"');
      setTimeout(() => response.destroy(), 10);
      return true;
    case 'slow':
      return true;
    case 'missing':
      response.writeHead(404).end('404');
      return true;
    case 'not-found':
      response.writeHead(404, { ...CORS, 'Content-Type': 'text/plain' }).end('404 Not Found');
      return true;
    case 'wrong-bytes':
    case 'no-ranges':
    case 'ranges-refused':
    case 'large':
    case null:
      return false;
  }
}

function answerFile(
  content: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | null,
): void {
  const range = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '');
  if (range !== null && fault === 'ranges-refused') {
    response.writeHead(416).end();
    return;
  }
  if (range === null || fault === 'no-ranges') {
    // CORS headers are for GET alone: a HEAD cannot be read by a page.
    if (request.method === 'HEAD') response.writeHead(200, { 'Content-Length': content.length }).end();
    else response.writeHead(200, FILE_HEADERS).end(content);
    return;
  }
  const first = Number(range[1]);
  if (first >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const last = Math.min(Number(range[2]), content.length - 1);
  const headers = { ...FILE_HEADERS, 'Content-Range': `bytes ${first}-${last}/${content.length}` };
  response.writeHead(206, headers).end(content.subarray(first, last + 1));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts the two hosts. */
export async function startIndexServer(projects: ServedProjects): Promise<IndexServer> {
  const asked: string[] = [];
  const state: { faultOf: (path: string) => Fault | null } = { faultOf: () => null };
  let filesUrl = '';
  const pages = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(`page ${path}`);
    const fault = state.faultOf(path);
    if (answerWithFault(fault, response)) return;
    const declared = /^\/pypi\/([^/]+)\/([^/]+)\/json$/u.exec(path);
    const name = /^\/simple\/([a-z0-9-]+)\/$/u.exec(path)?.[1] ?? '';
    if (declared !== null) {
      const info = {
        requires_dist: [`declared-by-${declared[1]!}`],
        requires_python: '',
        provides_extra: null,
      };
      response.writeHead(200, { ...CORS, 'Content-Type': 'application/json' }).end(JSON.stringify({ info }));
    } else if (/^\/simple\/.*[^/]$/u.test(path)) {
      // The redirect to the slash is made before anybody thinks of CORS headers.
      response.writeHead(301, { Location: `${path}/` }).end();
    } else if (Object.hasOwn(projects, name)) {
      const padding = fault === 'large' ? ' '.repeat(10_500_000) : '';
      response.writeHead(200, PAGE_HEADERS).end(pageOf(name, projects[name]!, filesUrl) + padding);
    } else response.writeHead(404, { ...CORS, 'Content-Type': 'text/plain' }).end('404 Not Found');
  });
  const files = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(`file ${path}${request.headers.range === undefined ? '' : ` ${request.headers.range}`}`);
    const fault = state.faultOf(path);
    if (request.method === 'OPTIONS') {
      response.writeHead(204, PREFLIGHT).end();
      return;
    }
    if (answerWithFault(fault, response)) return;
    const [, , project = '', filename = ''] = path.split('/');
    const file = projects[project]?.[filename.replace(/\.metadata$/u, '')];
    const content = filename.endsWith('.metadata') ? file?.metadata : file?.content;
    // As on PyPI's file host: no CORS headers on 404.
    if (content === undefined) response.writeHead(404).end();
    else answerFile(Buffer.from(fault === 'wrong-bytes' ? 'Name: other' : content), request, response, fault);
  });
  const indexHost = await listen(pages);
  filesUrl = await listen(files);
  return {
    indexUrl: `${indexHost}/simple/`,
    fileHost: new URL(filesUrl).host,
    asked,
    get faultOf() {
      return state.faultOf;
    },
    set faultOf(faultOf) {
      state.faultOf = faultOf;
    },
    async close() {
      for (const server of [pages, files]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** `fetch` as a browser does it: an answer without CORS headers cannot be read. */
export async function fetchAsBrowser(
  url: string,
  { headers, signal, redirect }: LiveRequestInit,
): Promise<Response> {
  const response = await fetch(url, { headers, signal, redirect });
  if (response.headers.get('Access-Control-Allow-Origin') === '*') return response;
  await response.body?.cancel();
  throw new TypeError('Failed to fetch');
}
