import { expose } from 'comlink';
import { placeFiles } from '../src/core/manifest/file-set.ts';
import { readManifest } from '../src/core/manifest/read-manifest.ts';

expose({ placeFiles, readManifest });
