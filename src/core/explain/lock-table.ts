/** What a lock installs where, as a table: packages by environments; environments in which all is equal are one column. */
import { evaluateMarker, parseMarker, type Marker } from '../packaging/marker.ts';
import { makeTargetEnvironment, type TargetEnvironment } from '../packaging/target-environment.ts';
import { whereWords } from './uv/marker-words.ts';

/** A package of a lock, with the condition under which it is installed. */
export interface LockLine {
  readonly name: string;
  readonly version: string;
  /** '' for everywhere. */
  readonly marker: string;
  /** Parts of the project that it is for; none where the lock does not say. */
  readonly groups: readonly string[];
}

export interface LockRow extends LockLine {
  /** The condition in words; '' for everywhere, null where it is better read as it is written. */
  readonly where: string | null;
  /** By column: whether it is installed there. */
  readonly isInstalled: readonly boolean[];
}

export interface LockTable {
  /** Names of environments: `Linux, Python 3.10 to 3.12`. */
  readonly columns: readonly string[];
  readonly rows: readonly LockRow[];
}

const PLATFORMS = [
  { id: 'linux-x86_64', name: 'Linux' },
  { id: 'macos-arm64', name: 'macOS' },
  { id: 'windows-amd64', name: 'Windows' },
] as const;

/** The newest minor release of Python 3 that is looked at. */
export const NEWEST_MINOR = 15;

/** Columns at most; further environments are not told apart. */
const MAX_COLUMNS = 12;

interface Place {
  readonly minor: number;
  readonly platform: number;
  readonly environment: TargetEnvironment;
}

/** A set of environments: platforms by minor releases of Python 3. */
interface Column {
  readonly platforms: readonly number[];
  minors: number[];
  readonly installed: readonly boolean[];
}

/** `minors`: the releases `3.x` that the project supports, ascending. */
export function lockTable(lines: readonly LockLine[], minors: readonly number[]): LockTable {
  const markers = lines.map(({ marker }) => readMarker(marker));
  const columns = columnsOf(placesOf(minors), markers);
  const shown = columns.length > MAX_COLUMNS ? [] : columns;
  return {
    columns: shown.map((column) => columnName(column, minors)),
    rows: lines.map((line, at) => ({
      ...line,
      where: conditionWords(line.marker),
      isInstalled: shown.map(({ installed }) => installed[at]!),
    })),
  };
}

function readMarker(text: string): Marker | null {
  if (text === '') return null;
  const parsed = parseMarker(text);
  return parsed.ok ? parsed.value : null;
}

function placesOf(minors: readonly number[]): readonly Place[] {
  return minors.flatMap((minor) =>
    PLATFORMS.flatMap(({ id }, platform) => {
      const environment = makeTargetEnvironment({ python: `3.${minor}`, platform: id });
      return environment.ok ? [{ minor, platform, environment: environment.value }] : [];
    }),
  );
}

/** Platforms that agree on one Python stand together, and so do Pythons in a row. */
function columnsOf(places: readonly Place[], markers: readonly (Marker | null)[]): readonly Column[] {
  const columns: Column[] = [];
  let before: Column[] = [];
  for (const minor of new Set(places.map((place) => place.minor))) {
    const here = new Map<string, { platforms: number[]; installed: readonly boolean[] }>();
    for (const { platform, environment } of places.filter((place) => place.minor === minor)) {
      const installed = markers.map(
        (marker) => marker === null || evaluateMarker(marker, environment.markers),
      );
      const key = installed.map(Number).join('');
      const known = here.get(key);
      if (known) known.platforms.push(platform);
      else here.set(key, { platforms: [platform], installed });
    }
    const current = [...here.values()].map(({ platforms, installed }) => {
      const same = before.find(
        (column) =>
          column.platforms.join() === platforms.join() &&
          column.installed.every((is, at) => is === installed[at]),
      );
      if (same !== undefined) {
        same.minors.push(minor);
        return same;
      }
      const column = { platforms, minors: [minor], installed };
      columns.push(column);
      return column;
    });
    before = current;
  }
  return columns;
}

function columnName({ platforms, minors }: Column, all: readonly number[]): string {
  const systems =
    platforms.length === PLATFORMS.length ? '' : platforms.map((at) => PLATFORMS[at]!.name).join(', ');
  const [first, last] = [minors[0]!, minors.at(-1)!];
  const isWhole = minors.length === all.length;
  const pythons = isWhole ? '' : pythonNames(first, last);
  if (systems === '' && pythons === '') return 'Everywhere';
  return [systems, pythons].filter((part) => part !== '').join(', ');
}

/** What is not told apart beyond the newest release goes on. */
function pythonNames(first: number, last: number): string {
  if (last === NEWEST_MINOR) return `Python 3.${first} on`;
  return first === last ? `Python 3.${first}` : `Python 3.${first} to 3.${last}`;
}

/** Conditions that are more than alternatives of simple terms are read as they are written. */
function conditionWords(marker: string): string | null {
  if (marker === '') return '';
  if (marker.includes('(') || / not in | in /u.test(marker)) return null;
  const asUvWrites = marker.replaceAll('"', "'").replaceAll('python_version', 'python_full_version');
  return whereWords(asUvWrites);
}
