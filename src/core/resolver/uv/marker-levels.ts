/**
 * In which order a marker's diagram asks for its variables, and in which its conditions are printed.
 * Until 0.12 versions came first; since 0.13 texts do, which makes shorter covers.
 */

/** Asked for in this order. */
const TEXT_LEVELS = [
  'os_name',
  'sys_platform',
  'platform_system',
  'platform_machine',
  'platform_python_implementation',
  'platform_release',
  'platform_version',
  'implementation_name',
] as const;

const VERSION_LEVELS = ['platform_release~version', 'implementation_version', 'python_full_version'] as const;

/** Printed in this order. */
const PRINTED = [
  ...['implementation_version', 'python_full_version', 'implementation_name', 'os_name', 'platform_machine'],
  ...[
    'platform_python_implementation',
    'platform_release',
    'platform_system',
    'platform_version',
    'sys_platform',
  ],
] as const;

export type LevelOrder = 'versions-first' | 'texts-first';

/** A text that sorts as the variable does: lower ones are asked for first. */
export function rankOf(variable: string, order: LevelOrder): string {
  if (variable.startsWith('extra:')) return `9${variable}`;
  const version = VERSION_LEVELS.indexOf(variable as (typeof VERSION_LEVELS)[number]);
  if (order === 'versions-first') return version > 0 ? String(version - 1) : `5${variable}`;
  if (version >= 0) return `4${version}`;
  if (variable.includes('~contains~')) return `6${variable}`;
  if (variable.includes('~in~')) return `5${variable}`;
  const text = TEXT_LEVELS.indexOf(variable as (typeof TEXT_LEVELS)[number]);
  return text < 0 ? `2${variable}` : `1${text}`;
}

/** Place of a variable's conditions among those that are printed. */
export function printedPlace(variable: string): number {
  if (variable.startsWith('extra:')) return PRINTED.length + 1;
  const [key = ''] = variable.split('~');
  const place = PRINTED.indexOf(key as (typeof PRINTED)[number]);
  return place < 0 ? PRINTED.length : place;
}

/** Variables of which some pairs of values never meet. */
export function canBeImpossible(variable: string): boolean {
  return variable === 'os_name' || variable === 'sys_platform' || variable === 'platform_system';
}
