/**
 * Whether our own index server is honest: nginx, configured as PyPI answers, must behave alike, and the real pip must
 * resolve from both to the pins that our live run finds.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLiveIndex } from '../../src/client/live/live-index.ts';
import { makeMemoryCache } from '../../src/client/live/live-memory.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { makeLiveLayer } from '../../src/core/package-index/live/live-layer.ts';
import { ENGINE_NAMES, parseEngineId } from '../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { fetchAsBrowser, startIndexServer, type ServedProjects } from './index-server.ts';
import { nginxPath, startNginx } from './nginx-server.ts';
import { askPip, PIP_MISSING, pipVersion } from './real-pip.ts';
import { makeTarGz, makeWheel, metadataText } from './wheel-file.ts';

const NO_NGINX = 'skipped: there is no nginx on this machine (Debian: apt-get install nginx-light)';
const isCi = (process.env['CI'] ?? '') !== '';

/** A build backend that copies PKG-INFO, so that pip builds the archive without any other package. */
const BACKEND = `
import os, shutil
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    name = [line[6:].strip() for line in open('PKG-INFO') if line.startswith('Name: ')][0].replace('-', '_')
    version = [line[9:].strip() for line in open('PKG-INFO') if line.startswith('Version: ')][0]
    info = name + '-' + version + '.dist-info'
    os.makedirs(os.path.join(folder, info))
    shutil.copy('PKG-INFO', os.path.join(folder, info, 'METADATA'))
    return info
`;

function sdist(name: string, version: string, lines: readonly string[] = []): Buffer {
  const folder = `${name.replaceAll('-', '_')}-${version}`;
  return makeTarGz({
    [`${folder}/PKG-INFO`]: metadataText(name, version, lines, '2.2'),
    [`${folder}/pyproject.toml`]:
      '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    [`${folder}/backend.py`]: BACKEND,
  });
}

const wheel = (name: string, version: string, lines: readonly string[] = [], isServed = true) => ({
  [`${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`]: {
    content: makeWheel(name, version, lines, isServed ? 0 : 100_000),
    ...(isServed ? { metadata: metadataText(name, version, lines) } : {}),
  },
});

const PROJECTS: ServedProjects = {
  app: {
    ...wheel('app', '2.0', ['Requires-Dist: left>=2', 'Requires-Dist: shared<2']),
    ...wheel('app', '1.0', ['Requires-Dist: left', 'Requires-Dist: tool; extra == "x"', 'Provides-Extra: x']),
  },
  left: {
    ...wheel('left', '2.0', ['Requires-Dist: shared>=2']),
    ...wheel('left', '1.0', ['Requires-Dist: shared'], false),
  },
  shared: {
    ...wheel('shared', '2.0'),
    ...wheel('shared', '1.0'),
  },
  tool: {
    'tool-3.0.tar.gz': { content: sdist('tool', '3.0', ['Requires-Dist: old-style']), yanked: 'broken' },
    'tool-2.0.tar.gz': { content: sdist('tool', '2.0', ['Requires-Dist: old-style']) },
  },
  'old-style': {
    ...wheel('old-style', '2.0', ['Requires-Python: <3']),
    'old_style-1.5.tar.gz': { content: sdist('old-style', '1.5'), requiresPython: '>=3' },
  },
};

interface Server {
  readonly indexUrl: string;
  readonly fileHost: string;
  close(): Promise<void>;
}

const SERVERS: readonly (readonly [string, (() => Promise<Server>) | null])[] = [
  ['our server', () => startIndexServer(PROJECTS)],
  ['nginx', nginxPath === null ? null : () => startNginx(nginxPath!, PROJECTS)],
];

/** The engine of the pip of this machine; the newest where we have no such. */
function engineName(): string {
  const named = `pip@${/^\d+\.\d+/u.exec(pipVersion ?? '')?.[0] ?? ''}`;
  return ENGINE_NAMES.includes(named) ? named : ENGINE_NAMES[0]!;
}

/** Pins of a live run as the page does it, `name version`, sorted; the kind of outcome when there are none. */
async function resolveLive(server: Server, requirements: readonly string[]): Promise<readonly string[]> {
  const problem = makeProblem({
    engine: engineName(),
    requirements: requirements.join('\n'),
    index: { live: true },
  });
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(id.error.message);
  const engine = await loadEngine(id.value);
  const live = makeLiveIndex({
    indexUrls: [server.indexUrl],
    rule: 'merge',
    fileHosts: [server.fileHost],
    cache: makeMemoryCache(),
    platform: { fetch: fetchAsBrowser },
  });
  const layer = makeLiveLayer();
  for (let loads = 0; loads < 50; loads++) {
    const { outcome } = runProblem(problem, engine, layer);
    const missing = outcome.kind === 'incomplete' ? outcome.missing.filter((fact) => fact.loadable) : [];
    if (missing.length === 0)
      return outcome.kind === 'solved'
        ? outcome.pins.map(({ name, version }) => `${name} ${version}`).sort()
        : [outcome.kind];
    const load = await live.load(missing);
    expect(load.failures).toEqual([]);
    layer.add(load.facts);
  }
  throw new Error('loading does not end');
}

test('in CI there is nginx to compare with', () => {
  if (isCi) expect(nginxPath).not.toBeNull();
});

describe.each(SERVERS)('%s', (_, start) => {
  let server: Server;
  beforeAll(async () => {
    if (start !== null) server = await start();
  });
  afterAll(async () => {
    if (start !== null) await server.close();
  });
  const why = start === null ? `: ${NO_NGINX}` : '';
  const files = () => `http://${server.fileHost}/packages`;
  const cors = (response: Response) => response.headers.get('Access-Control-Allow-Origin');

  test.skipIf(start === null)(`pages and files answer as PyPI’s hosts do${why}`, async () => {
    const page = await fetch(`${server.indexUrl}app/`, {
      headers: { Accept: 'application/vnd.pypi.simple.v1+json' },
    });
    expect([page.status, cors(page)]).toEqual([200, '*']);
    expect(page.headers.get('Content-Type')).toBe('application/vnd.pypi.simple.v1+json');
    expect(page.headers.get('X-PyPI-Last-Serial')).toBe('7');
    const absent = await fetch(`${server.indexUrl}nowhere/`);
    expect([absent.status, cors(absent)]).toEqual([404, '*']);
    const redirect = await fetch(`${server.indexUrl}app`, { redirect: 'manual' });
    expect([redirect.status, cors(redirect)]).toEqual([301, null]);
    const wheelUrl = `${files()}/app/app-2.0-py3-none-any.whl`;
    const part = await fetch(wheelUrl, { headers: { Range: 'bytes=0-3' } });
    expect([part.status, cors(part), await part.text()]).toEqual([206, '*', 'PK\u0003\u0004']);
    const metadata = await fetch(`${wheelUrl}.metadata`);
    expect([metadata.status, cors(metadata)]).toEqual([200, '*']);
    for (const [url, method, status] of [
      [wheelUrl, 'HEAD', 200],
      [`${files()}/app/nothing.whl`, 'GET', 404],
    ] as const) {
      const answer = await fetch(url, { method });
      expect([answer.status, cors(answer)]).toEqual([status, null]);
    }
    const preflight = await fetch(wheelUrl, { method: 'OPTIONS' });
    expect([preflight.status, cors(preflight)]).toEqual([204, '*']);
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('Range, Accept-Encoding');
  });

  test.skipIf(start === null)(`a live run reads every rung of it${why}`, async () => {
    expect(await resolveLive(server, ['app[x]'])).toEqual([
      'app 1.0',
      'left 2.0',
      'old-style 1.5',
      'shared 2.0',
      'tool 2.0',
    ]);
  });

  const noPip = pipVersion === null ? `: ${PIP_MISSING}` : '';
  test
    .skipIf(start === null || pipVersion === null)
    .each<[readonly string[]]>([[['app[x]']], [['tool==3.0', 'left']], [['left<2', 'app']]])(
    `the real pip ends with the same pins for %j${why}${noPip}`,
    async (requirements) => {
      const pins = await askPip(requirements, '--index-url', server.indexUrl);
      expect(await resolveLive(server, requirements)).toEqual(pins);
    },
  );
});
