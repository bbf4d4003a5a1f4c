/**
 * Core metadata: the text of a wheel's `METADATA` or a source archive's `PKG-INFO`, as the fields that dependency
 * resolution reads. The form is that of mail headers, read as Python's `email.parser` does (which pip asks).
 */

/** Fields of core metadata 2.x, as text; nothing is checked or normalised here. */
export interface CoreMetadata {
  /** `2.1`; null when absent, as are the other single fields. Of a field given twice the first counts. */
  readonly metadataVersion: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly requiresPython: string | null;
  /** `Requires-Dist` in the order written. */
  readonly requiresDist: readonly string[];
  readonly providesExtra: readonly string[];
  /** Lower-case names of fields that a build may change (metadata 2.2, PEP 643). */
  readonly dynamic: readonly string[];
}

/** Reads metadata. Any text gives a value: what is no header ends the headers. */
export function parseMetadata(text: string): CoreMetadata {
  const headers = readHeaders(text);
  const all = (name: string): readonly string[] => headers.get(name) ?? [];
  const first = (name: string): string | null => all(name)[0] ?? null;
  return {
    metadataVersion: first('metadata-version'),
    name: first('name'),
    version: first('version'),
    requiresPython: first('requires-python'),
    requiresDist: all('requires-dist'),
    providesExtra: all('provides-extra'),
    dynamic: all('dynamic').map((name) => name.toLowerCase()),
  };
}

/**
 * Whether a source archive's own metadata may be trusted without building: 2.2 or later, and neither dependencies nor
 * Python versions nor extras are dynamic. PEP 643.
 */
export function isStaticMetadata(metadata: CoreMetadata): boolean {
  const [major = 0, minor = 0] = (metadata.metadataVersion ?? '').split('.').map(Number);
  const isKnown = major > 2 || (major === 2 && minor >= 2);
  const dynamic = new Set(metadata.dynamic);
  return isKnown && !['requires-dist', 'requires-python', 'provides-extra'].some((name) => dynamic.has(name));
}

/** A name of printable ASCII without a colon. */
const HEADER = /^([!-9;-~]*):[ \t]*(.*)$/s;

/** Values by lower-case name. A line that begins with white space continues the one before, line break included. */
function readHeaders(text: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  let current: string[] | null = null;
  // Lines at even places, what ends each at the place after it.
  const pieces = text.split(/(\r\n|\r|\n)/);
  for (let index = 0; index < pieces.length; index += 2) {
    const line = pieces[index]!;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      current?.push(`${current.pop() ?? ''}${pieces[index - 1] ?? ''}${line}`);
      continue;
    }
    const match = HEADER.exec(line);
    current = null;
    // An envelope line of old mailboxes, and a header without a name, are passed over with what continues them.
    if (line.startsWith('From ') || match?.[1] === '') continue;
    if (match === null) break;
    const name = match[1]!.toLowerCase();
    current = headers.get(name) ?? [];
    current.push(match[2]!);
    headers.set(name, current);
  }
  return headers;
}
