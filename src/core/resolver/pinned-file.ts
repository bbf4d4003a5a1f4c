/** The file behind a pin, as the index knows it. */
import { type Distribution, isMissing, type PackageIndex } from '../package-index/package-index.ts';
import type { Pin } from './outcome.ts';
import { canonicalAddress } from './pip/address.ts';

/** Listed or at an address of its own; undefined for what is installed, and for what the index does not know. */
export function pinnedFile(index: PackageIndex, { name, filename, url }: Pin): Distribution | undefined {
  const page = index.page(name);
  if (filename === null || isMissing(page)) return undefined;
  const isSame = (file: Distribution): boolean =>
    url !== undefined && file.url !== null && canonicalAddress(file.url) === canonicalAddress(url);
  return page.unlisted?.find(isSame) ?? page.distributions.find((file) => file.filename === filename);
}
