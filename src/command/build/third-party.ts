/**
 * `THIRD-PARTY.txt` beside the page: name, version and licence of every package whose code is in the bundle, with its
 * licence's text. Made from the modules that were really bundled, of the page and of its workers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

export interface ThirdParty {
  /** Sees the modules of one bundle; a worker's bundle needs one of its own. */
  readonly collector: () => Plugin;
  /** Writes the file with the page's bundle. */
  readonly writer: () => Plugin;
}

/** Two plugins that share what was seen. */
export function thirdParty(): ThirdParty {
  const folders = new Set<string>();
  const collect = (modules: readonly string[]): void => {
    for (const module of modules) {
      const folder = packageFolder(module);
      if (folder !== null) folders.add(folder);
    }
  };
  return {
    collector: () => ({
      name: 'backjump:third-party-collector',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') collect(chunk.moduleIds);
      },
    }),
    writer: () => ({
      name: 'backjump:third-party',
      apply: 'build',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') collect(chunk.moduleIds);
        const packages = [...folders].map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: thirdPartyText(packages) });
      },
    }),
  };
}

/** `…/node_modules/@scope/name` of a module's path; null for our own. */
export function packageFolder(module: string): string | null {
  const path = module.replace(/^\0/u, '').replace(/\?.*$/u, '');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(path)?.[0] ?? null;
}

function readPackage(folder: string): Package {
  const stated = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)/iu.test(name));
  const path = file === undefined ? '' : join(folder, file);
  return {
    name: String(stated['name']),
    version: String(stated['version']),
    license: typeof stated['license'] === 'string' ? stated['license'] : 'see the text',
    text: path !== '' && existsSync(path) ? readFileSync(path, 'utf8').trim() : '',
  };
}

export function thirdPartyText(packages: readonly Package[]): string {
  const parts = packages.map(
    ({ name, version, license, text }) =>
      `${name} ${version}\nLicence: ${license}\n\n${text}`.trimEnd() + '\n',
  );
  return ['Backjump contains code of these packages.\n', ...parts].join(`\n${'-'.repeat(72)}\n\n`);
}
