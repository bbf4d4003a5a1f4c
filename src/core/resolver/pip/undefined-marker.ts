/** Markers that make Python's `packaging` raise instead of answering. */
import type { Marker, MarkerComparison } from '../../packaging/marker.ts';
import { isPackaging26, type PrereleasePolicy } from '../../packaging/prerelease-policy.ts';

/** Variables that are compared as versions where the other side is one; since 26 only these. */
const VERSION_VARIABLES: ReadonlySet<string> = new Set([
  'python_version',
  'python_full_version',
  'implementation_version',
  'platform_release',
]);

/**
 * Whether evaluating the marker raises UndefinedComparison: `implementation_name === "pypy"`, as pyzmq 20 wrote.
 * All parts are evaluated, whatever the others say. Before packaging 26 such strings were read as versions first.
 */
export function isMarkerUndefined(marker: Marker, policy: PrereleasePolicy): boolean {
  if (!isPackaging26(policy)) return false;
  return marker.alternatives.some((atoms) => {
    return atoms.some((atom) =>
      atom.kind === 'group' ? isMarkerUndefined(atom, policy) : isUndefined(atom),
    );
  });
}

function isUndefined({ operator, variable, specifier }: MarkerComparison): boolean {
  if (operator !== '===' && operator !== '~=') return false;
  const isVersion = variable !== null && VERSION_VARIABLES.has(variable);
  return !isVersion || specifier === null;
}
