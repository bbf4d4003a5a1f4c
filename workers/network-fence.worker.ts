/**
 * Takes away what could reach a network, a store or another worker, before anything else of a worker runs: it gets
 * every fact from the page, and needs none of these. The page's policy binds it as well (src/client/own-worker.ts);
 * this holds where a browser does not hand the policy down.
 */
const REACHING_OUT = [
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport'],
  ...[
    'RTCPeerConnection',
    'importScripts',
    'Worker',
    'SharedWorker',
    'BroadcastChannel',
    'FontFace',
    'fonts',
  ],
  ...['caches', 'indexedDB', 'Notification', 'PushManager', 'ServiceWorkerRegistration'],
] as const;

function takeAway(name: string): void {
  for (
    let owner: object | null = globalThis;
    owner !== null;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    if (!Object.hasOwn(owner, name)) continue;
    const isGone = Reflect.deleteProperty(owner, name);
    if (!isGone) Reflect.defineProperty(owner, name, { value: undefined, writable: false });
  }
  Reflect.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}

for (const name of REACHING_OUT) takeAway(name);

export {};
