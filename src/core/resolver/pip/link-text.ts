/** How pip writes the address of a file. */
import type { Distribution } from '../../package-index/package-index.ts';
import type { InstallRequirement } from './install-requirement.ts';
import { originText } from './install-requirement.ts';

/** Stands for the address of an index whose facts do not say where files are. */
const NOWHERE = 'http://INDEX/';

/** The file's own address. */
export function fileAddress(distribution: Distribution): string {
  return distribution.url ?? `${NOWHERE}files/${distribution.filename}`;
}

/** The index page of a project. */
export function pageAddress(project: string): string {
  return `${NOWHERE}simple/${project}/`;
}

/** `str(Link)`: the address, the page that listed it, and what that page says of its Python. */
export function linkText(distribution: Distribution): string {
  const python =
    distribution.requiresPython === null ? '' : ` (requires-python:${distribution.requiresPython})`;
  return `${fileAddress(distribution)} (from ${pageAddress(distribution.project)})${python}`;
}

/** `str(InstallRequirement)` of a file that is looked at for a requirement. */
export function requestedText(ireq: InstallRequirement, distribution: Distribution): string {
  return `${ireq.requirement.text} from ${fileAddress(distribution)}${originText(ireq)}`;
}
