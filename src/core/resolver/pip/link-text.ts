/** How pip writes the address of a file. */
import type { Distribution } from '../../package-index/package-index.ts';
import type { InstallRequirement } from './install-requirement.ts';
import { originText } from './install-requirement.ts';

/** Stands for the address of an index whose facts do not say where files are. */
const NOWHERE = 'http://INDEX/';

/** The file's own address, quoted as pip quotes it. */
export function fileAddress({ url, filename, index }: Distribution): string {
  if (url !== null) return quoteAddress(url);
  return quoteAddress(index === undefined ? `${NOWHERE}files/${filename}` : `${withSlash(index)}${filename}`);
}

/** `_ensure_quoted_url`: the path is unquoted before it is quoted, so that nothing is quoted twice; `@` stays. */
function quoteAddress(address: string): string {
  const [, host = '', path = '', rest = ''] = /^([^/]+:\/\/[^/?#]*)?([^?#]*)(.*)$/su.exec(address) ?? [];
  return (
    host +
    path
      .split(/([/@]|%2f)/iu)
      .map(quotePart)
      .join('') +
    rest
  );
}

function quotePart(part: string): string {
  if (/^(?:[/@]|%2f)$/iu.test(part)) return part;
  return encodeURIComponent(unquoted(part)).replace(/[!'()*]/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** What cannot be decoded stays. */
function unquoted(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/giu, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}

/** The index page of a project. */
export function pageAddress(project: string, index?: string): string {
  return `${index === undefined ? `${NOWHERE}simple/` : withSlash(index)}${project}/`;
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

/** A folder of files lists nothing: what is found there has no page. */
function isFolder(index: string | undefined): boolean {
  return index !== undefined && !/^https?:/iu.test(index);
}

/** A file of a folder, or at a `file:` address. Such files have no upload time and may have changed. */
export function isOnThisMachine({ url, index }: Distribution): boolean {
  return /^file:/iu.test(url ?? '') || isFolder(index);
}

/** `str(Link)`: the address, the page that listed it, and what that page says of its Python. */
export function linkText(distribution: Distribution): string {
  const { requiresPython, project, index } = distribution;
  const python = requiresPython === null ? '' : ` (requires-python:${requiresPython})`;
  const page = isFolder(index) ? '' : ` (from ${pageAddress(project, index)})`;
  return `${fileAddress(distribution)}${page}${python}`;
}

/** What an error says that a candidate is from: of what is on this machine the path, else the address. */
export function sourceText(distribution: Distribution, isDirect: boolean, isEditable: boolean): string {
  const address = fileAddress(distribution);
  const path = address.replace(/^file:(?:\/\/(?:localhost)?)?(?=\/)/iu, '');
  const text = isDirect ? address : linkText(distribution);
  const source = isOnThisMachine(distribution) ? unquoted(path) : text;
  return isEditable ? `editable ${source}` : source;
}

/** `str(InstallRequirement)` of a file that is looked at for a requirement. */
export function requestedText(ireq: InstallRequirement, distribution: Distribution): string {
  return `${ireq.requirement.text} from ${fileAddress(distribution)}${originText(ireq)}`;
}
