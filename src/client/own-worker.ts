/**
 * Workers of this page, bound by its content security policy. A worker that is loaded from an address obeys the policy
 * that came with that file, and a static host sends none; one made from a blob inherits the page's (CSP level 3, 4.2.1:
 * local schemes). So a blob imports the file, and before it
 * what takes the network away. Trusted types let in no address but one made here.
 */

import fenceAddress from '../../workers/network-fence.worker.ts?worker&url';

/** The part of the browser's trusted types that is used here (W3C Trusted Types). */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}

/** By the address of the file: the blob that imports it. */
const blobs = new Map<string, string>();

let policy: { createScriptURL(url: string): unknown } | null = null;

/** The name that the page's policy lists. */
const POLICY_NAME = 'backjump-worker';

function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (types === undefined) return url;
  policy ??= types.createPolicy(POLICY_NAME, {
    createScriptURL: (address) => {
      if (address !== offlineFile() && ![...blobs.values()].includes(address))
        throw new TypeError('not a worker of this page');
      return address;
    },
  });
  // TypeScript's `Worker` knows text only; a browser with trusted types takes nothing else here.
  return policy.createScriptURL(url) as string;
}

/** What the build calls the worker that keeps the page. */
function offlineFile(): string {
  return ownFile('./offline.js');
}

/** Registers the service worker of this page. */
export function registerOfflineWorker(workers: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  return workers.register(trusted(offlineFile()), { scope: './' });
}

/** The address of a file of this page; throws for any other. */
function ownFile(address: string): string {
  const url = new URL(address, document.baseURI);
  if (url.origin !== location.origin) throw new TypeError(`${url.href} is not a file of this page`);
  return url.href;
}

function blobOf(address: string): string {
  const known = blobs.get(address);
  if (known !== undefined) return known;
  // Modules are evaluated in the order of their imports: the fence stands before anything else runs.
  const lines = [fenceAddress, address].map((file) => `import ${JSON.stringify(ownFile(file))};\n`);
  const blob = URL.createObjectURL(new Blob(lines, { type: 'text/javascript' }));
  blobs.set(address, blob);
  return blob;
}

/** Starts a module worker from a file of this page; `address` is what the build calls it. */
export function startOwnWorker(address: string, name: string): Worker {
  return new Worker(trusted(blobOf(address)), { type: 'module', name });
}
