/** A static host for the built page, under a sub-folder: what a user's own web space would do, and no more. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';

export const FOLDER = resolve(process.env['BACKJUMP_DIST'] ?? resolve(import.meta.dirname, '../../dist'));
const PREFIX = '/some/folder/';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/**
 * Listens on a port of the local machine; port 0 lets the system choose. Resolves to the page's address. `changeHtml`
 * stands for a build with other settings, `folder` for another build.
 */
export function serveBuiltPage(
  port: number,
  changeHtml: ((html: string) => string) | null = null,
  folder = FOLDER,
): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : null;
    const target = file === null ? null : join(folder, normalize(file === '' ? 'index.html' : file));
    if (target === null || !target.startsWith(folder) || !existsSync(target) || !statSync(target).isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(target)] ?? 'application/octet-stream' });
    if (changeHtml !== null && target.endsWith('.html'))
      response.end(changeHtml(readFileSync(target, 'utf8')));
    else createReadStream(target).pipe(response);
  });
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      done({
        address: `http://127.0.0.1:${actual}${PREFIX}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
