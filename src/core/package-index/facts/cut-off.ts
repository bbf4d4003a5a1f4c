/**
 * The moment that `--uploaded-prior-to` (pip 26.0 and later) and `--exclude-newer` (uv) name. Both leave out what came
 * at that moment or later, and read a day alone differently:
 *
 *               2024-05-01            2024-05-01T12:00       2024-05-01T12:00:00Z
 *   pip         the day's beginning   that time              that time
 *   uv          the day's end         the day's end          that time
 *
 * Where no zone is given both take the machine's; here that is UTC, since the same question must have the same answer
 * everywhere. Sources: pip `cli/cmdoptions.py` (`_handle_uploaded_prior_to`) and `datetime.fromisoformat`; uv
 * `uv-distribution-types` (`ExcludeNewerValue::from_str`). Durations (`P7D`, `3 days`) depend on today and are refused.
 */
import { failure, success, type Result } from '../../packaging/result.ts';

/** Whose reading of the text counts. */
export type CutOffReading = 'pip' | 'uv';

const MOMENT =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/iu;
const DURATION = /^(?:P\w+|\d+\s*[a-z]+.*)$/iu;
const DAY = 86_400_000;

/** Milliseconds since 1970; files of that time and later are left out. */
export function readCutOff(text: string, reading: CutOffReading): Result<number> {
  const trimmed = text.trim();
  const groups = MOMENT.exec(trimmed)?.groups;
  if (groups === undefined) {
    const isDuration = DURATION.test(trimmed);
    return failure(
      isDuration
        ? 'a duration counts from today; write the date itself, such as 2024-05-01'
        : 'expected a date such as 2024-05-01, or a time such as 2024-05-01T12:00:00Z',
      0,
      text.length,
    );
  }
  const { day = '', time, zone } = groups;
  const isWholeDay = time === undefined || (reading === 'uv' && zone === undefined);
  const start = Date.parse(`${day}T00:00:00Z`);
  // Days that no month has roll over in some engines: the text must come back.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day)
    return failure(`there is no day ${day}`, 0, text.length);
  const moment = Date.parse(`${day}T${(time ?? '00:00').replace(',', '.')}${withColon(zone ?? 'Z')}`);
  if (isWholeDay && !Number.isNaN(moment)) return success(reading === 'uv' ? start + DAY : start);
  return Number.isNaN(moment) ? failure(`there is no time ${time ?? ''}`, 0, text.length) : success(moment);
}

function withColon(zone: string): string {
  return /^[+-]\d{4}$/u.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}
