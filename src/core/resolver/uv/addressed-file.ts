/** What is known of the file at an address: what the index states of it, or a listed file of the same name. */
import {
  isMissing,
  type Distribution,
  type MissingFact,
  type PackageIndex,
} from '../../package-index/package-index.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import { parseWheelFilename } from '../../packaging/wheel-filename.ts';
import { canonicalAddress, filenameOfAddress, isRepository, redactedAddress } from '../pip/address.ts';

export interface AddressedFile {
  readonly distribution: Distribution;
  readonly version: Version;
}

function versionInName(filename: string, project: string): string {
  const wheel = parseWheelFilename(filename);
  if (wheel.ok) return wheel.value.version.text;
  const sdist = parseSdistFilename(filename, project);
  if (!sdist.ok) return '';
  return typeof sdist.value.version === 'string' ? sdist.value.version : sdist.value.version.text;
}

/** The file at an address, at the version that its own metadata gives; what nobody knows is missing. */
export function addressedFile(
  index: PackageIndex,
  project: string,
  url: string,
): AddressedFile | MissingFact {
  const page = index.page(project);
  if (isMissing(page) && page.loadable) return page;
  const { distributions = [], unlisted = [] } = isMissing(page) ? {} : page;
  const address = canonicalAddress(url);
  const filename = filenameOfAddress(url);
  const file =
    unlisted.find((item) => item.url !== null && canonicalAddress(item.url) === address) ??
    (isRepository(url) ? undefined : distributions.find((item) => item.filename === filename));
  const metadata = file === undefined ? undefined : index.metadata(file);
  if (metadata !== undefined && isMissing(metadata) && metadata.loadable) return metadata;
  const stated = metadata === undefined || isMissing(metadata) ? undefined : metadata.version;
  const version = parseVersion(stated ?? file?.version ?? '');
  if (file === undefined || !version.ok) {
    const missing = {
      missing: 'metadata',
      project,
      version: versionInName(filename, project),
      filename,
    } as const;
    return { ...missing, url: redactedAddress(url), loadable: false };
  }
  return { distribution: file, version: version.value };
}
