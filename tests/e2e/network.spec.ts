/** Neither the page nor its worker can reach a host that the policy does not name. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { expect, test } from './playground-page.ts';

/** Asks `address` in every way that a page or worker has; gives those that were answered. */
const reach = async (address: string): Promise<string[]> => {
  const answered: string[] = [];
  const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      answered.push(name);
    } catch {
      // Refused, or there is no such way.
    }
  };
  await attempt('fetch', () => fetch(address));
  await attempt('fetch without CORS', () => fetch(address, { mode: 'no-cors' }));
  await attempt(
    'XMLHttpRequest',
    () =>
      new Promise((done, fail) => {
        const request = new XMLHttpRequest();
        request.onload = done;
        request.onerror = fail;
        request.open('GET', address);
        request.send();
      }),
  );
  await attempt(
    'WebSocket',
    () =>
      new Promise((done, fail) => {
        const socket = new WebSocket(address.replace('http', 'ws'));
        socket.onopen = done;
        socket.onerror = fail;
      }),
  );
  await attempt(
    'EventSource',
    () =>
      new Promise((done, fail) => {
        const source = new EventSource(address);
        source.onopen = done;
        source.onerror = fail;
      }),
  );
  await attempt('import', () => import(/* @vite-ignore */ address));
  return answered;
};

let server: Server;
let asked = 0;
let foreign = '';

test.beforeAll(async () => {
  server = createServer((_request, response) => {
    asked++;
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
      .end('');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  foreign = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.js`;
});
test.afterAll(() => server.close());
test.beforeEach(() => {
  asked = 0;
});

test('a foreign host hears nothing of the page', async ({ playground }) => {
  await playground.open();
  expect(await playground.page.evaluate(reach, foreign)).toEqual([]);
  expect(asked).toBe(0);
});

test('nor of its worker, which has no way to ask', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.answered();
  const names = await Promise.all(page.workers().map((one) => one.evaluate(() => self.name)));
  const worker = page.workers()[names.indexOf('resolver')]!;
  expect(await worker.evaluate(reach, foreign)).toEqual([]);
  expect(await worker.evaluate(() => [typeof fetch, typeof XMLHttpRequest, typeof WebSocket])).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ]);
  expect(asked).toBe(0);
});

test('text becomes neither markup nor the address of a script', async ({ playground }) => {
  await playground.open();
  const refused = await playground.page.evaluate(() => {
    const attempts = [
      () => (document.createElement('div').innerHTML = '<b>x</b>'),
      () => (document.createElement('script').src = 'x.js'),
      () => new Worker('x.js'),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
});
