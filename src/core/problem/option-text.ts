/** Options and environment as people type them: texts that are read with a reason when they cannot be. */
import { isValidName, normalizeName } from '../packaging/name.ts';
import { parseMarker } from '../packaging/marker.ts';
import { parsePlatform } from '../packaging/platform.ts';
import { failure, success, type Result } from '../packaging/result.ts';
import { parseSpecifierSet } from '../packaging/specifier.ts';
import { makeTargetEnvironment } from '../packaging/target-environment.ts';
import { parseVersion } from '../packaging/version.ts';

/** Reads a typed text. The error's message says what would be right, without a full stop. */
export type TextReader<Value> = (text: string) => Result<Value>;

function refuse(message: string, text: string): Result<never> {
  return failure(message, 0, text.length);
}

/** `3.12`, `3.11.7`, `3.13t`, `3.14.0rc1`. */
export const readPython: TextReader<string> = (text) => {
  const python = text.trim();
  if (makeTargetEnvironment({ python, platform: 'linux-x86_64' }).ok) return success(python);
  return refuse(
    'A Python version is written `3.12`, `3.11.7`, `3.14.0rc1`, or `3.13t` without the lock',
    text,
  );
};

/** Every spelling of `parsePlatform`; gives the standard one. */
export const readPlatform: TextReader<string> = (text) => {
  const platform = parsePlatform(text.trim());
  if (platform.ok) return success(platform.value.name);
  return refuse(
    'A platform is written `linux-x86_64`, `macos-14-arm64`, or as in a wheel: `win_amd64`',
    text,
  );
};

/** A day or an instant that both tools read alike; '' for none. Durations would mean another day each day. */
export const readInstant: TextReader<string | null> = (text) => {
  const instant = text.trim();
  if (instant === '') return success(null);
  const isWritten = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(
    instant,
  );
  if (isWritten && isRealDay(instant)) return success(instant.replace(' ', 'T'));
  if (isWritten) return refuse(`There is no ${instant.slice(0, 10)} in the calendar`, text);
  if (/^P\d|^\d+ *(?:d|w|day|week|month)/i.test(instant))
    return refuse('A day is needed: a span of time would give another answer each day', text);
  return refuse('A day is written `2023-09-07`, an instant `2023-09-07T12:00:00Z`', text);
};

/** JavaScript takes 31 June for 1 July. */
function isRealDay(instant: string): boolean {
  const [year = 0, month = 0, day = 0] = instant.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && !Number.isNaN(Date.parse(instant));
}

/** Project names between commas or blanks; `:all:` and `:none:` as pip has them. */
export const readNames: TextReader<string[]> = (text) => {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wrong = words.find((word) => word !== ':all:' && word !== ':none:' && !isValidName(word));
  if (wrong !== undefined)
    return refuse(
      `\`${wrong}\` is no project name; write names with commas between them, or \`:all:\``,
      text,
    );
  return success(words.map((word) => (word.startsWith(':') ? word : normalizeName(word))));
};

/** A version; '' for none. */
export const readOptionalVersion: TextReader<string | null> = (text) => {
  const version = text.trim();
  if (version === '') return success(null);
  const parsed = parseVersion(version);
  return parsed.ok ? success(version) : refuse('A version is written `3.8` or `3.8.10`', text);
};

/** Version specifiers; '' for none. */
export const readOptionalSpecifiers: TextReader<string | null> = (text) => {
  const specifiers = text.trim();
  if (specifiers === '') return success(null);
  const parsed = parseSpecifierSet(specifiers);
  return parsed.ok
    ? success(specifiers)
    : refuse(`Specifiers are written \`>=3.9,<4\`: ${parsed.error.message}`, text);
};

/** Markers, one a line. */
export const readMarkerLines: TextReader<string[]> = (text) => {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const line of lines) {
    const parsed = parseMarker(line);
    if (!parsed.ok)
      return refuse(
        `\`${line}\` is no marker: ${parsed.error.message}. One a line: \`sys_platform == "win32"\``,
        text,
      );
  }
  return success(lines);
};

/** A whole number from 1; '' for the tool's own limit. */
export const readOptionalCount: TextReader<number | null> = (text) => {
  const count = text.trim().replaceAll(/[, _]/g, '');
  if (count === '') return success(null);
  if (/^\d{1,9}$/.test(count) && Number(count) >= 1) return success(Number(count));
  return refuse('A whole number from 1 is needed, or nothing', text);
};
