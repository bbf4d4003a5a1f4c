/**
 * nginx, as Debian has it, serving a package index from a folder: the second, independent server. Its configuration
 * follows what PyPI's two hosts answer; none of our code runs in it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageOf, type ServedProjects } from './index-server.ts';

const PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

/** Where nginx lies on this machine; null where it does not. */
export const nginxPath: string | null =
  PLACES.find((path) => existsSync(path)) ?? process.env['NGINX_PATH'] ?? null;

export interface NginxServer {
  /** Base address of the simple API, with a slash at its end. */
  readonly indexUrl: string;
  readonly fileHost: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function configuration(folder: string, pagePort: number, filePort: number): string {
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/scratch;`)
    .join(' ');
  return `
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { }
http {
  ${scratch} access_log off;
  types { application/vnd.pypi.simple.v1+json v1_json; application/octet-stream whl metadata gz; text/html html; }
  map $http_accept $page { default index.html; "~*application/vnd\\.pypi\\.simple\\.v1\\+json" index.v1_json; }
  map "$request_method$http_range" $cors { "~^GET" "*"; default ""; }
  gzip on; gzip_types application/vnd.pypi.simple.v1+json; gzip_min_length 1;
  server {
    listen 127.0.0.1:${pagePort}; root ${folder}/web;
    error_page 404 @absent;
    location @absent { internal; add_header Access-Control-Allow-Origin * always; return 404 "404 Not Found"; }
    location ~ ^/simple/[a-z0-9]([a-z0-9-]*[a-z0-9])?/$ {
      try_files $uri$page =404;
      add_header Access-Control-Allow-Origin *; add_header Access-Control-Expose-Headers X-PyPI-Last-Serial;
      add_header Cache-Control "max-age=600, public"; add_header Vary Accept; add_header X-PyPI-Last-Serial 7;
    }
    location ~ ^/simple/.*[^/]$ { absolute_redirect off; return 301 $uri/; }
  }
  server {
    listen 127.0.0.1:${filePort}; root ${folder}/files;
    location /packages/ {
      if ($request_method = OPTIONS) {
        add_header Access-Control-Allow-Origin *; add_header Access-Control-Allow-Methods "GET, HEAD, OPTIONS";
        add_header Access-Control-Allow-Headers "Range, Accept-Encoding"; add_header Access-Control-Max-Age 86400;
        return 204;
      }
      add_header Access-Control-Allow-Origin $cors;
      add_header Access-Control-Expose-Headers "Content-Length, Content-Range, Accept-Ranges";
      add_header Cache-Control "max-age=365000000, immutable, public";
    }
  }
}
`;
}

function writeIndex(folder: string, projects: ServedProjects, filesUrl: string): void {
  for (const [name, files] of Object.entries(projects)) {
    const pages = join(folder, 'web/simple', name);
    const packages = join(folder, 'files/packages', name);
    for (const path of [pages, packages]) mkdirSync(path, { recursive: true });
    writeFileSync(join(pages, 'index.v1_json'), pageOf(name, files, filesUrl));
    const links = Object.keys(files).map(
      (file) => `<a href="${filesUrl}/packages/${name}/${file}">${file}</a>`,
    );
    writeFileSync(join(pages, 'index.html'), `<!DOCTYPE html>${links.join('')}`);
    for (const [filename, { content, metadata }] of Object.entries(files)) {
      writeFileSync(join(packages, filename), content);
      if (metadata !== undefined) writeFileSync(join(packages, `${filename}.metadata`), metadata);
    }
  }
}

/** Waits until it answers; throws with its own words when it does not. */
async function untilItAnswers(url: string, nginx: ChildProcess): Promise<void> {
  let complaint = '';
  nginx.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
  for (let tries = 0; tries < 100; tries++) {
    if (nginx.exitCode !== null) break;
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx does not answer: ${complaint}`);
}

/** Writes the index into a folder of its own and starts nginx on it. */
export async function startNginx(path: string, projects: ServedProjects): Promise<NginxServer> {
  const folder = mkdtempSync(join(tmpdir(), 'backjump-nginx-'));
  // Its workers may run as another user.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'scratch'));
  const [pagePort, filePort] = [await freePort(), await freePort()];
  const filesUrl = `http://127.0.0.1:${filePort}`;
  writeIndex(folder, projects, filesUrl);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, pagePort, filePort));
  const nginx = spawn(path, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const indexUrl = `http://127.0.0.1:${pagePort}/simple/`;
  await untilItAnswers(indexUrl, nginx);
  return {
    indexUrl,
    fileHost: `127.0.0.1:${filePort}`,
    async close() {
      const ended = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
