/**
 * What may stand where a requirement is expected on a pip command line or in a requirements file: a PEP 508
 * requirement, an address (`https://…/name-1.0-py3-none-any.whl`, `git+https://…#egg=name`), or a local path
 * (pip `_internal/req/constructors.py`: `parse_req_from_line`, `parse_editable`).
 */
import { isValidName } from '../../packaging/name.ts';
import { isPackaging26, type PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { ParseError } from '../../packaging/result.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import { parseWheelFilename } from '../../packaging/wheel-filename.ts';

/**
 * How the text was understood. `nameSource` says where an address's project name came from; `guessed` means that
 * pip would have to download the address to learn it.
 */
export type RequirementReading =
  | {
      readonly kind: 'requirement';
      readonly requirement: Requirement;
      readonly nameSource: 'text' | 'wheel' | 'egg' | 'guessed';
    }
  | { readonly kind: 'local-path'; readonly path: string }
  | { readonly kind: 'nameless-address'; readonly address: string }
  | { readonly kind: 'invalid'; readonly error: ParseError };

const VERSION_CONTROL = /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?:/i;
/** Schemes that pip knows; `git:` and `ssh:` alone are none of them (`is_url`). */
const ADDRESS = /^(?:https?|ftp|file|(?:git|hg|svn|bzr|ssh|sftp)\+[a-z]+):/i;
const BARE_TRANSPORT = /^(?:git|hg|svn|bzr|ssh|sftp):/i;
const ARCHIVE = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\.(?:gz|bz2|xz|lz|lzma))$/i;

/** Whether pip reads the text as an address and not as a requirement. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * Reads the text of a requirement line, options and comment removed, as the pips of a policy do. Spans of errors are
 * relative to `text`.
 */
export function readRequirementText(
  text: string,
  policy: PrereleasePolicy = 'packaging-26',
): RequirementReading {
  if (isAddress(text)) return readAddress(text);
  const semicolon = text.indexOf(';');
  const subject = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (BARE_TRANSPORT.test(subject))
    return invalid(
      text,
      `pip knows no address that begins so; write \`git+${subject.replace(/^git:/i, 'git:')}\``,
    );
  if (subject.endsWith('\\'))
    return invalid(
      text,
      'a backslash goes on with the next line only where nothing follows it, not even a blank',
    );
  if (!subject.includes('@') && looksLocal(subject, isPackaging26(policy)))
    return { kind: 'local-path', path: subject };
  // pip splits the marker off first, so that an empty one is allowed: `name>=1;` …
  const marker = semicolon < 0 ? '' : text.slice(semicolon + 1).trim();
  const bare = semicolon >= 0 && marker === '' ? text.slice(0, semicolon) : text;
  if (marker !== '' && /===|@/.test(subject)) {
    // … and so that `name @ https://address;marker` and `name===1;marker` need no blank before the semicolon.
    const spaced = parseRequirement(`${subject} ; ${marker}`, policy);
    if (spaced.ok) return { kind: 'requirement', requirement: spaced.value, nameSource: 'text' };
  }
  const parsed = parseRequirement(bare, policy);
  return parsed.ok
    ? { kind: 'requirement', requirement: parsed.value, nameSource: 'text' }
    : { kind: 'invalid', error: parsed.error };
}

function invalid(text: string, message: string): RequirementReading {
  return { kind: 'invalid', error: { message, span: { start: 0, end: text.length } } };
}

/** Reads the value of `-e`: a path, an address, or `name @ address`. */
export function readEditableText(written: string): RequirementReading {
  // pip puts the name of the version control before a bare transport (`parse_editable`).
  const text = written.replace(/^(git|hg|svn|bzr):(?=\/\/)/i, (all, name: string) => `${name}+${all}`);
  const parsed = parseRequirement(text);
  if (parsed.ok && parsed.value.url !== null)
    return { kind: 'requirement', requirement: parsed.value, nameSource: 'text' };
  if (isAddress(text)) return readAddress(text);
  return { kind: 'local-path', path: text };
}

/**
 * Extras in brackets are no part of a path. A blank before them is: `NAME.whl [extra]` names a project in pip 23.2 and
 * the file in 26.2 (`strip_extras` of `constructors.py`).
 */
function looksLocal(subject: string, mayStandApart: boolean): boolean {
  const bracket = subject.endsWith(']') ? subject.lastIndexOf('[') : -1;
  const before = bracket < 0 ? subject : subject.slice(0, bracket);
  const path = mayStandApart ? before.trimEnd() : before;
  const isWindows = /^[A-Za-z]:\\|^\\\\|^[\w.-]+\\[\w.-]/.test(path);
  return path.startsWith('.') || path.includes('/') || isWindows || ARCHIVE.test(path);
}

function readAddress(text: string): RequirementReading {
  const separator = text.indexOf('; ');
  const address = (separator < 0 ? text : text.slice(0, separator)).trim();
  const marker = separator < 0 ? '' : text.slice(separator + 1).trim();
  const path = address.replace(/[?#].*$/, '');
  if (/\.whl$/i.test(path) && !parseWheelFilename(decodePercent(path.slice(path.lastIndexOf('/') + 1))).ok)
    return invalid(text, 'this is no name of a wheel');
  const named = nameOfAddress(address);
  if (named === null) {
    if (/^file:/i.test(address)) return { kind: 'local-path', path: address };
    return { kind: 'nameless-address', address };
  }
  const written = `${named.name}${named.extras} @ ${address}${marker === '' ? '' : ` ; ${marker}`}`;
  const parsed = parseRequirement(written);
  if (!parsed.ok) {
    const shift = written.length - text.length;
    const start = Math.max(0, Math.min(text.length, parsed.error.span.start - shift));
    return { kind: 'invalid', error: { message: parsed.error.message, span: { start, end: text.length } } };
  }
  return { kind: 'requirement', requirement: parsed.value, nameSource: named.source };
}

interface AddressName {
  readonly name: string;
  /** `[a,b]` or ''. */
  readonly extras: string;
  readonly source: 'wheel' | 'egg' | 'guessed';
}

/** The project that an address stands for: its wheel's file name, its `#egg=` fragment, or a guess from its path. */
function nameOfAddress(address: string): AddressName | null {
  const hash = address.indexOf('#');
  const fragment = hash < 0 ? '' : address.slice(hash + 1);
  const path = (hash < 0 ? address : address.slice(0, hash)).replace(/\?.*$/, '');
  const filename = decodePercent(path.slice(path.lastIndexOf('/') + 1));
  if (/\.whl$/i.test(filename)) {
    const wheel = parseWheelFilename(filename);
    if (wheel.ok) return { name: wheel.value.name, extras: '', source: 'wheel' };
  }
  const egg = /(?:^|&)egg=([^&[]+)(\[[^\]&]*\])?/.exec(fragment);
  if (egg !== null) {
    const name = decodePercent(egg[1]!);
    if (isValidName(name)) return { name, extras: decodePercent(egg[2] ?? ''), source: 'egg' };
  }
  return guessName(path, filename);
}

function guessName(path: string, filename: string): AddressName | null {
  const sdist = parseSdistFilename(filename);
  if (sdist.ok) return { name: sdist.value.name, extras: '', source: 'guessed' };
  if (!VERSION_CONTROL.test(path)) return null;
  const repository = filename.replace(/@.*$/, '').replace(/\.git$/i, '');
  return isValidName(repository) ? { name: repository, extras: '', source: 'guessed' } : null;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
